//! The report for a person: where the stake went first, then how even the chain became, then the
//! rest.

use super::report::{Concentration, Report};
use super::story;
use crate::terminal::{Column, Labels, Screen, Table, count, four_digits, grouped, percent};

/// How many validators are shown of those that gained most, unless the user says.
const GAINERS: usize = 10;

/// All tables, one after the other.
pub fn render(report: &Report, screen: &Screen) -> String {
    let validators = report.validators.iter();
    let labels = Labels::new(validators.map(|row| (row.validator.as_str(), row.name.as_deref())));
    let share = percent(&report.share.to_string());
    let days = count(report.days as usize, "day", "days");
    let mut text = screen.wrap(&format!(
        "{}: {share} of the stake moves into the vault, {days}, seed {}",
        report.set, report.seed
    ));
    text.push('\n');
    for (title, table) in [
        (
            "Where the vault's stake went, by rank of the operators' own stake",
            by_rank(report),
        ),
        ("Concentration of bonded stake", concentration(report)),
        ("Gained most", gainers(report, screen)),
        ("The vault's stake by group", groups(report)),
    ] {
        if !table.is_empty() {
            text += &table.render(title, &labels, screen);
        }
    }
    text += "\nWhat happened\n";
    for line in story::tell(report, &labels, screen) {
        let options = textwrap::Options::new(screen.width).subsequent_indent("  ");
        text += &format!("{}\n", textwrap::fill(&line, options));
    }
    for (title, table) in [("Money", money(report)), ("Numbers", numbers(report))] {
        text += &table.render(title, &labels, screen);
    }
    text
}

fn by_rank(report: &Report) -> Table {
    let mut table = Table::new(&[
        Column::Words("rank"),
        Column::Number("of the vault"),
        Column::Amount("before"),
        Column::Amount("after"),
        Column::Number("growth"),
        Column::Number("with its stake"),
    ]);
    for row in &report.by_rank {
        let growth = percent(&row.growth);
        let is_less = growth.starts_with('-') || growth == "0 %";
        let plus = if is_less { "" } else { "+" };
        table.add([
            match row.first == row.last {
                true => row.first.to_string(),
                false => format!("{} to {}", row.first, row.last),
            },
            percent(&row.vault_share.to_string()),
            row.before.to_string(),
            row.after.to_string(),
            format!("{plus}{growth}"),
            format!("{} of {}", row.with_vault, row.validators),
        ]);
    }
    table
}

fn concentration(report: &Report) -> Table {
    let mut table = Table::new(&[
        Column::Words(""),
        Column::Number("before"),
        Column::Number("after"),
        Column::Number("best possible"),
    ]);
    let columns = [&report.before, &report.after, &report.best];
    let mut row = |name: &str, show: &dyn Fn(&Concentration) -> String| {
        let [before, after, best] = columns.map(show);
        table.add([name.to_string(), before, after, best]);
    };
    row("Nakamoto at 1/3", &|it| it.nakamoto_third.to_string());
    row("Nakamoto at 2/3", &|it| it.nakamoto_two_thirds.to_string());
    row("effective validators", &|it| {
        four_digits(&it.effective.to_string())
    });
    row("ten largest", &|it| percent(&it.top10_share.to_string()));
    row("largest", &|it| percent(&it.largest_share.to_string()));
    table
}

fn gainers(report: &Report, screen: &Screen) -> Table {
    let mut table = Table::new(&[
        Column::Validator("validator"),
        Column::Amount("before"),
        Column::Amount("after"),
        Column::Amount("gained"),
    ]);
    let mut rows: Vec<_> = report
        .validators
        .iter()
        .filter(|row| row.tokens() > row.before)
        .map(|row| (row.tokens() - row.before, row))
        .collect();
    rows.sort_by_key(|(gain, _)| std::cmp::Reverse(*gain));
    let shown = table.note_rest(rows.len(), GAINERS, screen, ("validator", "validators"));
    for (gain, row) in rows.into_iter().take(shown) {
        table.add([
            row.validator.clone(),
            row.before.to_string(),
            row.tokens().to_string(),
            gain.to_string(),
        ]);
    }
    table
}

fn groups(report: &Report) -> Table {
    let mut table = Table::new(&[
        Column::Words("shared"),
        Column::Words("group"),
        Column::Number("validators"),
        Column::Amount("the vault's"),
        Column::Number("of all its stake"),
    ]);
    for row in &report.groups {
        table.add([
            row.kind.name().to_string(),
            row.group.clone(),
            row.validators.to_string(),
            row.delegated.to_string(),
            percent(&row.vault_share.to_string()),
        ]);
    }
    table
}

fn money(report: &Report) -> Table {
    let (vault, flows) = (&report.vault, &report.flows);
    let mut table = Table::new(&[Column::Words(""), Column::Amount("tokens")]);
    for (name, tokens) in [
        ("deposited, seed included", flows.deposited.to_string()),
        ("rewards", flows.rewards.to_string()),
        ("fee and bounty", flows.fees.to_string()),
        ("slashed", flows.slashed.clone()),
        ("paid out", flows.withdrawn.to_string()),
        ("total assets", vault.total_assets.to_string()),
        ("  delegated", vault.bonded.to_string()),
        ("  idle", vault.idle.to_string()),
        ("  to be delegated again", vault.restaking.to_string()),
        (
            "  less what is expected to be lost",
            vault.marked_down.to_string(),
        ),
        ("  less locked profit", vault.locked_profit.to_string()),
        ("unbonding for withdrawals", vault.unbonding.to_string()),
        ("claimable", vault.claimable.to_string()),
        ("held", vault.held.to_string()),
    ] {
        table.add([name.to_string(), tokens]);
    }
    table
}

fn numbers(report: &Report) -> Table {
    let mut table = Table::new(&[Column::Words(""), Column::Number("number")]);
    let (messages, invariants) = (&report.messages, &report.invariants);
    table.add([
        "tokens per share".to_string(),
        four_digits(&report.vault.tokens_per_share.to_string()),
    ]);
    for (name, number) in [
        ("deposits refused", report.flows.refused),
        ("messages: delegate", messages.delegate),
        ("  undelegate", messages.undelegate),
        ("  redelegate", messages.redelegate),
        ("  withdraw rewards", messages.withdraw_rewards),
        ("  refused by the chain", messages.failed),
        ("invariants checked", invariants.checked),
        ("invariants violated", invariants.violated),
    ] {
        table.add([name.to_string(), grouped(number)]);
    }
    table
}

#[cfg(test)]
pub mod tests;
