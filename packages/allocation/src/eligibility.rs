//! Who may be given stake: from what is known of a validator to eligible, or to one stated reason.

use cosmwasm_std::Decimal;

use crate::line::Line;

/// What the owner asks of an operator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EligibilityPolicy {
    /// Most that it may charge now.
    pub max_commission_rate: Decimal,
    /// Most that it may ever be able to charge: x/staking fixes that when a validator is created.
    pub max_commission_ceiling: Option<Decimal>,
    /// Having charged too much keeps a validator out for so long after, in seconds.
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
    /// Where it stands to the line of the top third, without the vault's own stake. None when the
    /// powers are not known.
    pub line: Option<Line>,
}

/// All that is known of one validator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// The owner's word.
    pub listing: Listing,
    /// The chain's word, none when it could not be read.
    pub chain: Option<ChainFacts>,
    /// How it stood after the snapshot before, none at its first.
    pub previous: Option<Standing>,
}

/// Why a validator may not be given stake. Of several reasons the first in this order is stated:
/// what the owner decided, then what the chain itself states, then what was not readable, then what
/// is measured against the policy, the lasting before the passing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exclusion {
    /// Not on the list.
    NotListed,
    /// The owner is leaving it.
    Draining,
    /// Its listing is over.
    Expired,
    /// Out for ever.
    Tombstoned,
    /// Jailed.
    Jailed,
    /// Unbonding or unbonded.
    NotBonded,
    /// It, or its power, could not be read.
    Unknown,
    /// It could raise its commission above the ceiling.
    CommissionCeiling,
    /// It charges more than the policy allows.
    Commission,
    /// It charged more not long ago.
    CommissionLately,
    /// One of the fewest that hold a third of the stake without the vault's own.
    TopThird,
    /// It was one of them, and is not clear of the line yet.
    NearTopThird,
}

impl Exclusion {
    /// The owner's decision.
    pub fn is_by_owner(self) -> bool {
        self <= Self::Expired
    }

    /// The owner's decision, or stated by the chain itself: nothing that bad data could bring about.
    pub fn is_stated(self) -> bool {
        self < Self::Unknown
    }
}

/// How a validator stands after a snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Why it may not be given stake, none when it may.
    pub exclusion: Option<Exclusion>,
    /// Since when that is so, in seconds.
    pub since: u64,
    /// It was inside the top third, and was not clear of the line since.
    pub is_held_by_line: bool,
    /// When it was last seen to charge too much, in seconds.
    pub commission_high_at: Option<u64>,
}

impl Standing {
    /// Whether it may be given stake.
    pub fn is_eligible(&self) -> bool {
        self.exclusion.is_none()
    }
}

/// What a snapshot means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// How each validator stands now, in the order of the facts.
    pub standings: Vec<Standing>,
    /// Indices of those that were eligible and failed by this snapshot, for reasons that bad data
    /// could bring about.
    pub failed: Vec<usize>,
    /// So many failed that the data is suspect: the standings are those before, the owner's
    /// decisions aside, and nobody is to be left.
    pub is_suspect: bool,
}

/// So many may fail at once on any list before the data is suspect.
const TRUSTED_FAILURES: usize = 2;
/// And one in so many (20 %) of a longer one.
const TRUSTED_ONE_IN: usize = 5;

/// Reviews one snapshot, taken at `now` (seconds). With `is_accepted` nothing is suspect: the owner
/// has changed the policy since the snapshot before, or has looked at this one.
pub fn compute_review(
    policy: &EligibilityPolicy,
    now: u64,
    is_accepted: bool,
    facts: &[Facts],
) -> Review {
    let judged: Vec<_> = facts
        .iter()
        .map(|facts| judge(policy, now, facts))
        .collect();
    let failed: Vec<usize> = facts
        .iter()
        .zip(&judged)
        .enumerate()
        .filter(|(_, (facts, now))| {
            let was_eligible = facts
                .previous
                .is_some_and(|previous| previous.is_eligible());
            was_eligible && now.exclusion.is_some_and(|reason| !reason.is_stated())
        })
        .map(|(index, _)| index)
        .collect();
    let listed = facts
        .iter()
        .filter(|facts| facts.listing == Listing::Listed);
    // Saturates for more validators than fit into memory.
    let is_many = failed.len().saturating_mul(TRUSTED_ONE_IN) > listed.count();
    let is_suspect = !is_accepted && failed.len() > TRUSTED_FAILURES && is_many;
    let standings = facts.iter().zip(judged).map(|(facts, judged)| {
        if is_suspect {
            keep(now, facts, judged)
        } else {
            judged
        }
    });
    Review {
        standings: standings.collect(),
        failed,
        is_suspect,
    }
}

/// How a validator stands by this snapshot alone and what is remembered of it.
fn judge(policy: &EligibilityPolicy, now: u64, facts: &Facts) -> Standing {
    let mut standing = facts.previous.unwrap_or(Standing {
        exclusion: None,
        since: now,
        is_held_by_line: false,
        commission_high_at: None,
    });
    if let Some(chain) = &facts.chain {
        if chain.commission_rate > policy.max_commission_rate {
            standing.commission_high_at = Some(now);
        }
        match chain.line {
            Some(Line::Inside) => standing.is_held_by_line = true,
            Some(Line::Clear) => standing.is_held_by_line = false,
            Some(Line::Near) | None => {}
        }
    }
    standing.restate(now, exclusion(policy, now, facts, &standing));
    standing
}

/// How it stands when the snapshot is suspect: as before, but the owner's decisions hold. One that
/// had no standing of its own before is unknown.
fn keep(now: u64, facts: &Facts, judged: Standing) -> Standing {
    if judged.exclusion.is_some_and(Exclusion::is_by_owner) {
        return judged;
    }
    let by_owner = |standing: &Standing| standing.exclusion.is_some_and(Exclusion::is_by_owner);
    let mut kept = facts.previous.unwrap_or(judged);
    if facts.previous.map_or(true, |previous| by_owner(&previous)) {
        kept.restate(now, Some(Exclusion::Unknown));
    }
    kept
}

impl Standing {
    fn restate(&mut self, now: u64, exclusion: Option<Exclusion>) {
        if self.exclusion != exclusion {
            self.exclusion = exclusion;
            self.since = now;
        }
    }
}

/// The first reason that holds, in the order of [`Exclusion`].
fn exclusion(
    policy: &EligibilityPolicy,
    now: u64,
    facts: &Facts,
    memory: &Standing,
) -> Option<Exclusion> {
    match facts.listing {
        Listing::NotListed => return Some(Exclusion::NotListed),
        Listing::Draining => return Some(Exclusion::Draining),
        Listing::Expired => return Some(Exclusion::Expired),
        Listing::Listed => {}
    }
    let Some(chain) = &facts.chain else {
        return Some(Exclusion::Unknown);
    };
    let was_high_lately = memory.commission_high_at.is_some_and(|at| {
        // Saturates: a period without end.
        now < at.saturating_add(policy.commission_return_period)
    });
    let is_ceiling_high = policy
        .max_commission_ceiling
        .is_some_and(|most| chain.commission_ceiling > most);
    let reasons = [
        (chain.is_tombstoned, Exclusion::Tombstoned),
        (chain.is_jailed, Exclusion::Jailed),
        (chain.status != BondStatus::Bonded, Exclusion::NotBonded),
        (chain.line.is_none(), Exclusion::Unknown),
        (is_ceiling_high, Exclusion::CommissionCeiling),
        (
            chain.commission_rate > policy.max_commission_rate,
            Exclusion::Commission,
        ),
        (was_high_lately, Exclusion::CommissionLately),
        (chain.line == Some(Line::Inside), Exclusion::TopThird),
        (memory.is_held_by_line, Exclusion::NearTopThird),
    ];
    reasons
        .into_iter()
        .find(|(holds, _)| *holds)
        .map(|(_, reason)| reason)
}
