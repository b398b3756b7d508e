//! Losses.
//!
//! Succeeds when a slash is booked at the next synchronisation, by everyone in proportion,
//! locked profit first.
//!
//! Fails to hit batches that are served, and deposits that come after.

use defenders_suite::{BLOCK, DAY, Suite, TOKEN, event};
use defenders_types::{Exclusion, Job};

use crate::fixture::{REWARD, funded};

fn synced(lost: u128, bonded: u128) -> cosmwasm_std::Event {
    event(
        "synced",
        [("lost", &lost), ("gained", &0), ("bonded", &bonded)],
    )
}

/// 85.5 tokens of profit have just been locked.
fn with_locked_profit() -> Suite {
    let mut suite = funded();
    suite.reward(REWARD);
    suite.advance(DAY);
    suite.keep();
    suite.advance(DAY / 2);
    suite
}

#[test]
fn slash_is_booked_at_the_next_sync() {
    let mut suite = funded();
    let slashed = suite.listed[2].clone();
    suite.slash(&slashed, 20, 0);

    let outcome = suite.tick(Job::Sync);

    // 20 % of 105 tokens
    assert_eq!(
        outcome.named("synced"),
        vec![synced(21 * TOKEN, 979 * TOKEN)]
    );
    assert_eq!(suite.rate().total_assets.u128(), 979 * TOKEN);
    assert_eq!(suite.validator_info(&slashed).delegated.u128(), 84 * TOKEN);
}

#[test]
fn slash_is_booked_once() {
    let mut suite = funded();
    let slashed = suite.listed[2].clone();
    suite.slash(&slashed, 20, 0);
    suite.tick(Job::Sync);

    let again = suite.tick(Job::Sync);

    assert_eq!(again.named("synced"), vec![synced(0, 979 * TOKEN)]);
}

#[test]
fn double_sign_costs_five_percent_and_excludes_for_ever() {
    let mut suite = funded();
    let bad = suite.listed[2].clone();
    let height = suite.chain.height();
    suite.chain.double_sign(&bad, height);
    suite.advance(BLOCK);
    suite.advance(BLOCK);

    let outcome = suite.tick(Job::Sync);

    let lost = 105 * TOKEN * 5 / 100;
    assert_eq!(
        outcome.named("synced"),
        vec![synced(lost, 1000 * TOKEN - lost)]
    );
    suite.keep_for_days(1);
    let info = suite.validator_info(&bad);
    assert_eq!(info.exclusion, Some(Exclusion::Jailed));
}

#[test]
fn validator_that_misses_its_blocks_is_jailed_and_slashed_a_little() {
    let mut suite = funded();
    let absent = suite.listed[2].clone();
    suite.chain.vote(&absent, false);
    for _ in 0..120 {
        suite.chain.block(BLOCK, vec![]);
    }
    suite.advance(BLOCK);

    let outcome = suite.tick(Job::Sync);

    // 1 % for downtime
    let lost = 105 * TOKEN / 100;
    assert_eq!(
        outcome.named("synced"),
        vec![synced(lost, 1000 * TOKEN - lost)]
    );
}

#[test]
fn loss_is_taken_from_locked_profit_first() {
    let mut suite = with_locked_profit();
    let before = suite.totals();
    let slashed = suite.validator_infos()[0].validator.clone();
    suite.slash(&slashed, 20, 0);

    suite.tick(Job::Sync);

    let after = suite.totals();
    let lost = before.bonded - after.bonded;
    assert!(lost.u128() > 20 * TOKEN);
    assert!(before.locked_profit > lost);
    // the loss and six seconds of release
    assert!(after.total_assets >= before.total_assets);
    assert!(after.locked_profit <= before.locked_profit - lost);
}

#[test]
fn slash_larger_than_what_is_left_beside_locked_profit_takes_what_there_is() {
    let mut suite = funded();
    // rewards nearly as large as the stake: 10 x 95 tokens less 10 units, of which the fee takes
    // floor(949 999 990 / 10) = 94 999 999
    suite.reward(10 * REWARD);
    suite.advance(DAY);
    suite.tick(Job::Harvest);
    let before = suite.totals();
    assert_eq!(before.locked_profit.u128(), 854_999_991);
    for validator in suite.listed.clone() {
        suite.slash(&validator, 99, 0);
    }

    suite.tick(Job::Sync);
    suite.tick(Job::Sync); // so large a loss is believed when shown twice

    // 990 of the 1000 delegated tokens are gone; 855 of them come out of what was locked
    let after = suite.totals();
    assert_eq!(after.locked_profit.u128(), 0);
    assert_eq!(after.bonded.u128(), 10 * TOKEN);
    assert_eq!(after.total_assets.u128(), 864_999_991);
    suite.keep_for_days(2);
    let alice = suite.user("alice");
    let paid = crate::fixture::leave(&mut suite, &alice);
    assert!((863 * TOKEN..=865 * TOKEN).contains(&paid), "{paid}");
}

#[test]
fn batch_served_before_a_slash_bears_none_of_it() {
    let mut suite = funded();
    let alice = suite.user("alice");
    suite.request(&alice, 100 * TOKEN);
    suite.tick(Job::Submit);
    for validator in suite.listed.clone() {
        suite.slash(&validator, 10, 0); // an infraction of now: older entries are spared
    }
    crate::fixture::wait_for_unbonding(&mut suite);

    suite.claim(&alice, 1);

    assert_eq!(suite.tokens(&alice), 100 * TOKEN);
}

#[test]
fn jailed_validators_stay_in_the_price() {
    let mut suite = funded();
    let rate = suite.rate();
    for validator in suite.listed.clone().iter().take(5) {
        suite.faults().jail(validator);
    }
    suite.advance(BLOCK);

    suite.tick(Job::Sync);

    assert_eq!(suite.rate(), rate);
}
