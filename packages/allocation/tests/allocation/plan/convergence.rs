//! Repeated planning on two real sets, with locks of 21 days, judged from what the chain saw.

use std::collections::BTreeMap;

use defenders_allocation::{compute_effective_number, Reason, Standing, DEFAULT_MAX_ENTRIES};

#[path = "../../../examples/convergence/history.rs"]
mod history;
#[path = "../../../examples/convergence/world.rs"]
mod world;

use history::{History, LOCK_DAYS, MIN_MOVE};

fn name(history: &History) -> String {
    let History {
        set,
        start,
        has_caps,
        epoch_days,
        ..
    } = history;
    format!("{set}, {start}, caps {has_caps}, {epoch_days}")
}

/// What remains is less than a move per validator, and the epochs are those the budgets require,
/// or at most a tenth more.
fn ensure_it_arrives_in_time(history: &History) {
    let last = history.epochs.last().unwrap();
    let crumbs = MIN_MOVE * history.listed as u128;
    assert!(
        last.distance < crumbs,
        "{}: {}",
        name(history),
        last.distance
    );
    let taken = history.epochs.len() as u128;
    let required = history.required();
    assert!(taken * 10 <= required * 11, "{}: {taken}", name(history));
    // less only where two budgets pay for the same
    let has_both = history.to_move[1] > 0;
    assert!(taken >= required || has_both, "{}: {taken}", name(history));
}

/// All from the list of moves alone: locks, entries, budgets, sums of the table.
fn ensure_the_table_is_what_the_chain_saw(history: &History) {
    let name = name(history);
    let mut locked_until = BTreeMap::new();
    let mut entries: BTreeMap<(usize, usize), Vec<u64>> = BTreeMap::new();
    let mut delegated: Vec<u128> = history
        .rows_before
        .iter()
        .map(|row| row.validator.delegated)
        .collect();
    let mut seen = history.moves.iter().peekable();
    for epoch in &history.epochs {
        let (mut quality, mut emergency, mut moves) = (0, 0, 0);
        while let Some(now) = seen.next_if(|seen| seen.day == epoch.day) {
            let until = locked_until.get(&now.source).copied().unwrap_or(0);
            assert!(until <= now.day, "{name}: source {} is locked", now.source);
            locked_until.insert(now.destination, now.day + LOCK_DAYS);
            let pair = entries.entry((now.source, now.destination)).or_default();
            pair.retain(|day| day + LOCK_DAYS > now.day);
            pair.push(now.day);
            assert!(
                pair.len() <= DEFAULT_MAX_ENTRIES as usize,
                "{name}: entries"
            );
            delegated[now.source] -= now.tokens;
            delegated[now.destination] += now.tokens;
            match now.reason {
                Reason::Quality | Reason::OwnMaximum => quality += now.tokens,
                Reason::Leaving(_) | Reason::AboveCap => emergency += now.tokens,
            }
            moves += 1;
        }
        assert_eq!(
            (quality, emergency, moves),
            (epoch.quality, epoch.emergency, epoch.moves),
            "{name}"
        );
        assert!(
            quality <= history.total * 75 / 1000 && emergency <= history.total / 10,
            "{name}"
        );
        let locked = locked_until
            .values()
            .filter(|until| **until > epoch.day)
            .count();
        assert_eq!(locked, epoch.locked, "{name}");
        let rows = history.rows.iter().zip(&delegated);
        let left = rows
            .clone()
            .map(|(row, delegated)| match row.validator.standing {
                Standing::Leaving(_) => *delegated,
                _ => delegated.saturating_sub(row.target),
            });
        assert_eq!(left.sum::<u128>(), epoch.distance, "{name}");
        let levels: Vec<_> = rows
            .map(|(row, delegated)| row.validator.external + delegated)
            .collect();
        assert_eq!(compute_effective_number(&levels), epoch.effective, "{name}");
    }
    assert!(seen.next().is_none(), "{name}");
    assert_eq!(delegated.iter().sum::<u128>(), history.total, "{name}");
}

/// Where the whole way is quality, no epoch leaves the chain less even than it was.
fn ensure_evenness_only_rises(history: &History) {
    let mut before = history.effective_before;
    for epoch in &history.epochs {
        if epoch.emergency == 0 {
            assert!(epoch.effective >= before, "{}", name(history));
        }
        before = epoch.effective;
    }
    assert!(before > history.effective_before, "{}", name(history));
}

#[test]
fn real_sets_come_to_their_targets_as_fast_as_the_budgets_allow() {
    for history in history::all().unwrap() {
        print!("{history}");
        ensure_it_arrives_in_time(&history);
        ensure_the_table_is_what_the_chain_saw(&history);
        ensure_evenness_only_rises(&history);
    }
}
