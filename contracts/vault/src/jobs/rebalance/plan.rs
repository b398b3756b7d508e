//! The plan, from what the vault knows now. It only reads, so that a query can show it.

use cosmwasm_std::{Timestamp, Uint128};
use defenders_allocation::{
    self as allocation, compute_plan, compute_plan_rows, Departure, LiveEntries, MoveKind,
    PlanInput, PlanLimits, PlanRow, Reason, Refusal, Snapshot, Standing, ABSENCE_GRACE,
    DEFAULT_MAX_ENTRIES, LEAST_REDELEGATION,
};
use defenders_types::MoveReason;

use crate::call::View;
use crate::error::ContractError;
use crate::moves::{Plan, PlannedMove};
use crate::state::not_bonded::load_not_bonded_since;
use crate::state::redelegations::load_live;
use crate::state::{recorded_block, Turnover};
use crate::validators::skip::Skip;
use crate::validators::Validators;

/// Dead band and least move are one part in so many of T (0.05 %).
const LEAST_MOVE_DIVISOR: u128 = 2_000;

/// The plan. Who refused lately, or is passed by `skip`, neither gives nor takes.
///
/// # Errors
/// When storage is damaged or sums are beyond 128 bits.
pub fn compute(view: &View, skip: &Skip) -> Result<Plan, Box<ContractError>> {
    let validators = view.validators()?;
    let policy = &view.config.policy;
    let groups = validators.groups(policy)?;
    let valuation = view.valuation();
    // caps must hold when what is reserved has left
    let total = valuation.lasting_tokens_to_allocate()?;
    let base = total.checked_add(view.book.money.restaking)?;
    let snapshot = query_snapshot(view)?;
    let mut inputs = validators.for_plan();
    if snapshot == Snapshot::Suspect {
        give_nothing_to_the_failing(validators, &mut inputs);
    }
    let rows = compute_plan_rows(
        total.u128(),
        base.u128(),
        validators.total_bonded(),
        &validators.policy_in_force(policy),
        inputs,
        &groups,
    )?;
    let unplaced = rows.unplaced.into();
    let mut rows = rows.rows;
    if snapshot == Snapshot::Stale {
        leave_the_absent(view, validators, &mut rows)?;
    }
    leave_alone(view, validators, skip, &mut rows);

    let completed_until = view.book.completed_until(&recorded_block(&view.env.block));
    let most = view.config.parameters.max_moves;
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let plan = compute_plan(&PlanInput {
        base: base.u128(),
        snapshot,
        rows: &rows,
        groups: &groups,
        live: &load_live_entries(view, validators, completed_until)?,
        now: Timestamp::from_nanos(completed_until).seconds(),
        // one more than is sent tells whether there are more
        limits: query_limits(view, total, most.saturating_add(1))?,
    })?;

    let has_more = plan.moves.len() > most;
    let mut moves = Vec::with_capacity(most);
    for planned in plan.moves.into_iter().take(most) {
        let destination = match planned.kind {
            MoveKind::Redelegate { destination } => {
                Some(validators.at(destination)?.address.clone())
            }
            MoveKind::Undelegate => None,
        };
        moves.push(PlannedMove {
            source: validators.at(planned.source)?.address.clone(),
            destination,
            tokens: planned.tokens.into(),
            reason: reason_of(planned.reason),
        });
    }
    Ok(Plan {
        moves,
        has_more,
        unmoved: plan.unmoved,
        refusal: plan.refusal,
        unplaced,
        base,
    })
}

/// Targets stay as they are, so that nobody else is moved because somebody refused.
fn leave_alone(view: &View, validators: &Validators, skip: &Skip, rows: &mut [PlanRow]) {
    for (row, member) in rows.iter_mut().zip(&validators.members) {
        let holding = &member.holding;
        if holding.is_refusing(view.now()) || skip.passes(&member.address, holding.power_row) {
            row.validator.standing = Standing::Waiting;
        }
    }
}

/// A suspect snapshot leaves those that fail in it eligible, but they would not stand the reading before a
/// move: what must leave another validator would wait for them until the snapshot is believed.
fn give_nothing_to_the_failing(validators: &Validators, inputs: &mut [allocation::Validator]) {
    for index in &validators.failed {
        if let Some(input) = inputs.get_mut(*index) {
            input.standing = Standing::Waiting;
        }
    }
}

/// How far the last reading of the powers is believed.
///
/// # Errors
/// When storage is damaged.
pub fn query_snapshot(view: &View) -> Result<Snapshot, Box<ContractError>> {
    if view.are_powers_stale()? {
        return Ok(Snapshot::Stale);
    }
    Ok(if view.validators()?.is_suspect {
        Snapshot::Suspect
    } else {
        Snapshot::Trusted
    })
}

/// While powers cannot be read, who is bonded can be: who has not been for three days leaves.
fn leave_the_absent(
    view: &View,
    validators: &Validators,
    rows: &mut [PlanRow],
) -> Result<(), Box<ContractError>> {
    let long_ago = view.now().saturating_sub(ABSENCE_GRACE);
    for (row, member) in rows.iter_mut().zip(&validators.members) {
        let since = load_not_bonded_since(view.deps.storage, member.holding.power_row)?;
        let is_absent = since.is_some_and(|since| since <= long_ago);
        if is_absent && row.validator.departure().is_none() {
            row.validator.standing = Standing::Leaving(Departure::Unbonded);
        }
    }
    Ok(())
}

fn load_live_entries(
    view: &View,
    validators: &Validators,
    completed_until: u64,
) -> Result<Vec<LiveEntries>, Box<ContractError>> {
    let until_seconds = Timestamp::from_nanos(completed_until).seconds();
    let mut entries = vec![];
    for (destination, member) in validators.members.iter().enumerate() {
        if member.holding.redelegation_locked_until <= until_seconds {
            continue;
        }
        for live in load_live(view.deps.storage, &member.address, completed_until)? {
            if let Some(source) = validators.index_of(&live.source) {
                entries.push(LiveEntries {
                    source,
                    destination,
                    entries: 1,
                });
            }
        }
    }
    Ok(entries)
}

fn query_limits(
    view: &View,
    total: Uint128,
    max_moves: usize,
) -> Result<PlanLimits, Box<ContractError>> {
    let parameters = &view.config.parameters;
    let worth = view.book.money.total_assets(view.now())?;
    let turnover = Turnover::load(view.deps.storage, view.now(), worth)?;
    let emergency = parameters.turnover_emergency;
    let least = parameters
        .min_delegation
        .u128()
        .max(total.u128() / LEAST_MOVE_DIVISOR);
    Ok(PlanLimits {
        quality_budget: turnover.quality_left(parameters.turnover_quality).u128(),
        emergency_budget: turnover.emergency_left(emergency).u128(),
        owner_budget: turnover.by_owner_left(emergency).u128(),
        max_moves,
        min_move: least,
        least_redelegation: LEAST_REDELEGATION,
        // the brake holds moves toward targets alone
        dead_band: match view.book.brake_until_after(view.now()) {
            Some(_) => u128::MAX,
            None => least,
        },
        max_entries: DEFAULT_MAX_ENTRIES,
    })
}

/// In the words of answers and events.
#[must_use]
pub fn reason_of(reason: Reason) -> MoveReason {
    match reason {
        Reason::Leaving(Departure::Tombstoned) => MoveReason::Tombstoned,
        Reason::Leaving(Departure::Jailed) => MoveReason::Jailed,
        Reason::Leaving(Departure::Unbonded) => MoveReason::Unbonded,
        Reason::Leaving(Departure::Drained) => MoveReason::Drained,
        Reason::Leaving(Departure::Ended) => MoveReason::Ended,
        Reason::Leaving(Departure::Ineligible) => MoveReason::Ineligible,
        Reason::AboveCap => MoveReason::AboveCap,
        Reason::OwnMaximum => MoveReason::OwnMaximum,
        Reason::Quality => MoveReason::Quality,
    }
}

/// Why the guard refused a plan, for a person.
///
/// # Errors
/// When its validators are not those of the view.
pub fn describe_refusal(view: &View, plan: &Plan) -> Result<Option<String>, Box<ContractError>> {
    let validators = view.validators()?;
    Ok(Some(match &plan.refusal {
        None => return Ok(None),
        Some(Refusal::CapBroken {
            index,
            cap,
            delegated,
        }) => {
            let address = &validators.at(*index)?.address;
            format!("{address} would hold {delegated} tokens, its cap is {cap}")
        }
        Some(Refusal::GroupCapBroken {
            group,
            cap,
            delegated,
        }) => {
            let groups = validators.groups(&view.config.policy)?;
            let name = groups.list().get(*group).map(|group| group.name.as_str());
            let name = name.unwrap_or_default();
            format!("{name} would hold {delegated} tokens, its cap is {cap}")
        }
        Some(Refusal::LessEven { before, after }) => {
            format!("the sum of squares would rise from {before} to {after}")
        }
    }))
}
