//! What unbonding entries are expected to bring after a slash.
//!
//! Succeeds when a loss that the chain already shows is in the price of those who leave, when a
//! shortfall falls on whose entries were slashed, whoever ticks when, and when what arrives above
//! the marks is released little by little.
//!
//! Fails to hold anybody up: what cannot be read is not marked.

use cosmwasm_std::{StakingMsg, Uint128, coin};
use defenders_suite::choice::is_real;
use defenders_suite::{
    BLOCK, DAY, DENOM, HOUR, Outcome, Suite, SuiteBuilder, TOKEN, UNBONDING_TIME, event, number,
    text,
};
use defenders_types::{BatchState, Job};

use crate::fixture::{funded, funded_from, leave, roomy, wait_for_unbonding};

/// Within what marks are wrong by here, 1 in 1,000: the suite's slash goes by today's power, in which
/// what is unbonding does not count any more.
fn assert_close(got: u128, due: u128) {
    assert!(got.abs_diff(due) <= due / 1_000, "{got} instead of {due}");
}

/// Alice and Bob own half of the vault each; `count` validators were left, whose stake is unbonding,
/// and sign twice for a block in which they still held it: 5 % of it is lost.
fn slashed_on_the_way(count: usize) -> (Suite, String, String, Vec<String>) {
    let mut suite = roomy();
    let (alice, bob) = (suite.user("alice"), suite.user("bob"));
    suite.try_transfer(&alice, &bob, 500 * TOKEN).unwrap();
    let leaving = suite.listed[..count].to_vec();
    let height = suite.chain.height();
    suite.drain(&leaving);
    suite.leave_by_undelegation(&leaving);
    for validator in &leaving {
        suite.chain.double_sign(validator, height);
    }
    suite.advance(BLOCK);
    suite.advance(BLOCK);
    (suite, alice, bob, leaving)
}

/// The next whole reading of the powers, when it is due.
fn read(suite: &mut Suite) -> Vec<Outcome> {
    let wait = suite.job(Job::Refresh).next_at.unwrap_or_default();
    suite.advance(wait.saturating_sub(suite.now()) + BLOCK);
    let mut outcomes = vec![];
    while suite.job(Job::Refresh).due {
        outcomes.push(suite.tick(Job::Refresh));
    }
    outcomes
}

#[test]
fn leaver_bears_the_loss_of_stake_that_is_on_its_way_back() {
    // 315 of 1000 tokens are on their way back, of which 5 % are lost: 984.25 are left
    let (mut suite, alice, bob, _) = slashed_on_the_way(3);

    suite.advance(2 * HOUR);
    let paid = leave(&mut suite, &alice);
    wait_for_unbonding(&mut suite);

    assert_close(paid, 499 * 98_425 * TOKEN / 100_000);
    assert_close(
        suite.worth(suite.shares(&bob)),
        500 * 98_425 * TOKEN / 100_000,
    );
    assert_eq!(suite.totals().marked_down.u128(), 0);
}

#[test]
fn refresh_tells_what_it_marks_down_and_totals_show_face_value_and_marks() {
    let (mut suite, _, _, leaving) = slashed_on_the_way(1);
    let before = suite.totals();

    let read = read(&mut suite);

    let lost = 105 * TOKEN * 5 / 100;
    let mark = event(
        "marked",
        [
            ("validator", &leaving[0]),
            ("tokens_per_share", &"0.95"),
            ("restaking", &lost),
            ("unbonding", &0),
        ],
    );
    let marked: Vec<_> = read.iter().flat_map(|o| o.named("marked")).collect();
    assert_eq!(marked, vec![mark]);
    let after = suite.totals();
    assert_eq!(after.restaking.u128(), 105 * TOKEN);
    assert_eq!(after.restaking_at_marks.u128(), 105 * TOKEN - lost);
    assert_eq!(after.marked_down.u128(), lost);
    assert_eq!((before.total_assets - after.total_assets).u128(), lost);
    assert_eq!(suite.ledger()[0].mark.u128(), 105 * TOKEN - lost);
    // told once
    let again = suite.tick(Job::Sync);
    assert!(!again.emits("marked"));
}

#[test]
fn deposit_pays_the_face_value_of_what_is_marked_down() {
    let (mut suite, _, _, _) = slashed_on_the_way(3);
    read(&mut suite);
    let carol = suite.user("carol");

    suite.deposit(&carol, 100 * TOKEN);

    // 1000 shares for 1000 tokens at face value: nothing to gain if more arrives than expected
    assert_eq!(suite.shares(&carol), 100 * TOKEN);
    assert!(suite.worth(100 * TOKEN) < 99 * TOKEN);
}

#[test]
fn mark_that_comes_true_changes_the_price_no_more() {
    let (mut suite, _, _, _) = slashed_on_the_way(3);
    read(&mut suite);
    let marked = suite.rate().total_assets.u128();
    suite.advance(UNBONDING_TIME);

    let kept = suite.keep();

    let restaked = told(&kept, "restaked");
    assert_eq!(number(&restaked, "tokens"), 315 * TOKEN);
    assert_eq!(number(&restaked, "arrived"), number(&restaked, "mark"));
    assert_eq!(suite.rate().total_assets.u128(), marked);
}

#[test]
fn what_arrives_above_its_mark_is_released_little_by_little() {
    // the infraction is of now: the chain spares entries that began before it, the marks do not
    let mut suite = roomy();
    let leaving = suite.listed[0].clone();
    suite.drain(std::slice::from_ref(&leaving));
    suite.leave_by_undelegation(std::slice::from_ref(&leaving));
    suite.advance(BLOCK);
    suite.slash(&leaving, 10, 0);
    read(&mut suite);
    let marked = suite.rate().total_assets.u128();
    assert_eq!(marked, 1000 * TOKEN - 105 * TOKEN / 10);
    suite.advance(UNBONDING_TIME);

    let settled = suite.tick(Job::Settle);

    assert_eq!(
        number(&settled.named("restaked")[0], "arrived"),
        105 * TOKEN
    );
    assert_eq!(suite.totals().total_assets.u128(), marked);
    assert_eq!(suite.totals().locked_profit.u128(), 105 * TOKEN / 10);
    suite.advance(DAY / 2);
    assert_close(suite.rate().total_assets.u128(), marked + 105 * TOKEN / 20);
    suite.advance(DAY);
    assert_eq!(suite.rate().total_assets.u128(), 1000 * TOKEN);
}

/// The last event of this name.
fn told(outcomes: &[Outcome], name: &str) -> cosmwasm_std::Event {
    let all = outcomes.iter().flat_map(|outcome| outcome.named(name));
    all.last().unwrap()
}

#[test]
fn sync_that_books_a_loss_marks_the_entries_there() {
    let mut suite = funded();
    let alice = suite.user("alice");
    suite.request(&alice, 50 * TOKEN);
    suite.tick(Job::Submit);
    let validator = suite.ledger()[0].validator.clone();
    suite.slash(&validator, 20, 1_000);

    let synced = suite.tick(Job::Sync);

    let marked = synced.named("marked");
    assert_eq!(text(&marked[0], "validator"), validator);
    assert_eq!(number(&marked[0], "restaking"), 0);
    assert_close(suite.ledger()[0].mark.u128(), 40 * TOKEN);
}

#[test]
fn slash_that_nobody_can_read_marks_nothing_and_holds_nobody_up() {
    let (mut suite, alice, _, leaving) = slashed_on_the_way(3);
    for validator in &leaving {
        suite.faults().refuse_queries_about(validator);
    }
    suite.advance(HOUR + BLOCK);
    suite.request(&alice, 499 * TOKEN);
    suite.advance(DAY);

    suite.keep();

    assert_eq!(suite.totals().marked_down.u128(), 0);
    assert_ne!(suite.batch(1).unwrap().state, BatchState::Open);
}

/// Double signs for a height at which all of it was still delegated.
fn sign_twice(suite: &mut Suite, validators: &[String], height: u64) {
    for validator in validators {
        suite.chain.double_sign(validator, height);
    }
    suite.advance(BLOCK);
    suite.advance(BLOCK);
}

#[test]
fn piece_reads_the_loss_itself_however_young_the_last_refresh_is() {
    let mut suite = roomy();
    let (alice, bob) = (suite.user("alice"), suite.user("bob"));
    suite.try_transfer(&alice, &bob, 500 * TOKEN).unwrap();
    let leaving = suite.listed[..3].to_vec();
    let height = suite.chain.height();
    suite.drain(&leaving);
    suite.leave_by_undelegation(&leaving);
    suite.request(&alice, 499 * TOKEN);
    read(&mut suite);
    sign_twice(&mut suite, &leaving, height);

    let submitted = suite.tick(Job::Submit);

    assert_eq!(submitted.named("marked").len(), 3);
    suite.keep();
    wait_for_unbonding(&mut suite);
    suite.claim(&alice, 1);
    assert_close(suite.tokens(&alice), 499 * 98_425 * TOKEN / 100_000);
}

#[test]
fn later_pieces_bear_a_loss_that_came_after_the_first() {
    let builder = SuiteBuilder::base().with_parameters(|p| p.max_messages_per_piece = 1);
    let mut suite = funded_from(builder.with_room_to_leave());
    let (alice, bob) = (suite.user("alice"), suite.user("bob"));
    suite.try_transfer(&alice, &bob, 500 * TOKEN).unwrap();
    let leaving = suite.listed[..3].to_vec();
    let height = suite.chain.height();
    suite.drain(&leaving);
    suite.leave_by_undelegation(&leaving);
    suite.request(&alice, 499 * TOKEN);
    suite.tick(Job::Submit);
    let unserved = suite.batch(1).unwrap().unserved_shares.u128();
    let (assets, supply) = (suite.totals().total_assets, suite.totals().total_shares);
    assert!(unserved > 0);
    sign_twice(&mut suite, &leaving, height);

    suite.keep();

    wait_for_unbonding(&mut suite);
    suite.claim(&alice, 1);
    let left = assets.u128() - 315 * TOKEN / 20;
    let fair = 499 * TOKEN - unserved + unserved * left / supply.u128();
    assert_close(suite.tokens(&alice), fair);
}

#[test]
fn chain_that_cannot_be_read_holds_no_batch_up() {
    let (mut suite, alice, _, _) = slashed_on_the_way(3);
    suite.request(&alice, 100 * TOKEN);
    suite.faults().refuse_queries();

    assert!(suite.tick(Job::Submit).emits("batch_submitted"));
}

#[test]
fn owner_who_lists_every_hour_holds_no_batch_up() {
    let builder = SuiteBuilder::base().with_listed_count(64);
    let mut suite = funded_from(builder.with_room_to_leave());
    let alice = suite.user("alice");
    let infos = suite.validator_infos().into_iter();
    let (holding, empty): (Vec<_>, Vec<_>) = infos.partition(|info| !info.delegated.is_zero());
    let toy = vec![empty[0].validator.clone()];
    let leaving = vec![holding[0].validator.clone()];
    suite.drain(&leaving);
    suite.leave_by_undelegation(&leaving);
    suite.request(&alice, 100 * TOKEN);
    let mut hours = 0;
    while suite.batch(1).unwrap().state == BatchState::Open {
        suite.drain(&toy);
        suite.list(&toy);
        let _ = suite.try_tick(None);
        suite.advance(HOUR);
        hours += 1;
    }
    assert!(hours <= 2, "{hours} hours");
}

#[test]
fn marks_of_more_than_a_hundred_validators_are_read_in_several_calls() {
    let builder = SuiteBuilder::base().with_listed_count(130);
    let builder = builder.with_room_to_leave();
    let mut suite = funded_from(builder.with_parameters(|p| {
        p.max_messages_per_piece = 10;
        p.max_moves = 5;
        p.min_delegation = Uint128::new(TOKEN / 10);
    }));
    let alice = suite.user("alice");
    let leaving = suite.listed[..120].to_vec();
    let height = suite.chain.height();
    suite.drain(&leaving[..60]);
    suite.drain(&leaving[60..]);
    suite.leave_by_undelegation(&leaving);
    let on_the_way = suite.ledger();
    let last = on_the_way.iter().map(|row| row.validator.clone()).max();
    assert!(on_the_way.len() > 100, "{}", on_the_way.len());
    suite.request(&alice, 100 * TOKEN);
    sign_twice(&mut suite, &[last.unwrap()], height);

    let first = suite.tick(Job::Submit);
    assert!(!first.emits("batch_submitted"));
    let second = suite.tick(Job::Submit);

    assert!(second.emits("batch_submitted"));
    assert_eq!(
        first.named("marked").len() + second.named("marked").len(),
        1
    );
}

/// The operator's own account, on either chain.
pub fn operator_of(suite: &Suite, validator: &str) -> String {
    if !is_real() {
        return suite.chain.account(validator);
    }
    let data = |address: &str| {
        let part = address.rsplit('1').next().unwrap().to_owned();
        part[..part.len() - 6].to_owned()
    };
    let mut accounts = (0..64).map(|n| suite.chain.account(&format!("validator-{n}")));
    accounts
        .find(|account| data(account) == data(validator))
        .unwrap()
}

#[test]
fn operator_who_plays_with_the_last_units_of_its_stake_marks_nobody_down() {
    let mut suite = roomy();
    let leaving = suite.listed[0].clone();
    // an old slash: a share is not worth one token any more
    suite.slash(&leaving, 3, 0);
    suite.tick(Job::Sync);
    suite.drain(std::slice::from_ref(&leaving));
    suite.leave_by_undelegation(std::slice::from_ref(&leaving));

    // alone there, it leaves a few units on much fewer shares
    let operator = operator_of(&suite, &leaving);
    let delegations = suite.chain.delegations(&operator);
    let own = delegations.iter().find(|(there, _)| *there == leaving);
    let redelegate = StakingMsg::Redelegate {
        src_validator: leaving.clone(),
        dst_validator: suite.listed[5].clone(),
        amount: coin(own.unwrap().1 - 11, DENOM),
    };
    suite.stake(&operator, redelegate).unwrap();
    for tokens in [11, 1, 1, 1, 1] {
        let _ = suite.stake(&operator, undelegate(&leaving, tokens));
    }
    read(&mut suite);
    for (there, crumb) in suite.chain.delegations(&operator) {
        if there == leaving {
            suite.stake(&operator, undelegate(&there, crumb)).unwrap();
        }
    }
    let another = suite.user_with("another", TOKEN);
    let amount = coin(1, DENOM);
    let validator = leaving.clone();
    let refill = StakingMsg::Delegate { validator, amount };
    suite.stake(&another, refill).unwrap();
    read(&mut suite);

    assert_eq!(suite.totals().marked_down.u128(), 0);
}

fn undelegate(validator: &str, tokens: u128) -> StakingMsg {
    StakingMsg::Undelegate {
        validator: validator.into(),
        amount: coin(tokens, DENOM),
    }
}

#[test]
fn group_that_can_only_wait_leaves_every_second_tick_to_others() {
    let builder = SuiteBuilder::base().with_listed_count(64);
    let mut suite = funded_from(builder.with_parameters(|p| p.max_messages_per_piece = 1));
    let alice = suite.user("alice");
    suite.request(&alice, 499 * TOKEN);
    while suite.job(Job::Submit).due {
        suite.tick(Job::Submit);
        suite.advance(HOUR);
    }
    let ledger = suite.ledger();
    let (first, last) = (&ledger[0], ledger.last().unwrap());
    suite.slash(&first.validator, 1, 1_000_000);
    wait_until(&mut suite, first.completion_time.seconds() - DAY);
    suite.keep();
    wait_until(&mut suite, first.completion_time.seconds() + HOUR / 2);
    let mut jobs = std::collections::BTreeSet::new();
    while suite.now() < last.completion_time.seconds() + 3 * HOUR {
        if let Ok(tick) = suite.try_tick(None) {
            jobs.insert(text(&tick.named("ticked")[0], "job"));
        }
        suite.advance(HOUR);
    }
    assert!(
        jobs.contains("refresh") && jobs.contains("harvest"),
        "{jobs:?}"
    );
}

/// Alice's 100 tokens in an entry of the first validator, a day later Bob's in one of the second.
/// Then the first validator signs twice: `percent` of what was there is lost.
fn two_batches(percent: u64) -> (Suite, String, String) {
    let mut suite = funded();
    let (alice, bob) = (suite.user("alice"), suite.user("bob"));
    suite.try_transfer(&alice, &bob, 100 * TOKEN).unwrap();
    suite.request(&alice, 100 * TOKEN);
    suite.tick(Job::Submit);
    suite.advance(DAY);
    suite.request(&bob, 100 * TOKEN);
    suite.tick(Job::Submit);
    let slashed = suite.ledger()[0].validator.clone();
    assert_ne!(suite.ledger()[1].validator, slashed);
    suite.slash(&slashed, percent, 1_000_000);
    (suite, alice, bob)
}

#[test]
fn shortfall_falls_on_who_was_slashed_whoever_ticks_when() {
    type Schedule = fn(&mut Suite, u64, u64);
    // between the two completions, in the blocks of both, long after, and once for each
    let schedules: [Schedule; 4] = [
        |suite, first, second| {
            wait_until(suite, first);
            suite.keep();
            wait_until(suite, second);
        },
        |suite, first, second| {
            wait_until(suite, first - BLOCK);
            for _ in 0..3 {
                let _ = suite.try_tick(Some(Job::Settle));
            }
            wait_until(suite, second - BLOCK);
            for _ in 0..3 {
                let _ = suite.try_tick(Some(Job::Settle));
            }
        },
        |suite, _, second| wait_until(suite, second + 30 * DAY),
        |suite, first, second| {
            wait_until(suite, first + HOUR);
            let _ = suite.try_tick(Some(Job::Settle)); // waits, and nobody comes back in time
            wait_until(suite, second + HOUR);
        },
    ];
    for percent in [10, 19, 50] {
        for schedule in schedules {
            let (mut suite, alice, bob) = two_batches(percent);
            read(&mut suite);
            let ledger = suite.ledger();
            let [first, second] = [0, 1].map(|row| ledger[row].completion_time.seconds());
            schedule(&mut suite, first, second);
            suite.keep_for_days(2);

            suite.claim(&alice, 1);
            suite.claim(&bob, 2);

            assert_close(suite.tokens(&alice), (100 - u128::from(percent)) * TOKEN);
            assert_close(suite.tokens(&bob), 100 * TOKEN);
        }
    }
}

fn wait_until(suite: &mut Suite, seconds: u64) {
    let wait = seconds - suite.now();
    suite.advance(wait);
}

/// Alice has 400 shares, Bob the rest. Sixty validators are left, and lose a tenth of what they had;
/// nobody reads that. The first settlement in which it shows is larger than one call.
fn large_group() -> (Suite, String, String) {
    let builder = SuiteBuilder::base().with_listed_count(64);
    let builder = builder.with_room_to_leave();
    let mut suite = funded_from(builder.with_parameters(|p| {
        p.max_messages_per_piece = 10;
        p.max_moves = 5;
    }));
    let (alice, bob) = (suite.user("alice"), suite.user("bob"));
    suite.try_transfer(&alice, &bob, 599 * TOKEN).unwrap();
    let leaving = suite.listed[..60].to_vec();
    suite.drain(&leaving);
    suite.leave_by_undelegation(&leaving);
    let rows = suite.ledger().len(); // some leave in two parts
    assert!((60..=100).contains(&rows), "{rows}");
    suite.faults().refuse_queries();
    for validator in &leaving {
        suite.slash(validator, 10, 1_000_000);
    }
    (suite, alice, bob)
}

#[test]
fn whole_loss_of_a_large_group_is_in_the_price_at_its_first_page() {
    let (mut suite, alice, bob) = large_group();
    let restaking = suite.totals().restaking.u128();
    let rows = suite.ledger().len();
    suite.advance(UNBONDING_TIME + DAY);
    let waited = suite.tick(Job::Settle);
    assert!(waited.emits("settlement_waited"));

    let first = suite.tick(Job::Settle);

    assert_eq!(number(&first.named("settled")[0], "entries"), 50);
    let restaked = &first.named("restaked")[0];
    assert_eq!(number(restaked, "tokens"), restaking);
    assert_close(number(restaked, "arrived"), restaking * 9 / 10);
    assert_eq!(suite.totals().restaking.u128(), 0);
    assert_eq!(suite.ledger().len(), rows - 50);
    // a piece right after the first page pays what is fair
    suite.request(&alice, 400 * TOKEN);
    suite.tick(Job::Submit);
    let assets = 1000 * TOKEN - restaking / 10;
    suite.keep();
    wait_for_unbonding(&mut suite);
    suite.claim(&alice, 1);
    assert_close(suite.tokens(&alice), 400 * assets / 1000);
    assert_close(suite.worth(suite.shares(&bob)), 599 * assets / 1000);
    assert_eq!(suite.ledger().len(), 0);
}

#[test]
fn pages_of_a_large_group_that_was_read_add_up() {
    let builder = SuiteBuilder::base().with_listed_count(64);
    let builder = builder.with_room_to_leave();
    let mut suite = funded_from(builder.with_parameters(|p| {
        p.max_messages_per_piece = 10;
        p.max_moves = 5;
    }));
    let leaving = suite.listed[..60].to_vec();
    let height = suite.chain.height();
    suite.drain(&leaving);
    suite.leave_by_undelegation(&leaving);
    let rows = suite.ledger().len();
    sign_twice(&mut suite, &leaving, height);
    suite.advance(UNBONDING_TIME + DAY);
    suite.tick(Job::Settle);

    let settled = suite.tick(Job::Settle);

    assert_eq!(settled.named("marked").len(), 60);
    assert_eq!(suite.totals().restaking.u128(), 0);
    let rest = suite.ledger();
    assert_eq!(rest.len(), rows - 50);
    assert!(rest.iter().all(|row| row.restaking_settled && !row.settled));
    suite.keep();
    assert_eq!(suite.ledger(), vec![]);
}

#[test]
fn entry_that_was_never_seen_takes_no_other_out_of_sight() {
    // the seed's own entry began without a mark, and comes back while more is on its way from there
    let builder = SuiteBuilder::base().with_room_to_leave();
    let mut suite = funded_from(builder.while_seed_unbonds());
    let (alice, bob) = (suite.user("alice"), suite.user("bob"));
    suite.try_transfer(&alice, &bob, 500 * TOKEN).unwrap();
    let seed = suite.ledger()[0].clone();
    wait_until(&mut suite, seed.completion_time.seconds() - 10 * HOUR);
    suite.keep();
    let height = suite.chain.height();
    suite.drain(std::slice::from_ref(&seed.validator));
    suite.leave_by_undelegation(std::slice::from_ref(&seed.validator));
    suite.advance(10 * HOUR + 60);
    suite.keep();
    suite.keep();
    assert_eq!(suite.ledger().len(), 1, "{:?}", suite.ledger());
    suite.request(&alice, 499 * TOKEN);
    sign_twice(&mut suite, std::slice::from_ref(&seed.validator), height);

    assert_eq!(suite.tick(Job::Submit).named("marked").len(), 1);
}

#[test]
fn loss_of_half_or_more_is_believed_when_a_later_block_shows_it() {
    let mut suite = roomy();
    let (alice, bob) = (suite.user("alice"), suite.user("bob"));
    suite.try_transfer(&alice, &bob, 500 * TOKEN).unwrap();
    let leaving = suite.listed[0].clone();
    suite.drain(std::slice::from_ref(&leaving));
    suite.leave_by_undelegation(std::slice::from_ref(&leaving));
    suite.request(&alice, 100 * TOKEN);
    suite.slash(&leaving, 60, 1_000_000);

    let first = suite.tick(Job::Submit);
    assert!(!first.emits("marked") && !first.emits("batch_submitted"));
    assert_eq!(suite.totals().marked_down.u128(), 0);
    let second = suite.tick(Job::Submit);

    // 60 % of 105 tokens, less what a slash by today's power does not count
    let lost = number(&second.named("marked")[0], "restaking");
    assert!((62 * TOKEN..=63 * TOKEN).contains(&lost), "{lost}");
    assert!(second.emits("batch_submitted"));
}
