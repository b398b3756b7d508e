//! Invariant 16 by acting: whom the vault leaves is empty in time.

use std::collections::BTreeMap;

use cosmwasm_std::Uint128;
use defenders_types::{EPOCH, Exclusion, ValidatorInfo};

use crate::invariants::{Checked, Violation};
use crate::messages::tick;
use crate::suite::Suite;
use crate::units::{BLOCK, DAY, HOUR};

/// Unbonding entries of a validator that x/staking allows.
const ENTRIES: u64 = 7;
/// Most tokens that the chain's rounding keeps on a validator: it shows them, and gives them to nobody.
const DUST: u128 = 1;

/// Invariant 16. Faults end, and one ordinary user sends a `tick {}` an hour: the validators that the vault
/// leaves, for what the chain or the owner has said, are empty within
/// ceil((their stake + all that is above caps) / the smallest of their budgets) + 1 epochs and a day, an
/// unbonding time later where all unbonding entries of one may be in use.
pub fn validators_that_are_left_are_empty_in_time(suite: &mut Suite) -> Result<Checked, Violation> {
    let mut checked = Checked::begin(16);
    suite.heal();
    // what is not known yet of slashes and jails is read, so that the budgets are those of what is there
    suite.advance(DAY);
    suite.keep();
    let left = find_left(suite);
    if let Some(seconds) = stated_seconds(suite, &left) {
        ensure_empty_within(suite, &left, seconds, &mut checked)?;
    }
    Ok(checked)
}

/// Those with stake that the vault leaves by now, and has to leave wherever the stake goes.
pub(super) fn find_left(suite: &Suite) -> Vec<ValidatorInfo> {
    let now = suite.now();
    let mut infos = suite.validator_infos();
    infos.retain(|info| {
        info.delegated.u128() > DUST
            && info.exclusion.is_some_and(must_leave)
            && suite
                .explain(&info.validator)
                .leaves_from
                .is_some_and(|at| at <= now)
    });
    infos
}

fn must_leave(exclusion: Exclusion) -> bool {
    !exclusion.departure().needs_taker()
}

/// The stated time, if anybody is left and something may move.
pub(super) fn stated_seconds(suite: &Suite, left: &[ValidatorInfo]) -> Option<u64> {
    let budget = left.iter().map(|info| budget_of(suite, info)).min()?;
    if budget == 0 {
        return None;
    }
    let epochs = u64::try_from(load(suite).div_ceil(budget)).unwrap() + 1;
    let most_entries = left.iter().map(|info| info.unbonding_entries).max();
    let are_entries_used = u64::from(most_entries.unwrap_or_default()) + epochs >= ENTRIES;
    let wait = match are_entries_used {
        true => suite.config().unbonding_time,
        false => 0,
    };
    Some(epochs * EPOCH + DAY + wait)
}

/// Tokens that an epoch moves away from a validator at least, once those who ask to leave the vault are out.
fn budget_of(suite: &Suite, info: &ValidatorInfo) -> u128 {
    let totals = suite.totals();
    let staying = totals.total_shares - totals.escrow_shares;
    let worth = totals
        .total_assets
        .multiply_ratio(staying, totals.total_shares);
    let emergency = worth.mul_floor(suite.config().parameters.turnover_emergency);
    let is_by_chain = info
        .exclusion
        .is_some_and(|it| it.departure().is_by_chain());
    match is_by_chain {
        true => emergency.u128(),
        false => emergency.u128() / 2,
    }
}

/// All stake on whom the vault leaves or may have to leave meanwhile, and all that is above a cap elsewhere.
fn load(suite: &Suite) -> u128 {
    let natives = suite.chain.validators();
    let is_bonded = |validator: &str| {
        let mut natives = natives.iter();
        natives.any(|it| it.validator == validator && it.bonded && !it.jailed)
    };
    let mut tokens = Uint128::zero();
    let mut groups = BTreeMap::new();
    for info in suite.validator_infos() {
        if info.exclusion.is_some() || !is_bonded(&info.validator) {
            tokens += info.delegated;
            continue;
        }
        tokens += info.delegated.saturating_sub(info.cap);
        for cap in suite.explain(&info.validator).caps {
            if cap.group.is_some() {
                groups.insert(cap.group, cap.held.saturating_sub(cap.tokens));
            }
        }
    }
    let groups: Uint128 = groups.into_values().sum();
    (tokens + groups).u128()
}

/// With a `tick {}` an hour, nothing is left on these after so many seconds, unless the vault leaves them no
/// more.
pub(super) fn ensure_empty_within(
    suite: &mut Suite,
    left: &[ValidatorInfo],
    seconds: u64,
    checked: &mut Checked,
) -> Result<(), Violation> {
    let walker = suite.user("walker");
    let end = suite.now() + seconds;
    loop {
        let still = find_left(suite);
        let is_same = |it: &&ValidatorInfo| left.iter().any(|was| was.validator == it.validator);
        let still: Vec<&ValidatorInfo> = still.iter().filter(is_same).collect();
        if still.is_empty() {
            return checked.ensure(true, String::new);
        }
        checked.ensure(suite.now() < end, || {
            let held_back = suite.plan(BLOCK).held_back;
            format!("stake stays after {seconds} seconds: {still:#?}, {held_back:#?}")
        })?;
        wait_for_an_hour_with_work(suite);
        if suite.is_any_due() {
            let ticked = suite.execute(&walker, &tick(None), vec![]);
            checked.ensure(ticked.is_ok(), || format!("a tick was refused: {ticked:?}"))?;
        }
    }
}

/// To the next whole hour; hours in which no job can be due, and a tick would be refused, pass in one block.
fn wait_for_an_hour_with_work(suite: &mut Suite) {
    let jobs = suite.jobs();
    let next = jobs.iter().filter_map(|state| match state.due {
        true => Some(suite.now()),
        false => state.next_at,
    });
    let now = suite.now();
    let next = next.min().unwrap_or(now).clamp(now + BLOCK, now + DAY);
    let hour = next.div_ceil(HOUR) * HOUR;
    suite.advance(hour - now);
}
