//! What becomes of listings that wait: each keeps its own time, and what is applied is judged by what holds
//! then.
//!
//! Succeeds for those who can still be listed. Fails to apply, and waits on, when the list is full, too many
//! groups are named, or nobody of it can be listed any more.

use defenders_suite::messages::listing;
use defenders_suite::{DAY, Suite, SuiteBuilder, event};
use defenders_types::{ExecuteMsg, ListingInput};

use crate::fixture::{fund, funded};
use crate::listing::hosted;
use crate::listing_wait::{EXIT_DELAY, dropped, listed, scheduled, waiting};

fn until(validator: &str, ends_at: u64) -> ListingInput {
    ListingInput {
        ends_at: Some(ends_at),
        ..listing(validator)
    }
}

/// Nobody can apply it, and it waits as before.
fn apply_refused(suite: &mut Suite, id: u64) -> String {
    let before = waiting(suite);
    let stranger = suite.user("stranger");
    let apply = ExecuteMsg::ApplyChange { id };
    let refusal = suite.execute(&stranger, &apply, vec![]).unwrap_err();
    assert_eq!(waiting(suite), before);
    refusal.text
}

fn cancel(suite: &mut Suite, id: u64) {
    let cancel = ExecuteMsg::CancelChange {
        id,
        valid_until: None,
    };
    let owner = suite.owner.clone();
    suite.execute(&owner, &cancel, vec![]).unwrap();
}

#[test]
fn each_list_keeps_its_own_time() {
    let mut suite = funded();
    let [a, b, c] = [0, 1, 2].map(|position| suite.validators[position].clone());
    suite.list(&[a.clone(), b.clone()]);
    suite.advance(10 * DAY);
    let told = suite.list(&[b.clone(), c.clone()]);
    assert_eq!(told.vault_events(), vec![scheduled(&suite, 1), dropped(0)]);
    let expected = [(0, vec![a.clone()]), (1, vec![b.clone(), c.clone()])];
    assert_eq!(waiting(&suite), expected);
    suite.advance(EXIT_DELAY - 10 * DAY);

    let text = apply_refused(&mut suite, 1);
    assert!(text.contains("change 1 may be applied from"), "{text}");
    let told = suite.apply(0).vault_events();

    let applied = |id: u64| event("change_applied", [("id", &id)]);
    assert_eq!(told, vec![applied(0), listed(1)]);
    let is_known = |suite: &Suite, named: &str| {
        let infos = suite.validator_infos();
        infos.iter().any(|info| info.validator == named)
    };
    let known = [&a, &b, &c].map(|it| is_known(&suite, it));
    assert_eq!(known, [true, false, false]);
    suite.advance(10 * DAY);
    let told = suite.apply(1).vault_events();
    assert_eq!(told, vec![applied(1), listed(2)]);
    assert!(is_known(&suite, &b) && is_known(&suite, &c));
}

#[test]
fn who_only_waits_is_struck_off_by_a_drain() {
    let mut suite = funded();
    let [new, other] = [0, 1].map(|position| suite.validators[position].clone());
    let [old, stays] = [0, 1].map(|position| suite.listed[position].clone());
    suite.drain(std::slice::from_ref(&old));
    suite.list(&[new.clone(), other.clone(), old.clone()]);

    // one that was never listed, and one that drains and was to come back
    let told = suite.drain(&[new.clone(), old.clone()]);
    assert_eq!(told.vault_events(), vec![dropped(0)]);
    assert_eq!(waiting(&suite), [(0, vec![other.clone()])]);
    // together with one that is listed
    let told = suite.drain(&[other.clone(), stays.clone()]);
    let drained = event("validators_drained", [("count", &1)]);
    assert_eq!(told.vault_events(), vec![dropped(0), drained]);
    assert_eq!(waiting(&suite), []);
    let owner = suite.owner.clone();
    for (named, says) in [
        (&new, "is not listed"),
        (&other, "is not listed"),
        (&old, "is draining already"),
    ] {
        let drain = ExecuteMsg::DrainValidators {
            validators: vec![named.clone()],
            valid_until: None,
        };
        let refusal = suite.execute(&owner, &drain, vec![]).unwrap_err();
        assert!(refusal.says(says), "{}", refusal.text);
    }
}

#[test]
fn listing_that_is_over_before_it_could_be_applied_does_not_wait() {
    let mut suite = funded();
    let new = suite.validators[0].clone();
    let due_at = suite.now() + EXIT_DELAY;
    // the block of the message is one later than now
    let soon = until(&new, due_at);
    let text = suite.try_list_as(vec![soon]).unwrap_err().text;
    let says = format!("{new}: its listing waits until");
    assert!(text.contains(&says), "{text}");
    assert!(text.contains(&format!("got {due_at}")), "{text}");
    assert_eq!(waiting(&suite), []);

    suite.list_as(vec![until(&new, due_at + DAY)]);
    suite.advance(EXIT_DELAY);
    suite.apply(0);
    let told = suite.validator_info(&new).listing.unwrap();
    assert_eq!(told.ends_at, Some(due_at + DAY));
}

#[test]
fn whose_end_has_come_meanwhile_keeps_nobody_else_out() {
    let mut suite = funded();
    let [a, b, c] = [0, 1, 2].map(|position| suite.validators[position].clone());
    let ends_at = suite.now() + EXIT_DELAY + DAY;
    suite.list_as(vec![until(&a, ends_at), listing(&b)]);
    suite.list_as(vec![until(&c, ends_at)]);
    suite.advance(EXIT_DELAY + 2 * DAY);

    let told = suite.apply(0);
    assert_eq!(told.named("validators_listed"), vec![listed(1)]);
    let infos = suite.validator_infos();
    let is_known = |named: &str| infos.iter().any(|info| info.validator == named);
    assert!(is_known(&b) && !is_known(&a));

    // nobody of it can be listed
    let text = apply_refused(&mut suite, 1);
    assert!(text.contains(&format!("got {ends_at}")), "{text}");
    suite.advance(13 * DAY);
    let text = apply_refused(&mut suite, 1);
    assert!(text.contains("change 1"), "{text}");
    cancel(&mut suite, 1);
    assert_eq!(waiting(&suite), []);
}

#[test]
fn too_many_groups_are_found_when_it_is_applied_and_it_waits_for_room() {
    let mut suite = SuiteBuilder::base().with_listed_count(41).build();
    let members = suite.listed.clone();
    let named = (0..).zip(members.iter().take(40));
    let named = named.map(|(number, it)| hosted(it, &format!("host-{number}")));
    suite.list_as(named.collect());
    let mut suite = fund(suite);
    // one that its only validator gives up for it, and one that is too many
    suite.list_as(vec![hosted(&members[0], "other")]);
    suite.list_as(vec![hosted(&members[40], "host-40")]);
    suite.advance(EXIT_DELAY);

    suite.apply(0);
    let text = apply_refused(&mut suite, 1);
    let reason = "no more than 40 groups can be named at once: host-40 is one too many";
    assert!(text.contains(reason), "{text}");

    let hosting = |suite: &Suite, position: usize| {
        let told = suite.validator_info(&members[position]).listing;
        told.and_then(|told| told.hosting)
    };
    assert_eq!(hosting(&suite, 0).as_deref(), Some("other"));
    // another takes the place of one in use, and makes room for the one that waits
    cancel(&mut suite, 1);
    let swap = vec![
        hosted(&members[1], "host-2"),
        hosted(&members[40], "host-40"),
    ];
    suite.list_as(swap);
    suite.advance(EXIT_DELAY);
    suite.apply(2);
    assert_eq!(hosting(&suite, 1).as_deref(), Some("host-2"));
    assert_eq!(hosting(&suite, 40).as_deref(), Some("host-40"));
}

#[test]
fn twenty_lists_wait_and_one_more_only_in_the_place_of_another() {
    let mut suite = SuiteBuilder::base()
        .with_validators(&[1_000_000_000_000; 25], &[100_000_000_000; 10])
        .build();
    suite = fund(suite);
    let new = suite.validators[..21].to_vec();
    for validator in &new[..20] {
        suite.list(std::slice::from_ref(validator));
    }
    let before = waiting(&suite);
    assert_eq!(before.len(), 20);

    let more = vec![listing(&new[20])];
    let text = suite.try_list_as(more.clone()).unwrap_err().text;
    assert!(text.contains("20 changes are scheduled already"), "{text}");
    assert_eq!(waiting(&suite), before);
    suite.list(&new[..1]);
    let waits = waiting(&suite);
    assert_eq!(waits.first(), Some(&(1, vec![new[1].clone()])));
    assert_eq!(waits.last(), Some(&(20, vec![new[0].clone()])));
    // what acts at once needs no place
    suite.drain(&new[1..2]);
    suite.list_as(more);
    assert_eq!(waiting(&suite).len(), 20);
}

#[test]
fn no_more_listings_wait_than_could_be_applied() {
    let (large, small) = ([20_000_000_000_000; 4], [100_000_000_000; 302]);
    let mut builder = SuiteBuilder::base().with_validators(&large, &small);
    builder.chain.max_validators = 310;
    builder.listed.truncate(1);
    let mut suite = builder.build();
    let alice = suite.user("alice");
    suite.deposit(&alice, 1_000_000);
    let new = suite.validators[5..].to_vec();
    assert_eq!(new.len(), 301);
    for page in new[..300].chunks(100) {
        suite.list(page);
    }

    let more = vec![listing(&new[300])];
    let text = suite.try_list_as(more).unwrap_err().text;

    let says = "no more than 300 listings can wait, got 301";
    assert!(text.contains(says), "{text}");
    // again, which is no more
    suite.list(&new[..100]);
    let waits = waiting(&suite);
    assert_eq!(
        waits.iter().map(|(id, _)| *id).collect::<Vec<_>>(),
        [1, 2, 3]
    );
}
