//! What a proposal would do, warnings first.

mod actions;
mod addresses;
mod admins;
mod checksums;
mod context;
mod cosmos;
mod counted;
mod effects;
mod error;
mod field_warnings;
mod fields;
mod forms;
mod known;
mod listings;
mod report;
mod settings;
mod shown;
mod source;
mod together;
mod upgrade;
mod vault;
mod warnings;

use serde_json::Value;

pub use checksums::parse_checksums;
pub use context::{Context, Listed};
pub use counted::inspect_counted;
pub use effects::EffectRow;
pub use error::InspectError;
pub use fields::{FieldRow, to_value};
pub use known::{Codes, Known, ListedCode};
pub use report::{MessageRow, Report};
pub use shown::shown;
pub use warnings::Warning;
use warnings::Warnings;

/// What a proposal says. `twice` are the places of fields that it gives twice.
pub fn compute_report(
    top: Value,
    twice: Vec<String>,
    known: &Known,
) -> Result<Report, InspectError> {
    let mut warnings = Warnings::default();
    field_warnings::warn_of_twice(&twice, &mut warnings);
    let source = forms::find(top, known, &mut warnings)?;
    let messages = source.messages.iter();
    let messages: Vec<_> = messages
        .map(|(place, message)| cosmos::read(place, message, known, &mut warnings))
        .collect();
    for (place, message) in &source.messages {
        admins::warn_of_hidden(place, message, &mut warnings);
    }
    together::warn_of_repeated(&messages, &mut warnings);
    together::warn_of_too_many(&messages, &known.context, &mut warnings);
    Ok(Report {
        warnings: warnings.finish(),
        form: source.form,
        title: source.title,
        description: source.description,
        status: source.status,
        count: None,
        messages,
    })
}

/// The numbers of the codes that a report's upgrades name.
pub fn find_proposed_codes(report: &Report) -> Vec<u64> {
    let fields = report.messages.iter().flat_map(|message| &message.fields);
    fields
        .filter(|row| row.field == "schedule_upgrade.code_id")
        .filter_map(|row| row.value.as_u64())
        .collect()
}
