//! Plans where a pair has no redelegation entry left, so that stake finds another place than the one
//! that was shared out: what must move still moves, and the chain does not become less even by the rest.
//! Both states were found by the random tests; once the whole plan was refused in them.

use defenders_allocation::{
    Groups, LiveEntries, MoveKind, PlanRow, Reason, Snapshot, Validator, WhyUnmoved,
};

use super::strategy::{without_limits, State};

fn row(address: &str, external: u128, delegated: u128, target: u128, cap: u128) -> PlanRow {
    PlanRow {
        validator: Validator::eligible(address, external, delegated),
        target,
        cap,
        cap_without_own_max: cap,
    }
}

fn state(rows: Vec<PlanRow>, live: &[(usize, usize, u32)]) -> State {
    let mut limits = without_limits();
    limits.quality_budget = 20;
    limits.emergency_budget = 9;
    limits.owner_budget = 9;
    limits.max_moves = 4;
    limits.dead_band = 2;
    let live = live
        .iter()
        .map(|(source, destination, entries)| LiveEntries {
            source: *source,
            destination: *destination,
            entries: *entries,
        });
    State {
        base: 24,
        snapshot: Snapshot::Trusted,
        rows,
        groups: Groups::NONE,
        live: live.collect(),
        now: 100,
        limits,
    }
}

/// Each move as (source, destination, tokens, reason); no plan here undelegates.
fn moves(state: &State) -> Vec<(usize, usize, u128, Reason)> {
    let plan = state.plan();
    assert_eq!(plan.refusal, None);
    let moves = plan.moves.iter().map(|planned| match planned.kind {
        MoveKind::Redelegate { destination } => {
            (planned.source, destination, planned.tokens, planned.reason)
        }
        MoveKind::Undelegate => unreachable!("all are eligible"),
    });
    moves.collect()
}

#[test]
fn what_is_above_its_cap_moves_before_quality_takes_its_place() {
    // ab is 3 above its cap and aa 5; only c takes from aa, and b takes one more move from ab
    let rows = vec![
        row("b", 3, 1, 10, 12),
        row("ab", 6, 15, 7, 12),
        row("aa", 22, 7, 2, 2),
        row("c", 13, 0, 5, 11),
    ];
    let state = state(rows, &[(2, 0, 7), (1, 0, 6)]);

    let expected = [(1, 0, 4, Reason::AboveCap), (2, 3, 5, Reason::AboveCap)];
    assert_eq!(moves(&state), expected);
    let unmoved = &state.plan().unmoved;
    let reasons: Vec<_> = unmoved.iter().map(|it| (it.index, it.why)).collect();
    assert_eq!(reasons, [(1, WhyUnmoved::Entries)]);
}

#[test]
fn every_move_for_quality_is_evening_in_its_turn() {
    let rows = vec![
        row("b", 3, 1, 9, 15),
        row("ab", 6, 15, 6, 15),
        row("aa", 22, 7, 4, 4),
        row("c", 13, 0, 5, 13),
    ];
    let state = state(rows, &[(2, 0, 7)]);

    let mut levels = [4, 21, 29, 13];
    for (source, destination, tokens, reason) in moves(&state) {
        if reason == Reason::Quality {
            assert!(levels[destination] + tokens < levels[source]);
        }
        levels[source] -= tokens;
        levels[destination] += tokens;
    }
    // the cap of aa is kept in any case
    assert!(levels[2] <= 22 + 4);
}
