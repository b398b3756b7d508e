//! Mistakes that other vaults paid for, where no other file tells of them. The table in
//! `README.md` names the test of each.
//!
//! Succeeds when one unit, or 10^24 of them, is treated like any other amount, when parameters
//! of the chain change, and when hardly anything is left.
//!
//! Fails never.

use cosmwasm_std::Uint128;
use defenders_suite::{DAY, SuiteBuilder, TOKEN, UNBONDING_TIME, number};
use defenders_types::{BatchState, Job};

use crate::fixture::{DEPOSIT, REWARD, funded, leave, roomy, wait_for_unbonding};

#[test]
fn batch_of_one_unit_is_served_and_paid() {
    let mut suite = funded();
    let alice = suite.user("alice");
    suite.request(&alice, 1);

    suite.keep();
    wait_for_unbonding(&mut suite);
    suite.claim(&alice, 1);

    assert_eq!(suite.tokens(&alice), 1);
}

#[test]
fn amounts_of_eighteen_decimals_fit() {
    // whole tokens of 10^18 units: 4 x 1 000 000 of them and 10 x 100 000
    let whole = 10u128.pow(18);
    let builder = SuiteBuilder::base()
        .with_validators(&[1_000_000 * whole; 4], &[100_000 * whole; 10])
        .with_parameters(|parameters| parameters.min_delegation = Uint128::new(whole))
        .with_seed(whole);
    let mut suite = builder.build();
    let alice = suite.user("alice");
    suite.deposit(&alice, 400_000 * whole);
    suite.keep();
    suite.reward(1_000 * whole);
    suite.keep_for_days(2);

    let paid = leave(&mut suite, &alice);

    assert!(paid >= 400_000 * whole, "{paid}");
}

/// A rate that was rounded up made full undelegation from a slashed validator fail: with 18 decimals a share is worth
/// a fraction of a unit less than it says.
#[test]
fn lesson_37_a_slashed_validator_is_left_whole_with_eighteen_decimals() {
    let whole = 10u128.pow(18);
    let builder = SuiteBuilder::base()
        .with_validators(&[1_000_000 * whole; 4], &[100_000 * whole; 10])
        .with_parameters(|parameters| parameters.min_delegation = Uint128::new(whole))
        .with_seed(whole);
    let mut suite = builder.build();
    let alice = suite.user("alice");
    suite.deposit(&alice, 400_000 * whole + 1);
    suite.keep();
    let slashed = suite.listed[0].clone();
    let odd = "0.012345678901234567".parse().unwrap();
    suite.faults().slash(&slashed, odd, 0);
    suite.keep_for_days(2);
    suite.drain(std::slice::from_ref(&slashed));
    suite.leave(std::slice::from_ref(&slashed));

    let paid = leave(&mut suite, &alice);
    assert!(paid > 398_000 * whole, "{paid}");
}

#[test]
fn request_after_a_cancelled_batch_is_counted_afresh() {
    let mut suite = funded();
    let alice = suite.user("alice");
    suite.request(&alice, 100 * TOKEN);
    suite.try_cancel(&alice, 1).unwrap();
    suite.request(&alice, 7 * TOKEN);

    suite.keep();
    wait_for_unbonding(&mut suite);
    suite.claim(&alice, 1);

    assert_eq!(suite.tokens(&alice), 7 * TOKEN);
}

#[test]
fn number_of_a_paid_batch_is_never_given_again() {
    let mut suite = funded();
    let alice = suite.user("alice");
    for expected in 1..=3 {
        let requested = suite.request(&alice, TOKEN);
        assert_eq!(crate::fixture::batch_of(&requested), expected);
        suite.keep();
        wait_for_unbonding(&mut suite);
        suite.claim(&alice, expected);
    }
    assert_eq!(suite.tokens(&alice), 3 * TOKEN);
    for old in 1..=3 {
        suite.claim(&alice, old);
    }
    assert_eq!(suite.tokens(&alice), 3 * TOKEN);
}

#[test]
fn unbonding_time_that_the_chain_lengthens_is_learnt_and_kept_to() {
    let mut suite = funded();
    let alice = suite.user("alice");
    assert_eq!(suite.config().unbonding_time, UNBONDING_TIME);
    suite.faults().set_unbonding_time(28 * DAY);
    suite.request(&alice, TOKEN);
    suite.tick(Job::Submit);
    assert_eq!(suite.config().unbonding_time, 28 * DAY);

    suite.advance(UNBONDING_TIME);
    suite.keep();
    assert_eq!(suite.batch(1).unwrap().state, BatchState::Unbonding);
    suite.advance(7 * DAY);
    suite.keep();

    assert_eq!(suite.batch(1).unwrap().state, BatchState::Claimable);
}

#[test]
fn unbonding_time_that_the_chain_shortens_brings_younger_entries_first() {
    let mut suite = funded();
    let (alice, bob) = (suite.user("alice"), suite.user("bob"));
    suite.try_transfer(&alice, &bob, 10 * TOKEN).unwrap();
    suite.request(&alice, 10 * TOKEN);
    suite.tick(Job::Submit);
    suite.faults().set_unbonding_time(3 * DAY);
    suite.advance(DAY);
    suite.request(&bob, 10 * TOKEN);
    suite.tick(Job::Submit);
    suite.advance(3 * DAY);

    suite.keep();

    assert_eq!(suite.batch(2).unwrap().state, BatchState::Claimable);
    assert_eq!(suite.batch(1).unwrap().state, BatchState::Unbonding);
    suite.claim(&bob, 2);
    assert_eq!(suite.tokens(&bob), 10 * TOKEN);
}

#[test]
fn entry_of_a_validator_without_stake_bears_its_slash() {
    let mut suite = funded();
    let alice = suite.user("alice");
    suite.request(&alice, 105 * TOKEN); // all of the first validator's
    suite.tick(Job::Submit);
    let emptied = suite.listed[0].clone();
    let delegations = suite.chain.delegations(&suite.vault);
    assert!(
        delegations
            .iter()
            .all(|(validator, _)| *validator != emptied)
    );
    suite.slash(&emptied, 10, 1);

    suite.tick(Job::Sync);
    wait_for_unbonding(&mut suite);
    suite.claim(&alice, 1);

    assert_eq!(suite.tokens(&alice), 945 * TOKEN / 10);
    assert_eq!(suite.rate().total_assets.u128(), 895 * TOKEN);
}

#[test]
fn slash_after_nearly_everybody_left_leaves_a_rate_above_zero() {
    let mut suite = funded();
    let alice = suite.user("alice");
    suite.request(&alice, DEPOSIT - 1);
    suite.keep();
    for validator in suite.listed.clone() {
        suite.slash(&validator, 90, 10_000);
    }

    suite.tick(Job::Sync);
    suite.tick(Job::Sync); // so large a loss is believed when shown twice
    let rate = suite.rate();
    assert!(rate.total_assets < rate.total_shares);
    assert!(!rate.total_assets.is_zero());
    suite.keep_for_days(24);

    // a tenth arrived, within a unit per entry
    suite.claim(&alice, 1);
    let paid = suite.tokens(&alice);
    let tenth = DEPOSIT / 10;
    assert!(paid.abs_diff(tenth) <= 20, "{paid} of {tenth}");
}

#[test]
fn rewards_of_a_drained_validator_are_not_stranded() {
    let mut suite = roomy();
    suite.reward(REWARD);
    let leaving = suite.listed[0].clone();
    suite.drain(std::slice::from_ref(&leaving));
    suite.leave(std::slice::from_ref(&leaving)); // emptied, which pays its rewards to the pot
    suite.advance(DAY);

    let outcomes = suite.keep();

    let harvests = outcomes.iter().flat_map(|o| o.named("harvested"));
    let rewards: u128 = harvests.map(|e| number(&e, "rewards")).sum();
    assert!(
        (95 * TOKEN - 20..=95 * TOKEN).contains(&rewards),
        "{rewards}"
    );
}

#[test]
fn capacity_is_not_used_up_by_deposits_that_leave_again() {
    let mut suite = SuiteBuilder::base().build();
    let alice = suite.user("alice");
    for _ in 0..3 {
        // the whole capacity of 500 000 tokens but for the seed
        suite.deposit(&alice, 499_999 * TOKEN);
        suite.keep();
        let shares = suite.shares(&alice);
        suite.request(&alice, shares);
        suite.keep();
        wait_for_unbonding(&mut suite);
    }
}

#[test]
fn withdrawal_empties_the_slots_that_no_longer_fit() {
    let mut suite = funded();
    let (alice, bob) = (suite.user("alice"), suite.user("bob"));
    suite.deposit(&bob, 4_000 * TOKEN);
    suite.tick(Job::Invest); // slots for 5000 tokens, half of them filled
    suite.request(&bob, 4_000 * TOKEN);
    suite.keep();

    // 1000 tokens are left: invariant 6 holds every delegation to a cap of 12.5 % of that
    suite.deposit(&alice, 300 * TOKEN);
    suite.keep();

    let infos = suite.validator_infos();
    assert!(infos.iter().all(|v| v.delegated <= v.cap), "{infos:#?}");
}

#[test]
fn donation_before_the_first_delegation_blocks_none() {
    let mut suite = SuiteBuilder::base().build();
    let (mallory, vault) = (suite.user_with("mallory", 7), suite.vault.clone());
    suite.send(&mallory, &vault, 7).unwrap();
    let alice = suite.user("alice");
    suite.deposit(&alice, DEPOSIT);

    suite.keep();

    assert_eq!(suite.totals().bonded.u128(), 1000 * TOKEN);
}

#[test]
fn harvest_between_two_deposits_gives_the_second_nothing_of_the_first() {
    let mut suite = funded();
    suite.reward(REWARD);
    suite.advance(DAY);
    let bob = suite.user("bob");

    // just before the harvest, and out again just after
    suite.deposit(&bob, 1_000 * TOKEN);
    suite.tick(Job::Harvest);
    let shares = suite.shares(&bob);
    let gain = suite.worth(shares).saturating_sub(1_000 * TOKEN);

    // the price has moved by seconds of a day's release of 85 tokens, of which half are Bob's
    assert!(gain < TOKEN / 100, "{gain}");
}
