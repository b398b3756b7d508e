//! Whether a change is good for every depositor. If it is, it acts at once.

use crate::row::Good;
use crate::table::SettingName;
use crate::value::SettingValue;

/// What a change does to a setting, and why it is seen so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Nothing.
    Unchanged,
    /// Good for every depositor: it acts at once.
    Tightens(&'static str),
    /// Not good for everyone: it waits for the exit delay.
    Loosens(&'static str),
}

/// What a change from `old` to `new` does. Where less is good, an absent value counts as more than any number.
#[must_use]
pub fn classify(name: SettingName, old: &SettingValue, new: &SettingValue) -> Effect {
    if old == new {
        return Effect::Unchanged;
    }
    let row = name.row();
    let is_good = match row.good {
        Good::Neither => false,
        Good::Absent => *new == SettingValue::Absent,
        Good::Lower => is_less(new, old) || is_first(old, new),
        Good::Higher => is_less(old, new),
    };
    match is_good {
        true => Effect::Tightens(row.reason),
        false => Effect::Loosens(row.reason),
    }
}

fn is_less(one: &SettingValue, other: &SettingValue) -> bool {
    match (one, other) {
        (SettingValue::Number(one), SettingValue::Number(other)) => one < other,
        _ => false,
    }
}

fn is_first(old: &SettingValue, new: &SettingValue) -> bool {
    matches!((old, new), (SettingValue::Absent, SettingValue::Number(_)))
}
