//! Missed signatures (`x/slashing/keeper/infractions.go`).

use cosmwasm_std::Uint128;

use super::signing::load_signing;
use crate::dec18::Dec18;
use crate::env::Env;
use crate::error::Outcome;
use crate::params::Params;
use crate::staking::validator_set::load_voting_set;
use crate::staking::{index, load_validator, slash};
use crate::store::{ABSENT, Member, SIGNING, Status, load_params};

/// Begin block: counts the votes of the last commit.
pub(crate) fn handle_votes(env: &mut Env<'_>) -> Outcome<()> {
    let absent = ABSENT.may_load(env.storage)?.unwrap_or_default();
    let params = load_params(env.storage)?;
    for voter in load_voting_set(env.storage)? {
        let is_missed = absent.contains(&voter.operator);
        handle_vote(env, &params, &voter, is_missed)?;
    }
    Ok(())
}

/// `HandleValidatorSignature`. Jailed validators are not counted.
fn handle_vote(env: &mut Env<'_>, params: &Params, voter: &Member, is_missed: bool) -> Outcome<()> {
    let operator = voter.operator.as_str();
    if !index::is_in_power_index(env.storage, operator) {
        return Ok(());
    }
    let Some(mut signing) = load_signing(env.storage, operator)? else {
        return Ok(());
    };
    let window = params.signed_blocks_window;
    let position = signing.index_offset.checked_rem(window).unwrap_or_default();
    signing.index_offset += 1;
    signing.missed.retain(|missed| *missed != position);
    if is_missed {
        signing.missed.push(position);
    }

    let is_past_first_window = env.block.height > signing.start_height.saturating_add(window);
    let missed = signing.missed.len() as u64;
    if is_past_first_window && missed > compute_max_missed(params)? {
        punish(env, params, voter)?;
        signing.index_offset = 0;
        signing.missed.clear();
    }
    Ok(SIGNING.save(env.storage, operator, &signing)?)
}

/// Window less the blocks that must be signed, those rounded half to even.
fn compute_max_missed(params: &Params) -> Outcome<u64> {
    let window = Uint128::from(params.signed_blocks_window);
    let must_sign = Dec18::from(params.min_signed_per_window)
        .mul_int(window)?
        .to_int_half_even()?;
    let max_missed = window.saturating_sub(must_sign).u128();
    Ok(u64::try_from(max_missed).unwrap_or(u64::MAX))
}

/// Slashes as of two blocks ago (the set that voted, and one block of delay), and jails.
fn punish(env: &mut Env<'_>, params: &Params, voter: &Member) -> Outcome<()> {
    let operator = voter.operator.as_str();
    if load_validator(env.storage, operator)?.status == Status::Unbonded {
        return Ok(());
    }
    let infraction_height = env.block.height.saturating_sub(2);
    let fraction = Dec18::from(params.slash_fraction_downtime);
    slash(env, operator, infraction_height, voter.power, fraction)?;
    let mut validator = load_validator(env.storage, operator)?;
    validator.jailed_until = env.block.time.plus_seconds(params.downtime_jail_duration);
    index::jail(env.storage, &mut validator)
}
