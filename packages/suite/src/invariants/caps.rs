//! Invariant 6: caps, with what listings add to them, and the reserve.

use std::collections::BTreeSet;

use cosmwasm_std::{Decimal, Uint128};
use defenders_types::{BatchState, ListingInfo, ValidatorInfo};

use super::step::Step;
use super::violation::{Checked, Violation};
use crate::event::text;

/// No delegation lifts a validator above its cap, no deposit lifts the tokens to place, with those on
/// their way back to be delegated again, above the capacity, both by the data of the last refresh; and
/// what a batch waits for that is served or ready stays idle.
pub fn invariant_6_caps_hold(step: &Step) -> Result<Checked, Violation> {
    let mut checked = Checked::begin(6);
    ensure_reserve(step, &mut checked)?;
    if step.txs.len() > 1 {
        return Ok(checked); // what the later ones changed hides what the earlier ones saw
    }
    for delegated in step.named("delegated") {
        let validator = text(delegated, "validator");
        let mut infos = step.after.validators.iter();
        let info = infos.find(|info| info.validator == validator);
        checked.ensure(info.is_some(), || {
            format!("{validator} was given more, and the vault does not know it")
        })?;
        let Some(info) = info else { continue };
        checked.ensure(
            info.delegated <= info.cap && info.listed && info.exclusion.is_none(),
            || format!("{info:?} was given more"),
        )?;
        ensure_own_caps(step, info, &mut checked)?;
        let totals = &step.after.totals;
        checked.ensure(totals.idle >= totals.reserve, || {
            format!("the reserve was delegated: {totals:?}")
        })?;
    }
    if step.emits("deposited") {
        let restaking = step.after.totals.restaking.u128();
        let placed = step.after.tokens_to_place() + restaking;
        let capacity = step.after.totals.capacity.u128();
        checked.ensure(placed <= capacity, || {
            format!("{placed} to place, of at most {capacity}")
        })?;
    }
    Ok(checked)
}

/// The reserve is what the unserved shares of the batch next in turn are worth, if that has begun or its
/// first piece is due, and nothing before that.
fn ensure_reserve(step: &Step, checked: &mut Checked) -> Result<(), Violation> {
    let (totals, now) = (&step.after.totals, step.after.time.seconds());
    let mut batches = step.after.batches.iter();
    let next = batches.find(|batch| !batch.unserved_shares.is_zero());
    let shares = next.map_or(Uint128::zero(), |batch| batch.unserved_shares);
    let worth = shares.multiply_ratio(totals.total_assets, totals.total_shares);
    let is_due = next.is_some_and(|batch| {
        batch.state == BatchState::Submitting || batch.next_at.is_some_and(|at| at <= now)
    });
    // a piece may have to wait, for an entry or after a failed read, though its batch is ready
    let holds = totals.reserve == worth || (!is_due && totals.reserve.is_zero());
    checked.ensure(holds, || {
        format!("{next:?} is worth {worth}, and {totals:?} keeps another reserve")
    })
}

/// The caps that can be told from outside, computed here from what the vault answers.
fn ensure_own_caps(
    step: &Step,
    info: &ValidatorInfo,
    checked: &mut Checked,
) -> Result<(), Violation> {
    let told = step.after.totals.vault_share_cap_in_force;
    let widest = widest_share_cap(step);
    checked.ensure(told <= widest, || {
        format!("{told} of the vault for one validator, {widest} at most")
    })?;
    // what is on its way back squeezes nobody
    let total = Uint128::new(step.after.tokens_to_place()) + step.after.totals.restaking;
    let listing = info.listing.as_ref();
    let declared = listing.into_iter().flat_map(maxima);
    let caps = [Some(total.mul_floor(told)), match_cap(step, info)];
    let most = caps.into_iter().flatten().chain(declared).min();
    checked.ensure(Some(info.delegated) <= most, || {
        format!("{info:?} was given more, and may have {most:?}")
    })?;
    let now = step.after.time.seconds();
    let ends_at = listing.and_then(|listing| listing.ends_at);
    checked.ensure(ends_at.is_none_or(|at| now < at), || {
        format!("{info:?} was given more at {now}")
    })?;
    for (name_of, kappa) in kinds(step) {
        let Some(name) = listing.and_then(name_of) else {
            continue;
        };
        let infos = step.after.validators.iter();
        let is_member = |it: &&ValidatorInfo| it.listing.as_ref().and_then(name_of) == Some(name);
        let held: Uint128 = infos.filter(is_member).map(|it| it.delegated).sum();
        let most = total.mul_floor(widen(kappa, count_open_groups(step, name_of)));
        checked.ensure(held <= most, || {
            format!("{info:?} was given more: {held} of {name}, of at most {most}")
        })?;
    }
    Ok(())
}

/// floor(gamma x external / (1 - gamma)).
fn match_cap(step: &Step, info: &ValidatorInfo) -> Option<Uint128> {
    let config = &step.after.config;
    let mut idle_caps = config.caps_not_in_force.iter();
    if idle_caps.any(|cap| cap == "match_cap") {
        return None;
    }
    let gamma = config.policy.match_cap?;
    let external = info.external.unwrap_or_default();
    Some(external.multiply_ratio(gamma.atomics(), (Decimal::one() - gamma).atomics()))
}

fn maxima(listing: &ListingInfo) -> impl Iterator<Item = Uint128> {
    let maxima = [listing.max_tokens, listing.own_max_tokens];
    maxima.into_iter().flatten()
}

/// What of a listing names a group of one kind.
type NameOf = fn(&ListingInfo) -> Option<&String>;

/// The kinds of groups, with their caps before any widening.
fn kinds(step: &Step) -> [(NameOf, Decimal); 3] {
    let policy = &step.after.config.policy;
    [
        (|it| it.operator.as_ref(), policy.operator_cap),
        (|it| it.hosting.as_ref(), policy.hosting_cap),
        (|it| it.jurisdiction.as_ref(), policy.jurisdiction_cap),
    ]
}

/// Alpha and the operator cap, as wide as those alone who may be given stake now can make them: whoever
/// counts because the owner took its place makes them narrower.
fn widest_share_cap(step: &Step) -> Decimal {
    let policy = &step.after.config.policy;
    let operator_of: NameOf = |it| it.operator.as_ref();
    let operators = count_open_groups(step, operator_of);
    let alpha = widen(policy.vault_share_cap, open(step).count());
    alpha.min(widen(policy.operator_cap, operators))
}

/// Who may be given stake.
fn open<'a>(step: &'a Step) -> impl Iterator<Item = &'a ListingInfo> {
    let infos = step.after.validators.iter();
    let eligible = infos.filter(|info| info.exclusion.is_none());
    let listings = eligible.filter_map(|info| info.listing.as_ref());
    listings.filter(|listing| maxima(listing).all(|max| !max.is_zero()))
}

/// Groups of one kind among those: who names none is one of its own.
fn count_open_groups(step: &Step, name_of: NameOf) -> usize {
    let names: Vec<Option<&String>> = open(step).map(name_of).collect();
    let alone = names.iter().filter(|name| name.is_none()).count();
    alone + names.into_iter().flatten().collect::<BTreeSet<_>>().len()
}

fn widen(cap: Decimal, count: usize) -> Decimal {
    match u128::try_from(count) {
        Ok(count) if count > 0 => cap.max(Decimal::from_ratio(5u128, 4 * count)),
        _ => cap,
    }
}
