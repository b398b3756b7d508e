//! The targets for a person.

use super::input::TargetsInput;
use super::report::Report;
use crate::table::{grouped, percent_of, table};

/// All tables, one after the other.
pub fn render(input: &TargetsInput, report: &Report) -> String {
    let total = input.total;
    let unplaced = report.unplaced.u128();
    let mut rows = table(&[
        "validator",
        "external",
        "target",
        "of the total",
        "level",
        "cap",
        "binding",
    ]);
    let mut validators: Vec<_> = input.validators.iter().collect();
    validators.sort_by(|a, b| a.address.cmp(&b.address));
    for (validator, row) in validators.into_iter().zip(&report.targets) {
        // the rule has added the two up where it gave anything
        let level = validator.external.saturating_add(row.tokens.u128());
        rows.add_row([
            row.validator.clone(),
            grouped(validator.external),
            grouped(row.tokens),
            percent_of(row.tokens.u128(), total),
            grouped(level),
            grouped(row.cap),
            row.binding.clone(),
        ]);
    }
    format!(
        "{} base units, {} placed on {} of {} validators, {} unplaced\n\n{}\n",
        grouped(total),
        grouped(total.saturating_sub(unplaced)),
        report
            .targets
            .iter()
            .filter(|row| !row.tokens.is_zero())
            .count(),
        report.targets.len(),
        grouped(unplaced),
        rows.trim_fmt(),
    )
}
