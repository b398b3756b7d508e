//! The report for a person.

use comfy_table::Table;

use super::report::{Concentration, Report};
use crate::table::{grouped, grouped_text, percent, table};

/// How many validators are shown of those that gained most.
const GAINERS: usize = 10;

/// All tables, one after the other.
pub fn render(report: &Report) -> String {
    let share = percent(&report.share.to_string());
    let mut text = format!(
        "{}: {share} of the stake moves into the vault, {} days, seed {}\n",
        report.set, report.days, report.seed
    );
    for (title, table) in [
        ("Concentration of bonded stake", concentration(report)),
        ("Gained most", gainers(report)),
        ("Money, base units", money(report)),
        ("Messages of the vault", messages(report)),
        ("Invariants", invariants(report)),
    ] {
        text += &format!("\n{title}\n{}\n", table.trim_fmt());
    }
    text
}

fn concentration(report: &Report) -> Table {
    let mut table = table(&["", "before", "after", "best possible"]);
    let columns = [&report.before, &report.after, &report.best];
    let mut row = |name: &str, show: &dyn Fn(&Concentration) -> String| {
        let mut cells = vec![name.to_string()];
        cells.extend(columns.iter().map(|column| show(column)));
        table.add_row(cells);
    };
    row("Nakamoto at 1/3", &|it| it.nakamoto_third.to_string());
    row("Nakamoto at 2/3", &|it| it.nakamoto_two_thirds.to_string());
    row("effective validators", &|it| it.effective.to_string());
    row("ten largest", &|it| percent(&it.top10_share.to_string()));
    row("largest", &|it| percent(&it.largest_share.to_string()));
    table
}

fn gainers(report: &Report) -> Table {
    let mut table = table(&["validator", "before", "after", "gained", "of the vault"]);
    let mut rows: Vec<_> = report
        .validators
        .iter()
        .filter(|row| row.tokens() > row.before)
        .map(|row| (row.tokens() - row.before, row))
        .collect();
    rows.sort_by_key(|(gain, _)| std::cmp::Reverse(*gain));
    for (gain, row) in rows.into_iter().take(GAINERS) {
        table.add_row([
            row.validator.clone(),
            grouped(row.before),
            grouped(row.tokens()),
            grouped(gain),
            grouped(row.delegated),
        ]);
    }
    table
}

fn money(report: &Report) -> Table {
    let (vault, flows) = (&report.vault, &report.flows);
    let mut table = table(&["", "tokens"]);
    let rows = [
        ("deposited, seed included", grouped(flows.deposited)),
        ("rewards", grouped(flows.rewards)),
        ("fee and bounty", grouped(flows.fees)),
        ("slashed", grouped_text(&flows.slashed)),
        ("paid out", grouped(flows.withdrawn)),
        ("total assets", grouped(vault.total_assets)),
        ("  delegated", grouped(vault.bonded)),
        ("  idle", grouped(vault.idle)),
        ("  to be delegated again", grouped(vault.restaking)),
        ("  less locked profit", grouped(vault.locked_profit)),
        ("unbonding for withdrawals", grouped(vault.unbonding)),
        ("claimable", grouped(vault.claimable)),
        ("held", grouped(vault.held)),
        ("total shares", grouped(vault.total_shares)),
        ("tokens per share", vault.tokens_per_share.to_string()),
        ("deposits refused", flows.refused.to_string()),
    ];
    for (name, value) in rows {
        table.add_row([name.to_string(), value]);
    }
    table
}

fn messages(report: &Report) -> Table {
    let messages = &report.messages;
    let mut table = table(&["", "number"]);
    for (name, number) in [
        ("delegate", messages.delegate),
        ("undelegate", messages.undelegate),
        ("redelegate", messages.redelegate),
        ("withdraw rewards", messages.withdraw_rewards),
        ("refused by the chain", messages.failed),
    ] {
        table.add_row([name.to_string(), number.to_string()]);
    }
    table
}

fn invariants(report: &Report) -> Table {
    let mut table = table(&["", "number"]);
    table.add_row(["checked", &report.invariants.checked.to_string()]);
    table.add_row(["violated", &report.invariants.violated.to_string()]);
    table
}
