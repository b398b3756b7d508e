//! On what terms a validator is listed: what the rules read, apart from the texts for people. In pages,
//! as the powers, because whoever reads one reads all.

use cosmwasm_std::{Storage, Uint128};

use super::pages::Pages;
use crate::store::packed::packed;
use crate::store::{Item, Map, StoreError};

/// On what terms a validator is listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// The number of its operator among the group names, counted from 1. 0: it is one of its own.
    pub operator: u8,
    /// The same for its hosting provider. 0: none is known.
    pub hosting: u8,
    /// The same for its jurisdiction.
    pub jurisdiction: u8,
    /// The owner's maximum, tokens.
    pub owner_max: Option<Uint128>,
    /// The operator's own maximum, tokens.
    pub own_max: Option<Uint128>,
    /// What replaces it later, because it was raised.
    pub own_max_later: Option<OwnMaxLater>,
    /// When the operator last changed it, seconds; 0: never.
    pub own_max_changed_at: u64,
    /// When the listing is over.
    pub end: Option<ListingEnd>,
    /// It was eligible, and no longer is because the owner drained it or lowered it to nothing: until then
    /// it counts where short lists widen caps, seconds.
    pub counts_until: u64,
}

/// The end of a listing, known since it began.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListingEnd {
    /// Over from then on, seconds.
    pub at: u64,
    /// Until then it counts where short lists widen caps, as one that is drained, seconds.
    pub counts_until: u64,
}

/// A raised own maximum that does not count yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnMaxLater {
    /// Tokens. `None`: no maximum of its own.
    pub tokens: Option<Uint128>,
    /// Counts from then on, seconds.
    pub at: u64,
}

/// A group that validators name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupName {
    /// Of which kind.
    pub kind: GroupKind,
    /// Empty: nobody is in it any more, and its place is free.
    pub name: String,
}

/// What the members of a group share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupKind {
    /// The operator.
    Operator,
    /// The hosting provider.
    Hosting,
    /// The jurisdiction.
    Jurisdiction,
}

/// By page; row r of page p belongs to row p x 25 + r among the powers. Written by the owner's lists and
/// by operators.
pub const TERMS: Map<u16, Vec<Terms>> = Map::new("terms");
/// Group number g stands at place g - 1. Written by the owner's lists.
pub const GROUP_NAMES: Item<Vec<GroupName>> = Item::new("group_names");

packed! {
    Terms {
        operator, hosting, jurisdiction, owner_max, own_max, own_max_later, own_max_changed_at, end,
        counts_until,
    }
    ListingEnd { at, counts_until }
    OwnMaxLater { tokens, at }
    GroupName { kind, name }
}
crate::store::packed::packed_enum! {
    GroupKind { Operator = 0, Hosting = 1, Jurisdiction = 2 }
}

impl Terms {
    /// The group of this kind, 0: none is named.
    #[must_use]
    pub fn group(&self, kind: GroupKind) -> u8 {
        match kind {
            GroupKind::Operator => self.operator,
            GroupKind::Hosting => self.hosting,
            GroupKind::Jurisdiction => self.jurisdiction,
        }
    }

    /// The operator's own maximum in force, tokens.
    #[must_use]
    pub fn own_max_at(&self, now: u64) -> Option<Uint128> {
        match &self.own_max_later {
            Some(later) if later.at <= now => later.tokens,
            _ => self.own_max,
        }
    }

    /// Whether the listing is over.
    #[must_use]
    pub fn is_ended(&self, now: u64) -> bool {
        self.end.as_ref().is_some_and(|end| end.at <= now)
    }

    /// When they change by themselves, seconds.
    pub fn changes_at(&self) -> impl Iterator<Item = u64> {
        let end = self.end.as_ref().map(|end| end.at);
        let raise = self.own_max_later.as_ref().map(|later| later.at);
        [end, raise].into_iter().flatten()
    }

    /// Whether owner or operator say that it gets nothing.
    #[must_use]
    pub fn is_closed(&self, now: u64) -> bool {
        let maxima = [self.owner_max, self.own_max_at(now)];
        maxima.into_iter().flatten().any(|max| max.is_zero())
    }
}

/// The terms of all validators.
pub type AllTerms = Pages<Terms>;

impl AllTerms {
    /// Reads them.
    ///
    /// # Errors
    /// When storage is damaged.
    pub fn load(storage: &dyn Storage) -> Result<Self, Box<StoreError>> {
        Self::read(&TERMS, storage)
    }

    /// Stores the pages that have changed.
    pub fn save(self, storage: &mut dyn Storage) {
        self.write(&TERMS, storage);
    }

    /// Whether a validator is in the group with this number.
    #[must_use]
    pub fn is_group_in_use(&self, group: u8) -> bool {
        let mut rows = self.values();
        rows.any(|terms| [terms.operator, terms.hosting, terms.jurisdiction].contains(&group))
    }
}
