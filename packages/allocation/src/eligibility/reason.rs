//! From what is known of one validator to eligible, or to one stated reason.

use super::{
    exclusion::Exclusion,
    facts::{BondStatus, ChainFacts, EligibilityPolicy, Listing},
    top_third::TopThird,
};

/// Why a validator may not be given stake by one snapshot alone, without memory of any before: the
/// first reason that holds, in the order of [`Exclusion`]. It is what
/// [`crate::compute_review`] says of a
/// validator at its first snapshot.
pub fn compute_exclusion(
    policy: &EligibilityPolicy,
    listing: Listing,
    chain: Option<&ChainFacts>,
) -> Option<Exclusion> {
    find_reason(policy, listing, chain, false, false)
}

/// The first reason that holds, in the order of [`Exclusion`].
pub(super) fn find_reason(
    policy: &EligibilityPolicy,
    listing: Listing,
    chain: Option<&ChainFacts>,
    was_commission_high: bool,
    was_top_third: bool,
) -> Option<Exclusion> {
    match listing {
        Listing::NotListed => return Some(Exclusion::NotListed),
        Listing::Draining => return Some(Exclusion::Draining),
        Listing::Expired => return Some(Exclusion::Expired),
        Listing::Listed => {}
    }
    let Some(chain) = chain else {
        return Some(Exclusion::Unknown);
    };
    let is_ceiling_high = policy
        .max_commission_ceiling
        .is_some_and(|most| chain.commission_ceiling > most);
    let is_commission_high = chain.commission_rate > policy.max_commission_rate;
    let is_top_third = chain.top_third == Some(TopThird::Inside);
    let reasons = [
        (chain.is_tombstoned, Exclusion::Tombstoned),
        (chain.is_jailed, Exclusion::Jailed),
        (chain.status != BondStatus::Bonded, Exclusion::NotBonded),
        (chain.top_third.is_none(), Exclusion::Unknown),
        (is_ceiling_high, Exclusion::CommissionCeiling),
        (is_commission_high, Exclusion::Commission),
        (was_commission_high, Exclusion::CommissionLately),
        (is_top_third, Exclusion::TopThird),
        (was_top_third, Exclusion::NearTopThird),
    ];
    reasons
        .into_iter()
        .find(|(holds, _)| *holds)
        .map(|(_, reason)| reason)
}
