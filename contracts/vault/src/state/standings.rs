//! How validators stood after the last snapshot of the chain, and what is remembered of the ones before.

use cosmwasm_std::Storage;
use defenders_allocation::{Eligibility, Exclusion};

use super::pages::Pages;
use crate::store::packed::{packed, packed_enum};
use crate::store::{Item, Map, StoreError};

/// By page, as the powers. `None`: it was in no snapshot yet. Written by `refresh`.
pub const STANDINGS: Map<u16, Vec<Option<Eligibility>>> = Map::new("standing");
/// Absent while the last snapshot was believed. Written by `refresh` and `accept_snapshot`.
pub const SUSPICION: Item<Suspicion> = Item::new("suspicion");

/// What is remembered of snapshots that are not believed, or only because the owner has accepted who fails.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Suspicion {
    /// Since when snapshots in a row are not believed, seconds. `None`: the last one is.
    pub since: Option<u64>,
    /// Who may fail by the owner's word: rows among the powers.
    pub accepted: Vec<u16>,
}

packed! {
    Eligibility { exclusion, since, was_top_third, commission_high_at }
    Suspicion { since, accepted }
}
packed_enum! {
    Exclusion {
        NotListed = 0, Draining = 1, Expired = 2, Tombstoned = 3, Jailed = 4, NotBonded = 5,
        Unknown = 6, CommissionCeiling = 7, Commission = 8, CommissionLately = 9, TopThird = 10,
        NearTopThird = 11,
    }
}

/// How all validators stood.
pub type Standings = Pages<Option<Eligibility>>;

impl Standings {
    /// Reads them.
    ///
    /// # Errors
    /// When storage is damaged.
    pub fn load(storage: &dyn Storage) -> Result<Self, Box<StoreError>> {
        Self::read(&STANDINGS, storage)
    }

    /// Stores the pages that have changed.
    pub fn save(self, storage: &mut dyn Storage) {
        self.write(&STANDINGS, storage);
    }
}
