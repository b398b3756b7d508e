//! How well the vault is, for who watches it.

use cosmwasm_std::Uint128;
use defenders_allocation::Gather;
use defenders_allocation::SUSPECT_PERIOD;
use defenders_types::{BudgetsInfo, HealthResponse, SlackInfo, SuspectInfo, EPOCH};

use super::rule::{compute_rule, name_cap, Rule};
use crate::call::View;
use crate::error::ContractError;
use crate::self_limit;
use crate::state::Turnover;
use crate::validators::Validators;

/// Settling, submitting, rebalancing and investing want some ticks a day as well.
const OTHER_TICKS: u32 = 4;

pub fn health(view: &View) -> Result<HealthResponse, Box<ContractError>> {
    let validators = view.validators()?;
    let now = view.now();
    let total_assets = view.book.money.total_assets(now)?;
    let (evacuable, locked, locked_until) = sum_by_lock(validators, now)?;
    let rule = compute_rule(view)?;
    let (unplaced, unplaced_because) = find_unplaced(&rule);
    let summary = validators.summary.as_ref();
    let refreshed_at = summary.map(|summary| summary.refreshed_at);
    Ok(HealthResponse {
        total_assets,
        evacuable,
        locked,
        locked_until,
        budgets: query_budgets(view, total_assets)?,
        unplaced,
        unplaced_because,
        least_slack: find_least_slack(&rule),
        book_age: now.saturating_sub(view.book.synced_at),
        powers_age: refreshed_at.map(|at| now.saturating_sub(at)),
        powers_stale: view.are_powers_stale()?,
        suspect: describe_suspicion(validators)?,
        is_own_admin: view.book.is_own_admin,
        chain_share: self_limit::compute_share(view.book)?,
        soft_limit: self_limit::warning(),
        hard_limit: self_limit::limit(),
        ticks_a_day: count_ticks(view, validators),
    })
}

/// What can be redelegated, what cannot, and when the last lock ends.
fn sum_by_lock(
    validators: &Validators,
    now: u64,
) -> Result<(Uint128, Uint128, Option<u64>), Box<ContractError>> {
    let (mut evacuable, mut locked) = (Uint128::zero(), Uint128::zero());
    let mut locked_until = None;
    for member in &validators.members {
        let holding = &member.holding;
        if holding.delegated.is_zero() {
            continue;
        }
        if holding.redelegation_locked_until > now {
            locked = locked.checked_add(holding.delegated)?;
            locked_until = locked_until.max(Some(holding.redelegation_locked_until));
        } else {
            evacuable = evacuable.checked_add(holding.delegated)?;
        }
    }
    Ok((evacuable, locked, locked_until))
}

fn query_budgets(view: &View, worth: Uint128) -> Result<BudgetsInfo, Box<ContractError>> {
    let turnover = Turnover::load(view.deps.storage, view.now(), worth)?;
    let parameters = &view.config.parameters;
    Ok(BudgetsInfo {
        epoch: turnover.epoch,
        ends_at: turnover.epoch.saturating_add(1).saturating_mul(EPOCH),
        worth: turnover.worth,
        quality_left: turnover.quality_left(parameters.turnover_quality),
        emergency_left: turnover.emergency_left(parameters.turnover_emergency),
        by_owner_left: turnover.by_owner_left(parameters.turnover_emergency),
    })
}

/// What no cap leaves a place for, and why, in words.
fn find_unplaced(rule: &Rule) -> (Uint128, Option<String>) {
    if rule.targets.unplaced == 0 {
        return (Uint128::zero(), None);
    }
    let mut counts: Vec<(String, usize)> = vec![];
    for binding in &rule.bindings {
        let Some(cap) = name_cap(*binding) else {
            continue;
        };
        let name = cap.as_str().to_owned();
        match counts.iter_mut().find(|(known, _)| *known == name) {
            Some((_, count)) => *count = count.saturating_add(1),
            None => counts.push((name, 1)),
        }
    }
    let words: Vec<String> = counts
        .into_iter()
        .map(|(name, count)| format!("{count} {name}"))
        .gather();
    let words = if words.is_empty() {
        "nobody is listed".to_owned()
    } else {
        format!("validators by what binds them: {}", words.join(", "))
    };
    (rule.targets.unplaced.into(), Some(words))
}

/// Among the eligible ones that hold stake, whose least cap is nearest.
fn find_least_slack(rule: &Rule) -> Option<SlackInfo> {
    let mut least: Option<SlackInfo> = None;
    for (input, cap) in rule.inputs.iter().zip(&rule.caps) {
        let slack = Uint128::new(cap.tokens.saturating_sub(input.delegated));
        let is_less = least.as_ref().map_or(true, |least| slack < least.slack);
        let name = name_cap(cap.binding).filter(|_| input.is_eligible() && input.delegated > 0);
        if let Some(name) = name.filter(|_| is_less) {
            least = Some(SlackInfo {
                validator: input.address.clone(),
                cap: name,
                slack,
            });
        }
    }
    least
}

fn count_ticks(view: &View, validators: &Validators) -> u32 {
    let parameters = &view.config.parameters;
    let known = u32::try_from(validators.members.len()).unwrap_or(u32::MAX);
    let holding = u32::try_from(validators.count_holding_stake()).unwrap_or(u32::MAX);
    let refresh = known
        .div_ceil(parameters.refresh_page.max(1))
        .saturating_add(1);
    let harvest = holding.div_ceil(parameters.harvest_page.max(1)).max(1);
    refresh.saturating_add(harvest).saturating_add(OTHER_TICKS)
}

fn describe_suspicion(validators: &Validators) -> Result<Option<SuspectInfo>, Box<ContractError>> {
    if !validators.is_suspect {
        return Ok(None);
    }
    let since = validators.suspicion.since.unwrap_or(validators.now);
    let failed = validators.failed.iter();
    let failed = failed.map(|index| Ok(validators.at(*index)?.address.clone()));
    Ok(Some(SuspectInfo {
        since,
        believed_at: since.saturating_add(SUSPECT_PERIOD),
        failed: failed.gather_ok::<_, Box<ContractError>>()?,
    }))
}
