//! The unbonding ledger: which entries the vault expects. x/staking tells a contract nothing about
//! its unbonding entries.

use cosmwasm_std::{Decimal, Storage, Timestamp, Uint128};
use defenders_accounting::{AccountingError, Division, ProRata};
use defenders_types::{EntryPurpose, LedgerPart};

use crate::state::book::Book;
use crate::store::packed::{packed, Packed, Unread};
use crate::store::{Bound, Map, StoreError};

/// An entry of the unbonding ledger.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LedgerRow {
    /// What it is for; the sum is the chain's initial balance.
    pub parts: Vec<LedgerPart>,
    /// Booked before the chain has surely paid it; kept until then.
    pub is_settled: bool,
    /// What its validator's watch had kept when it began. `None`: nothing was seen then.
    pub kept_at_entry: Option<Decimal>,
}

/// What a validator's watch had kept when a group was fixed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Operator address.
    pub validator: String,
    /// As in its watch.
    pub kept: Decimal,
}

/// Batches' entries whose settlement is decided: what arrived for them is held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FixedGroup {
    /// Its entries complete later than this, nanoseconds. They complete at its key or before.
    pub after_nanos: u64,
    /// Marks, lacks and arrivals, in all and so far.
    pub division: Division,
    /// Booked from then on, seconds.
    pub due_at: u64,
    /// The marks by which it divides: of validators that are marked.
    pub marks: Vec<Kept>,
}

/// A row with its key.
#[derive(Clone, Debug)]
pub struct Entry {
    /// When it completes.
    pub completion_nanos: u64,
    /// Operator address.
    pub validator: String,
    /// The row.
    pub row: LedgerRow,
}

/// By (completion time in nanoseconds, operator address). Written by replies and settlements.
pub const LEDGER: Map<(u64, &str), LedgerRow> = Map::new("ledger");
/// By the last completion time of the group, nanoseconds. Written by settlements.
pub const FIXED_GROUPS: Map<u64, FixedGroup> = Map::new("fixed_group");

packed! {
    LedgerRow { parts, is_settled; kept_at_entry: None }
    LedgerPart { purpose, tokens }
    FixedGroup { after_nanos, division, due_at, marks }
    Kept { validator, kept }
    Division { to_marks, to_lacks }
    ProRata { tokens, arrived, tokens_served, arrived_served }
}

/// A batch by its number; restaking as batch 0, which does not exist.
impl Packed for EntryPurpose {
    fn write(&self, to: &mut Vec<u8>) {
        match self {
            Self::Restake {} => 0,
            Self::Batch { batch_id } => *batch_id,
        }
        .write(to);
    }

    fn read(from: &mut Unread) -> Self {
        match Packed::read(from) {
            0 => Self::Restake {},
            batch_id => Self::Batch { batch_id },
        }
    }
}

impl LedgerRow {
    /// Face value: the chain's initial balance.
    ///
    /// # Errors
    /// When the sum is beyond 128 bits.
    pub fn tokens(&self) -> Result<Uint128, AccountingError> {
        let mut sum = Uint128::zero();
        for part in &self.parts {
            sum = sum.checked_add(part.tokens)?;
        }
        Ok(sum)
    }

    /// Adds tokens for a purpose. Gives whether the purpose was there already.
    ///
    /// # Errors
    /// When the sum is beyond 128 bits.
    pub fn add(&mut self, purpose: EntryPurpose, tokens: Uint128) -> Result<bool, AccountingError> {
        if let Some(part) = self.parts.iter_mut().find(|part| part.purpose == purpose) {
            part.tokens = part.tokens.checked_add(tokens)?;
            return Ok(true);
        }
        self.parts.push(LedgerPart { purpose, tokens });
        Ok(false)
    }
}

impl Entry {
    /// Where it lies in the ledger.
    #[must_use]
    pub fn key(&self) -> (u64, &str) {
        (self.completion_nanos, &self.validator)
    }
}

/// Whether some entry is past its completion time but not settled, so that coins in the vault's
/// balance may belong to it.
///
/// # Errors
/// When storage is damaged.
pub fn is_any_unsettled(
    storage: &dyn Storage,
    book: &Book,
    now: Timestamp,
) -> Result<bool, Box<StoreError>> {
    let is_matured = book.next_settle_nanos.is_some_and(|at| at <= now.nanos());
    Ok(is_matured || last_fixed(storage)? > 0)
}

/// When the ledger next wants attention, nanoseconds: a fixed group falls due or a further entry
/// completes.
///
/// # Errors
/// When storage is damaged.
pub fn next_settle_nanos(storage: &dyn Storage) -> Result<Option<u64>, Box<StoreError>> {
    let mut next: Option<u64> = None;
    let mut last = 0;
    for group in FIXED_GROUPS.all(storage) {
        let (key, group) = group?;
        let at = Timestamp::from_seconds(group.due_at).nanos();
        next = Some(next.map_or(at, |next| next.min(at)));
        last = key;
    }
    let first = completing_between(storage, last, u64::MAX, 1, |_| true)?;
    Ok(first
        .first()
        .map(|entry| entry.completion_nanos)
        .into_iter()
        .chain(next)
        .min())
}

/// The first fixed group that is due.
///
/// # Errors
/// When storage is damaged.
pub fn due_group(
    storage: &dyn Storage,
    now: Timestamp,
) -> Result<Option<(u64, FixedGroup)>, Box<StoreError>> {
    for group in FIXED_GROUPS.all(storage) {
        let (key, group) = group?;
        if group.due_at <= now.seconds() {
            return Ok(Some((key, group)));
        }
    }
    Ok(None)
}

/// Entries up to this completion time, nanoseconds, belong to fixed groups; 0 when there are none.
///
/// # Errors
/// When storage is damaged.
pub fn last_fixed(storage: &dyn Storage) -> Result<u64, Box<StoreError>> {
    let last = FIXED_GROUPS.all(storage).last().transpose()?;
    Ok(last.map_or(0, |(key, _)| key))
}

/// At most `most` entries that complete later than `after` and not later than `until`, nanoseconds,
/// and that are to `keep`; by completion time, then operator address.
///
/// # Errors
/// When storage is damaged.
pub fn completing_between(
    storage: &dyn Storage,
    after: u64,
    until: u64,
    most: usize,
    keep: impl Fn(&LedgerRow) -> bool,
) -> Result<Vec<Entry>, Box<StoreError>> {
    let first = Bound::inclusive((after.saturating_add(1), ""));
    let end = Bound::exclusive((until.saturating_add(1), ""));
    read(storage, first, Some(end), most, keep)
}

/// A page of the ledger after a key.
///
/// # Errors
/// When storage is damaged.
pub fn page(
    storage: &dyn Storage,
    start_after: Option<(u64, &str)>,
    limit: usize,
) -> Result<Vec<Entry>, Box<StoreError>> {
    let first = start_after.map_or(Bound::inclusive((0, "")), Bound::exclusive);
    read(storage, first, None, limit, |_| true)
}

fn read<'k>(
    storage: &dyn Storage,
    first: Bound<(u64, &'k str)>,
    end: Option<Bound<(u64, &'k str)>>,
    most: usize,
    keep: impl Fn(&LedgerRow) -> bool,
) -> Result<Vec<Entry>, Box<StoreError>> {
    let mut entries = vec![];
    for row in LEDGER.range(storage, Some(first), end) {
        let ((completion, validator), row) = row?;
        if entries.len() == most {
            break;
        }
        if keep(&row) {
            entries.push(Entry {
                completion_nanos: completion,
                validator,
                row,
            });
        }
    }
    Ok(entries)
}
