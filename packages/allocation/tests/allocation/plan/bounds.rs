//! What no plan does, whatever the state: one property for each bound.

use defenders_allocation::{
    Departure, MoveKind, Reason, Snapshot, Standing, WhyUnmoved, DEFAULT_MAX_ENTRIES,
};
use proptest::prelude::*;

use super::strategy::limited_state;

/// What the emergency budget pays for alone.
fn is_by_chain(reason: Reason) -> bool {
    matches!(
        reason,
        Reason::Leaving(Departure::Tombstoned | Departure::Unbonded | Departure::Jailed)
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8_000))]

    /// Invariant 10, for budgets and the number and size of moves.
    #[test]
    fn plan_stays_in_its_budgets_and_bounds(state in limited_state()) {
        let plan = state.plan();
        prop_assert!(plan.moves.len() <= state.limits.max_moves);
        let sum = |counts: fn(Reason) -> bool| {
            let of = plan.moves.iter().filter(|planned| counts(planned.reason));
            of.map(|planned| planned.tokens).sum::<u128>()
        };
        let quality = sum(|reason| matches!(reason, Reason::Quality | Reason::OwnMaximum));
        let by_chain = sum(is_by_chain);
        let by_owner = sum(|reason| {
            !is_by_chain(reason) && !matches!(reason, Reason::Quality | Reason::OwnMaximum)
        });
        prop_assert!(quality <= state.limits.quality_budget);
        prop_assert!(by_owner <= state.limits.owner_budget);
        prop_assert!(by_chain + by_owner <= state.limits.emergency_budget);
        prop_assert_eq!(plan.quality_tokens(), quality);
        prop_assert_eq!(plan.emergency_tokens(), by_chain + by_owner);
        prop_assert_eq!(plan.owner_tokens(), by_owner);
        for planned in &plan.moves {
            prop_assert!(planned.tokens > 0);
            prop_assert!(
                planned.tokens >= state.limits.min_move
                    || matches!(planned.reason, Reason::Leaving(_) | Reason::OwnMaximum)
            );
        }
    }

    /// Nothing that the chain would refuse: locks, entries, more than the vault has, too little.
    #[test]
    fn plan_holds_nothing_that_the_chain_refuses(
        mut state in limited_state(),
        least_redelegation in 0u128..=3,
    ) {
        state.limits.least_redelegation = least_redelegation;
        let mut now = state.clone();
        for (index, planned) in state.plan().moves.iter().enumerate() {
            let row = &now.rows[planned.source];
            prop_assert!(planned.tokens <= row.validator.delegated, "move {}", index);
            match planned.kind {
                MoveKind::Redelegate { destination } => {
                    prop_assert!(!now.is_locked(planned.source), "move {}", index);
                    prop_assert_ne!(planned.source, destination);
                    prop_assert!(planned.tokens >= least_redelegation, "move {}", index);
                    prop_assert!(now.entries(planned.source, destination) < DEFAULT_MAX_ENTRIES, "move {}", index);
                }
                MoveKind::Undelegate => {
                    prop_assert!(row.validator.locks.unbonding_entries < DEFAULT_MAX_ENTRIES, "move {}", index);
                }
            }
            let one = defenders_allocation::Plan {
                moves: vec![*planned],
                refusal: None,
                unmoved: vec![],
            };
            now = now.after(&one);
        }
    }

    /// Only who is above its target gives and only who is below takes, neither past it; who leaves
    /// takes nothing, who waits does neither; stake is undelegated only where it must leave and
    /// cannot be redelegated.
    #[test]
    fn nobody_passes_its_target(state in limited_state()) {
        let plan = state.plan();
        let after = state.delegated_after(&plan.moves);
        for (index, (row, after)) in state.rows.iter().zip(after).enumerate() {
            match row.validator.standing {
                Standing::Eligible => {
                    let before = row.validator.delegated;
                    let (low, high) = (before.min(row.target), before.max(row.target));
                    prop_assert!((low..=high).contains(&after), "row {}", index);
                    let drift = row.validator.delegated.abs_diff(row.target);
                    let is_still = plan.moves.iter().all(|planned| {
                        matches!(planned.reason, Reason::Leaving(_) | Reason::OwnMaximum) || {
                            let destination = MoveKind::Redelegate { destination: index };
                            planned.source != index && planned.kind != destination
                        }
                    });
                    prop_assert!(drift >= state.limits.dead_band || is_still, "row {}", index);
                }
                Standing::Waiting => prop_assert_eq!(after, row.validator.delegated),
                Standing::Leaving(_) => prop_assert!(after <= row.validator.delegated),
            }
        }
        for planned in &plan.moves {
            let departure = match state.rows[planned.source].validator.standing {
                Standing::Leaving(departure) => Some(departure),
                _ => None,
            };
            let stated = match planned.reason {
                Reason::Leaving(departure) => Some(departure),
                _ => None,
            };
            prop_assert_eq!(departure, stated);
            let may_undelegate = departure.is_some() || planned.reason == Reason::OwnMaximum;
            prop_assert!(may_undelegate || planned.kind != MoveKind::Undelegate);
        }
    }

    /// Invariant 10, for caps and evenness: after every single move, no cap is broken that held,
    /// none exceeded further, and no move for quality raises the sum of squares.
    #[test]
    fn every_beginning_of_a_plan_is_harmless(state in limited_state()) {
        let plan = state.plan();
        prop_assert_eq!(&plan.refusal, &None);
        let mut before = state.delegated();
        for (index, planned) in plan.moves.iter().enumerate() {
            let after = state.delegated_after(&plan.moves[..=index]);
            for (row, delegated) in state.rows.iter().zip(&after) {
                prop_assert!(*delegated <= row.cap.max(row.validator.delegated), "move {}", index);
            }
            for group in state.groups.list() {
                let most = group.cap_floor(state.base).max(group.sum(&before));
                prop_assert!(group.sum(&after) <= most, "move {}", index);
            }
            if planned.reason == Reason::Quality {
                let squares = |delegated: &[u128]| state.sum_of_squares(delegated);
                prop_assert!(squares(&after) < squares(&before), "move {}", index);
            }
            before = after;
        }
    }

    /// Who leaves is served before anybody else, in the order of departures.
    #[test]
    fn leaving_comes_first(state in limited_state()) {
        let plan = state.plan();
        let rank = |reason: &Reason| match reason {
            Reason::Leaving(_) => 0,
            Reason::AboveCap => 1,
            Reason::OwnMaximum => 2,
            Reason::Quality => 3,
        };
        let is_cut = plan.moves.len() == state.limits.max_moves;
        if is_cut && plan.moves.iter().any(|planned| rank(&planned.reason) > 0) {
            // whatever leaves and still could, could not be moved by another message
            for unmoved in &plan.unmoved {
                let must_leave = state.is_leaving(unmoved.index);
                let is_spent = plan.emergency_tokens() == state.limits.emergency_budget
                    || plan.owner_tokens() == state.limits.owner_budget;
                prop_assert!(!must_leave || unmoved.why != WhyUnmoved::Budget || is_spent);
            }
        }
    }

    /// All that stays although it should leave has one reason, and what the reason says is so.
    #[test]
    fn what_is_unmoved_has_one_true_reason(state in limited_state()) {
        let plan = state.plan();
        let after = state.delegated_after(&plan.moves);
        let mut unmoved = plan.unmoved.iter();
        let mut rows: Vec<_> = (0..state.rows.len()).collect();
        rows.sort_by_key(|i| &state.rows[*i].validator.address);
        for index in rows {
            let row = &state.rows[index];
            let surplus = match row.validator.standing {
                Standing::Eligible => after[index].saturating_sub(row.target),
                _ => after[index],
            };
            if surplus == 0 {
                continue;
            }
            let unmoved = unmoved.next().unwrap();
            prop_assert_eq!((unmoved.index, unmoved.tokens), (index, surplus));
            let own_max = row.validator.limits.own_max.filter(|_| row.validator.is_eligible());
            let must_go = state.is_leaving(index)
                || (own_max.is_some_and(|most| after[index] > most.max(row.target)));
            let needs_taker = matches!(
                row.validator.standing,
                Standing::Leaving(Departure::Ended | Departure::Ineligible)
            );
            let is_true = match unmoved.why {
                WhyUnmoved::Refused => false,
                WhyUnmoved::Waiting => row.validator.standing == Standing::Waiting,
                WhyUnmoved::Snapshot => state.snapshot != Snapshot::Trusted,
                WhyUnmoved::RedelegationLocked => state.is_locked(index) && !state.is_leaving(index),
                WhyUnmoved::NoEntry => must_go && row.validator.locks.unbonding_entries >= DEFAULT_MAX_ENTRIES,
                WhyUnmoved::DeadBand => surplus < state.limits.dead_band && !must_go,
                WhyUnmoved::MaxMoves => plan.moves.len() == state.limits.max_moves,
                WhyUnmoved::Budget => {
                    let quality = state.limits.quality_budget - plan.quality_tokens();
                    let emergency = state.limits.emergency_budget - plan.emergency_tokens();
                    let owner = state.limits.owner_budget - plan.owner_tokens();
                    quality.min(emergency).min(owner) < state.limits.min_move.max(1)
                }
                WhyUnmoved::NoDestination
                    if needs_taker
                        && (state.is_locked(index)
                            || row.validator.locks.redelegation_refused) =>
                {
                    true
                }
                WhyUnmoved::NoDestination => state.rows.iter().zip(&after).all(|(taker, delegated)| {
                    taker.validator.standing != Standing::Eligible
                        || taker.target.saturating_sub(*delegated) < state.limits.dead_band.max(1)
                }),
                WhyUnmoved::Evenness => state.rows.iter().zip(&after).all(|(taker, delegated)| {
                    taker.validator.standing != Standing::Eligible
                        || taker.target.saturating_sub(*delegated) < state.limits.dead_band.max(1)
                        || taker.validator.external + delegated + 1
                            >= row.validator.external + after[index]
                }),
                WhyUnmoved::Entries => (0..state.rows.len())
                    .any(|taker| state.after(&plan).entries(index, taker) >= DEFAULT_MAX_ENTRIES),
                WhyUnmoved::GroupCap => state.groups.list().iter().any(|group| {
                    let headroom = group.cap_floor(state.base).saturating_sub(group.sum(&after));
                    headroom < state.limits.min_move.max(1)
                }),
                WhyUnmoved::MinMove => state.limits.min_move > 1 || !state.groups.list().is_empty(),
            };
            prop_assert!(is_true, "{:?}", unmoved);
        }
        prop_assert_eq!(unmoved.next(), None);
    }
}
