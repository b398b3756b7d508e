//! What the owner decides: whom to trust with how much, fees, periods and bounds per call.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::{Decimal, Uint128};

/// Caps and floor of the target rule, and who is eligible.
#[cw_serde]
pub struct AllocationPolicy {
    /// Most that one validator gets of the vault's stake. In force is the larger of this and
    /// 1.25 / eligible validators.
    pub vault_share_cap: Decimal,
    /// Most that one validator may hold of all bonded stake, the vault's part included.
    pub chain_share_cap: Option<Decimal>,
    /// The vault's part of a validator's stake is at most this share, below 1.
    pub match_cap: Option<Decimal>,
    /// Every eligible validator gets at least this share of an equal split, caps permitting.
    pub floor: Decimal,
    /// A validator that charges more is not eligible.
    pub max_commission_rate: Decimal,
}

impl Default for AllocationPolicy {
    fn default() -> Self {
        Self {
            vault_share_cap: Decimal::percent(10),
            chain_share_cap: Some(Decimal::percent(3)),
            match_cap: Some(Decimal::percent(50)),
            floor: Decimal::percent(25),
            max_commission_rate: Decimal::percent(10),
        }
    }
}

/// The fee on rewards. Principal is never charged.
#[cw_serde]
pub struct FeePolicy {
    /// Receives the fee.
    pub recipient: String,
    /// Share of harvested rewards, at most 10 %.
    pub performance_fee_rate: Decimal,
    /// Share of the fee that goes to the caller of a harvest instead, at most 1.
    pub keeper_bounty_share: Decimal,
}

/// Periods (seconds) and bounds per call.
#[cw_serde]
pub struct Bounds {
    /// Least tokens of the seed, which belong to the vault for ever.
    pub minimum_seed: Uint128,
    /// No delegation below this many tokens.
    pub min_delegation: Uint128,
    /// Most delegations that one deposit sends.
    pub max_messages_per_deposit: u32,
    /// Most undelegations of one piece of a batch, at most 10.
    pub max_messages_per_piece: u32,
    /// Most delegations of one `invest`, at most 10.
    pub max_messages_per_invest: u32,
    /// Validators per page of a harvest, at most 50.
    pub harvest_page: u32,
    /// Validators read per page of a refresh, at most 100.
    pub refresh_page: u32,
    /// Least time between the first pieces of two batches.
    pub batch_period: u64,
    /// Harvested profit enters the price over at least this time.
    pub profit_unlock_period: u64,
    /// Time between two harvests.
    pub harvest_period: u64,
    /// Time between two refreshes of the powers.
    pub refresh_period: u64,
    /// A deposit on a book older than this synchronises first.
    pub book_max_age: u64,
    /// A validator that refused a message, or a job whose read failed, is left alone so long.
    pub retry_after: u64,
}

impl Default for Bounds {
    fn default() -> Self {
        const DAY: u64 = 86_400;
        const HOUR: u64 = 3_600;
        Self {
            minimum_seed: Uint128::new(1_000_000),
            min_delegation: Uint128::new(1_000_000),
            max_messages_per_deposit: 1,
            max_messages_per_piece: 5,
            max_messages_per_invest: 5,
            harvest_page: 20,
            refresh_page: 25,
            batch_period: DAY,
            profit_unlock_period: DAY,
            harvest_period: DAY,
            refresh_period: DAY,
            book_max_age: DAY,
            retry_after: 6 * HOUR,
        }
    }
}

/// Where voting powers are read.
#[cw_serde]
#[derive(Copy)]
pub enum PowerSource {
    /// `/cosmos.staking.v1beta1.Query/Validator` over gRPC.
    Grpc,
}
