//! Snapshots that are not believed.
//!
//! Succeeds when more than max(2, 20 %) of the list fail at once for what neither owner nor chain states:
//! nobody is left or moved for it, all else goes on, everybody can see it, and the owner may accept it; after
//! 14 days it is believed by itself.
//!
//! Fails when somebody else accepts it, or the owner accepts another one than the last.

use defenders_suite::{DAY, HOUR, Suite, SuiteBuilder, TOKEN, TxResult, event, text};
use defenders_types::{Exclusion, ExecuteMsg, Job, SuspectInfo, WhyUnmoved};

use crate::eligibility::{charge, exclusion, read};
use crate::fixture::{funded, funded_from};
use crate::listing::with_maximum;
use crate::listing_ends::until;
use crate::rebalance::{Moved, moves_within, plan, refresh, total};

/// Longer than a snapshot may be suspect.
const SUSPECT_PERIOD: u64 = 14 * DAY;

fn accept(suite: &mut Suite, sender: &str, failed: &[String]) -> TxResult {
    let failed = failed.to_vec();
    suite.execute(
        sender,
        &ExecuteMsg::AcceptSnapshot {
            failed,
            valid_until: None,
        },
        vec![],
    )
}

/// The contracts of the chain cannot read these.
fn hide(suite: &mut Suite, validators: &[String]) {
    for validator in validators {
        suite.faults().refuse_queries_about(validator);
    }
}

/// The first three of ten cannot be read. Since when.
fn suspect(mut suite: Suite) -> (Suite, Vec<String>, u64) {
    let failing = suite.listed[..3].to_vec();
    hide(&mut suite, &failing);
    let since = read(&mut suite);
    (suite, failing, since)
}

fn told(suite: &Suite) -> Option<SuspectInfo> {
    suite.health().suspect
}

fn exclusions(suite: &Suite, validators: &[String]) -> Vec<Option<Exclusion>> {
    let excluded = validators.iter().map(|it| exclusion(suite, it));
    excluded.collect()
}

fn from<'a>(moves: &'a [Moved], source: &str) -> Vec<&'a Moved> {
    moves.iter().filter(|it| it.source == source).collect()
}

#[test]
fn two_of_ten_that_fail_are_believed_and_three_are_suspect() {
    let mut suite = funded();
    let failing = suite.listed[..3].to_vec();
    hide(&mut suite, &failing[..2]);

    read(&mut suite);

    assert_eq!(told(&suite), None);
    let unknown = Some(Exclusion::Unknown);
    assert_eq!(exclusions(&suite, &failing), [unknown, unknown, None]);

    let mut suite = funded();
    hide(&mut suite, &failing);
    suite.advance(DAY);
    suite.tick(Job::Refresh); // the top
    let outcome = suite.tick(Job::Refresh);
    let since = suite.now();

    let expected = event("snapshot_suspected", [("failed", &3), ("since", &since)]);
    assert_eq!(outcome.named("snapshot_suspected"), [expected]);
    let expected = SuspectInfo {
        since,
        believed_at: since + SUSPECT_PERIOD,
        failed: failing.clone(),
    };
    assert_eq!(told(&suite), Some(expected.clone()));
    assert_eq!(exclusions(&suite, &failing), [None; 3]);
    // the next one is no other
    read(&mut suite);
    assert_eq!(told(&suite), Some(expected));
    // and once all can be read nothing is left of it
    suite.heal();
    read(&mut suite);
    assert_eq!(told(&suite), None);
}

#[test]
fn a_fifth_of_a_longer_list_is_believed_and_one_more_is_suspect() {
    let builder = SuiteBuilder::base().with_listed_count(20);
    for (count, is_suspect) in [(4, false), (5, true)] {
        let mut suite = builder.clone().build();
        let failing = suite.listed[..count].to_vec();
        hide(&mut suite, &failing);
        read(&mut suite);
        assert_eq!(told(&suite).is_some(), is_suspect, "{count}");
    }
}

#[test]
fn nothing_leaves_moves_or_is_newly_eligible_for_a_suspect_snapshot() {
    let mut suite = funded();
    let dear = suite.listed[5].clone();
    charge(&mut suite, &dear, 15);
    read(&mut suite);
    let (high, failing) = (suite.listed[4].clone(), suite.listed[..3].to_vec());
    hide(&mut suite, &failing);
    read(&mut suite);
    suite.list_as(vec![with_maximum(&high, 60 * TOKEN)]);
    charge(&mut suite, &dear, 5);

    let moves = moves_within(&mut suite, 3);

    assert_eq!(moves, []);
    assert!(told(&suite).is_some());
    assert_eq!(exclusions(&suite, &failing), [None; 3]);
    assert_eq!(exclusion(&suite, &dear), Some(Exclusion::Commission));
    assert_eq!(suite.explain(&dear).leaves_from, None);
    let held_back = plan(&suite).held_back;
    let why = held_back.iter().find(|it| it.validator == high).unwrap();
    assert_eq!(why.why, WhyUnmoved::Snapshot);
    // what was held back goes on when the snapshot is believed
    suite.heal();
    let moves = moves_within(&mut suite, 21);
    assert!(!from(&moves, &high).is_empty(), "{moves:#?}");
    assert!(!from(&moves, &dear).is_empty(), "{moves:#?}");
    assert!(moves.iter().all(|it| !failing.contains(&it.source)));
}

#[test]
fn withdrawal_takes_from_nobody_first_for_a_suspect_snapshot() {
    for is_suspect in [false, true] {
        let mut suite = funded_from(SuiteBuilder::base().without_quality_moves());
        let (dear, high) = (suite.listed[5].clone(), suite.listed[3].clone());
        suite.refuse_redelegations(&dear);
        charge(&mut suite, &dear, 15);
        read(&mut suite);
        if is_suspect {
            let failing = suite.listed[..3].to_vec();
            hide(&mut suite, &failing);
            read(&mut suite);
            assert!(told(&suite).is_some());
        }
        let alice = suite.user("alice");
        suite.request(&alice, 10 * TOKEN);

        let outcomes = suite.keep();

        let undelegated = outcomes.iter().flat_map(|it| it.named("undelegated"));
        let of_batches = undelegated.filter(|it| it.attributes.iter().all(|a| a.key != "reason"));
        let payers: Vec<_> = of_batches.map(|it| text(&it, "validator")).collect();
        // who is left goes first, and the highest otherwise: of those that cannot be read nothing is known
        let payer = if is_suspect { high } else { dear };
        assert_eq!(payers, [payer]);
    }
}

#[test]
fn what_chain_and_owner_state_acts_while_a_snapshot_is_suspect() {
    let builder = SuiteBuilder::base().with_room_to_leave();
    let (mut suite, failing, _) = suspect(funded_from(builder));
    let [jailed, drained, ended] = [3, 4, 5].map(|i| suite.listed[i].clone());
    suite.faults().jail(&jailed);
    suite.drain(std::slice::from_ref(&drained));
    suite.list_as(vec![until(&ended, suite.now() + HOUR)]);
    let jailed_at = read(&mut suite);
    assert_eq!(exclusion(&suite, &jailed), Some(Exclusion::Jailed));

    let moves = moves_within(&mut suite, 9);

    assert!(told(&suite).is_some());
    for (source, reason) in [
        (&jailed, "jailed"),
        (&drained, "drained"),
        (&ended, "ended"),
    ] {
        let moves = from(&moves, source);
        assert!(!moves.is_empty(), "{reason}");
        assert!(moves.iter().all(|it| it.reason == reason), "{moves:#?}");
    }
    let jailed = from(&moves, &jailed);
    assert!(jailed.iter().all(|it| it.at >= jailed_at + 3 * DAY));
    assert!(moves.iter().all(|it| !failing.contains(&it.source)));
}

#[test]
fn stake_that_leaves_finds_another_place_than_those_that_fail() {
    let builder = SuiteBuilder::base().with_room_to_leave();
    let mut suite = funded_from(builder);
    // those that have least, and would be the first to take it; they can be read, and cost too much
    let failing = suite.listed[7..].to_vec();
    for validator in &failing {
        suite
            .chain
            .set_commission(validator, cosmwasm_std::Decimal::percent(15));
    }
    read(&mut suite);
    assert_eq!(told(&suite).unwrap().failed, failing);
    let drained = suite.listed[0].clone();
    suite.drain(std::slice::from_ref(&drained));

    let moves = moves_within(&mut suite, 2);

    assert_eq!(total(&moves), 105 * TOKEN, "{moves:#?}");
    assert!(from(&moves, &drained).len() == moves.len());
    let mut targets = moves.iter().filter_map(|it| it.destination.as_ref());
    assert!(targets.all(|it| !failing.contains(it)), "{moves:#?}");
    assert!(told(&suite).is_some());
}

#[test]
fn only_the_owner_accepts_and_only_the_last_snapshot_while_it_is_suspect() {
    let mut suite = funded();
    let (owner, stranger) = (suite.owner.clone(), suite.user("alice"));
    let refusal = accept(&mut suite, &owner, &[]).unwrap_err();
    assert!(
        refusal.says("the last snapshot is not suspect: there is nothing to accept"),
        "{}",
        refusal.text
    );
    let (mut suite, failing, _) = suspect(suite);
    let others = suite.listed[1..4].to_vec();
    let one_more = suite.listed[..4].to_vec();
    let says = format!(
        "3 validators fail in the last snapshot: name exactly {}",
        failing.join(", ")
    );

    let twice = [failing[0].clone(), failing[1].clone(), failing[1].clone()];
    for named in [&failing[..2], &one_more, &others, &twice, &[]] {
        let refusal = accept(&mut suite, &owner, named).unwrap_err();
        assert!(refusal.says(&says), "{}", refusal.text);
    }
    let refusal = accept(&mut suite, &stranger, &failing).unwrap_err();
    assert!(refusal.says("owner"), "{}", refusal.text);
    assert!(told(&suite).is_some());

    // in any order
    let mut named = failing.clone();
    named.reverse();
    let outcome = accept(&mut suite, &owner, &named).unwrap();

    let expected = [event("snapshot_accepted", [("failed", &3)])];
    assert_eq!(outcome.vault_events(), expected);
    let refusal = accept(&mut suite, &owner, &failing).unwrap_err();
    assert!(refusal.says("not suspect"), "{}", refusal.text);
}

#[test]
fn accepted_snapshot_acts_at_once() {
    let mut suite = funded();
    let dear = suite.listed[..3].to_vec();
    for validator in &dear {
        suite
            .chain
            .set_commission(validator, cosmwasm_std::Decimal::percent(15));
    }
    let snapshot = read(&mut suite);
    let owner = suite.owner.clone();
    assert_eq!(exclusions(&suite, &dear), [None; 3]);
    suite.advance(HOUR);

    accept(&mut suite, &owner, &dear).unwrap();

    assert_eq!(told(&suite), None);
    assert_eq!(exclusions(&suite, &dear), [Some(Exclusion::Commission); 3]);
    let capacity = suite.totals().capacity.u128();
    assert_eq!(capacity, 7 * 50_030 * TOKEN);
    for _ in 0..2 {
        // since the snapshot showed it
        let told = suite.explain(&dear[0]);
        assert_eq!(told.excluded_since, Some(snapshot));
        assert_eq!(told.leaves_from, Some(snapshot));
        suite.advance(HOUR);
    }
    assert!(suite.job(Job::Rebalance).due);
    let moves = moves_within(&mut suite, 1);
    assert!(moves.iter().any(|it| dear.contains(&it.source)));
    let mut left = moves.iter().filter(|it| dear.contains(&it.source));
    assert!(left.all(|it| it.reason == "ineligible"), "{moves:#?}");
}

#[test]
fn acceptance_holds_while_nobody_else_fails_and_ends_with_a_snapshot_that_is_not_suspect() {
    let (mut suite, failing, _) = suspect(funded());
    let owner = suite.owner.clone();
    accept(&mut suite, &owner, &failing).unwrap();
    let unknown = Some(Exclusion::Unknown);

    for _ in 0..2 {
        read(&mut suite);
        assert_eq!(told(&suite), None);
        assert_eq!(exclusions(&suite, &failing), [unknown; 3]);
    }
    suite.heal();
    read(&mut suite);
    assert_eq!(exclusions(&suite, &failing), [None; 3]);

    // the same three once more: nobody has accepted that
    hide(&mut suite, &failing);
    let since = read(&mut suite);
    assert_eq!(told(&suite).map(|it| it.since), Some(since));
}

#[test]
fn suspicion_after_an_accepted_snapshot_has_days_of_its_own() {
    let (mut suite, failing, _) = suspect(funded());
    let owner = suite.owner.clone();
    for _ in 0..12 {
        read(&mut suite);
    }
    accept(&mut suite, &owner, &failing).unwrap();
    let others = suite.listed[3..6].to_vec();
    hide(&mut suite, &others);

    let since = read(&mut suite);

    let suspect = told(&suite).unwrap();
    assert_eq!(suspect.since, since);
    assert_eq!(suspect.believed_at, since + SUSPECT_PERIOD);
    read(&mut suite);
    assert_eq!(told(&suite).unwrap().since, since);
}

#[test]
fn after_14_days_in_a_row_a_suspect_snapshot_is_believed() {
    let (mut suite, failing, since) = suspect(funded());
    let believed_at = told(&suite).unwrap().believed_at;
    assert_eq!(believed_at, since + SUSPECT_PERIOD);
    while suite.now() + DAY + HOUR < believed_at {
        read(&mut suite);
        assert_eq!(told(&suite).unwrap().since, since);
    }
    suite.advance(believed_at - 1 - suite.now());
    refresh(&mut suite);
    assert!(told(&suite).is_some());
    assert_eq!(exclusions(&suite, &failing), [None; 3]);

    suite.advance(1);

    assert_eq!(told(&suite), None);
    let unknown = Some(Exclusion::Unknown);
    assert_eq!(exclusions(&suite, &failing), [unknown; 3]);
    read(&mut suite);
    assert_eq!(told(&suite), None);
    assert_eq!(exclusions(&suite, &failing), [unknown; 3]);
}
