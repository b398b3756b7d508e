//! What the report finds beside the numbers: where the stake went, who is listed, what went wrong,
//! what is idle or was refused, and why.

use std::collections::BTreeMap;

use cosmwasm_std::{Decimal, Uint128};
use defenders_types::Exclusion;
use serde::Serialize;

use super::groups::Kind;

/// A band of validators by rank of their stake in the set.
#[derive(Clone, Debug, Serialize)]
pub struct RankRow {
    /// The first rank, counted from 1.
    pub first: usize,
    /// The last rank that the set has.
    pub last: usize,
    /// How many they are.
    pub validators: usize,
    /// How many of them have stake of the vault.
    pub with_vault: usize,
    /// How many of them are bonded at the end.
    pub still_bonded: usize,
    /// Their tokens in the set.
    pub before: Uint128,
    /// Their tokens at the end.
    pub after: Uint128,
    /// The vault's part of that.
    pub delegated: Uint128,
    /// Part of all the vault's delegations, rounded down.
    pub vault_share: Decimal,
    /// after / before - 1.
    pub growth: String,
}

/// What the vault has with one group at the end.
#[derive(Clone, Debug, Serialize)]
pub struct GroupRow {
    /// What its members share.
    pub kind: Kind,
    /// Its name.
    pub group: String,
    /// Its members in the set.
    pub validators: usize,
    /// The vault's delegations to them.
    pub delegated: Uint128,
    /// Part of all the vault's delegations, rounded down.
    pub vault_share: Decimal,
}

/// Whom the vault lists.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ListRow {
    /// How many it listed at the beginning.
    pub listed: usize,
    /// Why others of the set are not.
    pub left_out: Vec<LeftOutRow>,
    /// Listed at the end, and yet not eligible.
    pub not_eligible: Vec<NotEligibleRow>,
}

/// Why a validator of the set is not listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LeftOut {
    /// Not in the set that signs blocks.
    NotBonded,
    /// Not in the list that the user gave.
    NotInList,
    /// One of the fewest that hold a third of the external stake.
    TopThird,
    /// It charges more than the most.
    Commission,
    /// The owner has listed it, and that waits for the exit delay.
    Waits,
}

/// Validators left out for one reason.
#[derive(Clone, Debug, Serialize)]
pub struct LeftOutRow {
    /// The first that is true.
    pub reason: LeftOut,
    /// How many.
    pub validators: usize,
}

/// A listed validator that may not be given stake.
#[derive(Clone, Debug, Serialize)]
pub struct NotEligibleRow {
    /// Operator address.
    pub validator: String,
    /// The vault's reason.
    pub reason: Exclusion,
}

/// What may go wrong, and what follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Incident {
    /// It missed blocks.
    Jailed,
    /// It came back.
    Unjailed,
    /// It signed two blocks of one height, and is out for ever.
    DoubleSigned,
    /// The owner takes it off the list.
    Drained,
    /// Its operator shut down, and it is out for good.
    Left,
    /// It began to sign, in the place of one that is gone.
    Entered,
    /// It charges as much as it ever may.
    CommissionRaised,
    /// Stake came from outside.
    StakeArrived,
}

/// Something that went wrong on the chain, or its consequence.
#[derive(Clone, Debug, Serialize)]
pub struct IncidentRow {
    /// Counted from 1.
    pub day: u32,
    /// What happened.
    pub what: Incident,
    /// Operator address.
    pub validator: String,
    /// What the vault had on it just before.
    pub delegated: Uint128,
    /// What came from outside; null where nothing did.
    pub arrived: Option<Uint128>,
}

/// Idle tokens.
#[derive(Clone, Debug, Serialize)]
pub struct IdleRow {
    /// All of them.
    pub tokens: Uint128,
    /// By reason.
    pub parts: Vec<IdlePart>,
    /// Eligible validators that can take no delegation more, by the cap that they have reached.
    pub at_cap: BTreeMap<&'static str, usize>,
}

/// Why tokens are idle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum IdleReason {
    /// Kept for the unserved shares of a batch that has begun.
    ReservedForWithdrawals,
    /// Nobody on the list may be given stake.
    NobodyEligible,
    /// The vault delegates no less.
    BelowLeastDelegation,
    /// Nobody eligible can take a delegation more.
    CapsReached,
    /// The next investment will take them.
    NotYetInvested,
}

/// Idle tokens of one reason.
#[derive(Clone, Debug, Serialize)]
pub struct IdlePart {
    /// Why they are idle.
    pub reason: IdleReason,
    /// How many.
    pub tokens: Uint128,
}

/// Why a deposit may be over another day, or for a smaller amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RefusalReason {
    /// The caps of the eligible validators leave no place.
    NoCapacity,
    /// The vault would be too large a part of its chain.
    SelfLimit,
    /// It is worth less than a share.
    WorthNoShare,
    /// All assets are lost.
    WorthlessShares,
}

/// Deposits refused for one reason.
#[derive(Clone, Debug, Serialize)]
pub struct RefusalRow {
    /// Why they were refused.
    pub reason: RefusalReason,
    /// How many, each attempt counted.
    pub deposits: u64,
    /// Day of the first, counted from 1.
    pub first_day: u32,
    /// Day of the last.
    pub last_day: u32,
    /// What the vault said to the last.
    pub last: String,
}
