//! What a share is worth, as price oracles and money markets ask for it.
//!
//! Succeeds when the shares are asked for by their name; tells the rate for leaving, and since when a slash may be
//! missing in it.
//!
//! Fails for every other denom.

use cosmwasm_std::{Binary, Decimal};
use defenders_suite::{BLOCK, DAY, DENOM, HOUR, Refusal, Suite, SuiteBuilder, TOKEN};
use defenders_types::{Job, QueryMsg, RedemptionRateResponse};

use crate::fixture::{REWARD, funded, roomy};

fn ask(suite: &Suite, denom: &str) -> Result<RedemptionRateResponse, Refusal> {
    suite.try_query(&QueryMsg::RedemptionRate {
        denom: denom.into(),
        params: None,
    })
}

fn told(suite: &Suite) -> RedemptionRateResponse {
    ask(suite, &suite.share_name()).unwrap()
}

/// When the powers were read in full.
fn refreshed_at(suite: &Suite) -> u64 {
    suite.now() - suite.health().powers_age.unwrap()
}

fn rate(suite: &Suite) -> Decimal {
    told(suite).redemption_rate
}

#[test]
fn rate_of_the_shares_is_told_and_of_nothing_else() {
    let mut suite = funded();
    assert_eq!(rate(&suite), Decimal::one());
    let with_params: RedemptionRateResponse = suite.query(&QueryMsg::RedemptionRate {
        denom: suite.share_name(),
        params: Some(Binary::from(b"{}")),
    });
    assert_eq!(with_params, told(&suite));

    let share = suite.share_name();
    for denom in [DENOM, "", "udefend", &suite.pot, &share.to_uppercase()] {
        let refusal = ask(&suite, denom).unwrap_err();
        let reason = format!("the rate of {share} is told here, not of {denom}");
        assert!(refusal.says(&reason), "{}", refusal.text);
    }

    suite.reward(REWARD);
    suite.keep_for_days(3);
    assert!(rate(&suite) > Decimal::one());
    assert_eq!(rate(&suite), suite.rate().tokens_per_share);
}

#[test]
fn donation_raises_it_neither_when_it_comes_nor_when_it_is_found() {
    let mut suite = funded();
    let mallory = suite.user_with("mallory", 2_000 * TOKEN);
    let (vault, pot) = (suite.vault.clone(), suite.pot.clone());
    let before = rate(&suite);

    suite.send(&mallory, &vault, 1_000 * TOKEN).unwrap();
    suite.send(&mallory, &pot, 1_000 * TOKEN).unwrap();
    assert_eq!(rate(&suite), before);
    suite.advance(DAY);
    suite.tick(Job::Harvest);

    // it is profit that is locked
    assert_eq!(rate(&suite), before);
}

#[test]
fn late_reading_leaves_it_too_high_by_what_was_slashed_since() {
    let mut suite = funded();
    suite.advance(HOUR);
    suite.tick(Job::Sync);
    let before = told(&suite);
    assert_eq!(before.update_time, suite.now());
    let validator = suite.listed[0].clone();
    let stake = suite.validator_info(&validator).delegated;

    suite.slash(&validator, 10, 0);
    suite.advance(BLOCK);
    assert_eq!(told(&suite), before);
    suite.tick(Job::Sync);

    let shares = suite.totals().total_shares;
    let slashed = stake.mul_ceil(Decimal::percent(10)).u128() + 1; // and the chain's rounding
    let most = Decimal::from_ratio(slashed, shares);
    let after = told(&suite);
    assert!(after.redemption_rate < before.redemption_rate);
    assert!(before.redemption_rate - after.redemption_rate <= most);
    assert_eq!(after.update_time, suite.now());
}

#[test]
fn while_stake_is_on_its_way_back_the_last_refresh_counts_as_well() {
    let mut suite = roomy();
    suite.advance(HOUR);
    suite.tick(Job::Sync);
    let synced_at = suite.now();
    assert_eq!(told(&suite).update_time, synced_at);
    assert!(refreshed_at(&suite) < synced_at);

    let leaving = suite.listed[0].clone();
    suite.drain(std::slice::from_ref(&leaving));
    suite.leave_by_undelegation(std::slice::from_ref(&leaving));
    assert!(!suite.totals().restaking.is_zero());

    let synced_at = suite.now() - suite.health().book_age;
    let older = refreshed_at(&suite).min(synced_at);
    assert_eq!(told(&suite).update_time, older);
    // hours later the book is compared again, and the powers are not read
    suite.advance(HOUR);
    suite.tick(Job::Sync);
    assert!(refreshed_at(&suite) < suite.now());
    assert_eq!(told(&suite).update_time, refreshed_at(&suite));
}

#[test]
fn before_the_first_refresh_nobody_knows_what_comes_back() {
    let builder = SuiteBuilder::base()
        .while_seed_unbonds()
        .with_nobody_listed();
    let suite = builder.without_refresh().build();
    assert!(!suite.totals().restaking.is_zero());
    assert_eq!(told(&suite).update_time, 0);
}
