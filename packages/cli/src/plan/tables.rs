//! The plan for a person.

use super::report::{BudgetRow, Report};
use crate::table::{grouped, table};

/// All tables, one after the other.
pub fn render(report: &Report) -> String {
    let mut moves = table(&["move", "from", "to", "tokens", "reason"]);
    for row in &report.moves {
        moves.add_row([
            row.kind.to_string(),
            row.source_validator.clone(),
            row.destination_validator.clone().unwrap_or_default(),
            grouped(row.tokens),
            row.reason.to_string(),
        ]);
    }
    let mut unmoved = table(&["stays on", "tokens", "why"]);
    for row in &report.held_back {
        unmoved.add_row([
            row.validator.clone(),
            grouped(row.tokens),
            row.why.to_string(),
        ]);
    }
    let mut budgets = table(&["budget", "limit", "spent", "planned", "left"]);
    for (name, row) in [
        ("quality", &report.budgets.quality),
        ("emergency", &report.budgets.emergency),
    ] {
        let BudgetRow {
            limit,
            spent,
            planned,
            left,
        } = row;
        let amounts = [limit, spent, planned, left].map(|tokens| grouped(*tokens));
        budgets.add_row([&[name.to_string()], &amounts[..]].concat());
    }
    let refused = report.refused.as_ref().map_or(String::new(), |refused| {
        let of = refused.of.as_deref().unwrap_or("the chain");
        format!(
            "refused: {} of {of}: {} would be {}\n\n",
            refused.why, refused.bound, refused.would_be
        )
    });
    format!(
        "{} moves\n\n{refused}{}\n\n{}\n\n{}\n",
        report.moves.len(),
        moves.trim_fmt(),
        unmoved.trim_fmt(),
        budgets.trim_fmt(),
    )
}
