//! Everything that is stored, and where. All of it lives in the application's storage, so a
//! failed submessage rolls it back.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::{Addr, Coin, Decimal, Empty, Storage, Timestamp, Uint128};
use cw_storage_plus::{Item, Map};

use crate::dec18::Dec18;
use crate::distribution::DecCoins;
use crate::error::Outcome;
use crate::params::{Params, QueryProfile};

/// Where a validator stands with the bonded set.
#[cw_serde]
#[derive(Copy, Eq)]
pub enum Status {
    /// In the set: signs, earns, can be slashed.
    Bonded,
    /// Left the set less than an unbonding time ago: can be slashed.
    Unbonding,
    /// Out of the set: cannot be slashed.
    Unbonded,
}

/// A validator.
#[cw_serde]
#[derive(Eq)]
pub struct ValidatorState {
    /// Operator address, any non-empty string.
    pub operator: String,
    /// The operator's account, whose delegation counts as the self-delegation.
    pub self_delegator: Addr,
    /// Tokens delegated, base units.
    pub tokens: Uint128,
    /// Shares issued against the tokens.
    pub delegator_shares: Dec18,
    /// Standing with the bonded set.
    pub status: Status,
    /// Out of the power index until unjailed.
    pub jailed: bool,
    /// Convicted of a double sign: jailed for ever.
    pub tombstoned: bool,
    /// Earliest time of an unjail.
    pub jailed_until: Timestamp,
    /// Part of the rewards kept by the operator.
    pub commission_rate: Decimal,
    /// Highest commission allowed.
    pub max_commission_rate: Decimal,
    /// Largest change of commission per day.
    pub max_change_rate: Decimal,
    /// The operator going below it is jailed.
    pub min_self_delegation: Uint128,
    /// Height at which it left the set (zero if never).
    pub unbonding_height: u64,
    /// When an unbonding validator becomes unbonded (zero if never).
    pub unbonding_time: Timestamp,
}

/// Coins on their way out.
#[cw_serde]
#[derive(Eq)]
pub struct UnbondingEntry {
    /// Height of the undelegation.
    pub creation_height: u64,
    /// Paid in the end block of the first block at or after this time.
    pub completion_time: Timestamp,
    /// Tokens when the entry was made: the base of every slash.
    pub initial_balance: Uint128,
    /// Tokens left after slashes.
    pub balance: Uint128,
}

impl UnbondingEntry {
    /// Whether the entry is due at `now`.
    pub fn is_mature(&self, now: Timestamp) -> bool {
        self.completion_time <= now
    }
}

/// A redelegation still answerable for its source.
#[cw_serde]
#[derive(Eq)]
pub struct RedelegationEntry {
    /// Height of the redelegation, or the height at which an unbonding source left the set.
    pub creation_height: u64,
    /// Forgotten in the end block of the first block at or after this time.
    pub completion_time: Timestamp,
    /// Tokens moved.
    pub initial_balance: Uint128,
    /// Shares of the destination received.
    pub shares_dst: Dec18,
}

impl RedelegationEntry {
    /// Whether the entry is due at `now`.
    pub fn is_mature(&self, now: Timestamp) -> bool {
        self.completion_time <= now
    }
}

/// One member of a validator set.
#[cw_serde]
#[derive(Eq)]
pub struct Member {
    /// Operator address.
    pub operator: String,
    /// Voting power: tokens / `power_reduction`.
    pub power: u64,
}

/// The block that is open: messages run in it.
#[cw_serde]
pub(crate) struct OpenBlock {
    pub height: u64,
    pub time: Timestamp,
    /// Its end block has run, ahead of the next block.
    pub is_ended: bool,
}

/// Signatures of one validator (`ValidatorSigningInfo`).
#[cw_serde]
pub(crate) struct Signing {
    /// Height at which it was last bonded.
    pub start_height: u64,
    /// Votes counted since the last reset.
    pub index_offset: u64,
    /// Index of each missed vote within the window.
    pub missed: Vec<u64>,
}

/// Reward account of one validator.
#[cw_serde]
#[derive(Default)]
pub(crate) struct ValidatorRewards {
    /// Number of the current period.
    pub period: u64,
    /// Rewards of the current period.
    pub current: DecCoins,
    /// Commission not yet withdrawn.
    pub commission: DecCoins,
    /// All that is not yet withdrawn, commission included.
    pub outstanding: DecCoins,
}

/// Rewards per token from the beginning to the end of a period.
#[cw_serde]
pub(crate) struct HistoricalRewards {
    pub ratio: DecCoins,
    pub references: u32,
}

/// Where a delegation's rewards begin.
#[cw_serde]
pub(crate) struct StartingInfo {
    pub previous_period: u64,
    pub stake: Dec18,
    pub height: u64,
}

/// A slash, as delegations replay it.
#[cw_serde]
pub(crate) struct SlashEvent {
    pub period: u64,
    pub fraction: Dec18,
}

/// A refusal ordered by the tester.
#[cw_serde]
pub(crate) struct Refusal {
    pub codespace: String,
    pub code: u32,
}

/// A double sign waiting for the next block.
#[cw_serde]
pub(crate) struct Evidence {
    pub validator: String,
    pub infraction_height: u64,
}

pub(crate) const PARAMS: Item<Params> = Item::new("staking_sim/params");
pub(crate) const PROFILE: Item<QueryProfile> = Item::new("staking_sim/profile");
pub(crate) const OPEN_BLOCK: Item<OpenBlock> = Item::new("staking_sim/open_block");
/// First error of a begin or end block; a real chain would have halted.
pub(crate) const HALT: Item<String> = Item::new("staking_sim/halt");

pub(crate) const VALIDATORS: Map<&str, ValidatorState> = Map::new("staking_sim/validators");
/// Power under which a validator is indexed; none while jailed.
pub(crate) const INDEXED_POWER: Map<&str, u64> = Map::new("staking_sim/indexed_power");
/// Key: power, then inverted address order, so that a descending walk is the ranking.
pub(crate) const POWER_INDEX: Map<&[u8], String> = Map::new("staking_sim/power_index");
/// Whether the power index changed since the last set update.
pub(crate) const POWER_CHANGED: Item<bool> = Item::new("staking_sim/power_changed");
pub(crate) const VALIDATOR_QUEUE: Map<(u64, &str), Empty> = Map::new("staking_sim/validator_queue");
pub(crate) const BY_CONSENSUS_ADDRESS: Map<&str, String> = Map::new("staking_sim/by_consensus");

/// Validator sets by number; see `SET_WINDOW`.
pub(crate) const VALIDATOR_SETS: Map<u64, Vec<Member>> = Map::new("staking_sim/validator_sets");
/// Numbers of the sets decided three, two and one end blocks ago. The first one's votes
/// come with the open block, for a set acts two blocks after it was decided.
pub(crate) const SET_WINDOW: Item<[u64; 3]> = Item::new("staking_sim/set_window");
/// Power decided at a height, written when it changes.
pub(crate) const POWER_HISTORY: Map<(&str, u64), u64> = Map::new("staking_sim/power_history");

pub(crate) const DELEGATIONS: Map<(&Addr, &str), Dec18> = Map::new("staking_sim/delegations");
pub(crate) const UNBONDINGS: Map<(&Addr, &str), Vec<UnbondingEntry>> =
    Map::new("staking_sim/unbondings");
pub(crate) const UNBONDINGS_BY_VALIDATOR: Map<(&str, &Addr), Empty> =
    Map::new("staking_sim/unbondings_by_validator");
pub(crate) const UNBONDING_QUEUE: Map<u64, Vec<(Addr, String)>> =
    Map::new("staking_sim/unbonding_queue");
/// Key: delegator, source, destination.
pub(crate) const REDELEGATIONS: Map<(&Addr, &str, &str), Vec<RedelegationEntry>> =
    Map::new("staking_sim/redelegations");
/// Key: source, delegator, destination.
pub(crate) const REDELEGATIONS_BY_SRC: Map<(&str, &Addr, &str), Empty> =
    Map::new("staking_sim/redelegations_by_src");
/// Key: delegator, destination, source.
pub(crate) const REDELEGATIONS_BY_DST: Map<(&Addr, &str, &str), Empty> =
    Map::new("staking_sim/redelegations_by_dst");
pub(crate) const REDELEGATION_QUEUE: Map<u64, Vec<(Addr, String, String)>> =
    Map::new("staking_sim/redelegation_queue");

pub(crate) const SIGNING: Map<&str, Signing> = Map::new("staking_sim/signing");
pub(crate) const ABSENT: Item<Vec<String>> = Item::new("staking_sim/absent");
pub(crate) const EVIDENCE: Item<Vec<Evidence>> = Item::new("staking_sim/evidence");

/// Rewards allocated at the beginning of every block.
pub(crate) const BLOCK_REWARDS: Item<Vec<Coin>> = Item::new("staking_sim/block_rewards");
pub(crate) const REWARDS: Map<&str, ValidatorRewards> = Map::new("staking_sim/rewards");
pub(crate) const HISTORICAL: Map<(&str, u64), HistoricalRewards> =
    Map::new("staking_sim/historical");
pub(crate) const STARTING: Map<(&Addr, &str), StartingInfo> = Map::new("staking_sim/starting");
/// Key: validator, height, period.
pub(crate) const SLASH_EVENTS: Map<(&str, u64, u64), SlashEvent> =
    Map::new("staking_sim/slash_events");
pub(crate) const WITHDRAW_ADDRESS: Map<&Addr, Addr> = Map::new("staking_sim/withdraw_address");
pub(crate) const COMMUNITY_POOL: Item<DecCoins> = Item::new("staking_sim/community_pool");

/// Key: validator, message kind.
pub(crate) const REFUSALS: Map<(&str, &str), Refusal> = Map::new("staking_sim/refusals");
/// Height up to which delegations to a validator began whose touch panics.
pub(crate) const PANICS: Map<&str, u64> = Map::new("staking_sim/panics");
pub(crate) const REFUSED_PATHS: Map<&str, Empty> = Map::new("staking_sim/refused_paths");
/// Delegators of whom `AllDelegations` shows nothing.
pub(crate) const HIDDEN_DELEGATORS: Map<&Addr, Empty> = Map::new("staking_sim/hidden_delegators");
/// Undelegations are answered without their amount.
pub(crate) const NO_AMOUNTS: Item<bool> = Item::new("staking_sim/no_amounts");
/// A touch of a delegation keeps what it has earned instead of paying it.
pub(crate) const KEEPS_REWARDS: Item<bool> = Item::new("staking_sim/keeps_rewards");
/// What is kept so. Key: delegator, validator.
pub(crate) const KEPT_REWARDS: Map<(&Addr, &str), DecCoins> = Map::new("staking_sim/kept_rewards");
/// Redelegations are answered without their completion time.
pub(crate) const NO_TIMES: Item<bool> = Item::new("staking_sim/no_times");
pub(crate) const QUERIES_REFUSED: Item<bool> = Item::new("staking_sim/queries_refused");

/// The parameters; the SDK's defaults before genesis.
pub(crate) fn load_params(storage: &dyn Storage) -> Outcome<Params> {
    Ok(PARAMS.may_load(storage)?.unwrap_or_default())
}
