//! Who may be given stake. What is stored are the facts of the last refresh and how everybody stood after
//! it. They are judged when the validators are read: so an act of the owner, a stricter policy, or an
//! accepted snapshot counts at the next call, without reading the chain again.

use defenders_allocation::Gather;
use defenders_allocation::{
    compute_exclusion, compute_review, ChainFacts, Eligibility, EligibilityPolicy, Exclusion,
    Facts, Listing, Review, ReviewMemory, TopThird,
};
use defenders_types::AllocationPolicy;

use super::Validator;
use crate::state::powers::{Power, PowerSummary};
use crate::state::Suspicion;

/// How all stand at `now` (seconds) by the last complete snapshot, of which `summary` tells, and by what is
/// remembered of those before. Nobody is eligible before the first.
#[must_use]
pub fn review(
    policy: &AllocationPolicy,
    summary: Option<&PowerSummary>,
    suspicion: &Suspicion,
    members: &[Validator],
    now: u64,
) -> Review {
    let is_accepted = |member: &Validator| suspicion.accepted.contains(&member.holding.power_row);
    let accepted = members.iter().enumerate();
    let accepted = accepted.filter(|(_, member)| is_accepted(member));
    let memory = ReviewMemory {
        suspect_since: suspicion.since,
        accepted: accepted.map(|(index, _)| index).gather(),
    };
    let facts: Vec<Facts> = members
        .iter()
        .map(|member| facts_of(summary, member, now))
        .gather();
    compute_review(&policy_of(policy), false, &memory, now, &facts)
}

/// Why one may not be given stake by what was read of it now, and by what is remembered of it.
#[must_use]
pub fn exclusion_now(
    policy: &AllocationPolicy,
    summary: Option<&PowerSummary>,
    member: &Validator,
    now: u64,
) -> Option<Exclusion> {
    let facts = [facts_of(summary, member, now)];
    let memory = ReviewMemory::default();
    let review = compute_review(&policy_of(policy), false, &memory, now, &facts);
    let stands = review.eligibility.first();
    stands.map_or(Some(Exclusion::Unknown), |stands| stands.exclusion)
}

/// Whether it counts where short lists widen caps, once its exclusion is known.
#[must_use]
pub fn is_counting(
    policy: &AllocationPolicy,
    summary: Option<&PowerSummary>,
    member: &Validator,
    now: u64,
) -> bool {
    let terms = &member.terms;
    if member.is_open(now) {
        return true;
    }
    let is_by_owner = match member.exclusion {
        None => true,
        Some(exclusion) => exclusion.is_by_owner(),
    };
    if is_by_owner && terms.counts_until > now {
        return true;
    }
    match &terms.end {
        // nobody was there to note whether it was eligible when it ended: whether it would be now
        Some(end) if member.exclusion == Some(Exclusion::Expired) => {
            let chain = chain_facts(summary, member);
            let policy = policy_of(policy);
            end.counts_until > now
                && !terms.is_closed(now)
                && compute_exclusion(&policy, Listing::Listed, chain.as_ref()).is_none()
        }
        _ => false,
    }
}

fn policy_of(policy: &AllocationPolicy) -> EligibilityPolicy {
    EligibilityPolicy {
        max_commission_rate: policy.max_commission_rate,
        max_commission_ceiling: policy.max_commission_ceiling,
        commission_return_period: policy.commission_return_period,
    }
}

fn facts_of(summary: Option<&PowerSummary>, member: &Validator, now: u64) -> Facts {
    let listing = match member.holding.draining_since {
        Some(_) => Listing::Draining,
        None if member.terms.is_ended(now) => Listing::Expired,
        None => Listing::Listed,
    };
    Facts {
        listing,
        chain: chain_facts(summary, member),
        previous: member.previous,
    }
}

fn chain_facts(summary: Option<&PowerSummary>, member: &Validator) -> Option<ChainFacts> {
    let power: Power = member.power.filter(|power| power.is_read)?;
    let summary = summary?;
    Some(ChainFacts {
        status: power.status,
        is_jailed: power.is_jailed,
        is_tombstoned: false, // looks jailed where it is not read
        commission_rate: power.commission_rate,
        commission_ceiling: power.commission_ceiling,
        top_third: Some(top_third(summary, &member.address)),
    })
}

fn top_third(summary: &PowerSummary, address: &String) -> TopThird {
    let is_among = |named: &[String]| named.binary_search(address).is_ok();
    if is_among(&summary.top_third) {
        TopThird::Inside
    } else if is_among(&summary.near_top_third) {
        TopThird::Near
    } else {
        TopThird::Clear
    }
}

/// Of one that nobody has judged.
#[must_use]
pub fn unknown(now: u64) -> Eligibility {
    Eligibility {
        exclusion: Some(Exclusion::Unknown),
        since: now,
        was_top_third: false,
        commission_high_at: None,
    }
}

#[cfg(test)]
mod tests {
    use cosmwasm_std::Decimal;
    use defenders_allocation::BondStatus;

    use super::*;
    use crate::state::terms::Terms;
    use crate::state::Holding;

    /// What it charges in percent. It was eligible after the last snapshot.
    fn member(row: u16, commission: u64) -> Validator {
        let eligible = Eligibility {
            exclusion: None,
            since: 1,
            was_top_third: false,
            commission_high_at: None,
        };
        Validator {
            address: format!("v{row}"),
            holding: Holding {
                power_row: row,
                ..Holding::default()
            },
            terms: Terms::default(),
            power: Some(Power {
                is_read: true,
                status: BondStatus::Bonded,
                is_jailed: false,
                commission_rate: Decimal::percent(commission),
                commission_ceiling: Decimal::percent(20),
                ..Power::default()
            }),
            previous: Some(eligible),
            eligibility: unknown(0),
            exclusion: Some(Exclusion::Unknown),
            is_counting: false,
        }
    }

    fn summary(top_third: &[&str]) -> PowerSummary {
        PowerSummary {
            total_bonded: 1_000u128.into(),
            refreshed_at: 10,
            marks_as_of: 10,
            top_third: top_third.iter().map(|it| (*it).to_owned()).collect(),
            near_top_third: vec![],
            has_powers: true,
            snapshot: 0,
        }
    }

    fn exclusions(review: &Review) -> Vec<Option<Exclusion>> {
        let stands = review.eligibility.iter();
        stands.map(|stands| stands.exclusion).collect()
    }

    #[test]
    fn stricter_policy_and_a_change_of_it_back_act_on_stored_facts() {
        let members = [member(0, 5), member(1, 8)];
        let judge = |policy: &AllocationPolicy| {
            let summary = summary(&[]);
            let suspicion = Suspicion::default();
            exclusions(&review(policy, Some(&summary), &suspicion, &members, 20))
        };
        let mut policy = AllocationPolicy::default();
        assert_eq!(judge(&policy), [None, None]);

        policy.max_commission_rate = Decimal::percent(5);
        assert_eq!(judge(&policy), [None, Some(Exclusion::Commission)]);
        policy.max_commission_ceiling = Some(Decimal::percent(19));
        assert_eq!(judge(&policy), [Some(Exclusion::CommissionCeiling); 2]);
        assert_eq!(judge(&AllocationPolicy::default()), [None, None]);
    }

    #[test]
    fn nobody_is_eligible_before_the_first_snapshot() {
        let members = [member(0, 5)];
        let policy = AllocationPolicy::default();
        let review = review(&policy, None, &Suspicion::default(), &members, 20);
        assert_eq!(exclusions(&review), [Some(Exclusion::Unknown)]);
        let now = exclusion_now(&policy, None, &members[0], 20);
        assert_eq!(now, Some(Exclusion::Unknown));
    }

    #[test]
    fn accepted_are_found_by_their_rows_and_one_more_is_suspect() {
        let members = [member(7, 50), member(3, 50), member(5, 50), member(1, 5)];
        let policy = AllocationPolicy::default();
        let summary = summary(&[]);
        let judge = |accepted: &[u16]| {
            let suspicion = Suspicion {
                since: None,
                accepted: accepted.to_vec(),
            };
            review(&policy, Some(&summary), &suspicion, &members, 20)
        };

        let suspect = judge(&[7, 3]);
        assert!(suspect.is_suspect);
        assert_eq!(suspect.memory.suspect_since, Some(20));
        assert_eq!(exclusions(&suspect), [None; 4]);
        let high = Some(Exclusion::Commission);
        let accepted = judge(&[3, 5, 7, 9]);
        assert_eq!(accepted.memory.suspect_since, None);
        assert_eq!(exclusions(&accepted), [high, high, high, None]);
        // the reading before a move knows of one alone, and is never suspect
        let now = exclusion_now(&policy, Some(&summary), &members[0], 20);
        assert_eq!(now, high);
    }

    #[test]
    fn memory_of_the_top_third_is_the_validators_own() {
        let members = [member(0, 5), member(1, 5)];
        let policy = AllocationPolicy::default();
        let suspicion = Suspicion::default();
        let mut summary = summary(&["v1"]);
        let top = review(&policy, Some(&summary), &suspicion, &members, 20);
        assert_eq!(exclusions(&top), [None, Some(Exclusion::TopThird)]);

        let [first, mut second] = members;
        second.previous = top.eligibility.get(1).copied();
        summary.top_third = vec![];
        summary.near_top_third = vec!["v0".to_owned(), "v1".to_owned()];
        let members = [first, second];
        let near = review(&policy, Some(&summary), &suspicion, &members, 30);
        assert_eq!(exclusions(&near), [None, Some(Exclusion::NearTopThird)]);
        summary.near_top_third = vec![];
        let clear = review(&policy, Some(&summary), &suspicion, &members, 30);
        assert_eq!(exclusions(&clear), [None, None]);
    }
}
