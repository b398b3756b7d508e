//! What the last refresh read of the validators, and how far a reading under way has come.

use cosmwasm_std::{Decimal, Storage, Uint128};
use defenders_allocation::BondStatus;

use crate::store::packed::{packed, Packed, Unread};
use crate::store::{Bound, Item, Map, StoreError};

/// Rows in a page of powers.
pub const POWERS_PER_PAGE: u16 = 25;

/// What the last refresh read of a validator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Power {
    /// Its tokens.
    pub tokens: Uint128,
    /// Its tokens without the vault's.
    pub external: Uint128,
    /// It could be read.
    pub is_read: bool,
    /// Where it stands in x/staking.
    pub status: BondStatus,
    /// Jailed.
    pub is_jailed: bool,
    /// What it charges.
    pub commission_rate: Decimal,
    /// What it can ever charge.
    pub commission_ceiling: Decimal,
    /// What its operator delegates to it, tokens; read where the policy asks for it.
    pub self_bond: Option<Uint128>,
}

impl Default for Power {
    /// That of a validator that could not be read.
    fn default() -> Self {
        Self {
            tokens: Uint128::zero(),
            external: Uint128::zero(),
            is_read: false,
            status: BondStatus::Unbonded,
            is_jailed: false,
            commission_rate: Decimal::zero(),
            commission_ceiling: Decimal::zero(),
            self_bond: None,
        }
    }
}

/// The last full reading of the powers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PowerSummary {
    /// S: the balance of the bonded pool.
    pub total_bonded: Uint128,
    /// When it was complete, or when the table that it read was posted, seconds.
    pub refreshed_at: u64,
    /// What was slashed before then is in all marks, seconds: when the last refresh began that saw every
    /// validator from which marked stake comes back; 0 before the first.
    pub marks_as_of: u64,
    /// Known validators among the fewest that hold a third of E, ascending.
    pub top_third: Vec<String>,
    /// Known validators that are not among these, and not clear of them, ascending.
    pub near_top_third: Vec<String>,
    /// Powers were told, not ranks alone: caps that need them are in force.
    pub has_powers: bool,
    /// Which of the two sets of pages it is; the next reading is written to the other.
    pub snapshot: u8,
}

/// A reading of the powers under way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RefreshProgress {
    /// S when it began.
    pub total_bonded: Uint128,
    /// Validators read from the top of the chain's order.
    pub top: Vec<TopPower>,
    /// Whether `top` covers a third of the stake without the vault's.
    pub is_top_covered: bool,
    /// The next page of listed validators to read.
    pub next_page: u16,
    /// When it began, seconds. `None`: a validator from which marked stake comes back could not be read, or what
    /// was read is not believed yet.
    pub marks_as_of: Option<u64>,
}

/// A validator read from the top.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopPower {
    /// Operator address.
    pub validator: String,
    /// Its tokens.
    pub tokens: Uint128,
    /// Its tokens without the vault's.
    pub external: Uint128,
}

/// By snapshot and page; row r of page p belongs to row p x 25 + r. Written by `refresh`: a
/// reading under way counts for nothing until its last page.
pub const POWERS: Map<(u8, u16), Vec<Power>> = Map::new("powers");
/// Written by `refresh`.
pub const POWER_SUMMARY: Item<PowerSummary> = Item::new("power_summary");
/// Written by `refresh`, removed by `list_validators`; absent between two readings.
pub const REFRESH: Item<RefreshProgress> = Item::new("refresh");

packed! {
    PowerSummary {
        total_bonded, refreshed_at, top_third, near_top_third, has_powers, snapshot;
        marks_as_of: 0,
    }
    RefreshProgress { total_bonded, top, is_top_covered, next_page; marks_as_of: None }
    TopPower { validator, tokens, external }
}

/// Its flags share a byte: there are thousands of these.
impl Packed for Power {
    fn write(&self, to: &mut Vec<u8>) {
        self.tokens.write(to);
        self.external.write(to);
        let is_bonded = self.status == BondStatus::Bonded;
        let is_unbonding = self.status == BondStatus::Unbonding;
        [self.is_read, is_bonded, self.is_jailed, is_unbonding].write(to);
        self.commission_rate.write(to);
        self.commission_ceiling.write(to);
        self.self_bond.write(to);
    }

    fn read(from: &mut Unread) -> Self {
        let (tokens, external) = (Packed::read(from), Packed::read(from));
        let [is_read, is_bonded, is_jailed, is_unbonding] = Packed::read(from);
        Self {
            tokens,
            external,
            is_read,
            status: match (is_bonded, is_unbonding) {
                (true, false) => BondStatus::Bonded,
                (false, true) => BondStatus::Unbonding,
                (false, false) => BondStatus::Unbonded,
                (true, true) => from.damaged(BondStatus::Unbonded),
            },
            is_jailed,
            commission_rate: Packed::read(from),
            commission_ceiling: Packed::read(from),
            self_bond: Packed::read(from),
        }
    }
}

/// One snapshot of powers.
#[derive(Clone, Debug, Default)]
pub struct Powers {
    pages: Vec<(u16, Vec<Power>)>,
}

impl Powers {
    /// What was read of the validator in this row. `None`: its page is not there.
    #[must_use]
    pub fn of(&self, power_row: u16) -> Option<Power> {
        let page = power_row.checked_div(POWERS_PER_PAGE)?;
        let row = power_row.checked_rem(POWERS_PER_PAGE)?;
        let (_, rows) = self.pages.iter().find(|(number, _)| *number == page)?;
        rows.get(usize::from(row)).copied()
    }
}

/// Reads one snapshot of powers.
///
/// # Errors
/// When storage is damaged.
pub fn load_powers(storage: &dyn Storage, snapshot: u8) -> Result<Powers, Box<StoreError>> {
    let first = Bound::inclusive((snapshot, 0));
    let last = Bound::inclusive((snapshot, u16::MAX));
    let mut pages = vec![];
    for page in POWERS.range(storage, Some(first), Some(last)) {
        let ((_, number), rows) = page?;
        pages.push((number, rows));
    }
    Ok(Powers { pages })
}
