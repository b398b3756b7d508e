//! What is known of the vault that a proposal is about: its answers.

use std::collections::BTreeMap;

use defenders_settings::Settings;
use defenders_types::{Change, ChangeInfo, ChangesResponse, ListingInfo, OwnContract};
use serde::Deserialize;

/// A validator of the vault.
#[derive(Debug, Deserialize)]
pub struct Listed {
    /// Operator address.
    pub validator: String,
    /// Listed and not draining.
    pub listed: bool,
    /// What its listing says.
    pub listing: Option<ListingInfo>,
}

/// What is known of the vault.
#[derive(Debug)]
pub struct Context {
    /// Its settings.
    pub settings: Option<Settings>,
    /// What waits.
    pub changes: Option<ChangesResponse>,
    /// Who is listed or holds stake, by operator address.
    pub listings: Option<BTreeMap<String, Listed>>,
    /// Seconds since 1970.
    pub now: u64,
}

impl Context {
    /// Nothing but the time.
    pub fn at(now: u64) -> Self {
        Self {
            settings: None,
            changes: None,
            listings: None,
            now,
        }
    }

    /// The change of this number that waits.
    pub fn change(&self, id: u64) -> Option<&ChangeInfo> {
        self.waiting().find(|change| change.id == id)
    }

    /// The number of the change of this setting that waits.
    pub fn change_of_setting(&self, name: &str) -> Option<u64> {
        let found = self.waiting().find(
            |change| matches!(&change.change, Change::Setting { name: waits, .. } if waits == name),
        );
        found.map(|change| change.id)
    }

    /// The number of the change that lists this validator and waits.
    pub fn change_of_listing(&self, validator: &str) -> Option<u64> {
        let found = self.waiting().find(|change| match &change.change {
            Change::Listings { validators } => {
                validators.iter().any(|waits| waits.validator == validator)
            }
            Change::Setting { .. } | Change::Upgrade { .. } => false,
        });
        found.map(|change| change.id)
    }

    /// The number of the upgrade of this contract that waits.
    pub fn change_of_upgrade(&self, contract: OwnContract) -> Option<u64> {
        let found = self.waiting().find(
            |change| matches!(&change.change, Change::Upgrade { contract: waits, .. } if *waits == contract),
        );
        found.map(|change| change.id)
    }

    /// How many changes wait, when that is known and changes wait at all.
    pub fn count_waiting(&self) -> Option<usize> {
        let changes = self.changes.as_ref()?;
        changes.has_depositors.then(|| self.waiting().count())
    }

    /// The changes that are not gone.
    fn waiting(&self) -> impl Iterator<Item = &ChangeInfo> {
        let all = self.changes.iter().flat_map(|answer| &answer.changes);
        all.filter(|change| self.now < change.expires_at)
    }

    /// What the listing of this validator says, if it is listed and not draining.
    pub fn listing(&self, validator: &str) -> Option<&ListingInfo> {
        let info = self.listings.as_ref()?.get(validator)?;
        info.listing.as_ref().filter(|_| info.listed)
    }
}
