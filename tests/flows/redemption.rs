//! What a share is worth, as price oracles and money markets ask for it.
//!
//! Succeeds when the shares are asked for by their name; tells the rate for leaving, and since when a slash may be
//! missing in it: no earlier one is, whatever a refresh could not read, or was slashed before it ended.
//!
//! Fails for every other denom.

use cosmwasm_std::{Binary, Decimal};
use defenders_suite::{BLOCK, DAY, DENOM, HOUR, Refusal, Suite, SuiteBuilder, TOKEN};
use defenders_types::{Job, PowerSource, QueryMsg, RedemptionRateResponse};

use crate::fixture::{REWARD, funded, funded_from, roomy};

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
    let (begun_at, _) = read_a_day_later(&mut suite);
    assert_eq!(told(&suite).update_time, suite.now());
    assert!(begun_at < refreshed_at(&suite)); // it took two calls

    leaving(&mut suite);

    assert_eq!(told(&suite).update_time, begun_at);
    // hours later the book is compared again, and the powers are not read
    suite.advance(HOUR);
    suite.tick(Job::Sync);
    assert!(refreshed_at(&suite) < suite.now());
    assert_eq!(told(&suite).update_time, begun_at);
}

/// Stake of the first validator on the list is on its way back; the validator.
fn leaving(suite: &mut Suite) -> String {
    let leaving = suite.listed[0].clone();
    suite.drain(std::slice::from_ref(&leaving));
    suite.leave_by_undelegation(std::slice::from_ref(&leaving));
    assert!(!suite.totals().restaking.is_zero());
    leaving
}

/// A day later the powers are read again, call by call, and then the book is compared. When that began, and whether
/// anything was marked down.
fn read_a_day_later(suite: &mut Suite) -> (u64, bool) {
    let next = suite.job(Job::Refresh).next_at.unwrap();
    suite.advance(next.saturating_sub(suite.now()) + BLOCK);
    let (mut begun_at, mut is_marked) = (None, false);
    while suite.job(Job::Refresh).due {
        is_marked |= suite.tick(Job::Refresh).emits("marked");
        begun_at.get_or_insert(suite.now());
    }
    is_marked |= suite.tick(Job::Sync).emits("marked");
    (begun_at.unwrap(), is_marked)
}

#[test]
fn slash_in_the_middle_of_a_refresh_is_not_before_what_it_tells() {
    let builder = SuiteBuilder::base().with_listed_count(30);
    let mut suite = funded_from(builder.with_room_to_leave());
    let leaving = leaving(&mut suite);
    let (whole_at, _) = read_a_day_later(&mut suite);
    assert_eq!(told(&suite).update_time, whole_at);
    let before = rate(&suite);
    let next = suite.job(Job::Refresh).next_at.unwrap();
    suite.advance(next - suite.now());

    suite.tick(Job::Refresh); // the largest
    let begun_at = suite.now();
    suite.tick(Job::Refresh); // 25 of the listed ones
    suite.slash(&leaving, 10, 1_000);
    let last = suite.tick(Job::Refresh);
    suite.tick(Job::Sync);

    assert!(last.emits("refreshed") && !last.emits("marked"));
    assert!(!suite.job(Job::Refresh).due);
    assert_eq!(refreshed_at(&suite), suite.now() - BLOCK);
    assert_eq!(rate(&suite), before);
    assert_eq!(told(&suite).update_time, begun_at);
    let (begun_at, is_marked) = read_a_day_later(&mut suite);
    assert!(is_marked && rate(&suite) < before);
    assert_eq!(told(&suite).update_time, begun_at);
}

#[test]
fn fall_that_is_not_believed_yet_does_not_count_as_read() {
    let mut suite = roomy();
    let leaving = leaving(&mut suite);
    let (whole_at, _) = read_a_day_later(&mut suite);
    let before = rate(&suite);
    suite.slash(&leaving, 60, 1_000);

    let (_, is_marked) = read_a_day_later(&mut suite);

    assert!(!is_marked);
    assert_eq!(rate(&suite), before);
    assert_eq!(told(&suite).update_time, whole_at);
    let (begun_at, is_marked) = read_a_day_later(&mut suite);
    assert!(is_marked && rate(&suite) < before);
    assert_eq!(told(&suite).update_time, begun_at);
}

#[test]
fn validator_that_cannot_be_read_does_not_count_as_read() {
    let mut suite = roomy();
    let leaving = leaving(&mut suite);
    let (whole_at, _) = read_a_day_later(&mut suite);
    let before = rate(&suite);
    suite.slash(&leaving, 10, 1_000);
    suite.faults().refuse_queries_about(&leaving);

    let (_, is_marked) = read_a_day_later(&mut suite);

    assert!(!is_marked);
    assert_eq!(rate(&suite), before);
    assert_eq!(told(&suite).update_time, whole_at);
    suite.heal();
    let (begun_at, is_marked) = read_a_day_later(&mut suite);
    assert!(is_marked && rate(&suite) < before);
    assert_eq!(told(&suite).update_time, begun_at);
}

#[test]
fn unreadable_validator_from_which_nothing_comes_back_holds_nothing_up() {
    let mut suite = roomy();
    leaving(&mut suite);
    let other = suite.listed[1].clone();
    suite.faults().refuse_queries_about(&other);

    let (begun_at, _) = read_a_day_later(&mut suite);

    assert_eq!(told(&suite).update_time, begun_at);
}

#[test]
fn entry_that_began_unseen_counts_as_read_when_it_began() {
    let mut suite = roomy();
    let unseen = suite.listed[0].clone();
    suite.refuse_redelegations(&unseen);
    suite.faults().refuse_queries_about(&unseen);
    suite.drain(std::slice::from_ref(&unseen));
    suite.leave(std::slice::from_ref(&unseen));
    suite.heal();
    let completion_time = suite.ledger()[0].completion_time.seconds();

    let (begun_at, _) = read_a_day_later(&mut suite);
    suite.slash(&unseen, 10, 1_000);
    let (_, is_marked) = read_a_day_later(&mut suite);

    // no mark will ever show that slash
    assert!(!is_marked);
    let update_time = told(&suite).update_time;
    assert_eq!(update_time, completion_time - suite.config().unbonding_time);
    assert!(update_time < begun_at);
}

#[test]
fn without_tokens_per_share_it_is_as_old_as_the_oldest_stake_on_its_way_back() {
    let builder = SuiteBuilder::base().with_power_source(PowerSource::Rank { least_rank: 5 });
    let mut suite = funded_from(builder.with_room_to_leave());
    suite.advance(HOUR);
    suite.tick(Job::Sync);
    assert_eq!(told(&suite).update_time, suite.now());

    leaving(&mut suite);
    read_a_day_later(&mut suite);
    read_a_day_later(&mut suite);

    let entries = suite.ledger().into_iter();
    let first = entries.map(|entry| entry.completion_time.seconds()).min();
    let began_at = first.unwrap() - suite.config().unbonding_time;
    assert_eq!(told(&suite).update_time, began_at);
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
