//! Who may be given something, and who has something: the rows of the rule.

use std::collections::{BTreeMap, BTreeSet};

use defenders_allocation::{
    BondStatus, COMMISSION_RETURN_PERIOD, ChainFacts, EligibilityPolicy, Exclusion, Limits,
    Listing, Locks, Stake, Standing, TopThird, Validator, compute_exclusion, compute_top_third,
};
use defenders_types::AllocationPolicy;

use super::list::ListedValidator;
use super::situation::{ChainValidator, Situation, ValidatorStatus};

/// A validator of the list, or one with own stake.
pub struct Candidate<'a> {
    /// Operator address.
    pub address: &'a str,
    /// As the chain has it; None when it does not know it.
    pub info: Option<&'a ChainValidator>,
    /// As the list has it; None when it is not on it.
    pub listed: Option<&'a ListedValidator>,
    /// Why it is given nothing.
    pub exclusion: Option<Exclusion>,
    /// What the account has there.
    pub own: u128,
}

impl Candidate<'_> {
    /// Whether it may be given something.
    pub fn is_eligible(&self) -> bool {
        self.exclusion.is_none()
    }

    /// As the rule sees it, for somebody who stays where he is.
    pub fn validator(&self, situation: &Situation) -> Validator {
        Validator {
            address: self.address.to_string(),
            external: self
                .info
                .map_or(0, |info| info.tokens.saturating_sub(self.own)),
            delegated: self.own,
            standing: Standing::eligible_if(self.is_eligible()),
            limits: Limits::default(),
            locks: Locks {
                redelegation_locked_until: situation.locked_until(self.address),
                // own stake is never undelegated: it would earn nothing for the unbonding time
                entries_full: true,
                ..Locks::default()
            },
        }
    }
}

/// Whether the chain has it in its set.
pub fn is_bonded(info: &ChainValidator) -> bool {
    info.status == ValidatorStatus::Bonded && !info.is_jailed && info.tokens > 0
}

/// All of them, in ascending operator address.
pub fn find_candidates<'a>(
    situation: &'a Situation,
    list: &'a [ListedValidator],
) -> Vec<Candidate<'a>> {
    let infos: BTreeMap<&str, &ChainValidator> = situation
        .validators
        .iter()
        .map(|info| (info.address.as_str(), info))
        .collect();
    let listed: BTreeMap<&str, &ListedValidator> =
        list.iter().map(|it| (it.address.as_str(), it)).collect();
    let own = situation.own.iter().filter(|(_, tokens)| **tokens > 0);
    let own = own.map(|(address, _)| address.as_str());
    let all: BTreeSet<&str> = listed.keys().copied().chain(own).collect();
    let top = find_top_third(situation);
    let candidates = all.into_iter().map(|address| {
        let info = infos.get(address).copied();
        let listed = listed.get(address).copied();
        Candidate {
            address,
            info,
            listed,
            exclusion: judge(info, listed.is_some(), &top),
            own: situation.own(address),
        }
    });
    candidates.collect()
}

/// The fewest that hold a third of the stake without the account's own.
fn find_top_third(situation: &Situation) -> BTreeSet<&str> {
    let bonded = situation.validators.iter().filter(|info| is_bonded(info));
    let stakes: Vec<Stake<'_>> = bonded
        .map(|info| Stake {
            validator: &info.address,
            tokens: info.tokens.saturating_sub(situation.own(&info.address)),
        })
        .collect();
    let top = stakes.iter().zip(compute_top_third(&stakes));
    top.filter(|(_, is_top)| *is_top)
        .map(|(stake, _)| stake.validator)
        .collect()
}

fn judge(
    info: Option<&ChainValidator>,
    is_listed: bool,
    top: &BTreeSet<&str>,
) -> Option<Exclusion> {
    let policy = AllocationPolicy::default();
    let policy = EligibilityPolicy {
        max_commission_rate: policy.max_commission_rate,
        max_commission_ceiling: policy.max_commission_ceiling,
        commission_return_period: COMMISSION_RETURN_PERIOD,
    };
    let listing = match is_listed {
        true => Listing::Listed,
        false => Listing::NotListed,
    };
    let facts = info.map(|info| ChainFacts {
        status: match info.status {
            ValidatorStatus::Bonded => BondStatus::Bonded,
            ValidatorStatus::Unbonding => BondStatus::Unbonding,
            ValidatorStatus::Unbonded => BondStatus::Unbonded,
        },
        is_jailed: info.is_jailed,
        // then it is jailed as well
        is_tombstoned: false,
        commission_rate: info.commission,
        commission_ceiling: info.max_commission,
        top_third: Some(match top.contains(info.address.as_str()) {
            true => TopThird::Inside,
            false => TopThird::Clear,
        }),
    });
    compute_exclusion(&policy, listing, facts.as_ref())
}
