//! The cranks.
//!
//! Succeeds when a job is due: settle before submit before whatever has been due longest; one
//! bounded job a call. `sync` always runs by its name. A validator may be passed once a job has been due
//! for a day.
//!
//! Fails when nothing is due, when the named job is not, and when a skip comes too early.

use defenders_suite::{BLOCK, DAY, Suite, SuiteBuilder, TOKEN, event, number, text};
use defenders_types::{ExecuteMsg, Job};

use crate::fixture::{funded, funded_from};

fn skip(suite: &mut Suite, job: Option<Job>, validator: &str) -> defenders_suite::TxResult {
    let bob = suite.user("bob");
    let msg = ExecuteMsg::Tick {
        job,
        skip: Some(vec![validator.into()]),
    };
    suite.execute(&bob, &msg, vec![])
}

#[test]
fn tick_with_nothing_due_is_refused() {
    let mut suite = funded();
    let refusal = suite.try_tick(None).unwrap_err();
    assert!(refusal.says("nothing is due"), "{}", refusal.text);
}

#[test]
fn sync_of_a_young_book_is_allowed_and_not_due() {
    let mut suite = funded();
    assert!(!suite.job(Job::Sync).due);

    let outcome = suite.tick(Job::Sync);

    let synced = event(
        "synced",
        [("lost", &0), ("gained", &0), ("bonded", &(1000 * TOKEN))],
    );
    let expected = vec![event("ticked", [("job", &"sync")]), synced];
    assert_eq!(outcome.vault_events(), expected);
    assert_eq!(suite.totals().synced_at, suite.now());
}

#[test]
fn settling_comes_before_submitting_before_all_else() {
    let mut suite = funded();
    let alice = suite.user("alice");
    suite.request(&alice, 10 * TOKEN);
    suite.tick(Job::Submit);
    suite.keep_for_days(20);
    suite.advance(DAY / 2);
    suite.request(&alice, 10 * TOKEN);
    suite.advance(DAY / 2); // refresh and harvest are due as well, and nothing for a day

    // a submission settles first, so whether the settling has a tick of its own is left to the height
    let mut settled = 0;
    let mut order = vec![];
    while !order.contains(&"refresh".to_owned()) || !order.contains(&"harvest".to_owned()) {
        let outcome = suite.try_tick(None).unwrap();
        settled += outcome.named("settled").len();
        let job = text(&outcome.named("ticked")[0], "job");
        if job == "submit" {
            assert_eq!(
                settled, 1,
                "the entry is settled before the batch is submitted"
            );
        }
        order.push(job);
    }

    let is_first = |job: &&String| ["settle", "submit"].contains(&job.as_str());
    let first: Vec<&String> = order.iter().take_while(is_first).collect();
    assert_eq!(first.iter().filter(|job| *job == &"submit").count(), 1);
    assert!(first.len() <= 3, "{order:?}");
    assert!(
        !order[first.len()..].iter().any(|job| is_first(&job)),
        "{order:?}"
    );
}

#[test]
fn every_job_says_why_and_when() {
    let suite = funded();
    let jobs = suite.jobs();
    let named: Vec<Job> = jobs.iter().map(|state| state.job).collect();
    assert_eq!(named, Job::ALL);
    for state in jobs {
        assert!(!state.reason.is_empty(), "{state:?}");
        assert_eq!(state.due, state.due_since.is_some(), "{state:?}");
        assert!(!(state.due && state.next_at.is_some()), "{state:?}");
    }
}

#[test]
fn jobs_and_tick_agree() {
    let mut suite = funded();
    let alice = suite.user("alice");
    suite.request(&alice, 10 * TOKEN);
    for seconds in [BLOCK, DAY / 2, DAY, 20 * DAY, BLOCK] {
        suite.advance(seconds);
        for state in suite.jobs().into_iter().filter(|s| s.job != Job::Sync) {
            // an earlier tick of this loop may have changed what is due
            if state == suite.job(state.job) {
                assert_eq!(
                    suite.try_tick(Some(state.job)).is_ok(),
                    state.due,
                    "{state:?}"
                );
            }
        }
    }
}

#[test]
fn skip_without_a_job_is_refused() {
    let mut suite = funded();
    let validator = suite.listed[0].clone();
    let refusal = skip(&mut suite, None, &validator).unwrap_err();
    assert!(refusal.says("skip needs a job"), "{}", refusal.text);
}

#[test]
fn skip_is_accepted_only_when_the_job_has_been_due_for_a_day() {
    let mut suite = funded();
    let validator = suite.listed[0].clone();
    let due_at = suite.job(Job::Harvest).next_at.unwrap();
    let wait = due_at + DAY - 2 * BLOCK - suite.now();
    suite.advance(wait);

    let early = skip(&mut suite, Some(Job::Harvest), &validator).unwrap_err();
    assert!(
        early.says("may pass a validator only after"),
        "{}",
        early.text
    );
    let outcome = skip(&mut suite, Some(Job::Harvest), &validator).unwrap();

    let withdrawn = &outcome.named("rewards_withdrawn")[0];
    assert_eq!(number(withdrawn, "validators"), 9);
}

#[test]
fn skip_of_an_unknown_validator_is_refused() {
    let mut suite = funded();
    suite.advance(3 * DAY);
    let refusal = skip(&mut suite, Some(Job::Harvest), "nobody").unwrap_err();
    assert!(refusal.says("is not listed"), "{}", refusal.text);
}

#[test]
fn skip_names_one_to_ten_validators() {
    let mut suite = funded();
    suite.advance(3 * DAY);
    let bob = suite.user("bob");
    let mut try_skip = |names: Vec<String>| {
        let msg = ExecuteMsg::Tick {
            job: Some(Job::Harvest),
            skip: Some(names),
        };
        suite.execute(&bob, &msg, vec![])
    };
    for names in [vec![], vec!["x".to_owned(); 11]] {
        let refusal = try_skip(names).unwrap_err();
        assert!(refusal.says("name 1 to 10 validators"), "{}", refusal.text);
    }
}

#[test]
fn jobs_that_touch_no_delegation_skip_nobody() {
    let mut suite = funded();
    suite.advance(3 * DAY);
    let validator = suite.listed[0].clone();
    for job in [Job::Refresh, Job::Sync] {
        skip(&mut suite, Some(job), &validator).unwrap_err();
    }
}

#[test]
fn submission_passes_a_skipped_validator() {
    let mut suite = funded();
    let alice = suite.user("alice");
    suite.request(&alice, 10 * TOKEN);
    suite.advance(DAY + BLOCK);
    let highest = suite.listed[0].clone();

    let outcome = skip(&mut suite, Some(Job::Submit), &highest).unwrap();

    let undelegated = &outcome.named("undelegated")[0];
    assert_eq!(text(undelegated, "validator"), suite.listed[1]);
}

#[test]
fn skip_that_serves_nothing_leaves_the_batch_due_since_when_it_was() {
    let mut suite = funded_from(SuiteBuilder::base().with_listed_count(1));
    let alice = suite.user("alice");
    suite.request(&alice, 10 * TOKEN);
    suite.advance(DAY + BLOCK);
    let only = suite.listed[0].clone();
    let due_since = suite.job(Job::Submit).due_since;

    let outcome = skip(&mut suite, Some(Job::Submit), &only).unwrap();

    assert!(!outcome.emits("batch_submitted"));
    assert_eq!(suite.job(Job::Submit).due_since, due_since);
}

#[test]
fn new_batch_has_not_been_due_for_a_day() {
    let mut suite = funded();
    let alice = suite.user("alice");
    suite.request(&alice, TOKEN);
    let highest = suite.listed[0].clone();

    skip(&mut suite, Some(Job::Submit), &highest).unwrap_err();

    assert!(suite.job(Job::Submit).due_since > Some(suite.now() - DAY));
}
