//! The powers that the attester posts where the chain lets no contract read them: the last accepted
//! table, what it is compared with next time, and pages of the next one.

use cosmwasm_std::Uint128;
use defenders_types::PostedPower;

use crate::store::packed::packed;
use crate::store::{Item, Map};

/// A table that agreed with the chain.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AttestedTable {
    /// When its last page came, seconds.
    pub posted_at: u64,
    /// Of all bonded validators, in ascending operator address.
    pub rows: Vec<AttestedRow>,
}

/// One of its validators.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttestedRow {
    /// Operator address.
    pub validator: String,
    /// Its tokens as posted.
    pub tokens: Uint128,
    /// e_i as taken: without the vault's tokens at the posting, and within the bounds of change.
    pub external: Uint128,
}

/// What the first table of each of the last days said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AttestedPast {
    /// When these tables were posted, seconds, oldest first.
    pub posted_at: Vec<u64>,
    /// For each row of the present table its e_i in them: fewer when it is younger, the newest last.
    pub externals: Vec<Vec<Uint128>>,
}

/// A table of which some pages have come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posting {
    /// The height of its first page.
    pub begun_at_height: u64,
    /// How many pages it has.
    pub of: u32,
    /// How many have come.
    pub posted: u32,
}

/// Written by `post_powers`; absent before the first table.
pub const ATTESTED: Item<AttestedTable> = Item::new("attested");
/// Written by `post_powers`.
pub const ATTESTED_PAST: Item<AttestedPast> = Item::new("attested_past");
/// Written by `post_powers`; absent between two tables.
pub const POSTING: Item<Posting> = Item::new("posting");
/// By number, from 1. Written by `post_powers`; those up to `POSTING.posted` belong to it.
pub const POSTED_PAGES: Map<u32, Vec<PostedPower>> = Map::new("posted");

packed! {
    AttestedTable { posted_at, rows }
    AttestedRow { validator, tokens, external }
    AttestedPast { posted_at, externals }
    Posting { begun_at_height, of, posted }
    PostedPower { validator, tokens }
}

impl AttestedTable {
    /// The row of a validator. `None`: it was not bonded.
    #[must_use]
    pub fn row(&self, validator: &str) -> Option<&AttestedRow> {
        self.rows.get(self.index_of(validator)?)
    }

    /// The place of a validator.
    #[must_use]
    pub fn index_of(&self, validator: &str) -> Option<usize> {
        let order = |row: &AttestedRow| row.validator.as_str().cmp(validator);
        self.rows.binary_search_by(order).ok()
    }
}
