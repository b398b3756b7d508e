//! Settling: booking what the chain has paid.
//!
//! Succeeds when an entry is past its completion time and what arrived is known: in full when
//! the surplus covers it, else by what arrived, once the blocks seen prove that all of it was
//! paid. Anyone's call settles small groups on the way.
//!
//! Fails (is not due) before the completion time.

use cosmwasm_std::Event;
use defenders_suite::{BLOCK, DAY, Suite, SuiteBuilder, TOKEN, UNBONDING_TIME, event};
use defenders_types::{BatchState, Job};

use crate::fixture::{funded, funded_from, wait_for_unbonding};

/// Alice's 100 tokens, in one entry of the first validator, begun in the last block.
fn unbonding() -> (Suite, String) {
    let mut suite = funded();
    let alice = suite.user("alice");
    suite.request(&alice, 100 * TOKEN);
    suite.tick(Job::Submit);
    (suite, alice)
}

fn settled(entries: usize, tokens: u128, arrived: u128) -> Event {
    event(
        "settled",
        [
            ("entries", &entries),
            ("tokens", &tokens),
            ("arrived", &arrived),
        ],
    )
}

fn claimable(batch_id: u64, tokens: u128) -> Event {
    event(
        "batch_claimable",
        [("batch_id", &batch_id), ("tokens", &tokens)],
    )
}

#[test]
fn nothing_is_settled_before_the_completion_time() {
    let (mut suite, _) = unbonding();
    suite.advance(UNBONDING_TIME - 2 * BLOCK);

    let refusal = suite.try_tick(Some(Job::Settle)).unwrap_err();

    let reason = "no entry is past its completion time";
    assert!(refusal.says(reason), "{}", refusal.text);
    let completion = suite.ledger()[0].completion_time.seconds();
    assert_eq!(suite.job(Job::Settle).next_at, Some(completion));
}

#[test]
fn entry_is_settled_in_full_when_the_tokens_are_there() {
    let (mut suite, alice) = unbonding();
    suite.advance(UNBONDING_TIME); // paid at the end of this block

    let outcome = suite.tick(Job::Settle);

    let expected = vec![
        event("ticked", [("job", &"settle")]),
        settled(1, 100 * TOKEN, 100 * TOKEN),
        claimable(1, 100 * TOKEN),
    ];
    assert_eq!(outcome.vault_events(), expected);
    suite.claim(&alice, 1);
    assert_eq!(suite.tokens(&alice), 100 * TOKEN);
}

#[test]
fn tick_in_the_block_that_pays_waits_for_the_next() {
    let (mut suite, _) = unbonding();
    suite.advance(UNBONDING_TIME - 2 * BLOCK);
    suite.block(BLOCK, vec![]);

    // the block's time is the completion time, and its end comes after the transaction
    let waited = suite.tick(Job::Settle);
    let settled_at_last = suite.tick(Job::Settle);

    let expected = vec![
        event("ticked", [("job", &"settle")]),
        event(
            "settlement_waited",
            [("tokens", &(100 * TOKEN)), ("surplus", &0)],
        ),
    ];
    assert_eq!(waited.vault_events(), expected);
    let expected = settled(1, 100 * TOKEN, 100 * TOKEN);
    assert_eq!(settled_at_last.named("settled"), vec![expected]);
}

#[test]
fn claim_settles_on_the_way() {
    let (mut suite, alice) = unbonding();
    suite.advance(UNBONDING_TIME);

    suite.claim(&alice, 1);

    assert_eq!(suite.tokens(&alice), 100 * TOKEN);
    // the tokens are there, but no block seen proves yet that the chain has paid the entry
    let row = suite.ledger().remove(0);
    assert!(row.settled);
    assert_eq!(suite.validator_info(&row.validator).unbonding_entries, 1);
    suite.tick(Job::Settle);
    assert_eq!(suite.ledger(), vec![]);
    assert_eq!(suite.validator_info(&row.validator).unbonding_entries, 0);
}

#[test]
fn deposit_and_request_settle_on_the_way() {
    let (mut suite, alice) = unbonding();
    suite.advance(UNBONDING_TIME);
    let bob = suite.user("bob");

    let deposited = suite.deposit(&bob, TOKEN);
    assert_eq!(deposited.named("settled").len(), 1);

    let (mut suite, _) = unbonding();
    suite.advance(UNBONDING_TIME);
    let requested = suite.request(&alice, TOKEN);
    assert_eq!(requested.named("settled").len(), 1);
}

#[test]
fn settling_on_the_way_leaves_the_rooms() {
    let (mut suite, _) = unbonding();
    suite.advance(UNBONDING_TIME);
    let bob = suite.user("bob");

    let settling = suite.deposit(&bob, TOKEN);
    assert_eq!(suite.ledger().len(), 1);
    let forgetting = suite.deposit(&bob, TOKEN); // by now the entry is surely paid

    assert_eq!(suite.ledger(), vec![]);
    assert!(settling.emits("delegated") && forgetting.emits("delegated"));
}

/// Alice leaves: so many entries, all past their completion time.
fn left(listed: usize, entries: usize) -> Suite {
    let builder = SuiteBuilder::base().with_listed_count(listed);
    let mut suite = funded_from(builder.with_parameters(|p| p.max_messages_per_piece = 10));
    let alice = suite.user("alice");
    let shares = suite.shares(&alice);
    suite.request(&alice, shares);
    suite.keep();
    assert_eq!(suite.ledger().len(), entries);
    suite.advance(UNBONDING_TIME + 60);
    suite
}

#[test]
fn deposit_settles_groups_of_twenty_and_leaves_larger_ones_to_a_tick() {
    let mut suite = left(21, 20);
    let bob = suite.user("bob");
    assert!(suite.deposit(&bob, TOKEN).emits("settled"));

    let mut suite = left(23, 22);
    let before = suite.ledger();
    let outcome = suite.deposit(&bob, TOKEN);
    assert!(!outcome.emits("settled") && !outcome.emits("settlement_fixed"));
    assert_eq!(suite.ledger(), before);
    assert!(suite.tick(Job::Settle).emits("settled"));
}

#[test]
fn batch_of_several_entries_waits_for_all_of_them() {
    let mut suite = funded();
    let alice = suite.user("alice");
    suite.request(&alice, 900 * TOKEN);
    suite.tick(Job::Submit);
    suite.advance(DAY);
    suite.tick(Job::Submit);
    suite.advance(UNBONDING_TIME - DAY);

    suite.keep();
    let batch = suite.batch(1).unwrap();
    assert_eq!(batch.state, BatchState::Unbonding);
    assert_eq!(batch.tokens.u128(), 525 * TOKEN);
    suite.advance(DAY);
    suite.keep();

    let batch = suite.batch(1).unwrap();
    assert_eq!(batch.state, BatchState::Claimable);
    assert_eq!(batch.tokens.u128(), 900 * TOKEN);
}

#[test]
fn quiet_vault_with_a_slashed_entry_still_settles() {
    let (mut suite, alice) = unbonding();
    let slashed = suite.listed[0].clone();
    suite.slash(&slashed, 10, 1); // 10 % of the entry's 100 tokens
    suite.advance(UNBONDING_TIME + 30 * DAY); // nobody calls

    // the first tick proves that the chain has paid, the second books what arrived
    let first = suite.tick(Job::Settle);
    let second = suite.tick(Job::Settle);

    let waited = event(
        "settlement_waited",
        [("tokens", &(100 * TOKEN)), ("surplus", &(90 * TOKEN))],
    );
    assert_eq!(first.named("settlement_waited"), vec![waited]);
    let expected = settled(1, 100 * TOKEN, 90 * TOKEN);
    assert_eq!(second.named("settled"), vec![expected]);
    suite.claim(&alice, 1);
    assert_eq!(suite.tokens(&alice), 90 * TOKEN);
}

#[test]
fn quiet_vault_settles_whole_entries_at_the_first_tick() {
    let (mut suite, _) = unbonding();
    suite.advance(UNBONDING_TIME + 30 * DAY);

    let outcome = suite.tick(Job::Settle);

    let expected = settled(1, 100 * TOKEN, 100 * TOKEN);
    assert_eq!(outcome.named("settled"), vec![expected]);
}

#[test]
fn slash_of_an_entry_leaves_the_price_alone() {
    let (mut suite, _) = unbonding();
    suite.tick(Job::Sync);
    let slashed = suite.listed[0].clone();
    suite.slash(&slashed, 10, 2); // the entry was begun two blocks ago
    suite.tick(Job::Sync); // the 5 tokens left there lost a tenth as well: 0.5
    let rate = suite.rate();

    wait_for_unbonding(&mut suite);

    assert_eq!(suite.batch(1).unwrap().tokens.u128(), 90 * TOKEN);
    assert!(suite.rate().tokens_per_share >= rate.tokens_per_share);
}

#[test]
fn settlement_event_of_a_group_names_all_its_entries() {
    let mut suite = funded();
    let alice = suite.user("alice");
    suite.request(&alice, 900 * TOKEN);
    suite.tick(Job::Submit);
    suite.tick(Job::Submit);
    assert_eq!(suite.ledger().len(), 9);
    suite.advance(UNBONDING_TIME + BLOCK);

    let outcome = suite.tick(Job::Settle);

    let expected = settled(9, 900 * TOKEN, 900 * TOKEN);
    assert_eq!(outcome.named("settled"), vec![expected]);
    assert_eq!(
        outcome.named("batch_claimable"),
        vec![claimable(1, 900 * TOKEN)]
    );
}
