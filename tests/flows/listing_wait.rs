//! Which listings wait for the exit delay.
//!
//! Succeeds at once when nothing is given away by it: other texts, another end, a lower maximum, a drain; and when
//! nobody has deposited yet. New validators, those that come back, a higher maximum and other groups wait, and
//! then anyone lists them.
//!
//! Fails to last when a drain or a lower maximum overtakes what waits for the same validator.

use cosmwasm_std::{StakingMsg, coin};
use defenders_suite::messages::listing;
use defenders_suite::{
    DAY, DENOM, HOUR, Outcome, Suite, SuiteBuilder, TOKEN, UNBONDING_TIME, event,
};
use defenders_types::{Change, ChangesResponse, ExecuteMsg, ListingInput, QueryMsg};

use crate::fixture::funded;
use crate::listing::{hosted, with_maximum};

/// The longest unbonding time, two batch periods and a week.
pub const EXIT_DELAY: u64 = (21 + 2 + 7) * DAY;

/// Number and validators of every change that waits.
pub fn waiting(suite: &Suite) -> Vec<(u64, Vec<String>)> {
    let told: ChangesResponse = suite.query(&QueryMsg::Changes {});
    let changes = told.changes.into_iter().map(|it| (it.id, it.change));
    let lists = changes.map(|(id, change)| match change {
        Change::Listings { validators } => {
            (id, validators.into_iter().map(|it| it.validator).collect())
        }
        other => panic!("{other:?} is no listing"),
    });
    lists.collect()
}

pub fn scheduled(suite: &Suite, id: u64) -> cosmwasm_std::Event {
    let due_at = suite.now() + EXIT_DELAY;
    event(
        "change_scheduled",
        [("id", &id), ("what", &"listings"), ("due_at", &due_at)],
    )
}

pub fn listed(count: u64) -> cosmwasm_std::Event {
    event("validators_listed", [("count", &count)])
}

pub fn dropped(id: u64) -> cosmwasm_std::Event {
    event("change_dropped", [("id", &id)])
}

fn list(suite: &mut Suite, listings: Vec<ListingInput>) -> Outcome {
    suite.list_as(listings)
}

#[test]
fn new_validators_wait_and_anyone_lists_them() {
    let mut suite = funded();
    let new = suite.validators[..2].to_vec();
    let told = suite.list(&new);
    assert_eq!(told.vault_events(), vec![scheduled(&suite, 0)]);
    assert_eq!(waiting(&suite), [(0, new.clone())]);
    let known = suite.validator_infos();
    assert!(known.iter().all(|info| !new.contains(&info.validator)));

    let due_at = suite.now() + EXIT_DELAY;
    let stranger = suite.user("stranger");
    let apply = ExecuteMsg::ApplyChange { id: 0 };
    let refusal = suite.execute(&stranger, &apply, vec![]).unwrap_err();
    let early = format!("change 0 may be applied from {due_at} on");
    assert!(refusal.says(&early), "{}", refusal.text);
    suite.advance(EXIT_DELAY);
    let told = suite.execute(&stranger, &apply, vec![]).unwrap();

    let applied = event("change_applied", [("id", &0)]);
    assert_eq!(told.vault_events(), vec![applied, listed(2)]);
    assert!(new.iter().all(|it| suite.validator_info(it).listed));
    assert_eq!(waiting(&suite), []);
}

#[test]
fn nothing_waits_before_the_first_deposit() {
    let mut suite = SuiteBuilder::base().build();
    let new = suite.validators[..1].to_vec();
    assert_eq!(suite.list(&new).vault_events(), vec![listed(1)]);
    let raised = with_maximum(&suite.listed[0], 7 * TOKEN);
    list(&mut suite, vec![raised]);
    let known = suite.listed[..1].to_vec();
    let told = suite.list(&known);
    assert_eq!(told.vault_events(), vec![listed(1)]);
    assert_eq!(waiting(&suite), []);
}

#[test]
fn texts_ends_and_lower_maxima_act_at_once() {
    let mut suite = funded();
    let validator = suite.listed[0].clone();
    let (soon, later) = (suite.now() + 10 * DAY, suite.now() + 300 * DAY);
    for (listing, of) in [
        (
            ListingInput {
                reason: Some("small".into()),
                ..listing(&validator)
            },
            None,
        ),
        (
            ListingInput {
                ends_at: Some(soon),
                ..listing(&validator)
            },
            None,
        ),
        // renewed before its end
        (
            ListingInput {
                ends_at: Some(later),
                ..listing(&validator)
            },
            None,
        ),
        (with_maximum(&validator, 90 * TOKEN), Some(90 * TOKEN)),
        (with_maximum(&validator, 80 * TOKEN), Some(80 * TOKEN)),
        (with_maximum(&validator, 80 * TOKEN), Some(80 * TOKEN)),
    ] {
        let told = list(&mut suite, vec![listing]);
        assert_eq!(told.vault_events(), vec![listed(1)]);
        let told = suite.validator_info(&validator).listing.unwrap();
        assert_eq!(told.max_tokens.map(|tokens| tokens.u128()), of);
    }
}

#[test]
fn higher_maxima_and_other_groups_wait() {
    let mut suite = SuiteBuilder::base().build();
    let validator = suite.listed[0].clone();
    let before = ListingInput {
        max_tokens: Some((80 * TOKEN).into()),
        ..hosted(&validator, "north")
    };
    list(&mut suite, vec![before.clone()]);
    let mut suite = crate::fixture::fund(suite);
    let others = [
        ListingInput {
            max_tokens: Some((80 * TOKEN + 1).into()),
            ..before.clone()
        },
        ListingInput {
            max_tokens: None,
            ..before.clone()
        },
        ListingInput {
            max_tokens: before.max_tokens,
            ..hosted(&validator, "south")
        },
        ListingInput {
            groups: None,
            ..before.clone()
        },
    ];
    for (id, other) in (0..).zip(others) {
        let told = list(&mut suite, vec![other]);
        let mut expected = vec![scheduled(&suite, id)];
        if id > 0 {
            expected.push(dropped(id - 1)); // it takes the place of the one before
        }
        assert_eq!(told.vault_events(), expected);
        assert_eq!(waiting(&suite), [(id, vec![validator.clone()])]);
        let told = suite.validator_info(&validator).listing.unwrap();
        assert_eq!(told.max_tokens, before.max_tokens);
        assert_eq!(told.hosting.as_deref(), Some("north"));
    }
}

#[test]
fn of_one_message_what_must_waits_and_the_rest_acts() {
    let mut suite = funded();
    let (new, old) = (suite.validators[0].clone(), suite.listed[0].clone());
    let told = list(
        &mut suite,
        vec![listing(&new), with_maximum(&old, 50 * TOKEN)],
    );
    let expected = vec![scheduled(&suite, 0), listed(1)];
    assert_eq!(told.vault_events(), expected);
    assert_eq!(waiting(&suite), [(0, vec![new])]);
    assert_eq!(suite.validator_info(&old).cap.u128(), 50 * TOKEN);
}

#[test]
fn drain_and_lower_maximum_cancel_what_waits_for_them_alone() {
    let mut suite = funded();
    let [a, b, c] = [0, 1, 2].map(|position| suite.listed[position].clone());
    let low = [&a, &b, &c].map(|it| with_maximum(it, 50 * TOKEN));
    list(&mut suite, low.to_vec());
    let high = [&a, &b, &c].map(|it| with_maximum(it, 90 * TOKEN));
    list(&mut suite, high.to_vec());
    assert_eq!(
        waiting(&suite),
        [(0, vec![a.clone(), b.clone(), c.clone()])]
    );

    let told = suite.drain(std::slice::from_ref(&a));
    let drained = event("validators_drained", [("count", &1)]);
    assert_eq!(told.vault_events(), vec![dropped(0), drained]);
    assert_eq!(waiting(&suite), [(0, vec![b.clone(), c.clone()])]);

    let told = list(&mut suite, vec![with_maximum(&b, 40 * TOKEN)]);
    assert_eq!(told.vault_events(), vec![dropped(0), listed(1)]);
    assert_eq!(waiting(&suite), [(0, vec![c.clone()])]);

    suite.advance(EXIT_DELAY);
    suite.apply(0);
    let maximum = |it: &str| {
        let told = suite.validator_info(it).listing;
        told.and_then(|told| told.max_tokens).map(|it| it.u128())
    };
    assert_eq!(maximum(&b), Some(40 * TOKEN));
    assert_eq!(maximum(&c), Some(90 * TOKEN));
    assert!(!suite.validator_info(&a).listed);
}

#[test]
fn who_was_drained_or_whose_listing_is_over_comes_back_in_time() {
    let mut suite = funded();
    let (drained, over) = (suite.listed[0].clone(), suite.listed[1].clone());
    suite.drain(std::slice::from_ref(&drained));
    let ends_at = suite.now() + HOUR;
    list(
        &mut suite,
        vec![ListingInput {
            ends_at: Some(ends_at),
            ..listing(&over)
        }],
    );
    suite.advance(2 * HOUR);

    let told = suite.list(&[drained.clone(), over.clone()]);

    assert_eq!(told.vault_events(), vec![scheduled(&suite, 0)]);
    assert_eq!(waiting(&suite), [(0, vec![drained, over])]);
}

#[test]
fn what_cannot_be_listed_does_not_wait() {
    let mut suite = funded();
    let new = suite.validators[0].clone();
    for (listing, says) in [
        (listing("nobody"), "does not exist on this chain"),
        (
            ListingInput {
                name: Some("x".repeat(65)),
                ..listing(&new)
            },
            "name",
        ),
        (
            ListingInput {
                ends_at: Some(suite.now() + 401 * DAY),
                ..listing(&new)
            },
            "not later than",
        ),
        (hosted(&new, "North"), "North"),
    ] {
        let refusal = suite.try_list_as(vec![listing]).unwrap_err();
        assert!(refusal.says(says), "{says}: {}", refusal.text);
        assert_eq!(waiting(&suite), []);
    }
}

#[test]
fn who_has_left_the_chain_meanwhile_keeps_nobody_else_out() {
    let mut suite = funded();
    let (gone, stays) = (suite.validators[0].clone(), suite.validators[1].clone());
    suite.list(&[gone.clone(), stays.clone()]);
    // all of its stake leaves, and the chain forgets it
    let delegator = suite.operator(&gone);
    let msg = StakingMsg::Undelegate {
        validator: gone.clone(),
        amount: coin(1_000_000 * TOKEN, DENOM),
    };
    suite.stake(&delegator, msg).unwrap();
    suite.advance(UNBONDING_TIME + 60);
    suite.advance(DAY);
    let mut left = suite.chain.validators().into_iter();
    assert!(left.all(|validator| validator.validator != gone));
    suite.advance(EXIT_DELAY - UNBONDING_TIME);

    let told = suite.apply(0);

    assert_eq!(told.named("validators_listed"), vec![listed(1)]);
    assert!(suite.validator_info(&stays).listed);
}
