//! A proposal of a multisig, with its votes counted.

use serde_json::Value;

use super::error::InspectError;
use super::forms::tell_passed;
use super::warnings::Warning;
use super::{Known, Report, compute_report};
use crate::multisig::{Count, Proposal, Setup};

/// What a proposal of a multisig says, and its votes at the block of `count`. `setup` is how the multisig is set up;
/// None when it does not tell.
pub fn inspect_counted(
    proposal: &Proposal,
    count: &Count,
    setup: Option<&Setup>,
    known: &Known,
) -> Result<Report, InspectError> {
    let mut report = compute_report(with_status(proposal, count), Vec::new(), known)?;
    if let Some(setup) = setup {
        let passed = report.warnings.iter_mut().find(|it| it.kind == "passed");
        if let Some(warning) = passed {
            warning.message = tell_passed(&setup.tell_executor());
        }
    }
    if let Some(message) = count.tell_difference() {
        report.warnings.push(Warning {
            place: "status".to_string(),
            kind: "status",
            message,
        });
    }
    report.count = Some(count.clone());
    Ok(report)
}

/// The answer with the status that its votes say.
fn with_status(proposal: &Proposal, count: &Count) -> Value {
    let mut top = proposal.answer.clone();
    if let Some(status) = top.get_mut("status") {
        *status = Value::String(count.status.to_string());
    }
    top
}
