//! The report for a person.

use comfy_table::presets::NOTHING;
use comfy_table::{CellAlignment, Table, TableComponent};
use cosmwasm_std::Uint128;

use super::report::{Concentration, Report};

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

fn table<const N: usize>(header: [&str; N]) -> Table {
    let mut table = Table::new();
    table
        .load_preset(NOTHING)
        .set_style(TableComponent::HeaderLines, '─')
        .set_style(TableComponent::MiddleHeaderIntersections, '─')
        .set_header(header);
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table
}

fn concentration(report: &Report) -> Table {
    let mut table = table(["", "before", "after", "best possible"]);
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
    let mut table = table(["validator", "before", "after", "gained", "of the vault"]);
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
    let mut table = table(["", "tokens"]);
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
    let mut table = table(["", "number"]);
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
    let mut table = table(["", "number"]);
    table.add_row(["checked", &report.invariants.checked.to_string()]);
    table.add_row(["violated", &report.invariants.violated.to_string()]);
    table
}

/// `0.1` -> `10 %`: moves the point by two places, and keeps at most two decimals.
fn percent(ratio: &str) -> String {
    let (whole, decimals) = ratio.split_once('.').unwrap_or((ratio, ""));
    let padded = format!("{decimals:0<4}");
    let (hundreds, rest) = padded.split_at(2);
    let digits = format!("{whole}{hundreds}");
    let digits = match digits.trim_start_matches('0') {
        "" => "0",
        digits => digits,
    };
    match rest.get(..2).unwrap_or_default().trim_end_matches('0') {
        "" => format!("{digits} %"),
        decimals => format!("{digits}.{decimals} %"),
    }
}

fn grouped(tokens: Uint128) -> String {
    grouped_text(&tokens.to_string())
}

/// `-1234567` -> `-1'234'567`.
fn grouped_text(number: &str) -> String {
    let (sign, digits) = match number.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", number),
    };
    let mut text = sign.to_string();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push('\'');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_are_shown_in_percent() {
        for (ratio, shown) in [
            ("0.1", "10 %"),
            ("0.012345", "1.23 %"),
            ("1", "100 %"),
            ("0", "0 %"),
            ("0.5004", "50.04 %"),
            ("0.00009", "0 %"),
        ] {
            assert_eq!(percent(ratio), shown, "{ratio}");
        }
    }

    #[test]
    fn long_numbers_are_grouped_by_three() {
        assert_eq!(grouped_text("0"), "0");
        assert_eq!(grouped_text("123"), "123");
        assert_eq!(grouped_text("1234"), "1'234");
        assert_eq!(grouped_text("-1234567"), "-1'234'567");
    }
}
