//! How many moves: below twice the least that lead to the same allocation, which is found exactly.

use defenders_allocation::{Groups, Move, MoveKind, Reason};
use proptest::prelude::*;

use super::strategy::{limited_state, quality_state, without_bounds};

/// The least number of moves between two allocations: everybody with a difference, less one for
/// each set that balances by itself, with as many such sets as possible.
fn least_moves(before: &[u128], after: &[u128]) -> usize {
    let differences: Vec<i128> = before
        .iter()
        .zip(after)
        .map(|(before, after)| *after as i128 - *before as i128)
        .filter(|difference| *difference != 0)
        .collect();
    let all = differences.len();
    let mut sets = vec![0; 1 << all];
    for mask in 1usize..1 << all {
        let members = (0..all).filter(|i| mask >> i & 1 == 1);
        let balance: i128 = members.clone().map(|i| differences[i]).sum();
        let best = members.map(|i| sets[mask & !(1 << i)]).max().unwrap();
        sets[mask] = best + usize::from(balance == 0);
    }
    all - sets[(1 << all) - 1]
}

#[test]
fn least_number_of_moves_is_exact() {
    assert_eq!(least_moves(&[5, 5, 0], &[5, 5, 0]), 0);
    assert_eq!(least_moves(&[5, 5, 0], &[0, 0, 10]), 2);
    // 5 to c and 3 to d, not 3, 2 and 3
    assert_eq!(least_moves(&[5, 3, 0, 0], &[0, 0, 5, 3]), 2);
    assert_eq!(least_moves(&[4, 4, 0, 0], &[0, 0, 5, 3]), 3);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    /// For each of the two budgets by itself: who leaves and who is above a cap fill the same
    /// takers, each of them whole, not all of them in parts by both.
    #[test]
    fn plan_has_less_than_twice_the_least_moves(state in limited_state()) {
        let mut state = without_bounds(state);
        // headroom in a group may come in parts
        state.groups = Groups::NONE;
        let moves = state.plan().moves;
        // what leaves and what is above a cap, own maxima, quality
        let rank = |reason: Reason| match reason {
            Reason::Leaving(_) | Reason::AboveCap => 0,
            Reason::OwnMaximum => 1,
            Reason::Quality => 2,
        };
        for of in 0..3 {
            let of_budget = moves
                .iter()
                .filter(|planned| rank(planned.reason) == of)
                .filter(|planned| planned.kind != MoveKind::Undelegate);
            let of_budget: Vec<Move> = of_budget.copied().collect();
            // as if everybody had plenty
            let mut rich = state.clone();
            rich.rows.iter_mut().for_each(|row| row.validator.delegated += 1_000);
            let least = least_moves(&rich.delegated(), &rich.delegated_after(&of_budget));
            prop_assert!(of_budget.len() < 2 * least || of_budget.is_empty());
        }
    }

    /// Also when every call has one move.
    #[test]
    fn short_calls_have_less_than_twice_the_least_moves(state in quality_state()) {
        let mut now = state;
        now.limits.dead_band = 0;
        let least = least_moves(&now.delegated(), &now.delegated_after(&now.plan().moves));
        now.limits.max_moves = 1;
        let mut moves = 0;
        loop {
            let plan = now.plan();
            if plan.moves.is_empty() {
                break;
            }
            moves += 1;
            now = now.after(&plan);
        }
        prop_assert!(moves < 2 * least || moves == 0);
    }
}
