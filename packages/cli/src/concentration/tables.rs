//! Concentration for a person.

use super::chain::SelfLimit;
use super::report::{DepositRow, Metrics, Report, States};
use crate::terminal::{Column, Labels, Screen, Table, four_digits, percent};

/// All tables, one after the other.
pub fn render(report: &Report, screen: &Screen) -> String {
    let unit = &screen.unit;
    let mut lines = vec![format!(
        "{}: {}",
        report.set,
        unit.tell(report.tokens.with.u128())
    )];
    if let Some(without) = report.tokens.without {
        let book = report.tokens.with.saturating_sub(without);
        lines.push(format!("the vault's part: {}", unit.show(book.u128())));
    }
    if let Some(deposit) = &report.deposit {
        lines.push(format!(
            "deposit: {}, of all in the vault {} unplaced",
            unit.show(deposit.tokens.u128()),
            unit.show(deposit.unplaced.u128())
        ));
        lines.extend(tell_self_limit(deposit));
        if let Some(top) = &deposit.top_validator {
            let name = deposit.top_name.as_deref().unwrap_or("(no name)");
            lines.push(format!("at the top: the same amount at {name}, {top}"));
        }
    }
    let mut text: String = lines.iter().map(|line| screen.wrap(line) + "\n").collect();
    text += &states(&report.by_validator).render("By validator", &Labels::default(), screen);
    if let Some(by_operator) = &report.by_operator {
        text += &states(by_operator).render("By operator", &Labels::default(), screen);
    }
    text
}

/// What the vault would say to the deposit.
fn tell_self_limit(deposit: &DepositRow) -> Option<String> {
    let share = percent(&deposit.chain_share.to_string());
    let limit = |bps: u64| percent(&cosmwasm_std::Decimal::bps(bps).to_string());
    Some(match deposit.self_limit? {
        SelfLimit::Refused => format!(
            "the vault would refuse it: with {share} of the chain it would pass its self limit, {}",
            limit(defenders_types::SELF_LIMIT_BPS)
        ),
        SelfLimit::Warning => format!(
            "the vault would take it with a warning: it would have {share} of the chain, and warns \
             from {} on",
            limit(defenders_types::SELF_LIMIT_WARNING_BPS)
        ),
    })
}

/// Without a book nobody can say what is the vault's, and `with` is just how things are.
fn states(states: &States<Metrics>) -> Table {
    let with = match states.without {
        Some(_) => "with the vault",
        None => "now",
    };
    let columns = [
        (with, Some(&states.with)),
        ("without it", states.without.as_ref()),
        ("after the deposit", states.after.as_ref()),
        ("at the top", states.at_top.as_ref()),
    ];
    let there = columns
        .iter()
        .filter_map(|(name, it)| Some((*name, (*it)?)));
    let (names, columns): (Vec<&str>, Vec<&Metrics>) = there.unzip();

    let mut header = vec![Column::Words("")];
    header.extend(names.iter().map(|name| Column::Number(name)));
    let mut table = Table::new(&header);
    let mut row = |name: &str, show: &dyn Fn(&Metrics) -> String| {
        let mut cells = vec![name.to_string()];
        cells.extend(columns.iter().map(|column| show(column)));
        table.add_all(cells);
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
    let ratio = |ratio: &cosmwasm_std::Decimal| four_digits(&ratio.to_string());
    row("effective number", &|it| ratio(&it.effective));
    row("HHI", &|it| ratio(&it.hhi));
    row("Gini", &|it| ratio(&it.gini));
    row("largest", &|it| percent(&it.top1_share.to_string()));
    row("five largest", &|it| percent(&it.top5_share.to_string()));
    row("ten largest", &|it| percent(&it.top10_share.to_string()));
    row("twenty largest", &|it| percent(&it.top20_share.to_string()));
    table
}
