//! Taking shares out of a delegation: shared by undelegation, redelegation and slashing.

use cosmwasm_std::{Addr, Storage, Uint128};

use super::index::{jail, remove_validator, save_validator};
use super::load_validator;
use crate::dec18::Dec18;
use crate::distribution;
use crate::env::Env;
use crate::error::{ChainError, Outcome};
use crate::store::{DELEGATIONS, Status};

/// `ValidateUnbondAmount`: the shares that `tokens` of this delegation are worth, capped to
/// what is owned, so that asking for the full displayed amount empties the delegation.
pub(super) fn compute_shares_to_unbond(
    storage: &dyn Storage,
    delegator: &Addr,
    validator: &str,
    tokens: Uint128,
) -> Outcome<Dec18> {
    let validator = load_validator(storage, validator)?;
    let owned = DELEGATIONS
        .may_load(storage, (delegator, &validator.operator))?
        .ok_or(ChainError::NoDelegation)?;
    let shares = validator.shares_for_tokens(tokens)?;
    if validator.shares_for_tokens_floor(tokens)? > owned {
        return Err(ChainError::InvalidRequest {
            reason: "invalid shares amount",
        });
    }
    Ok(shares.min(owned))
}

/// `Keeper.Unbond`: pays the rewards, removes the shares, returns their tokens, which stay in
/// the validator's pool. Deletes an unbonded validator that has no shares left.
pub(super) fn unbond(
    env: &mut Env<'_>,
    delegator: &Addr,
    validator: &str,
    shares: Dec18,
) -> Outcome<Uint128> {
    let owned = DELEGATIONS
        .may_load(env.storage, (delegator, validator))?
        .ok_or(ChainError::NoDelegatorForAddress)?;
    let mut validator = load_validator(env.storage, validator)?;
    distribution::touch(env, &validator, delegator, owned)?;
    if owned < shares {
        return Err(ChainError::NotEnoughDelegationShares);
    }
    let remaining = owned.checked_sub(shares)?;

    let is_operator = validator.self_delegator == delegator;
    if is_operator
        && !validator.jailed
        && validator.whole_tokens_for_shares(remaining)? < validator.min_self_delegation
    {
        jail(env.storage, &mut validator)?;
    }

    let operator = validator.operator.clone();
    if remaining.is_zero() {
        DELEGATIONS.remove(env.storage, (delegator, &operator));
        distribution::pay_kept(env, delegator, &operator)?;
    } else {
        DELEGATIONS.save(env.storage, (delegator, &operator), &remaining)?;
        // at the rate before the shares leave, as the SDK's hook does
        distribution::initialize_delegation(env, &validator, delegator, remaining)?;
    }

    let tokens = validator.remove_shares(shares)?;
    save_validator(env.storage, &validator)?;
    if validator.delegator_shares.is_zero() && validator.status == Status::Unbonded {
        remove_validator(env, &validator)?;
    }
    Ok(tokens)
}

#[cfg(test)]
mod tests {
    use super::super::shares::tests::validator;
    use super::*;
    use crate::store::VALIDATORS;
    use cosmwasm_std::testing::MockStorage;

    fn shares_to_unbond(owned: Dec18, tokens: u128) -> Outcome<Dec18> {
        let mut storage = MockStorage::new();
        let state = validator(3, Dec18::from_int(Uint128::new(10)));
        VALIDATORS.save(&mut storage, "validator", &state).unwrap();
        let delegator = Addr::unchecked("delegator");
        DELEGATIONS
            .save(&mut storage, (&delegator, "validator"), &owned)
            .unwrap();
        compute_shares_to_unbond(&storage, &delegator, "validator", Uint128::new(tokens))
    }

    #[test]
    fn whole_delegation_is_worth_all_its_shares() {
        // 10 · 2 / 3 = 6.666666666666666666
        let owned = Dec18::from_atomics(6_666_666_666_666_666_666u128);
        assert_eq!(shares_to_unbond(owned, 2), Ok(owned));
    }

    #[test]
    fn shown_amount_can_be_refused_at_a_rate_below_one_half() {
        let owned = Dec18::from_atomics(6_666_666_666_666_666_665u128);
        // 6.666666666666666665 · 3 / 10 = 1.9…9|5, half to even: shown as 2
        let state = validator(3, Dec18::from_int(Uint128::new(10)));
        assert_eq!(state.whole_tokens_for_shares(owned), Ok(Uint128::new(2)));
        // but 2 need 6.666666666666666666 shares
        let reason = "invalid shares amount";
        assert_eq!(
            shares_to_unbond(owned, 2),
            Err(ChainError::InvalidRequest { reason })
        );
        assert!(shares_to_unbond(owned, 1).is_ok());
    }
}
