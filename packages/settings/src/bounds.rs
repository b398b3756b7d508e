//! Whether a value is of the setting's kind and within its hard bounds.

use defenders_types::{PowerSource, LOWEST_RANK};

use crate::error::SettingsError;
use crate::row::{Absence, Bounds, Unit};
use crate::table::SettingName;
use crate::value::{expected, tell_number, SettingValue};

/// When a value is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// At the instantiation, and of what has not changed since.
    Founding,
    /// Of what changes.
    Change,
}

/// The value is of the right kind, within the bounds of this moment, and absent only where it may be.
///
/// # Errors
/// [`SettingsError::MustBeSet`], [`SettingsError::NotAValue`], [`SettingsError::OutOfBounds`]; for a change
/// also [`SettingsError::Fixed`].
pub fn ensure_in_bounds(
    name: SettingName,
    value: &SettingValue,
    moment: Moment,
) -> Result<(), SettingsError> {
    let row = name.row();
    let bounds = match moment {
        Moment::Founding => row.founding(),
        Moment::Change if row.is_fixed => return Err(SettingsError::Fixed { name: row.name }),
        Moment::Change => row.bounds,
    };
    match (value, row.unit) {
        (SettingValue::Absent, _) => {
            let may_be_absent = match row.absence {
                Absence::Never => false,
                Absence::Founding => moment == Moment::Founding,
                Absence::Always => true,
            };
            match may_be_absent {
                true => Ok(()),
                false => Err(SettingsError::MustBeSet { name: row.name }),
            }
        }
        (SettingValue::Number(number), unit) if unit.is_number() => {
            ensure_number(row.name, *number, unit, bounds)
        }
        (SettingValue::Account(account), Unit::Account) if !account.is_empty() => Ok(()),
        (SettingValue::Source(PowerSource::Rank { least_rank }), Unit::Source) => {
            let bounds = Bounds {
                least: 1,
                most: LOWEST_RANK.into(),
            };
            ensure_number("least_rank", (*least_rank).into(), Unit::Count, bounds)
        }
        (SettingValue::Source(_), Unit::Source) => Ok(()),
        _ => Err(wrong_kind(name, value)),
    }
}

fn ensure_number(
    name: &'static str,
    number: u128,
    unit: Unit,
    bounds: Bounds,
) -> Result<(), SettingsError> {
    if bounds.allow(number) {
        return Ok(());
    }
    Err(SettingsError::OutOfBounds {
        name,
        least: tell_number(bounds.least, unit),
        most: tell_number(bounds.most, unit),
        value: tell_number(number, unit),
    })
}

pub(crate) fn wrong_kind(name: SettingName, value: &SettingValue) -> SettingsError {
    let row = name.row();
    SettingsError::NotAValue {
        name: row.name,
        expected: expected(row.unit),
        value: value.words(row.unit),
    }
}
