//! What is known of a validator, and what the owner asks.

use cosmwasm_std::Decimal;

use super::{exclusion::Exclusion, top_third::TopThird};

/// What the owner asks of an operator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EligibilityPolicy {
    /// Most that it may charge now.
    pub max_commission_rate: Decimal,
    /// Most that it may ever be able to charge: x/staking fixes that when a validator is created.
    pub max_commission_ceiling: Option<Decimal>,
    /// Seconds out after its rate was last too high.
    pub commission_return_period: u64,
}

/// Three weeks in seconds: the usual unbonding time, for which a redelegation away lasts as well.
pub const COMMISSION_RETURN_PERIOD: u64 = 21 * 24 * 60 * 60;

/// What the owner decided about a validator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listing {
    /// On the list.
    Listed,
    /// Being left by the owner's decision.
    Draining,
    /// Listed for a time that is over.
    Expired,
    /// Never listed, or no longer.
    NotListed,
}

/// The status in x/staking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BondStatus {
    /// In the active set.
    Bonded,
    /// On its way out of it.
    Unbonding,
    /// Out of it.
    Unbonded,
}

/// What a snapshot of the chain tells of a validator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChainFacts {
    /// Its status.
    pub status: BondStatus,
    /// Out for downtime or worse, until its operator brings it back.
    pub is_jailed: bool,
    /// Out for ever: it signed two blocks of one height.
    pub is_tombstoned: bool,
    /// What it charges.
    pub commission_rate: Decimal,
    /// What it can ever charge.
    pub commission_ceiling: Decimal,
    /// Where it stands to the top third, without the vault's own stake. None when the powers are
    /// not known.
    pub top_third: Option<TopThird>,
}

/// All that is known of one validator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// The owner's word.
    pub listing: Listing,
    /// The chain's word, none when it could not be read.
    pub chain: Option<ChainFacts>,
    /// How it stood after the snapshot before, none at its first.
    pub previous: Option<Eligibility>,
}

/// How a validator stands after a snapshot: whether it is eligible, and what has to be remembered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Eligibility {
    /// Why it may not be given stake, none when it may.
    pub exclusion: Option<Exclusion>,
    /// Since when that is so, in seconds. Jailed and not bonded count as one, whichever came first.
    pub since: u64,
    /// It was inside the top third, and was not clear of it since.
    pub was_top_third: bool,
    /// When it was last seen to charge too much, in seconds.
    pub commission_high_at: Option<u64>,
}

impl Eligibility {
    /// Whether it may be given stake.
    pub fn is_eligible(&self) -> bool {
        self.exclusion.is_none()
    }
}
