//! The targets for a person.

use std::cmp::Reverse;

use super::input::TargetsInput;
use super::report::Report;
use crate::terminal::{Column, Labels, Screen, Table, count, percent_of};

/// How many validators are shown, unless the user says.
const ROWS: usize = 20;

/// All tables, one after the other.
pub fn render(input: &TargetsInput, report: &Report, screen: &Screen) -> String {
    let total = input.total;
    let unplaced = report.unplaced.u128();
    let mut table = Table::new(&[
        Column::Validator("validator"),
        Column::Amount("external"),
        Column::Amount("target"),
        Column::Number("of the total"),
        Column::Amount("level"),
        Column::Amount("cap"),
        Column::Words("binding"),
    ]);
    let mut validators: Vec<_> = input.validators.iter().collect();
    validators.sort_by(|a, b| a.address.cmp(&b.address));
    let mut rows: Vec<_> = validators.into_iter().zip(&report.targets).collect();
    rows.sort_by_key(|(_, row)| Reverse(row.tokens));
    let shown = screen.top(rows.len(), ROWS);
    if shown < rows.len() {
        let more = count(rows.len() - shown, "validator", "validators");
        table.note(format!(
            "and {more} with no larger target; --top 0 shows all"
        ));
    }
    for (validator, row) in rows.into_iter().take(shown) {
        // the rule has added the two up where it gave anything
        let level = validator.external.saturating_add(row.tokens.u128());
        table.add([
            row.validator.clone(),
            validator.external.to_string(),
            row.tokens.to_string(),
            percent_of(row.tokens.u128(), total),
            level.to_string(),
            row.cap.to_string(),
            row.binding.clone(),
        ]);
    }
    let with_target = report.targets.iter().filter(|row| !row.tokens.is_zero());
    let summary = screen.wrap(&format!(
        "{}, {} placed on {} of {}, {} unplaced",
        screen.unit.tell(total),
        screen.unit.show(total.saturating_sub(unplaced)),
        with_target.count(),
        count(report.targets.len(), "validator", "validators"),
        screen.unit.show(unplaced),
    ));
    let table = table.render("Targets, the largest first", &Labels::default(), screen);
    format!("{summary}\n{table}")
}
