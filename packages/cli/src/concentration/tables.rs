//! Concentration for a person.

use comfy_table::Table;

use super::report::{Metrics, Report, States};
use crate::table::{grouped, percent, table};

/// All tables, one after the other.
pub fn render(report: &Report) -> String {
    let mut text = format!(
        "{}: {} base units\n",
        report.set,
        grouped(report.tokens.with)
    );
    if let Some(without) = report.tokens.without {
        let book = report.tokens.with.saturating_sub(without);
        text += &format!("the vault's part: {}\n", grouped(book));
    }
    if let Some(deposit) = &report.deposit {
        let (tokens, unplaced) = (grouped(deposit.tokens), grouped(deposit.unplaced));
        text += &format!("deposit: {tokens}, of all in the vault {unplaced} unplaced\n");
    }
    text += &format!(
        "\nBy validator\n{}\n",
        states(&report.by_validator).trim_fmt()
    );
    if let Some(by_operator) = &report.by_operator {
        text += &format!("\nBy operator\n{}\n", states(by_operator).trim_fmt());
    }
    text
}

fn states(states: &States<Metrics>) -> Table {
    let columns = [
        ("with the vault", Some(&states.with)),
        ("without it", states.without.as_ref()),
        ("after the deposit", states.after.as_ref()),
    ];
    let there = columns
        .iter()
        .filter_map(|(name, it)| Some((*name, (*it)?)));
    let (names, columns): (Vec<&str>, Vec<&Metrics>) = there.unzip();

    let mut table = table(&[&[""], names.as_slice()].concat());
    let mut row = |name: &str, show: &dyn Fn(&Metrics) -> String| {
        let mut cells = vec![name.to_string()];
        cells.extend(columns.iter().map(|column| show(column)));
        table.add_row(cells);
    };
    row("holders", &|it| it.holders.to_string());
    row("Nakamoto at 1/3", &|it| it.nakamoto_third.to_string());
    row("Nakamoto at 2/3", &|it| it.nakamoto_two_thirds.to_string());
    for (index, threshold) in states.with.nakamoto_at.iter().enumerate() {
        let name = format!("Nakamoto at {} bp", threshold.basis_points);
        row(&name, &|it| {
            let threshold = it.nakamoto_at.get(index);
            threshold.map_or(String::new(), |threshold| threshold.fewest.to_string())
        });
    }
    row("effective number", &|it| it.effective.to_string());
    row("HHI", &|it| it.hhi.to_string());
    row("Gini", &|it| it.gini.to_string());
    row("largest", &|it| percent(&it.top1_share.to_string()));
    row("five largest", &|it| percent(&it.top5_share.to_string()));
    row("ten largest", &|it| percent(&it.top10_share.to_string()));
    row("twenty largest", &|it| percent(&it.top20_share.to_string()));
    table
}
