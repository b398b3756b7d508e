//! Who may be given stake. What is stored are facts, so that a stricter policy acts at the next call.

use defenders_types::{AllocationPolicy, Exclusion};

use crate::state::powers::{Power, PowerSummary};
use crate::state::Holding;

/// Nobody is eligible while no snapshot of the powers is complete.
#[must_use]
pub fn before_the_first_refresh(holding: &Holding) -> Option<Exclusion> {
    Some(match holding.draining_since {
        Some(_) => Exclusion::Draining,
        None => Exclusion::Unknown,
    })
}

/// The first reason that holds.
#[must_use]
pub fn compute_exclusion(
    policy: &AllocationPolicy,
    summary: &PowerSummary,
    address: &String,
    holding: &Holding,
    power: Option<Power>,
) -> Option<Exclusion> {
    if holding.draining_since.is_some() {
        return Some(Exclusion::Draining);
    }
    let Some(power) = power.filter(|power| power.is_read) else {
        return Some(Exclusion::Unknown);
    };
    if power.is_jailed {
        return Some(Exclusion::Jailed);
    }
    if !power.is_bonded {
        return Some(Exclusion::NotBonded);
    }
    if power.commission_rate > policy.max_commission_rate {
        return Some(Exclusion::Commission);
    }
    if summary.top_third.binary_search(address).is_ok() {
        return Some(Exclusion::TopThird);
    }
    None
}
