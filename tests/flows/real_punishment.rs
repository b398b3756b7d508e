//! What the chain does to validators that misbehave or fall behind, by its own rules: missed
//! blocks, double signs, a place lost to a larger one.
//!
//! Succeeds when the vault books exactly what its stake lost, pays batches what arrived, and
//! takes a validator back that comes back.
//!
//! Fails to send an unjailed validator that signed twice anything ever again.

use cosmwasm_std::{StakingMsg, coin};
use defenders_suite::{
    BLOCK, DAY, DENOM, Suite, SuiteBuilder, TOKEN, UNBONDING_TIME, event, number,
};
use defenders_types::{BatchState, Exclusion, Job};

use crate::fixture::{funded, funded_from, roomy, wait_for_unbonding};

/// staking: a redelegation of stake that is itself being redelegated.
const TRANSITIVE: &str = "codespace: staking, code: 32";

fn delegate(validator: &str, tokens: u128) -> StakingMsg {
    StakingMsg::Delegate {
        validator: validator.into(),
        amount: coin(tokens, DENOM),
    }
}

fn redelegate(from: &str, to: &str, tokens: u128) -> StakingMsg {
    StakingMsg::Redelegate {
        src_validator: from.into(),
        dst_validator: to.into(),
        amount: coin(tokens, DENOM),
    }
}

fn is_jailed(suite: &Suite, validator: &str) -> bool {
    let mut natives = suite.chain.validators().into_iter();
    natives.any(|native| native.validator == validator && native.jailed)
}

/// A day later, when a keeper has read the powers again.
fn refresh(suite: &mut Suite) {
    suite.advance(DAY);
    suite.keep();
}

fn exclusion(suite: &Suite, validator: &str) -> Option<Exclusion> {
    suite.validator_info(validator).exclusion
}

/// What the chain itself says of one delegation.
fn staked(suite: &Suite, delegator: &str, validator: &str) -> u128 {
    let all = suite.chain.delegations(delegator).into_iter();
    all.filter(|(at, _)| at == validator).map(|(_, t)| t).sum()
}

#[test]
fn validator_jailed_by_missed_blocks_comes_back_and_is_eligible_again() {
    let mut builder = SuiteBuilder::base();
    builder.chain.signed_blocks_window = 20;
    let mut suite = funded_from(builder);
    let lazy = suite.listed[2].clone();
    suite.chain.vote(&lazy, false);
    let mut missed = 0;
    while !is_jailed(&suite, &lazy) {
        suite.advance(BLOCK);
        missed += 1;
        assert!(missed < 40, "not jailed after {missed} blocks");
    }
    assert!(missed > 10, "jailed after {missed} blocks");

    let booked = suite.tick(Job::Sync);
    let lost = 105 * TOKEN / 100; // 1 % for downtime
    assert_eq!(number(&booked.named("synced")[0], "lost"), lost);
    refresh(&mut suite);
    assert_eq!(exclusion(&suite, &lazy), Some(Exclusion::Jailed));
    let before = suite.validator_info(&lazy).delegated;
    let bob = suite.user("bob");
    suite.deposit(&bob, 500 * TOKEN);
    suite.keep();
    assert_eq!(suite.validator_info(&lazy).delegated, before);

    suite.chain.vote(&lazy, true);
    suite.chain.unjail(&lazy); // its ten minutes are long over
    suite.advance(BLOCK);
    refresh(&mut suite);

    assert!(!is_jailed(&suite, &lazy));
    assert_eq!(exclusion(&suite, &lazy), None);
    suite.deposit(&bob, 500 * TOKEN);
    suite.keep();
    assert!(suite.validator_info(&lazy).delegated > before);
}

#[test]
fn unjail_before_its_time_changes_nothing() {
    let mut builder = SuiteBuilder::base();
    builder.chain.signed_blocks_window = 20;
    let mut suite = funded_from(builder);
    let lazy = suite.listed[2].clone();
    suite.chain.vote(&lazy, false);
    for _ in 0..30 {
        suite.advance(BLOCK);
    }
    suite.chain.vote(&lazy, true);

    suite.chain.unjail(&lazy); // at most 20 blocks of 6 seconds after its ten minutes began
    suite.advance(BLOCK);

    assert!(is_jailed(&suite, &lazy));
}

#[test]
fn double_sign_slashes_stake_and_entry_and_the_batch_gets_what_arrived() {
    let mut suite = funded();
    let alice = suite.user("alice");
    let bad = suite.listed[0].clone();
    let infraction = suite.chain.height();
    suite.request(&alice, 100 * TOKEN);
    suite.tick(Job::Submit); // all from the first validator; 5 of 105 stay
    suite.chain.double_sign(&bad, infraction);
    suite.advance(BLOCK);

    let entry = suite.chain.unbonding_entries(&suite.vault).remove(0);
    assert_eq!(entry.initial_balance, 100 * TOKEN);
    assert_eq!(entry.balance, 95 * TOKEN);
    let booked = suite.tick(Job::Sync);
    let lost = 5 * TOKEN * 5 / 100;
    assert_eq!(number(&booked.named("synced")[0], "lost"), lost);
    let rate = suite.rate();
    wait_for_unbonding(&mut suite);

    let batch = suite.batch(1).unwrap();
    assert_eq!(batch.state, BatchState::Claimable);
    assert_eq!(batch.tokens.u128(), 95 * TOKEN);
    suite.claim(&alice, 1);
    assert_eq!(suite.tokens(&alice), 95 * TOKEN);
    // the shortfall is the batch's alone
    assert!(suite.rate().tokens_per_share >= rate.tokens_per_share);
}

#[test]
fn double_sign_spares_an_entry_that_is_older() {
    let mut suite = funded();
    let alice = suite.user("alice");
    let bad = suite.listed[0].clone();
    suite.request(&alice, 100 * TOKEN);
    suite.tick(Job::Submit);
    for _ in 0..2 {
        suite.advance(BLOCK); // the chain slashes from the block before the infraction on
    }
    let infraction = suite.chain.height();
    suite.chain.double_sign(&bad, infraction);
    suite.advance(BLOCK);

    wait_for_unbonding(&mut suite);

    suite.claim(&alice, 1);
    assert_eq!(suite.tokens(&alice), 100 * TOKEN);
}

#[test]
fn tombstoned_validator_never_returns_and_its_stake_leaves() {
    let mut suite = roomy();
    let bad = suite.listed[2].clone();
    let height = suite.chain.height();
    suite.chain.double_sign(&bad, height);
    suite.advance(BLOCK);
    suite.advance(BLOCK);
    suite.keep_for_days(30);
    suite.chain.unjail(&bad);
    suite.advance(BLOCK);
    assert!(is_jailed(&suite, &bad));
    refresh(&mut suite);
    let excluded = exclusion(&suite, &bad);
    assert!(matches!(
        excluded,
        Some(Exclusion::Jailed | Exclusion::Tombstoned)
    ));
    suite.tick(Job::Sync);

    assert_eq!(staked(&suite, &suite.vault, &bad), 0);
    // 105 tokens less 5 % are with the others now, a unit of rounding a message aside
    let assets = suite.rate().total_assets.u128();
    let slashed = 1_000 * TOKEN - 105 * TOKEN * 5 / 100;
    assert!((slashed - 20..=slashed).contains(&assets), "{assets}");
    let others: u128 = suite
        .chain
        .delegations(&suite.vault)
        .iter()
        .map(|d| d.1)
        .sum();
    assert_eq!(others + suite.totals().idle.u128(), assets);
}

#[test]
fn slash_of_redelegated_stake_follows_a_native_account_and_spares_the_vault_there() {
    let mut suite = funded();
    let bob = suite.user_with("bob", 100 * TOKEN);
    let (bad, good) = (suite.listed[0].clone(), suite.listed[1].clone());
    suite.stake(&bob, delegate(&bad, 100 * TOKEN)).unwrap();
    for _ in 0..3 {
        suite.advance(BLOCK); // its power votes
    }
    let infraction = suite.chain.height();
    suite
        .stake(&bob, redelegate(&bad, &good, 100 * TOKEN))
        .unwrap();
    let vaults = staked(&suite, &suite.vault, &good);

    suite.chain.double_sign(&bad, infraction);
    suite.advance(BLOCK);

    assert_eq!(staked(&suite, &bob, &good), 95 * TOKEN);
    assert_eq!(staked(&suite, &suite.vault, &good), vaults);
    let booked = suite.tick(Job::Sync);
    let lost = 105 * TOKEN * 5 / 100;
    assert_eq!(number(&booked.named("synced")[0], "lost"), lost);
}

/// The rule that the vault's plans keep, shown with an account of its own.
#[test]
fn chain_refuses_to_redelegate_what_is_being_redelegated_until_it_is_complete() {
    let mut suite = funded();
    let bob = suite.user_with("bob", 100 * TOKEN);
    let [first, second, third] = [0, 1, 2].map(|i| suite.listed[i].clone());
    suite.stake(&bob, delegate(&first, 100 * TOKEN)).unwrap();
    let moved = redelegate(&first, &second, 60 * TOKEN);
    suite.stake(&bob, moved).unwrap();

    let onward = redelegate(&second, &third, TOKEN);
    let refusal = suite.stake(&bob, onward.clone()).unwrap_err();
    assert!(refusal.says(TRANSITIVE), "{}", refusal.text);
    // the source is free: only a destination is bound
    let again = redelegate(&first, &third, TOKEN);
    suite.stake(&bob, again).unwrap();
    suite.advance(UNBONDING_TIME);
    suite.advance(BLOCK);

    suite.stake(&bob, onward).unwrap();
    assert_eq!(staked(&suite, &bob, &third), 2 * TOKEN);
}

/// 14 places: 4 large validators, 10 listed ones of 100 000 tokens, and one of 99 000 outside.
fn crowded() -> Suite {
    let mut others = [1_000_000 * TOKEN; 5];
    others[4] = 99_000 * TOKEN;
    let builder = SuiteBuilder::base().with_validators(&others, &[100_000 * TOKEN; 10]);
    let mut builder = builder;
    builder.chain.max_validators = 14;
    funded_from(builder)
}

#[test]
fn validator_that_falls_out_of_the_set_is_left_and_gets_no_more_until_it_is_back() {
    let mut suite = crowded();
    let (alice, bob) = (suite.user("alice"), suite.user_with("bob", 2_000 * TOKEN));
    let rival = suite.validators[4].clone();
    // 9 x 105 tokens and 55 of the vault's: the last one is the smallest
    let last = suite.listed[9].clone();
    suite.stake(&bob, delegate(&rival, 2_000 * TOKEN)).unwrap();
    for _ in 0..2 {
        suite.advance(BLOCK); // its last votes come in
    }
    suite.keep_for_days(22); // and it is unbonded

    assert_eq!(exclusion(&suite, &last), Some(Exclusion::NotBonded));
    assert_eq!(staked(&suite, &suite.vault, &last), 0);
    assert_eq!(suite.rate().total_assets.u128(), 1_000 * TOKEN);
    suite.deposit(&alice, 100 * TOKEN);
    suite.keep();
    assert_eq!(staked(&suite, &suite.vault, &last), 0);

    let back = StakingMsg::Undelegate {
        validator: rival,
        amount: coin(2_000 * TOKEN, DENOM),
    };
    suite.stake(&bob, back).unwrap();
    for _ in 0..2 {
        suite.advance(BLOCK);
    }
    refresh(&mut suite);
    assert_eq!(exclusion(&suite, &last), None);
}

#[test]
fn everyone_leaves_past_a_validator_that_fell_out_of_the_set() {
    let mut suite = crowded();
    let (alice, bob) = (suite.user("alice"), suite.user_with("bob", 2_000 * TOKEN));
    let rival = suite.validators[4].clone();
    suite.stake(&bob, delegate(&rival, 2_000 * TOKEN)).unwrap();
    for _ in 0..2 {
        suite.advance(BLOCK);
    }
    suite.advance(DAY);

    let paid = crate::fixture::leave(&mut suite, &alice);

    assert_eq!(paid, crate::fixture::DEPOSIT);
    let synced = suite.tick(Job::Sync);
    let nothing = event("synced", [("lost", &0), ("gained", &0), ("bonded", &TOKEN)]);
    assert_eq!(synced.named("synced"), vec![nothing]);
}
