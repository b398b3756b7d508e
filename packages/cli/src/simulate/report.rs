//! The result of a simulation, in the shape of the JSON report.

use cosmwasm_std::{Decimal, Uint128};
use serde::Serialize;
use serde_json::{Map, Value};

use super::findings::{GroupRow, IdleRow, IncidentRow, LeftOut, ListRow, RankRow, RefusalRow};
use super::flows::Messages;
use super::moves::{EpochRow, MoveRow};
use super::scenario::Scenario;

/// All that a simulation tells. Token amounts are strings in base units, ratios decimal strings.
#[derive(Debug, Serialize)]
pub struct Report {
    /// Name of the shipped set, or the file as given.
    pub set: String,
    /// What happened.
    pub scenario: Scenario,
    /// Part of the stake that was moved.
    pub share: Decimal,
    /// Days simulated.
    pub days: u32,
    /// Where all chance came from.
    pub seed: u64,
    /// The chain as in the set, every delegator with its own validator.
    pub before: Concentration,
    /// The chain at the end.
    pub after: Concentration,
    /// The chain at the end, had the target rule placed the vault's stake anew.
    pub best: Concentration,
    /// `effective` of after / `effective` of best, rounded down to 6 decimals.
    pub best_ratio: Decimal,
    /// What went from one validator to others, in order.
    pub moves: Vec<MoveRow>,
    /// Epochs of 5 days in which something moved.
    pub epochs: Vec<EpochRow>,
    /// What the vault has with each group; empty where no groups are known.
    pub groups: Vec<GroupRow>,
    /// Where the vault's stake went, by rank of the operators' own stake.
    pub by_rank: Vec<RankRow>,
    /// Whom the vault lists, and why others are left out.
    pub list: ListRow,
    /// What went wrong on the chain, in order.
    pub incidents: Vec<IncidentRow>,
    /// What a share has gained, for a year of 365 days, without compounding.
    pub yearly_rate: String,
    /// Tokens that are not delegated at the end, and why.
    pub idle: IdleRow,
    /// Deposits that were refused, and why.
    pub refusals: Vec<RefusalRow>,
    /// What depositors still wanted to deposit at the end.
    pub not_deposited: Uint128,
    /// Every parameter that bears on who gets what.
    pub policy: Policy,
    /// Every validator, in ascending operator address.
    pub validators: Vec<ValidatorRow>,
    /// What the vault holds.
    pub vault: VaultRow,
    /// What went in and out.
    pub flows: FlowsRow,
    /// Staking messages of the vault.
    pub messages: Messages,
    /// Checks made after every step.
    pub invariants: InvariantsRow,
}

/// How concentrated bonded stake is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Concentration {
    /// Fewest validators with at least 1/3 of the stake.
    pub nakamoto_third: u32,
    /// Fewest validators with at least 2/3 of the stake.
    pub nakamoto_two_thirds: u32,
    /// S^2 / sum v^2, rounded down to 6 decimals.
    pub effective: Decimal,
    /// Part of the stake with the ten largest, rounded down.
    pub top10_share: Decimal,
    /// Part of the stake with the largest, rounded down.
    pub largest_share: Decimal,
}

/// Every parameter of the vault; null where not in force.
#[derive(Clone, Debug, Serialize)]
pub struct Policy {
    /// In force: the larger of the one that is set and 1.25 / eligible validators.
    pub vault_share_cap: Decimal,
    /// Most of all bonded stake that one validator may hold.
    pub chain_share_cap: Option<Decimal>,
    /// Most that the vault's part of a validator's stake may be.
    pub match_cap: Option<Decimal>,
    /// Every eligible validator gets this part of an equal split, caps permitting.
    pub floor: Decimal,
    /// The operator's own maximum: nobody declares one here.
    pub declared_cap: Option<Uint128>,
    /// Most per self-bonded token: not in the policy.
    pub bond_cap: Option<Decimal>,
    /// Most per operator: not in the policy.
    pub operator_group_cap: Option<Decimal>,
    /// Most per hosting provider: not in the policy.
    pub provider_group_cap: Option<Decimal>,
    /// Most per jurisdiction: not in the policy.
    pub jurisdiction_group_cap: Option<Decimal>,
    /// A validator that charges more is not eligible.
    pub max_commission_rate: Decimal,
    /// The vault's share of the chain above which deposits carry a warning.
    pub self_limit_warning: Decimal,
    /// The vault's share of the chain from which deposits are refused.
    pub self_limit: Decimal,
    /// Part of the rewards taken as a fee.
    pub performance_fee_rate: Decimal,
    /// Part of the fee that goes to the caller of a harvest.
    pub keeper_bounty_share: Decimal,
    /// The chain's unbonding time, seconds.
    pub unbonding_time: u64,
    /// All that `config {}` tells as parameters: periods (seconds), bounds per call, least amounts,
    /// the budgets of an epoch.
    #[serde(flatten)]
    pub parameters: Map<String, Value>,
}

/// Status as x/staking has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Signs blocks, earns rewards.
    Bonded,
    /// Left the set less than an unbonding time ago.
    Unbonding,
    /// Outside the set.
    Unbonded,
}

/// One validator at the end.
#[derive(Clone, Debug, Serialize)]
pub struct ValidatorRow {
    /// Operator address.
    pub validator: String,
    /// What its operator calls it; null when the set has no name.
    pub name: Option<String>,
    /// Why it is not listed; null when it is.
    pub left_out: Option<LeftOut>,
    /// In the set that signed blocks before anything moved.
    pub was_bonded: bool,
    /// Its tokens in the set.
    pub before: Uint128,
    /// Its tokens without the vault's.
    pub external: Uint128,
    /// The vault's delegation, by the chain.
    pub delegated: Uint128,
    /// Status.
    pub status: Status,
    /// The vault's target for it by the last refresh; null when the vault does not know it.
    pub target: Option<Uint128>,
    /// Kept out of the set.
    pub jailed: bool,
    /// Kept out for ever.
    pub tombstoned: bool,
    /// Commission rate.
    pub commission: Decimal,
    /// Listed by the vault, and not draining.
    pub listed: bool,
}

impl ValidatorRow {
    /// All stake on it.
    pub fn tokens(&self) -> Uint128 {
        self.external + self.delegated
    }
}

/// What the vault holds, tokens.
#[derive(Debug, Serialize)]
pub struct VaultRow {
    /// bonded + idle + restaking - locked profit.
    pub total_assets: Uint128,
    /// Delegations.
    pub bonded: Uint128,
    /// In the balance, of the share owners.
    pub idle: Uint128,
    /// In unbonding entries, to be delegated again.
    pub restaking: Uint128,
    /// Expected to be missing of that: its validators were slashed.
    pub marked_down: Uint128,
    /// Harvested, not yet in the price.
    pub locked_profit: Uint128,
    /// In unbonding entries of batches.
    pub unbonding: Uint128,
    /// Set aside for batches.
    pub claimable: Uint128,
    /// Of settlements that wait or are half done.
    pub held: Uint128,
    /// Supply of the share token, shares.
    pub total_shares: Uint128,
    /// What a share is worth, rounded down.
    pub tokens_per_share: Decimal,
}

/// What went in and out, tokens except `refused`.
#[derive(Debug, Serialize)]
pub struct FlowsRow {
    /// Deposits, the seed included.
    pub deposited: Uint128,
    /// Claims paid.
    pub withdrawn: Uint128,
    /// Rewards swept and surplus taken in.
    pub rewards: Uint128,
    /// Fee and bounty, paid or owed.
    pub fees: Uint128,
    /// Losses less gains, as booked.
    pub slashed: String,
    /// Deposits refused, each attempt counted.
    pub refused: u64,
}

/// Checks made after every step.
#[derive(Debug, Serialize)]
pub struct InvariantsRow {
    /// Checks made.
    pub checked: u64,
    /// Checks that did not hold.
    pub violated: u64,
}
