//! What each comparison is for: a step that holds, bent until it does not.

use std::collections::BTreeSet;

use cosmwasm_std::{Event, Uint128};
use defenders_types::{ListingInfo, ValidatorInfo};

use super::moved::Moved;
use super::{Checked, Record, Step, Violation, check};
use crate::chain::{GovMsg, Outcome, TestChain, Tx};
use crate::sim::Sim;
use crate::snapshot::Snapshot;
use crate::{Suite, SuiteBuilder, TOKEN, event};

type Found = Vec<Result<Checked, Violation>>;

/// A vault with a depositor, all of whose tokens are delegated.
fn delegated_suite() -> Suite {
    let builder = SuiteBuilder::base();
    let chain = Sim::init(&builder.chain);
    let mut suite = builder.try_build_on(Box::new(chain)).unwrap();
    let alice = suite.user("alice");
    suite.deposit(&alice, 1_000 * TOKEN);
    suite.keep_for_days(1);
    suite
}

/// Some of the tokens are delegated and some on the way out.
fn suite() -> Suite {
    let mut suite = delegated_suite();
    let alice = suite.user("alice");
    let shares = suite.shares(&alice);
    suite.request(&alice, shares / 2);
    suite.keep_for_days(2);
    suite
}

/// What the invariants say of a step without transactions between two moments.
fn found(before: &Snapshot, after: &Snapshot, events: &[Event], record: &Record) -> Found {
    let step = Step {
        vault: "vault",
        fee_recipient: "fees",
        before,
        after,
        txs: &[],
        results: &[],
        events,
    };
    check(&step, record, &BTreeSet::new(), false)
}

fn violated(found: Found) -> Vec<u8> {
    let violations = found.into_iter().filter_map(Result::err);
    violations.map(|violation| violation.number).collect()
}

/// The numbers of the invariants that a bent moment violates.
fn violated_by(suite: &Suite, bend: impl Fn(&mut Snapshot)) -> Vec<u8> {
    let before = suite.memory.last();
    let mut after = before.clone();
    bend(&mut after);
    let record = suite.memory.record();
    let step = Step {
        vault: &suite.vault,
        fee_recipient: &suite.fee_recipient,
        before,
        after: &after,
        txs: &[],
        results: &[],
        events: &[],
    };
    violated(check(&step, record, &BTreeSet::new(), false))
}

#[test]
fn every_invariant_of_a_step_compares_and_says_its_number() {
    let mut suite = suite();
    suite.chain.block(6, vec![]);
    let found = suite.memory.observe(&suite.reader, &[], &[]);
    let checked: Vec<Checked> = found.into_iter().map(Result::unwrap).collect();
    let numbers = checked.iter().map(|checked| checked.number);
    assert_eq!(
        numbers.collect::<Vec<_>>(),
        [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 14]
    );
    let of = |number: u8| {
        let mut of_number = checked.iter().filter(|checked| checked.number == number);
        of_number.next().unwrap().comparisons
    };
    for number in [1, 2, 3, 4, 5, 6, 8, 9, 13] {
        assert!(of(number) > 0, "invariant {number} compares nothing");
    }
    // the reserve; nothing was delegated, deposited, moved or refused
    assert_eq!([6, 7, 10, 14].map(of), [1, 0, 0, 0]);
}

#[test]
fn contract_that_speaks_in_the_chains_governance_is_found() {
    let suite = delegated_suite();
    let last = suite.memory.last();
    let vote = Event::new("proposal_vote").add_attribute("voter", &suite.vault);
    let told = Outcome {
        events: vec![vote],
        gas_used: 0,
    };
    let by = |tx: Tx| {
        let step = Step {
            vault: &suite.vault,
            fee_recipient: &suite.fee_recipient,
            before: last,
            after: last,
            txs: &[tx],
            results: &[Ok(told.clone())],
            events: &[],
        };
        violated(check(&step, suite.memory.record(), &BTreeSet::new(), false))
    };
    let sender = suite.user("alice");
    let call = suite.call(&sender, &crate::messages::tick(None), vec![]);
    assert_eq!(by(call), [13]);
    let (proposal_id, agrees) = (1, true);
    let msg = GovMsg::Vote {
        proposal_id,
        agrees,
    };
    assert!(by(Tx::Gov { sender, msg }).is_empty());
}

#[test]
fn moves_beyond_a_budget_and_refused_ones_are_found() {
    let suite = delegated_suite();
    let last = suite.memory.last();
    let (source, destination) = (&suite.listed[0], &suite.listed[1]);
    let moved = |tokens: u128, reason: &'static str| {
        let attributes: [(&str, &dyn std::fmt::Display); 5] = [
            ("source", source),
            ("destination", destination),
            ("tokens", &tokens),
            ("reason", &reason),
            ("completion_time", &0),
        ];
        event("redelegated", attributes)
    };
    let told = |events: &[Event]| {
        let mut record = suite.memory.record().clone();
        record.moved = Moved::default();
        let step = Step {
            vault: &suite.vault,
            fee_recipient: &suite.fee_recipient,
            before: last,
            after: last,
            txs: &[],
            results: &[],
            events,
        };
        record.add(&step);
        let found = check(&step, &record, &BTreeSet::new(), false);
        for violation in found.iter().filter_map(|found| found.as_ref().err()) {
            println!("{violation}");
        }
        violated(found)
    };
    let worth = last.totals.total_assets.u128();
    let call = || {
        event(
            "rebalanced",
            [("moves", &1), ("dropped", &0), ("more", &false)],
        )
    };
    // all of the budget, and more than rounding explains; half of it where the owner can bring it about
    for (reason, most) in [
        ("jailed", worth / 10),
        ("drained", worth / 10 / 2),
        ("own_maximum", worth * 75 / 1_000),
    ] {
        assert_eq!(told(&[moved(most, reason), call()]), [0u8; 0], "{reason}");
        assert_eq!(told(&[moved(most + 2, reason), call()]), [10], "{reason}");
    }
    assert_eq!(told(&[moved(1, "jailed")]), [10]); // nobody has called for it

    let refused: [(&str, &dyn std::fmt::Display); 5] = [
        ("message", &"redelegate"),
        ("validator", source),
        ("tokens", &1),
        ("error", &"codespace: staking, code: 32"),
        ("destination", destination),
    ];
    assert_eq!(told(&[event("refused", refused)]), [14]);
}

#[test]
fn one_unit_wrong_anywhere_is_found() {
    let suite = suite();
    let one = Uint128::one();
    assert!(violated_by(&suite, |_| {}).is_empty());
    assert_eq!(violated_by(&suite, |it| it.bank_balance += 1), [1]);
    assert_eq!(violated_by(&suite, |it| it.solvency.deficit += one), [1]);
    assert_eq!(violated_by(&suite, |it| it.share_owners[0].1 += 1), [2]);
    assert_eq!(
        violated_by(&suite, |it| it.totals.escrow_shares += one),
        [2]
    );
    assert_eq!(violated_by(&suite, |it| it.totals.idle += one), [4]);
    assert_eq!(violated_by(&suite, |it| it.batches[0].claimed += one), [5]);
    assert_eq!(violated_by(&suite, |it| it.totals.reserve += one), [6]);
    let initial_balance = |it: &mut Snapshot| it.entries[0].initial_balance += 1;
    assert_eq!(violated_by(&suite, initial_balance), [8]);
    assert_eq!(violated_by(&suite, |it| it.ledger.truncate(0)), [8]);
    let bonded_by_chain = |it: &mut Snapshot| it.solvency.bonded_by_chain += one;
    assert_eq!(violated_by(&suite, bonded_by_chain), [9]);
    assert_eq!(violated_by(&suite, |it| it.owner_balance += 1), [13]);
    let owner = |it: &mut Snapshot| it.ownership.owner = "mallory".into();
    assert_eq!(violated_by(&suite, owner), [13]);
}

/// Whether a delegation to the validator that has least breaks invariant 6, once listings are bent.
fn is_too_much(bend: impl Fn(&mut [ValidatorInfo], usize)) -> bool {
    let suite = delegated_suite();
    let before = suite.memory.last();
    let mut after = before.clone();
    let positions = 0..after.validators.len();
    let least = positions.min_by_key(|it| after.validators[*it].delegated);
    let least = least.unwrap();
    bend(&mut after.validators, least);
    let validator = &before.validators[least].validator;
    let delegated = [event(
        "delegated",
        [("validator", validator), ("tokens", &1)],
    )];
    let found = found(before, &after, &delegated, suite.memory.record());
    violated(found).contains(&6)
}

fn listing_of(info: &mut ValidatorInfo) -> &mut ListingInfo {
    info.listing.as_mut().unwrap()
}

#[test]
fn stake_that_a_listing_forbids_is_found() {
    let one = Uint128::one();
    assert!(!is_too_much(|_, _| {}));
    let closed = |all: &mut [ValidatorInfo], it: usize| {
        let less = all[it].delegated - one;
        listing_of(&mut all[it]).max_tokens = Some(less);
    };
    assert!(is_too_much(closed));
    let own = |all: &mut [ValidatorInfo], it: usize| {
        let less = all[it].delegated - one;
        listing_of(&mut all[it]).own_max_tokens = Some(less);
    };
    assert!(is_too_much(own));
    let ended = |all: &mut [ValidatorInfo], it: usize| listing_of(&mut all[it]).ends_at = Some(1);
    assert!(is_too_much(ended));
    // five of ten at one host have half of the stake, and six hosts may have a quarter each
    let at_one_host = |all: &mut [ValidatorInfo], it: usize| {
        for member in 0..5 {
            listing_of(&mut all[(it + member) % 10]).hosting = Some("north".into());
        }
    };
    assert!(is_too_much(at_one_host));
    // where everybody is, nobody is capped
    let all_at_one_host = |all: &mut [ValidatorInfo], _: usize| {
        for info in all {
            listing_of(info).hosting = Some("north".into());
        }
    };
    assert!(!is_too_much(all_at_one_host));
}

#[test]
fn violation_tells_its_numbers() {
    let suite = suite();
    let moment = suite.memory.last();
    let mut record = suite.memory.record().clone();
    let (owned, expected) = (moment.total_tokens(), record.expected_total + 7);
    record.expected_total = expected;
    let found = found(moment, moment, &[], &record);
    let violations = found.into_iter().filter_map(Result::err);
    let texts: Vec<String> = violations.map(|it| it.to_string()).collect();
    let begin = format!("invariant 4: {owned} tokens instead of {expected}");
    assert!(
        texts.iter().any(|text| text.starts_with(&begin)),
        "{texts:?}"
    );
}

/// Whether the rate may go from 1,000 tokens for 900 shares to these, with these events and one
/// validator.
fn may_become(assets: u128, shares: u128, events: &[Event]) -> bool {
    let suite = suite();
    let mut before = suite.memory.last().clone();
    before.validators.truncate(1);
    before.totals.total_assets = Uint128::new(1_000);
    before.totals.total_shares = Uint128::new(900);
    let mut after = before.clone();
    after.totals.total_assets = assets.into();
    after.totals.total_shares = shares.into();
    let found = found(&before, &after, events, suite.memory.record());
    !violated(found).contains(&3)
}

#[test]
fn rate_may_fall_by_a_booked_loss_and_a_unit_per_message_only() {
    assert!(may_become(1_000, 900, &[]));
    assert!(!may_become(999, 900, &[]));
    let delegated = event("delegated", [("validator", &"a"), ("tokens", &5)]);
    let undelegated = [event("undelegated", [("validator", &"a"), ("amount", &5)])];
    assert!(may_become(999, 900, &undelegated));
    assert!(!may_become(998, 900, &undelegated));
    let synced = [event("synced", [("lost", &50), ("gained", &0)])];
    assert!(may_become(949, 900, &synced)); // 1000 - 50 - 1 validator
    assert!(!may_become(948, 900, &synced));
    let [synced] = synced;
    assert!(may_become(948, 900, &[synced, delegated])); // and a message
}

#[test]
fn shares_minted_too_cheap_are_a_fall_of_the_rate() {
    assert!(may_become(1_100, 990, &[])); // 100 tokens are worth 90 shares
    assert!(!may_become(1_100, 992, &[]));
}
