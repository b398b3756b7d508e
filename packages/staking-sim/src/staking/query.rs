//! `StakingQuery`, answered as wasmd does (`x/wasm/keeper/query_plugins.go`).

use cosmwasm_std::{
    Addr, AllDelegationsResponse, AllValidatorsResponse, Api, Binary, BlockInfo,
    BondedDenomResponse, Coin, Delegation, DelegationResponse, FullDelegation, Order, StakingQuery,
    Storage, Validator, ValidatorResponse, coin, to_json_binary,
};

use super::index::ranked_operators;
use super::load_validator;
use crate::address::{compute_order_key, normalize};
use crate::dec18::Dec18;
use crate::distribution;
use crate::error::{ChainError, Outcome};
use crate::faults::are_delegations_hidden;
use crate::store::{DELEGATIONS, REDELEGATIONS_BY_DST, VALIDATORS, ValidatorState, load_params};

/// Any live redelegation of this delegator into `dst` freezes all redelegation out of it.
pub(crate) fn is_receiving_redelegation(
    storage: &dyn Storage,
    delegator: &Addr,
    dst: &str,
) -> bool {
    REDELEGATIONS_BY_DST
        .prefix((delegator, dst))
        .keys_raw(storage, None, None, Order::Ascending)
        .next()
        .is_some()
}

/// All delegations of an account in the chain's order, with their shares.
pub(crate) fn load_delegations(
    storage: &dyn Storage,
    delegator: &Addr,
) -> Outcome<Vec<(String, Dec18)>> {
    let mut delegations: Vec<(String, Dec18)> = DELEGATIONS
        .prefix(delegator)
        .range(storage, None, None, Order::Ascending)
        .collect::<Result<_, _>>()?;
    delegations.sort_by_cached_key(|(validator, _)| compute_order_key(validator));
    Ok(delegations)
}

pub(super) fn query(
    api: &dyn Api,
    storage: &dyn Storage,
    block: &BlockInfo,
    request: StakingQuery,
) -> Outcome<Binary> {
    let bond_denom = load_params(storage)?.bond_denom;
    let answer = match request {
        StakingQuery::BondedDenom {} => to_json_binary(&BondedDenomResponse::new(bond_denom)),
        StakingQuery::AllDelegations { delegator } => {
            let delegator = validate(api, &delegator)?;
            let rows = match are_delegations_hidden(storage, &delegator) {
                true => vec![],
                false => query_all_delegations(storage, &delegator, &bond_denom)?,
            };
            to_json_binary(&AllDelegationsResponse::new(rows))
        }
        StakingQuery::Delegation {
            delegator,
            validator,
        } => {
            let delegator = validate(api, &delegator)?;
            let row = query_delegation(storage, block, delegator, validator, &bond_denom)?;
            to_json_binary(&DelegationResponse::new(row))
        }
        StakingQuery::AllValidators {} => {
            to_json_binary(&AllValidatorsResponse::new(query_bonded_by_power(storage)?))
        }
        StakingQuery::Validator { address } => {
            let validator = VALIDATORS.may_load(storage, &normalize(&address))?;
            let validator = validator.map(describe);
            to_json_binary(&ValidatorResponse::new(validator))
        }
        _ => return Err(ChainError::unregistered("unsupported staking query")),
    };
    Ok(answer?)
}

fn validate(api: &dyn Api, address: &str) -> Outcome<Addr> {
    api.addr_validate(address)
        .map_err(|_| ChainError::InvalidAddress {
            address: address.to_string(),
        })
}

fn describe(validator: ValidatorState) -> Validator {
    Validator::create(
        validator.operator,
        validator.commission_rate,
        validator.max_commission_rate,
        validator.max_change_rate,
    )
}

/// `GetBondedValidatorsByPower`: in order of present power, membership as of the last end
/// block, without those jailed since.
fn query_bonded_by_power(storage: &dyn Storage) -> Outcome<Vec<Validator>> {
    let max_validators = load_params(storage)?.max_validators as usize;
    let mut bonded = Vec::new();
    for item in ranked_operators(storage) {
        if bonded.len() >= max_validators {
            break;
        }
        let validator = load_validator(storage, &item?.1)?;
        if validator.is_bonded() {
            bonded.push(describe(validator));
        }
    }
    Ok(bonded)
}

fn query_all_delegations(
    storage: &dyn Storage,
    delegator: &Addr,
    bond_denom: &str,
) -> Outcome<Vec<Delegation>> {
    load_delegations(storage, delegator)?
        .into_iter()
        .map(|(validator, shares)| {
            let tokens = load_validator(storage, &validator)?.whole_tokens_for_shares(shares)?;
            let amount = coin(tokens.u128(), bond_denom);
            Ok(Delegation::new(delegator.clone(), validator, amount))
        })
        .collect()
}

fn query_delegation(
    storage: &dyn Storage,
    block: &BlockInfo,
    delegator: Addr,
    validator: String,
    bond_denom: &str,
) -> Outcome<Option<FullDelegation>> {
    let Some(shares) = DELEGATIONS.may_load(storage, (&delegator, &validator))? else {
        return Ok(None);
    };
    let state = load_validator(storage, &validator)?;
    let amount = coin(state.whole_tokens_for_shares(shares)?.u128(), bond_denom);
    let can_redelegate = if is_receiving_redelegation(storage, &delegator, &validator) {
        coin(0, bond_denom)
    } else {
        amount.clone()
    };
    let rewards: Vec<Coin> =
        distribution::preview_rewards(storage, block, &state, &delegator, shares)?
            .to_coins_floor()?;
    Ok(Some(FullDelegation::create(
        delegator,
        validator,
        amount,
        can_redelegate,
        rewards,
    )))
}
