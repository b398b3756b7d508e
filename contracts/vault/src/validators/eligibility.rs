//! Who may be given stake. What is stored are the facts of the last refresh, and they are judged when
//! the validators are read: a validator that raises its commission gets no stake from the next refresh
//! on, which builds the fill list anew.

use cosmwasm_std::Decimal;
use defenders_allocation::{
    self as allocation, BondStatus, ChainFacts, EligibilityPolicy, Exclusion, Listing, TopThird,
};
use defenders_types::AllocationPolicy;

use crate::state::powers::{Power, PowerSummary};
use crate::state::Holding;

/// The first reason that holds. `summary` is that of the last complete snapshot: nobody is eligible
/// before the first.
#[must_use]
pub fn compute_exclusion(
    policy: &AllocationPolicy,
    summary: Option<&PowerSummary>,
    address: &String,
    holding: &Holding,
    power: Option<Power>,
) -> Option<Exclusion> {
    let listing = match holding.draining_since {
        Some(_) => Listing::Draining,
        None => Listing::Listed,
    };
    let power = power.filter(|power| power.is_read);
    let facts = power
        .zip(summary)
        .map(|(power, summary)| facts_of(address, power, summary));
    let policy = EligibilityPolicy {
        max_commission_rate: policy.max_commission_rate,
        max_commission_ceiling: None,
        commission_return_period: 0,
    };
    allocation::compute_exclusion(&policy, listing, facts.as_ref())
}

fn facts_of(address: &String, power: Power, summary: &PowerSummary) -> ChainFacts {
    let is_top_third = summary.top_third.binary_search(address).is_ok();
    ChainFacts {
        // the source of power tells no more than bonded or not
        status: if power.is_bonded {
            BondStatus::Bonded
        } else {
            BondStatus::Unbonded
        },
        is_jailed: power.is_jailed,
        is_tombstoned: false, // looks jailed where it is not read
        commission_rate: power.commission_rate,
        commission_ceiling: Decimal::zero(), // no policy asks for it
        // nothing is remembered of earlier snapshots, so nobody is near
        top_third: Some(if is_top_third {
            TopThird::Inside
        } else {
            TopThird::Clear
        }),
    }
}
