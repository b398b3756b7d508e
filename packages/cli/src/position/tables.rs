//! A position for a person.

use super::report::Report;
use super::when::tell_payment;
use crate::session::Units;
use crate::terminal::{Column, Labels, Screen, Table};

/// All of it.
pub fn render(report: &Report, units: &Units, screen: &Screen) -> String {
    let who = match &report.name {
        Some(name) => format!("{name}, {}", report.account),
        None => report.account.clone(),
    };
    let tokens = |tokens: cosmwasm_std::Uint128| units.tokens.tell(tokens.u128());
    let mut lines = vec![
        format!("account    {who}"),
        format!("vault      {}", report.vault),
        format!("chain      {}", report.chain_id),
        format!("shares     {}", units.shares.tell(report.shares.u128())),
        format!("worth      {}", tokens(report.worth)),
    ];
    if !report.withdrawals.is_empty() {
        lines.push(format!("under way  {}", tokens(report.under_way)));
        lines.push(format!("claimable  {}", tokens(report.claimable)));
    }
    let mut text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let table = withdrawals(report, units);
    if !table.is_empty() {
        text += &table.render("Withdrawals", &Labels::default(), screen);
    }
    text
}

fn withdrawals(report: &Report, units: &Units) -> Table {
    let mut table = Table::new(&[
        Column::Number("batch"),
        Column::Words("state"),
        Column::Number("shares"),
        Column::Amount("tokens"),
        Column::Words("pays from"),
        Column::Words("at the latest"),
    ]);
    for row in &report.withdrawals {
        let time = |at: Option<u64>| tell_payment(row.is_final, at);
        table.add([
            row.batch_id.to_string(),
            row.state.to_string(),
            units.shares.show(row.shares.u128()),
            row.tokens.to_string(),
            time(row.pays_earliest),
            time(row.pays_latest),
        ]);
    }
    if report.withdrawals.iter().any(|row| !row.is_final) {
        table.note(
            "Tokens of what is not claimable are estimates. The latest time holds with a tick an hour."
                .to_string(),
        );
    }
    table
}
