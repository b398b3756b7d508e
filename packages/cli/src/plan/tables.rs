//! The plan for a person.

use std::cmp::Reverse;

use super::report::{BudgetRow, RefusedRow, Report};
use crate::terminal::{Column, Labels, Screen, Table, count};

/// How many rows are shown of moves, and of what stays, unless the user says.
const ROWS: usize = 20;

/// All tables, one after the other.
pub fn render(report: &Report, screen: &Screen) -> String {
    let mut text = screen.wrap(&count(report.moves.len(), "move", "moves"));
    text.push('\n');
    if let Some(refused) = &report.refused {
        text += &format!("{}\n", screen.wrap(&tell_refused(refused, screen)));
    }
    if !report.unplaced.is_zero() {
        let unplaced = screen.unit.tell(report.unplaced.u128());
        text += &format!(
            "{}\n",
            screen.wrap(&format!("The caps leave no place for {unplaced}."))
        );
    }
    for (title, table) in [
        (
            "Moves, in the order in which to send them",
            moves(report, screen),
        ),
        (
            "What should leave and stays, the largest first",
            unmoved(report, screen),
        ),
        ("Budgets", budgets(report)),
    ] {
        if !table.is_empty() {
            text += &table.render(title, &Labels::default(), screen);
        }
    }
    text
}

fn tell_refused(refused: &RefusedRow, screen: &Screen) -> String {
    let RefusedRow {
        why,
        of,
        bound,
        would_be,
    } = refused;
    let of = of.as_deref().unwrap_or("the chain");
    match *why {
        // sums of squares, which no unit fits
        "less_even" => format!(
            "refused: the chain would be less even, its sum of squares {would_be} instead of {bound}"
        ),
        why => format!(
            "refused: the {} of {of} is {}, it would have {}",
            why.replace('_', " "),
            screen.unit.show_signed(bound),
            screen.unit.show_signed(would_be),
        ),
    }
}

fn moves(report: &Report, screen: &Screen) -> Table {
    let mut table = Table::new(&[
        Column::Words("move"),
        Column::Validator("from"),
        Column::Validator("to"),
        Column::Amount("tokens"),
        Column::Words("reason"),
    ]);
    let shown = table.note_rest(report.moves.len(), ROWS, screen, ("move", "moves"));
    for row in report.moves.iter().take(shown) {
        table.add([
            row.kind.to_string(),
            row.source_validator.clone(),
            row.destination_validator.clone().unwrap_or_default(),
            row.tokens.to_string(),
            row.reason.to_string(),
        ]);
    }
    table
}

fn unmoved(report: &Report, screen: &Screen) -> Table {
    let mut table = Table::new(&[
        Column::Validator("stays on"),
        Column::Amount("tokens"),
        Column::Words("why"),
    ]);
    let mut rows: Vec<_> = report.held_back.iter().collect();
    rows.sort_by_key(|row| Reverse(row.tokens));
    let shown = table.note_rest(rows.len(), ROWS, screen, ("validator", "validators"));
    for row in rows.into_iter().take(shown) {
        table.add([
            row.validator.clone(),
            row.tokens.to_string(),
            row.why.to_string(),
        ]);
    }
    table
}

fn budgets(report: &Report) -> Table {
    let mut table = Table::new(&[
        Column::Words("budget"),
        Column::Amount("limit"),
        Column::Amount("spent"),
        Column::Amount("planned"),
        Column::Amount("left"),
    ]);
    for (name, row) in [
        ("quality", &report.budgets.quality),
        ("emergency", &report.budgets.emergency),
        ("owner", &report.budgets.owner),
    ] {
        let BudgetRow {
            limit,
            spent,
            planned,
            left,
        } = row;
        let [limit, spent, planned, left] = [limit, spent, planned, left].map(|it| it.to_string());
        table.add([name.to_string(), limit, spent, planned, left]);
    }
    table
}
