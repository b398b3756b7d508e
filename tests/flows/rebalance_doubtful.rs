//! Moves that make no sense any more.
//!
//! Succeeds when the call that moves stake reads both ends of a move once more and drops it when its
//! destination is no longer fit; and when, by powers that are too old, those leave whom the owner drains,
//! by undelegation.
//!
//! Fails, as a whole, when the chain answers without a completion time.

use defenders_suite::{BLOCK, DAY, HOUR, Suite, SuiteBuilder, TOKEN, event};
use defenders_types::{Job, WhyUnmoved};

use crate::eligibility::charge;
use crate::fixture::{funded, funded_from};
use crate::listing::with_maximum;
use crate::rebalance::{health, moves_at, moves_within, plan, rebalanced, total};

fn drained(mut suite: Suite) -> (Suite, String, String) {
    let (leaving, last) = (suite.listed[0].clone(), suite.listed[9].clone());
    suite.drain(std::slice::from_ref(&leaving));
    (suite, leaving, last)
}

#[test]
fn move_to_who_was_jailed_since_the_refresh_is_dropped() {
    let (mut suite, leaving, last) = drained(funded());
    suite.faults().jail(&last);
    suite.advance(BLOCK);
    let before = suite.validator_infos();

    let outcome = suite.tick(Job::Rebalance);

    let expected = vec![
        event("ticked", [("job", &"rebalance")]),
        event(
            "synced",
            [("lost", &0), ("gained", &0), ("bonded", &(1000 * TOKEN))],
        ),
        rebalanced(0, 1, false),
    ];
    assert_eq!(outcome.vault_events(), expected);
    assert_eq!(suite.validator_infos(), before);
    // the next refresh tells what to do instead
    let moves = moves_within(&mut suite, 6);
    assert!(moves.iter().any(|it| it.source == leaving), "{moves:#?}");
    let mut targets = moves.iter().filter_map(|it| it.destination.as_ref());
    assert!(targets.all(|validator| *validator != last));
}

#[test]
fn move_to_who_charges_too_much_since_the_refresh_is_dropped() {
    let (mut suite, _, last) = drained(funded());
    charge(&mut suite, &last, 11); // 10 at most
    let before = (
        suite.validator_infos(),
        suite.totals().bonded,
        health(&suite).budgets,
    );

    let outcome = suite.tick(Job::Rebalance);

    let expected = vec![
        event("ticked", [("job", &"rebalance")]),
        event(
            "synced",
            [("lost", &0), ("gained", &0), ("bonded", &(1000 * TOKEN))],
        ),
        rebalanced(0, 1, false),
    ];
    assert_eq!(outcome.vault_events(), expected);
    let after = (
        suite.validator_infos(),
        suite.totals().bonded,
        health(&suite).budgets,
    );
    assert_eq!(after, before);
    // the next refresh tells what to do instead
    let moves = moves_within(&mut suite, 3);
    let mut targets = moves.iter().filter_map(|it| it.destination.as_ref());
    assert!(!moves.is_empty() && targets.all(|validator| *validator != last));
}

#[test]
fn old_powers_let_only_the_drained_leave_and_by_undelegation() {
    let mut suite = funded_from(SuiteBuilder::base());
    suite.advance(2 * DAY + HOUR);
    assert!(health(&suite).powers_stale);
    let high = suite.listed[1].clone();
    suite.list_as(vec![with_maximum(&high, 60 * TOKEN)]);
    let (mut suite, leaving, _) = drained(suite);

    let held_back = plan(&suite).held_back;
    let others: Vec<_> = held_back
        .iter()
        .filter(|it| it.validator != leaving)
        .collect();
    assert!(others.iter().any(|it| it.validator == high));
    assert!(
        others.iter().all(|it| it.why == WhyUnmoved::Snapshot),
        "{held_back:#?}"
    );
    let outcome = suite.tick(Job::Rebalance);

    let moves = moves_at(suite.now(), &outcome);
    assert_eq!((moves.len(), total(&moves)), (1, 50 * TOKEN));
    assert_eq!((&moves[0].source, &moves[0].destination), (&leaving, &None));
}

#[test]
fn answer_without_a_completion_time_takes_the_whole_call_back() {
    let (mut suite, leaving, _) = drained(funded());
    let before = (
        suite.validator_infos(),
        suite.totals(),
        health(&suite).budgets,
    );
    suite.faults().leave_times_out();

    let refusal = suite.try_tick(Some(Job::Rebalance)).unwrap_err();

    let reason = format!("the answer to undelegating from {leaving} lacks the completion time");
    assert!(refusal.says(&reason), "{}", refusal.text);
    let after = (
        suite.validator_infos(),
        suite.totals(),
        health(&suite).budgets,
    );
    assert_eq!(after, before);
    suite.heal();
    assert_eq!(moves_at(0, &suite.tick(Job::Rebalance)).len(), 1);
}
