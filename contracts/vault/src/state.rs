//! What the vault remembers. The book is the only hot aggregate; everything else is written by
//! jobs or by the owner. Each item says who writes it.

use cosmwasm_std::{Addr, Decimal, Uint128};
use defenders_accounting::{Batch, LockedProfit, Money, ProRata, SeenBlock, SeenBlocks};
use defenders_types::{AllocationPolicy, Bounds, Job, LedgerPart, PowerSource};

use crate::book::{Book, Head, Placement, Queue};
use crate::packed::packed;
use crate::store::{Item, Map};

/// Name for cw2.
pub const CONTRACT_NAME: &str = "crates.io:defenders-vault";
/// Version for cw2.
pub const CONTRACT_VERSION: &str = env!("CARGO_PKG_VERSION");

/// Rows in a page of powers.
pub const POWERS_PER_PAGE: u16 = 25;

/// Roles, policy, bounds.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// Curates the list.
    pub owner: Addr,
    /// The bond denom.
    pub denom: String,
    /// Receives the staking rewards.
    pub reward_pot: Addr,
    /// Account of x/staking's bonded pool.
    pub bonded_pool: Addr,
    /// Where powers are read.
    pub power_source: PowerSource,
    /// Receives the fee.
    pub fee_recipient: Addr,
    /// Share of rewards.
    pub performance_fee_rate: Decimal,
    /// Share of the fee for the caller of a harvest.
    pub keeper_bounty_share: Decimal,
    /// Shares of the seed, the vault's for ever.
    pub seed_shares: Uint128,
    /// Caps and floor.
    pub policy: AllocationPolicy,
    /// Periods and bounds per call.
    pub bounds: Bounds,
}

/// Who may take the owner's place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingOwner {
    /// May accept.
    pub owner: Addr,
    /// From then on it may not, seconds.
    pub expires_at: u64,
}

/// What the vault has at, and knows of, a validator that is listed or holds stake.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holding {
    /// Tokens delegated, by the book.
    pub delegated: Uint128,
    /// Its row among the powers.
    pub index: u16,
    /// Unbonding entries not surely paid.
    pub slots: u32,
    /// The chain said that it takes no further entry.
    pub is_full: bool,
    /// The chain refused to undelegate all that it displays: one unit stays.
    pub keeps_unit: bool,
    /// Left alone until then, seconds.
    pub refused_until: u64,
    /// When an entry was last paid that had left no free one, seconds.
    pub slot_freed_at: u64,
    /// Cannot be a redelegation source until then, seconds.
    pub pinned_until: u64,
    /// Since when it has been leaving, seconds. `None`: listed.
    pub draining_since: Option<u64>,
}

/// What people should know of a listed validator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    /// Why it is listed.
    pub note: Option<String>,
    /// When it was listed, seconds.
    pub listed_at: u64,
}

/// A room of the fill list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// The validator's index.
    pub index: u16,
    /// Tokens that it takes.
    pub tokens: Uint128,
}

/// What the last refresh read of a validator.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Power {
    /// Its tokens.
    pub tokens: Uint128,
    /// Its tokens without the vault's.
    pub external: Uint128,
    /// It could be read.
    pub is_read: bool,
    /// In the bonded set.
    pub is_bonded: bool,
    /// Jailed.
    pub is_jailed: bool,
    /// Charges more than the policy allowed then.
    pub is_commission_high: bool,
}

/// The last full reading of the powers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PowerSummary {
    /// S: the balance of the bonded pool.
    pub total_bonded: Uint128,
    /// E: S less the vault's stake on bonded validators.
    pub external_bonded: Uint128,
    /// When it was complete, seconds.
    pub refreshed_at: u64,
    /// Listed validators among the fewest that hold a third of E.
    pub top_third: Vec<String>,
    /// Which of the two sets of pages it is; the next reading is written to the other.
    pub generation: u8,
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

/// When jobs ran and may run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timetable {
    /// When the powers are to be read, seconds.
    pub refresh_at: u64,
    /// When the last harvest began, seconds.
    pub harvested_at: u64,
    /// The last validator of the harvest under way.
    pub harvest_cursor: Option<String>,
    /// Jobs whose read failed, and until when they wait.
    pub waiting: Vec<WaitingJob>,
}

/// A job whose read failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingJob {
    /// The job.
    pub job: Job,
    /// Not due before, seconds.
    pub until: u64,
}

/// An entry of the unbonding ledger.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LedgerRow {
    /// What it is for; the sum is the chain's initial balance.
    pub parts: Vec<LedgerPart>,
    /// Booked before it was surely paid; kept for its slot.
    pub is_settled: bool,
}

/// Entries whose settlement is decided: what arrived for them is held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FixedGroup {
    /// Its entries complete later than this, nanoseconds. They complete at its key or before.
    pub after: u64,
    /// Face value and arrivals, in all and so far.
    pub pro_rata: ProRata,
    /// Booked from then on, seconds.
    pub until: u64,
}

/// Written by `instantiate`, its reply, and a new owner.
pub const CONFIG: Item<Config> = Item::new("config");
/// Written by the messages of ownership; absent when no transfer is under way.
pub const PENDING_OWNER: Item<PendingOwner> = Item::new("pending_owner");
/// Written by every call but the token's.
pub const BOOK: Item<Book> = Item::new("book");
/// By operator address. Written by jobs, deposits, their replies, and the owner's lists.
pub const HOLDINGS: Map<&str, Holding> = Map::new("holding");
/// By operator address. Written by the owner's lists.
pub const LISTINGS: Map<&str, Listing> = Map::new("listing");
/// Operator address by index. Written when a validator enters and when it is forgotten.
pub const VALIDATORS: Map<u16, String> = Map::new("validator");
/// One more than the highest index ever taken.
pub const VALIDATOR_COUNT: Item<u32> = Item::new("validator_count");
/// The fill list. Written by a rebuild.
pub const FILL: Item<Vec<Room>> = Item::new("fill");
/// By generation and page; row r of page p belongs to index p x 25 + r. Written by `refresh`: a
/// reading under way counts for nothing until its last page.
pub const POWERS: Map<(u8, u16), Vec<Power>> = Map::new("powers");
/// Written by `refresh`.
pub const POWER_SUMMARY: Item<PowerSummary> = Item::new("power_summary");
/// Written by `refresh`; absent between two readings.
pub const REFRESH: Item<RefreshProgress> = Item::new("refresh");
/// Written by jobs and by `list_validators`.
pub const TIMETABLE: Item<Timetable> = Item::new("timetable");
/// By number. Written by requests, pieces and their replies, settlements and claims.
pub const BATCHES: Map<u64, Batch> = Map::new("batch");
/// Shares by (recipient, batch). Written by requests, cancels and claims.
pub const REQUESTS: Map<(&Addr, u64), Uint128> = Map::new("request");
/// By (completion time in nanoseconds, operator address). Written by replies and settlements.
pub const LEDGER: Map<(u64, &str), LedgerRow> = Map::new("ledger");
/// By the last completion time of the group, nanoseconds. Written by settlements.
pub const FIXED_GROUPS: Map<u64, FixedGroup> = Map::new("fixed_group");
/// Fee or bounty that could not be paid, by account.
pub const FEES_OWED: Map<&Addr, Uint128> = Map::new("fee_owed");

// In the order of their bytes. Whoever changes a row here changes what is stored: a migration
// must rewrite it.
packed! {
    Config {
        owner, denom, reward_pot, bonded_pool, power_source, fee_recipient, performance_fee_rate,
        keeper_bounty_share, seed_shares, policy, bounds,
    }
    PendingOwner { owner, expires_at }
    AllocationPolicy {
        vault_share_cap, chain_share_cap, match_cap, floor, max_commission_rate,
    }
    Bounds {
        minimum_seed, min_delegation, max_messages_per_deposit, max_messages_per_piece,
        max_messages_per_invest, harvest_page, refresh_page, batch_period, profit_unlock_period,
        harvest_period, refresh_period, book_max_age, retry_after,
    }
    Book { money, queue, placement, seen, synced_at, next_settle_at, unbonding_time }
    Money { idle, claimable, fees_owed, held, bonded, restaking, unbonding, locked_profit }
    LockedProfit { tokens, from, until }
    Queue {
        open_batch, serving_batch, reserved_shares, escrow_shares, last_batch_at, tried_at,
    }
    Placement { head, capacity, external_bonded, idle_since }
    Head { index, tokens, position }
    SeenBlocks { last, before }
    SeenBlock { height, time_nanos }
    Holding {
        delegated, index, slots, is_full, keeps_unit, refused_until, slot_freed_at, pinned_until,
        draining_since,
    }
    Listing { note, listed_at }
    Room { index, tokens }
    Power { tokens, external, is_read, is_bonded, is_jailed, is_commission_high }
    PowerSummary { total_bonded, external_bonded, refreshed_at, top_third, generation }
    RefreshProgress { total_bonded, top, is_top_covered, next_page }
    TopPower { validator, tokens, external }
    Timetable { refresh_at, harvested_at, harvest_cursor, waiting }
    WaitingJob { job, until }
    Batch {
        shares, unserved_shares, tokens, unbonding, pending, claimed, claimed_shares, opened_at,
        submitted_at, completes_at,
    }
    LedgerRow { parts, is_settled }
    LedgerPart { purpose, tokens }
    FixedGroup { after, pro_rata, until }
    ProRata { tokens, arrived, tokens_served, arrived_served }
}
