//! What the plan says, as it is printed. Amounts are strings in base units.

use cosmwasm_std::Uint128;
use defenders_allocation::{
    Departure, Move, MoveKind, Plan, PlanRows, Reason, Refusal, WhyUnmoved,
};
use serde::Serialize;

use super::input::{Budget, PlanFile};

/// All of it.
#[derive(Debug, Serialize)]
pub struct Report {
    /// In the order in which to send them.
    pub moves: Vec<MoveRow>,
    /// Why nothing is done although something could be.
    pub refused: Option<RefusedRow>,
    /// What should leave its validator and stays, in ascending operator address.
    pub held_back: Vec<UnmovedRow>,
    /// What the epoch allows.
    pub budgets: Budgets,
    /// What the caps leave no place for, as `targets` says.
    pub unplaced: Uint128,
}

/// One move.
#[derive(Debug, Serialize)]
pub struct MoveRow {
    /// `redelegate` or `undelegate`.
    pub kind: &'static str,
    /// Operator address.
    pub source_validator: String,
    /// Operator address; null for an undelegation.
    pub destination_validator: Option<String>,
    /// Tokens.
    pub tokens: Uint128,
    /// Why.
    pub reason: &'static str,
}

/// Stake that stays.
#[derive(Debug, Serialize)]
pub struct UnmovedRow {
    /// Operator address.
    pub validator: String,
    /// Tokens.
    pub tokens: Uint128,
    /// Why.
    pub why: &'static str,
}

/// What the guard found.
#[derive(Debug, Serialize)]
pub struct RefusedRow {
    /// `cap`, `group_cap` or `less_even`.
    pub why: &'static str,
    /// The validator or group whose cap it is.
    pub of: Option<String>,
    /// The bound: the cap, or the sum of squares without the moves.
    pub bound: String,
    /// What it would be with them.
    pub would_be: String,
}

/// Both budgets.
#[derive(Debug, Serialize)]
pub struct Budgets {
    /// For evenness.
    pub quality: BudgetRow,
    /// For leaving and caps.
    pub emergency: BudgetRow,
    /// The part of it for what the owner can bring about.
    pub owner: BudgetRow,
}

/// One budget.
#[derive(Debug, Serialize)]
pub struct BudgetRow {
    /// floor(share x total).
    pub limit: Uint128,
    /// Moved before.
    pub spent: Uint128,
    /// Moved by this plan.
    pub planned: Uint128,
    /// Left then.
    pub left: Uint128,
}

impl BudgetRow {
    fn new(budget: Budget, planned: u128) -> Self {
        Self {
            limit: budget.limit.into(),
            spent: budget.spent.into(),
            planned: planned.into(),
            // the plan stays within what is left
            left: budget.left().saturating_sub(planned).into(),
        }
    }
}

impl Report {
    /// Names instead of indices.
    pub fn new(file: &PlanFile, rows: &PlanRows, plan: &Plan) -> Self {
        let name = |index: usize| {
            let row = rows.rows.get(index);
            row.map_or("", |row| &row.validator.address)
        };
        let moves = plan.moves.iter().map(|planned| move_row(planned, name));
        let unmoved = plan.unmoved.iter().map(|unmoved| UnmovedRow {
            validator: name(unmoved.index).to_string(),
            tokens: unmoved.tokens.into(),
            why: why_name(unmoved.why),
        });
        let group = |index: usize| {
            let group = file.targets.groups.list().get(index);
            group.map_or("", |group| &group.name).to_string()
        };
        let refused = plan.refusal.as_ref().map(|refusal| match refusal {
            Refusal::CapBroken {
                index,
                cap,
                delegated,
            } => RefusedRow {
                why: "cap",
                of: Some(name(*index).to_string()),
                bound: cap.to_string(),
                would_be: delegated.to_string(),
            },
            Refusal::GroupCapBroken {
                group: index,
                cap,
                delegated,
            } => RefusedRow {
                why: "group_cap",
                of: Some(group(*index)),
                bound: cap.to_string(),
                would_be: delegated.to_string(),
            },
            Refusal::LessEven { before, after } => RefusedRow {
                why: "less_even",
                of: None,
                bound: before.to_string(),
                would_be: after.to_string(),
            },
        });
        Self {
            moves: moves.collect(),
            refused,
            held_back: unmoved.collect(),
            budgets: Budgets {
                quality: BudgetRow::new(file.quality, plan.quality_tokens()),
                emergency: BudgetRow::new(file.emergency, plan.emergency_tokens()),
                owner: BudgetRow::new(file.owner, plan.owner_tokens()),
            },
            unplaced: rows.unplaced.into(),
        }
    }
}

fn move_row<'a>(planned: &Move, name: impl Fn(usize) -> &'a str) -> MoveRow {
    let (kind, destination) = match planned.kind {
        MoveKind::Redelegate { destination } => ("redelegate", Some(name(destination))),
        MoveKind::Undelegate => ("undelegate", None),
    };
    MoveRow {
        kind,
        source_validator: name(planned.source).to_string(),
        destination_validator: destination.map(str::to_string),
        tokens: planned.tokens.into(),
        reason: reason_name(planned.reason),
    }
}

fn reason_name(reason: Reason) -> &'static str {
    match reason {
        Reason::Leaving(Departure::Tombstoned) => "tombstoned",
        Reason::Leaving(Departure::Unbonded) => "unbonded",
        Reason::Leaving(Departure::Jailed) => "jailed",
        Reason::Leaving(Departure::Drained) => "drained",
        Reason::Leaving(Departure::Ended) => "ended",
        Reason::Leaving(Departure::Ineligible) => "ineligible",
        Reason::AboveCap => "above_cap",
        Reason::OwnMaximum => "own_max",
        Reason::Quality => "quality",
    }
}

fn why_name(why: WhyUnmoved) -> &'static str {
    match why {
        WhyUnmoved::Refused => "refused",
        WhyUnmoved::Waiting => "waiting",
        WhyUnmoved::Snapshot => "snapshot",
        WhyUnmoved::RedelegationLocked => "pinned",
        WhyUnmoved::NoEntry => "no_slot",
        WhyUnmoved::DeadBand => "dead_band",
        WhyUnmoved::MaxMoves => "max_moves",
        WhyUnmoved::Budget => "budget",
        WhyUnmoved::NoDestination => "no_destination",
        WhyUnmoved::Evenness => "evenness",
        WhyUnmoved::Entries => "entries",
        WhyUnmoved::GroupCap => "group_cap",
        WhyUnmoved::MinMove => "min_move",
    }
}
