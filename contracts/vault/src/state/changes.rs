//! Changes that wait until everybody who minds has had the time to leave: when, about what, and the change
//! itself under its number.

use defenders_settings::{Pending, Schedule, SettingName, Subject};

use crate::store::packed::{packed, Packed, Unread};
use crate::store::{Item, Map};

/// All that waits; absent until something does. Written by whoever schedules, applies and cancels, and by
/// whoever tightens.
pub const SCHEDULE: Item<Schedule> = Item::new("schedule");
/// By the number of a change of a setting: its new value, as it was written. Written together with the
/// schedule.
pub const NEW_VALUES: Map<u64, Option<String>> = Map::new("new_value");

packed! {
    Schedule { next_id, pending }
    Pending { id, subject, scheduled_at, exit_delay }
}

/// Its number in the table of settings.
impl Packed for SettingName {
    fn write(&self, to: &mut Vec<u8>) {
        to.push(*self as u8);
    }

    fn read(from: &mut Unread) -> Option<Self> {
        let number = from.byte()?;
        let mut all = Self::ALL.iter().copied();
        all.find(|name| *name as u8 == number)
    }
}

/// Its number, then what it names.
impl Packed for Subject {
    fn write(&self, to: &mut Vec<u8>) {
        match self {
            Self::Setting(name) => {
                to.push(0);
                name.write(to);
            }
            Self::Listings(validators) => {
                to.push(1);
                validators.write(to);
            }
            Self::Upgrade => to.push(2),
        }
    }

    fn read(from: &mut Unread) -> Option<Self> {
        Some(match from.byte()? {
            0 => Self::Setting(Packed::read(from)?),
            1 => Self::Listings(Packed::read(from)?),
            2 => Self::Upgrade,
            _ => return None,
        })
    }
}
