//! The plan for a person, and what it does to the chain.

use std::cmp::Reverse;

use cosmwasm_std::Decimal;
use defenders_client::spread::WhyBlocked;

use super::list::ListSource;
use super::report::{Report, ValidatorRow};
use crate::concentration::Metrics;
use crate::proposal::tell_minute;
use crate::terminal::{Column, Labels, Screen, Table, count, four_digits, percent};

/// Rows of moves and validators, unless the user says.
const ROWS: usize = 20;

/// All of it.
pub fn render(report: &Report, screen: &Screen) -> String {
    let labels = Labels::new(
        report
            .validators
            .iter()
            .map(|row| (row.validator.as_str(), row.name.as_deref())),
    );
    let mut text: String = head(report, screen)
        .iter()
        .map(|line| screen.wrap(line) + "\n")
        .collect();
    for (title, table) in [
        (
            "Moves, in the order in which they are sent",
            moves(report, screen),
        ),
        ("Blocked: not sent", blocked(report)),
        ("Own stake", validators(report, screen)),
        ("Who gets nothing", excluded(report, screen)),
    ] {
        if !table.is_empty() {
            text += &table.render(title, &labels, screen);
        }
    }
    text + &network(report).render("The chain", &Labels::default(), screen)
}

fn head(report: &Report, screen: &Screen) -> Vec<String> {
    let unit = &screen.unit;
    let (coins, policy) = (&report.coins, &report.policy);
    let from = match &report.list.from {
        ListSource::Vault(address) => format!("the vault {address}"),
        ListSource::File(file) => file.clone(),
    };
    // of few validators each may have more than all
    let share = policy.vault_share_cap.min(Decimal::one());
    let mut caps = vec![format!(
        "at most {} of own stake and coins together",
        percent(&share.to_string())
    )];
    if let Some(share) = policy.chain_share_cap {
        caps.push(format!("{} of the chain", percent(&share.to_string())));
    }
    if let Some(share) = policy.match_cap {
        caps.push(format!(
            "own stake at most {} of a validator's",
            percent(&share.to_string())
        ));
    }
    let mut lines = vec![
        format!(
            "{} on the list of {from}, {} of them eligible",
            count(report.list.listed, "validator", "validators"),
            report.list.eligible
        ),
        format!("caps for each: {}", caps.join(", ")),
    ];
    if !coins.amount.is_zero() {
        lines.push(format!(
            "coins: {} of {} that can be spent",
            unit.tell(coins.amount.u128()),
            unit.show(coins.spendable.u128())
        ));
    }
    if !coins.unplaced.is_zero() {
        lines.push(format!(
            "the caps leave no place for {}: it stays with you",
            unit.tell(coins.unplaced.u128())
        ));
    }
    if report.moves.is_empty() {
        lines.push("nothing to do: all is where it should be, or cannot move".to_string());
    }
    lines
}

fn moves(report: &Report, screen: &Screen) -> Table {
    let has_sources = report
        .moves
        .iter()
        .any(|row| row.source_validator.is_some());
    let mut columns = vec![Column::Validator("to"), Column::Amount("tokens")];
    if has_sources {
        columns.insert(0, Column::Validator("from"));
    }
    let mut table = Table::new(&columns);
    let shown = table.note_rest(report.moves.len(), ROWS, screen, ("move", "moves"));
    for row in report.moves.iter().take(shown) {
        let mut cells = vec![row.destination_validator.clone(), row.tokens.to_string()];
        if has_sources {
            let source = row.source_validator.clone();
            cells.insert(0, source.unwrap_or_else(|| "coins".to_string()));
        }
        table.add_all(cells);
    }
    table
}

fn blocked(report: &Report) -> Table {
    let mut table = Table::new(&[
        Column::Validator("stays on"),
        Column::Amount("tokens"),
        Column::Words("why"),
        Column::Words("free from"),
    ]);
    for row in &report.blocked {
        table.add([
            row.validator.clone(),
            row.tokens.to_string(),
            match row.why {
                WhyBlocked::RedelegationLocked => "moved there lately",
                WhyBlocked::Entries => "too many moves under way",
                WhyBlocked::NoDestination => "no place elsewhere",
                WhyBlocked::MaxMoves => "too many moves at once",
            }
            .to_string(),
            row.free_at.map_or(String::new(), tell_minute),
        ]);
    }
    table
}

fn validators(report: &Report, screen: &Screen) -> Table {
    let mut table = Table::new(&[
        Column::Validator("validator"),
        Column::Amount("now"),
        Column::Amount("then"),
        Column::Amount("cap"),
    ]);
    let mut rows: Vec<&ValidatorRow> = report
        .validators
        .iter()
        .filter(|row| !(row.before.is_zero() && row.after.is_zero()))
        .collect();
    rows.sort_by_key(|row| Reverse((row.after.abs_diff(row.before), row.after)));
    let shown = table.note_rest(rows.len(), ROWS, screen, ("validator", "validators"));
    for row in rows.into_iter().take(shown) {
        table.add([
            row.validator.clone(),
            row.before.to_string(),
            row.after.to_string(),
            row.cap.map_or(String::new(), |cap| cap.to_string()),
        ]);
    }
    table
}

/// Those of the list, and those with own stake.
fn excluded(report: &Report, screen: &Screen) -> Table {
    let mut table = Table::new(&[Column::Validator("validator"), Column::Words("why")]);
    let rows: Vec<(&ValidatorRow, String)> = report
        .validators
        .iter()
        .filter_map(|row| {
            Some((
                row,
                tell_exclusion(&serde_json::to_value(row.exclusion?).ok()?),
            ))
        })
        .collect();
    let shown = table.note_rest(rows.len(), ROWS, screen, ("validator", "validators"));
    for (row, why) in rows.into_iter().take(shown) {
        table.add([row.validator.clone(), why]);
    }
    table
}

fn tell_exclusion(name: &serde_json::Value) -> String {
    let name = name.as_str().unwrap_or_default();
    match name {
        "not_listed" => "not on the list",
        "not_bonded" => "not in the set",
        "commission" => "charges more than 10 %",
        "top_third" => "among the fewest with a third of the stake",
        "unknown" => "not on the chain",
        other => other,
    }
    .to_string()
}

fn network(report: &Report) -> Table {
    let mut table = Table::new(&[
        Column::Words(""),
        Column::Number("now"),
        Column::Number("then"),
    ]);
    let (before, after) = (&report.network.before, &report.network.after);
    let mut row = |name: &str, show: &dyn Fn(&Metrics) -> String| {
        table.add([name.to_string(), show(before), show(after)]);
    };
    row("Nakamoto at 1/3", &|it| it.nakamoto_third.to_string());
    row("Nakamoto at 2/3", &|it| it.nakamoto_two_thirds.to_string());
    row("effective number", &|it| {
        four_digits(&it.effective.to_string())
    });
    row("Gini", &|it| four_digits(&it.gini.to_string()));
    row("largest", &|it| percent(&it.top1_share.to_string()));
    row("ten largest", &|it| percent(&it.top10_share.to_string()));
    table
}
