//! Slashing of stake that left the guilty validator by redelegation, where it is now.

use cosmwasm_std::{Addr, Order, Uint128, coin};

use super::punishment::{Punishment, is_liable, take};
use super::unbond::unbond;
use super::undelegate::save_entries;
use crate::env::Env;
use crate::error::Outcome;
use crate::store::{
    DELEGATIONS, REDELEGATIONS, REDELEGATIONS_BY_SRC, RedelegationEntry, UNBONDINGS, VALIDATORS,
    load_params,
};

/// Slashes every redelegation out of `src`. Returns what would have been taken had all of
/// it still been there.
pub(super) fn slash_redelegations(
    env: &mut Env<'_>,
    src: &str,
    punishment: Punishment,
) -> Outcome<Uint128> {
    let pairs: Vec<(Addr, String)> = REDELEGATIONS_BY_SRC
        .sub_prefix(src)
        .keys(env.storage, None, None, Order::Ascending)
        .collect::<Result<_, _>>()?;
    let mut nominal = Uint128::zero();
    for (delegator, dst) in pairs {
        let entries = REDELEGATIONS
            .may_load(env.storage, (&delegator, src, &dst))?
            .unwrap_or_default();
        for entry in entries {
            if punishment.reaches(entry.creation_height) && !entry.is_mature(env.block.time) {
                let share = punishment.compute_share_floor(entry.initial_balance)?;
                nominal = nominal.checked_add(share)?;
                slash_entry(env, &delegator, &dst, &entry, share, punishment)?;
            }
        }
    }
    Ok(nominal)
}

/// First the delegator's unbonding entries out of the destination, then its delegation. As
/// in the SDK the second part is not reduced by what the first part paid, only skipped when
/// that was all.
fn slash_entry(
    env: &mut Env<'_>,
    delegator: &Addr,
    dst: &str,
    entry: &RedelegationEntry,
    share: Uint128,
    punishment: Punishment,
) -> Outcome<()> {
    let bond_denom = load_params(env.storage)?.bond_denom;
    let left = slash_unbondings_at_destination(env, delegator, dst, share, punishment)?;
    let shares = punishment.fraction.mul_half_even(entry.shares_dst)?;
    if shares.is_zero() || left.is_zero() {
        return Ok(());
    }
    let Some(owned) = DELEGATIONS.may_load(env.storage, (delegator, dst))? else {
        return Ok(());
    };
    let tokens = unbond(env, delegator, dst, shares.min(owned))?;
    // an unbonded destination may be gone with these shares; its tokens were not bonded.
    // The SDK fails there, which halts the chain
    let is_bonded = VALIDATORS
        .may_load(env.storage, dst)?
        .is_some_and(|dst| dst.is_bonded());
    let burnt = coin(tokens.u128(), bond_denom);
    if is_bonded {
        env.burn_bonded(burnt)
    } else {
        env.burn_not_bonded(burnt)
    }
}

/// Returns what of `share` the unbonding entries could not pay.
fn slash_unbondings_at_destination(
    env: &mut Env<'_>,
    delegator: &Addr,
    dst: &str,
    share: Uint128,
    punishment: Punishment,
) -> Outcome<Uint128> {
    let mut entries = UNBONDINGS
        .may_load(env.storage, (delegator, dst))?
        .unwrap_or_default();
    let mut left = share;
    for entry in &mut entries {
        if is_liable(entry, env, punishment) {
            left = left.checked_sub(take(entry, left)?)?;
        }
    }
    if left < share {
        save_entries(env.storage, delegator, dst, &entries)?;
        let burnt = share.checked_sub(left)?;
        env.burn_not_bonded(coin(burnt.u128(), load_params(env.storage)?.bond_denom))?;
    }
    Ok(left)
}
