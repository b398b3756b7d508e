//! The plan for a person.

use std::cmp::Reverse;

use defenders_types::{MoveBudget, MoveReason, PlannedMessage, WhyUnmoved};

use super::report::Report;
use crate::proposal::tell_time;
use crate::terminal::{Column, Labels, Screen, Table, count};

/// How many rows are shown of messages, and of what stays, unless the user says.
const ROWS: usize = 20;

/// All of it.
pub fn render(report: &Report, labels: &Labels, screen: &Screen) -> String {
    let mut lines = vec![match report.job {
        Some(job) => format!(
            "the next tick, in block {}, runs {}: {}{}",
            report.height,
            job.as_str(),
            count(report.messages.len(), "message", "messages"),
            if report.has_more {
                ", and more with the tick after it"
            } else {
                ""
            }
        ),
        None => format!("nothing is due in block {}", report.height),
    }];
    if let Some(refused) = &report.refused {
        lines.push(format!("the guard refuses all moves: {refused}"));
    }
    let unit = &screen.unit;
    lines.push(format!(
        "until {} may move: {} toward targets, {} of what leaves, of which {} for what the owner decided",
        tell_time(report.budgets.ends_at),
        unit.tell(report.budgets.quality_left.u128()),
        unit.show(report.budgets.emergency_left.u128()),
        unit.show(report.budgets.by_owner_left.u128())
    ));
    let mut text: String = lines.iter().map(|line| screen.wrap(line) + "\n").collect();
    for (title, table) in [
        ("Moves, in their order", moves(report, screen)),
        ("Other messages, in their order", others(report, screen)),
        (
            "What should leave and stays, the largest first",
            held_back(report, screen),
        ),
    ] {
        if !table.is_empty() {
            text += &table.render(title, labels, screen);
        }
    }
    text
}

fn moves(report: &Report, screen: &Screen) -> Table {
    let mut table = Table::new(&[
        Column::Validator("from"),
        Column::Validator("to"),
        Column::Amount("tokens"),
        Column::Words("why"),
    ]);
    let shown = table.note_rest(report.moves.len(), ROWS, screen, ("row", "rows"));
    for row in report.moves.iter().take(shown) {
        table.add([
            row.source.clone(),
            row.destination.clone().unwrap_or_default(),
            row.tokens.to_string(),
            format!("{} ({})", name_reason(row.reason), name_budget(row.budget)),
        ]);
    }
    table
}

/// Moves have a table of their own.
fn others(report: &Report, screen: &Screen) -> Table {
    let mut table = Table::new(&[
        Column::Words("message"),
        Column::Validator("validator"),
        Column::Amount("tokens"),
        Column::Words("to"),
    ]);
    let rows: Vec<[String; 4]> = report
        .messages
        .iter()
        .filter_map(|message| describe(message, !report.moves.is_empty()))
        .collect();
    let shown = table.note_rest(rows.len(), ROWS, screen, ("row", "rows"));
    for row in rows.into_iter().take(shown) {
        table.add(row);
    }
    table
}

fn describe(message: &PlannedMessage, has_moves: bool) -> Option<[String; 4]> {
    let row = |name: &str, validator: &str, tokens: String, to: &str| {
        let [name, validator, to] = [name, validator, to].map(str::to_string);
        Some([name, validator, tokens, to])
    };
    match message {
        PlannedMessage::Redelegate { .. } => None,
        PlannedMessage::Undelegate { .. } if has_moves => None,
        PlannedMessage::Delegate { validator, tokens } => {
            row("delegate", validator, tokens.to_string(), "")
        }
        PlannedMessage::Undelegate { validator, tokens } => {
            row("undelegate", validator, tokens.to_string(), "")
        }
        PlannedMessage::WithdrawRewards { validator } => {
            row("withdraw rewards", validator, String::new(), "")
        }
        PlannedMessage::Pay { recipient, tokens } => row("pay", "", tokens.to_string(), recipient),
        PlannedMessage::Call { contract } => row("sweep the pot", "", String::new(), contract),
        PlannedMessage::Burn { shares } => {
            row("burn shares", "", String::new(), &shares.to_string())
        }
        PlannedMessage::Other {} => row("other", "", String::new(), ""),
    }
}

fn held_back(report: &Report, screen: &Screen) -> Table {
    let mut table = Table::new(&[
        Column::Validator("stays on"),
        Column::Amount("tokens"),
        Column::Words("why"),
    ]);
    let mut rows: Vec<_> = report.held_back.iter().collect();
    rows.sort_by_key(|row| Reverse(row.tokens));
    let shown = table.note_rest(rows.len(), ROWS, screen, ("row", "rows"));
    for row in rows.into_iter().take(shown) {
        table.add([
            row.validator.clone(),
            row.tokens.to_string(),
            name_why(row.why).to_string(),
        ]);
    }
    table
}

fn name_reason(reason: MoveReason) -> &'static str {
    match reason {
        MoveReason::Tombstoned => "double sign",
        MoveReason::Jailed => "jailed",
        MoveReason::Unbonded => "out of the set",
        MoveReason::Drained => "drained",
        MoveReason::Ended => "listing over",
        MoveReason::Ineligible => "not eligible",
        MoveReason::AboveCap => "above a cap",
        MoveReason::OwnMaximum => "above its own maximum",
        MoveReason::Quality => "evener",
    }
}

fn name_budget(budget: MoveBudget) -> &'static str {
    match budget {
        MoveBudget::Quality => "quality",
        MoveBudget::Emergency => "emergency",
        MoveBudget::EmergencyByOwner => "emergency, owner",
    }
}

fn name_why(why: WhyUnmoved) -> &'static str {
    match why {
        WhyUnmoved::Refused => "the guard refuses all",
        WhyUnmoved::Waiting => "too early to leave, or it refused lately",
        WhyUnmoved::Snapshot => "the snapshot is not believed, or old",
        WhyUnmoved::RedelegationLocked => "locked by a redelegation",
        WhyUnmoved::NoEntry => "no unbonding entry left",
        WhyUnmoved::DeadBand => "too near to its target",
        WhyUnmoved::MaxMoves => "the call has no move left",
        WhyUnmoved::Budget => "the budget is used up",
        WhyUnmoved::NoDestination => "nobody can take it",
        WhyUnmoved::Evenness => "the chain would be less even",
        WhyUnmoved::Entries => "redelegation entries are used up",
        WhyUnmoved::GroupCap => "groups are at their caps",
        WhyUnmoved::MinMove => "parts below the minimum move",
    }
}

#[cfg(test)]
mod tests {
    use cosmwasm_std::Uint128;

    use super::*;

    #[test]
    fn moves_are_not_told_twice() {
        let undelegate = PlannedMessage::Undelegate {
            validator: "a".to_string(),
            tokens: Uint128::new(5),
        };
        assert_eq!(describe(&undelegate, true), None);
        let told = describe(&undelegate, false).unwrap();
        assert_eq!(told, ["undelegate", "a", "5", ""]);
    }
}
