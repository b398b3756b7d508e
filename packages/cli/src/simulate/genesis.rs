//! The first block: the chain of a set less what was moved, and a vault with its list.

use anyhow::{Context, Result};
use cosmwasm_std::testing::{MockApi, mock_env};
use cosmwasm_std::{BlockInfo, Decimal, Timestamp, Uint128, coins, to_json_binary};
use cw_multi_test::Executor;
use cw_utils::parse_instantiate_response_data;
use defenders_suite::chain::Code;
use defenders_suite::{DENOM, Reader, sim};
use defenders_types::{
    FeePolicyInput, InstantiateMsg, LEAST_SEED, ParametersInput, PowerSource, ShareInput,
};
use staking_sim::{Chain, ChainBuilder, GenesisValidator, Params, QueryProfile, Status};

use super::listing;
use super::moves::EPOCH;
use super::wishes::Wishes;
use super::world::{Accounts, World};
use crate::validator_set::SetValidator;

/// 1 whole token on most chains.
const WHOLE_TOKEN: u128 = 1_000_000;
/// 1 whole token on chains with 18 decimals.
const WHOLE_TOKEN_18: u128 = 10u128.pow(18);
const FEE_RATE: Decimal = Decimal::percent(5);
const BOUNTY_SHARE: Decimal = Decimal::percent(10);

/// What every delegator of a validator moves: floor(tokens x share).
pub fn compute_moved(validator: &SetValidator, share: Decimal) -> Uint128 {
    validator.tokens.mul_floor(share)
}

/// A chain where every delegator has moved `share` of its stake to the depositors, and a vault
/// that lists whom it may.
pub fn build(
    set: &[SetValidator],
    share: Decimal,
    deposits: &[u128],
    wishes: &Wishes,
) -> Result<World> {
    let api = MockApi::default();
    let accounts = Accounts {
        owner: api.addr_make("owner"),
        keeper: api.addr_make("keeper"),
        treasury: api.addr_make("treasury"),
        depositors: (0..deposits.len())
            .map(|index| api.addr_make(&format!("depositor {index}")))
            .collect(),
    };
    let params = make_params(set, share);
    let whole_token = compute_whole_token(set);

    let mut builder = ChainBuilder::new()
        .block(first_block())
        .params(params.clone())
        .profile(QueryProfile::Hub)
        .balance(&accounts.owner, coins(compute_seed(whole_token), DENOM));
    for (account, tokens) in accounts.depositors.iter().zip(deposits) {
        if *tokens > 0 {
            builder = builder.balance(account, coins(*tokens, DENOM));
        }
    }
    for validator in set {
        builder = builder.validator(make_validator(&api, validator, share));
    }
    let chain = builder.try_build().with_context(|| {
        let total: Uint128 = set.iter().map(|validator| validator.tokens).sum();
        format!("the embedded chain does not take a set of {total} base units")
    })?;

    let mut world = instantiate(chain, params, accounts, whole_token, wishes)?;
    world.groups = wishes.groups.clone();
    listing::list_first(&mut world, wishes, deposits.iter().sum())?;
    Ok(world)
}

/// An epoch of the budgets begins with the first day, so that days tell epochs.
fn first_block() -> BlockInfo {
    let block = mock_env().block;
    let epochs = block.time.seconds() / EPOCH;
    BlockInfo {
        time: Timestamp::from_seconds(epochs * EPOCH),
        ..block
    }
}

/// The SDK's defaults, but as many places as the set has bonded validators.
fn make_params(set: &[SetValidator], share: Decimal) -> Params {
    let bonded = set.iter().filter(|validator| validator.is_bonded());
    let kept = |validator: &SetValidator| validator.tokens - compute_moved(validator, share);
    let least = bonded.clone().map(kept).min().unwrap_or_default().u128();
    // all of the stake, and a whale's, could come to one
    let most: Uint128 = bonded.clone().map(|validator| validator.tokens).sum();
    let most = most.u128() * 2;
    let power_reduction = if most > u128::from(u64::MAX >> 1) * WHOLE_TOKEN {
        WHOLE_TOKEN_18 // powers must fit 63 bits
    } else if least < WHOLE_TOKEN {
        1 // who is bonded must have power
    } else {
        WHOLE_TOKEN
    };
    Params {
        max_validators: u32::try_from(bonded.count()).unwrap_or(u32::MAX),
        power_reduction,
        bond_denom: DENOM.to_string(),
        ..Params::default()
    }
}

/// 10^6 base units; less where that is more than a ten-thousandth of all stake.
fn compute_whole_token(set: &[SetValidator]) -> Uint128 {
    let total: Uint128 = set.iter().map(|validator| validator.tokens).sum();
    let most = total / Uint128::new(10_000);
    most.clamp(Uint128::one(), Uint128::new(WHOLE_TOKEN))
}

/// A whole token, but no less than the vault takes.
fn compute_seed(whole_token: Uint128) -> u128 {
    whole_token.max(LEAST_SEED).u128()
}

/// Who is outside the set stays outside: jailed on the embedded chain, where nobody unjails it.
fn make_validator(api: &MockApi, validator: &SetValidator, share: Decimal) -> GenesisValidator {
    let delegator = api.addr_make(&format!("delegators of {}", validator.operator));
    let kept = validator.tokens - compute_moved(validator, share);
    GenesisValidator::new(&validator.operator, delegator, kept)
        .commission_rate(validator.commission_rate)
        .jailed(!validator.is_bonded())
}

fn instantiate(
    mut chain: Chain,
    params: Params,
    accounts: Accounts,
    whole_token: Uint128,
    wishes: &Wishes,
) -> Result<World> {
    let reward_pot_code_id = chain.app.store_code(sim::contract(Code::RewardPot));
    let vault_code_id = chain.app.store_code(sim::contract(Code::Vault));

    let bonded = chain.validators().into_iter().filter(is_in_set).count();
    let seed = compute_seed(whole_token);
    let msg = InstantiateMsg {
        owner: accounts.owner.to_string(),
        share: ShareInput::Cw20 {
            name: "Defended stake".to_string(),
            symbol: "dSTAKE".to_string(),
            decimals: 6,
        },
        reward_pot_code_id,
        bonded_pool: chain.bonded_pool_address().to_string(),
        power_source: PowerSource::Grpc,
        fee: FeePolicyInput {
            recipient: accounts.treasury.to_string(),
            performance_fee_rate: FEE_RATE,
            keeper_bounty_share: BOUNTY_SHARE,
        },
        policy: Some(wishes.policy(bonded)),
        parameters: Some(ParametersInput {
            minimum_seed: seed.into(),
            min_delegation: whole_token,
            ..ParametersInput::default()
        }),
    };
    let instantiate = cosmwasm_std::WasmMsg::Instantiate {
        admin: Some(accounts.owner.to_string()),
        code_id: vault_code_id,
        msg: to_json_binary(&msg)?,
        funds: coins(seed, DENOM),
        label: "vault".to_string(),
    };
    let response = chain
        .app
        .execute(accounts.owner.clone(), instantiate.into())
        .context("the vault refused to be instantiated")?;
    let data = response.data.unwrap_or_default();
    let address = parse_instantiate_response_data(&data)?.contract_address;
    let own_admin = cosmwasm_std::WasmMsg::UpdateAdmin {
        contract_addr: address.clone(),
        admin: address.clone(),
    };
    chain
        .app
        .execute(accounts.owner.clone(), own_admin.into())
        .context("the vault could not become its own admin")?;
    let vault = Reader {
        chain: Box::new(chain),
        vault: address,
        share_denom: None,
    };
    World::begin(vault, params, accounts, seed, &response.events)
}

fn is_in_set(validator: &staking_sim::ValidatorState) -> bool {
    validator.status == Status::Bonded
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::validator_set::Status;

    fn validators(tokens: &[u128]) -> Vec<SetValidator> {
        let row = |(index, tokens): (usize, &u128)| SetValidator {
            operator: format!("v{index}"),
            status: Status::Bonded,
            jailed: false,
            tokens: Uint128::new(*tokens),
            commission_rate: Decimal::zero(),
            name: None,
        };
        tokens.iter().enumerate().map(row).collect()
    }

    #[test]
    fn powers_fit_whatever_the_decimals() {
        let reduction = |tokens: &[u128]| {
            make_params(&validators(tokens), Decimal::percent(10)).power_reduction
        };
        assert_eq!(reduction(&[5_000_000, 2_000_000]), 1_000_000);
        assert_eq!(reduction(&[5_000_000, 1_000_000]), 1); // keeps 900,000: no power at 10^6
        assert_eq!(
            reduction(&[10u128.pow(27), 2 * 10u128.pow(18)]),
            10u128.pow(18)
        );
    }

    #[test]
    fn set_has_as_many_places_as_bonded_validators() {
        let mut set = validators(&[5_000_000, 4_000_000, 3_000_000, 0]);
        set[0].status = Status::Unbonded;
        set[1].jailed = true;
        assert_eq!(make_params(&set, Decimal::percent(10)).max_validators, 1);
    }
}
