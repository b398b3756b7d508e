//! What the messages of a proposal come to together.

use std::collections::BTreeMap;

use defenders_settings::schedule::MOST_PENDING;

use super::context::Context;
use super::report::MessageRow;
use super::warnings::Warnings;

/// Warns where more would wait than may: the vault then refuses a message, and so all of the proposal.
pub fn warn_of_too_many(messages: &[MessageRow], context: &Context, warnings: &mut Warnings) {
    let Some(mut number) = context.count_waiting() else {
        return;
    };
    for message in messages {
        let rows = message.effects.iter();
        let waits = rows.filter(|row| row.effect == "loosens" && row.replaces.is_none());
        number = number.saturating_add(match message.name.as_str() {
            // one change for all of a call
            "list_validators" => waits.count().min(1),
            _ => waits.count(),
        });
        let ends = matches!(message.name.as_str(), "apply_change" | "cancel_change");
        number = number.saturating_sub(usize::from(ends));
        if number > MOST_PENDING {
            let told = format!("{number} changes would wait, the vault takes {MOST_PENDING}");
            return warnings.add(&message.place, "too_many_changes", told);
        }
    }
}

/// Warns of what is changed twice: the later one takes the place of the earlier.
pub fn warn_of_repeated(messages: &[MessageRow], warnings: &mut Warnings) {
    let mut seen: BTreeMap<(&Option<String>, &str), &str> = BTreeMap::new();
    for message in messages {
        for row in &message.effects {
            if row.effect == "acts" {
                continue;
            }
            let first = seen.insert((&message.contract, row.what.as_str()), &message.place);
            if let Some(first) = first {
                let told = format!("{} is changed twice, first in {first}", row.what);
                warnings.add(&message.place, "changed_twice", told);
            }
        }
    }
}
