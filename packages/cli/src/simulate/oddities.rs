//! What a reader of the report should be warned of.

use super::findings::LeftOut;
use super::list::tell_left_out;
use super::report::Report;
use super::wishes::Wishes;
use crate::terminal::count;

/// Warnings, the gravest first.
pub fn find(report: &Report, wishes: &Wishes) -> Vec<String> {
    let mut found = Vec::new();
    let list = &report.list;
    if list.listed == 0 {
        let reasons = tell_left_out(list, wishes.max_commission);
        found.push(format!(
            "nobody is listed, so nothing is delegated: of {}, {reasons}",
            count(report.validators.len(), "validator", "validators"),
        ));
    } else if list.not_eligible.len() >= list.listed {
        let reasons = report.reasons_not_eligible().join(", ");
        found.push(format!("nobody on the list may be given stake: {reasons}"));
    }
    if let Some(own) = &wishes.list
        && list.listed < own.len()
    {
        found.push(format!(
            "of the {} in the list given, {} not bonded: only {} listed",
            count(own.len(), "validator", "validators"),
            count(own.len() - list.listed, "is", "are"),
            count(list.listed, "is", "are"),
        ));
    }
    let rows = report.validators.iter();
    let waiting = rows.filter(|row| row.left_out == Some(LeftOut::Waits));
    match waiting.count() {
        0 => (),
        number => found.push(format!(
            "{} to be listed at the end: once anybody has deposited, that takes the exit delay of some 30 days",
            count(number, "validator still waits", "validators still wait"),
        )),
    }
    found
}
