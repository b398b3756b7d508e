//! `DistributionQuery`.

use cosmwasm_std::{
    Addr, Api, Binary, BlockInfo, DelegationRewardsResponse, DelegationTotalRewardsResponse,
    DelegatorReward, DelegatorValidatorsResponse, DelegatorWithdrawAddressResponse,
    DistributionQuery, Storage, to_json_binary,
};

use super::DecCoins;
use super::rewards::preview_rewards;
use super::withdraw_address::withdraw_address;
use crate::error::{ChainError, Outcome};
use crate::staking::{load_delegations, load_validator};
use crate::store::DELEGATIONS;

pub(super) fn query(
    api: &dyn Api,
    storage: &dyn Storage,
    block: &BlockInfo,
    request: DistributionQuery,
) -> Outcome<Binary> {
    let validate = |address: String| {
        api.addr_validate(&address)
            .map_err(|_| ChainError::InvalidAddress { address })
    };
    let answer = match request {
        DistributionQuery::DelegatorWithdrawAddress { delegator_address } => {
            let payee = withdraw_address(storage, &validate(delegator_address)?)?;
            to_json_binary(&DelegatorWithdrawAddressResponse::new(payee))
        }
        DistributionQuery::DelegationRewards {
            delegator_address,
            validator_address,
        } => {
            let delegator = validate(delegator_address)?;
            let rewards = query_rewards(storage, block, &delegator, &validator_address)?;
            to_json_binary(&DelegationRewardsResponse::new(rewards.to_std()))
        }
        DistributionQuery::DelegationTotalRewards { delegator_address } => {
            let delegator = validate(delegator_address)?;
            let mut total = DecCoins::default();
            let mut rows = Vec::new();
            for (validator, _) in load_delegations(storage, &delegator)? {
                let rewards = query_rewards(storage, block, &delegator, &validator)?;
                total = total.checked_add(&rewards)?;
                rows.push(DelegatorReward::new(validator, rewards.to_std()));
            }
            to_json_binary(&DelegationTotalRewardsResponse::new(rows, total.to_std()))
        }
        DistributionQuery::DelegatorValidators { delegator_address } => {
            let delegator = validate(delegator_address)?;
            let validators = load_delegations(storage, &delegator)?
                .into_iter()
                .map(|(name, _)| name);
            to_json_binary(&DelegatorValidatorsResponse::new(validators.collect()))
        }
        _ => return Err(ChainError::unregistered("unsupported distribution query")),
    };
    Ok(answer?)
}

fn query_rewards(
    storage: &dyn Storage,
    block: &BlockInfo,
    delegator: &Addr,
    validator: &str,
) -> Outcome<DecCoins> {
    let state = load_validator(storage, validator)?;
    let shares = DELEGATIONS
        .may_load(storage, (delegator, validator))?
        .ok_or(ChainError::NoDelegation)?;
    preview_rewards(storage, block, &state, delegator, shares)
}
