//! Changes that wait until everybody who minds has had the time to leave: when, about what, and the change
//! itself under its number.

use cosmwasm_std::Binary;
use defenders_settings::{Pending, Schedule, SettingName, Subject};
use defenders_types::{ListingGroupsInput, ListingInput, OwnContract};

use crate::store::packed::{packed, Packed, Unread};
use crate::store::{Item, Map};

/// What a change carries; what it is about stands in the schedule.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// The new value of a setting, as it was written. `None`: none.
    Setting(Option<String>),
    /// Listings, as they were written.
    Listings(Vec<ListingInput>),
    /// The code that takes the place of another.
    Upgrade(NewCode),
}

/// Code that takes the place of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCode {
    /// Its number on the chain.
    pub code_id: u64,
    /// SHA-256 of it, 64 hex digits.
    pub checksum: String,
    /// JSON that it is called with.
    pub msg: Binary,
}

/// All that waits; absent until something does. Written by whoever schedules, applies and cancels, and by
/// whoever tightens.
pub const SCHEDULE: Item<Schedule> = Item::new("schedule");
/// By the number of the change. Written together with the schedule.
pub const CONTENTS: Map<u64, Content> = Map::new("change");

packed! {
    Schedule { next_id, pending }
    Pending { id, subject, scheduled_at, exit_delay }
    ListingInput { validator, name, website, contact, reason, groups, max_tokens, ends_at }
    NewCode { code_id, checksum, msg }
    ListingGroupsInput { operator, hosting, jurisdiction }
}

/// Its number in the table of settings.
impl Packed for SettingName {
    fn write(&self, to: &mut Vec<u8>) {
        to.push(*self as u8);
    }

    fn read(from: &mut Unread) -> Self {
        let number = from.byte();
        let mut all = Self::ALL.iter().copied();
        let found = all.find(|name| *name as u8 == number);
        found.unwrap_or_else(|| from.damaged(Self::Guardian))
    }
}

/// Its number.
impl Packed for OwnContract {
    fn write(&self, to: &mut Vec<u8>) {
        to.push(match self {
            Self::Vault => 0,
            Self::RewardPot => 1,
        });
    }

    fn read(from: &mut Unread) -> Self {
        match from.byte() {
            0 => Self::Vault,
            1 => Self::RewardPot,
            _ => from.damaged(Self::Vault),
        }
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
            Self::Upgrade(contract) => {
                to.push(2);
                contract.write(to);
            }
        }
    }

    fn read(from: &mut Unread) -> Self {
        match from.byte() {
            0 => Self::Setting(Packed::read(from)),
            1 => Self::Listings(Packed::read(from)),
            2 => Self::Upgrade(Packed::read(from)),
            _ => from.damaged(Self::Listings(vec![])),
        }
    }
}

/// Its number, then what it carries.
impl Packed for Content {
    fn write(&self, to: &mut Vec<u8>) {
        match self {
            Self::Setting(value) => {
                to.push(0);
                value.write(to);
            }
            Self::Listings(validators) => {
                to.push(1);
                validators.write(to);
            }
            Self::Upgrade(new_code) => {
                to.push(2);
                new_code.write(to);
            }
        }
    }

    fn read(from: &mut Unread) -> Self {
        match from.byte() {
            0 => Self::Setting(Packed::read(from)),
            1 => Self::Listings(Packed::read(from)),
            2 => Self::Upgrade(Packed::read(from)),
            _ => from.damaged(Self::Listings(vec![])),
        }
    }
}
