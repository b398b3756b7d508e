//! Who may be given stake.
//!
//! Succeeds when every validator has the first reason that holds, since when, and what would end it; when a
//! validator near the top third stays as it was; when one that charged too much is out for three weeks more;
//! and when what the owner says acts on the facts of the last snapshot, without a new one.
//!
//! Fails never: a validator without a reason is eligible.

use cosmwasm_std::{Decimal, StakingMsg, coin};
use defenders_suite::messages::listing;
use defenders_suite::{DAY, DENOM, HOUR, Suite, SuiteBuilder, TOKEN};
use defenders_types::{ChangesResponse, Exclusion, Job, QueryMsg};
use serde_json::json;

use crate::fixture::{DEPOSIT, funded, funded_from};
use crate::listing_ends::until;
use crate::rebalance::{moves_within, refresh, total};

const RETURN_PERIOD: u64 = 21 * DAY;

/// The next whole snapshot, when it is due; when it counts from.
pub fn read(suite: &mut Suite) -> u64 {
    let wait = suite.job(Job::Refresh).next_at.unwrap_or_default();
    suite.advance(wait.saturating_sub(suite.now()).max(1));
    if !suite.job(Job::Refresh).due {
        suite.advance(1); // which an act of the real chain has borrowed
    }
    refresh(suite);
    assert_eq!(suite.totals().refreshed_at, Some(suite.now()));
    suite.now()
}

pub fn exclusion(suite: &Suite, validator: &str) -> Option<Exclusion> {
    let exclusion = suite.validator_info(validator).exclusion;
    let told = suite.explain(validator);
    assert_eq!(told.exclusion, exclusion);
    assert_eq!(told.eligible, exclusion.is_none());
    exclusion
}

/// Why not, since when, from when on it is left, what would end it.
fn why(suite: &Suite, validator: &str) -> (Option<Exclusion>, Option<u64>, Option<u64>, String) {
    let told = suite.explain(validator);
    let cleared_by = told.cleared_by.unwrap_or_default();
    let (since, leaves_from) = (told.excluded_since, told.leaves_from);
    (exclusion(suite, validator), since, leaves_from, cleared_by)
}

pub fn charge(suite: &mut Suite, validator: &str, percent: u64) {
    suite
        .chain
        .set_commission(validator, Decimal::percent(percent));
    suite.advance(6);
}

/// Of a large validator that is not listed, then two listed that compete for the edge of the top third, and
/// ten small ones. The first two hold a third.
fn rivals(second: u128) -> (Suite, String, String) {
    let mut listed = vec![400_000 * TOKEN, second * 1_000 * TOKEN];
    listed.extend([100_000 * TOKEN; 10]);
    let suite = SuiteBuilder::base()
        .with_validators(&[800_000 * TOKEN], &listed)
        .with_policy(|policy| policy.chain_share_cap = None)
        .build();
    let (first, second) = (suite.listed[0].clone(), suite.listed[1].clone());
    (suite, first, second)
}

fn delegate(suite: &mut Suite, validator: &str, tokens: u128) {
    let whale = suite.user_with("walker", tokens);
    let amount = coin(tokens, DENOM);
    let validator = validator.to_owned();
    let msg = StakingMsg::Delegate { validator, amount };
    suite.stake(&whale, msg).unwrap();
}

fn undelegate(suite: &mut Suite, validator: &str, tokens: u128) {
    let whale = suite.user("walker");
    let amount = coin(tokens, DENOM);
    let validator = validator.to_owned();
    let msg = StakingMsg::Undelegate { validator, amount };
    suite.stake(&whale, msg).unwrap();
}

#[test]
fn near_the_top_third_a_validator_stays_as_it_was_until_it_is_clear() {
    let (mut suite, first, second) = rivals(370);
    let both = |suite: &Suite| [exclusion(suite, &first), exclusion(suite, &second)];
    let (top, near) = (Some(Exclusion::TopThird), Some(Exclusion::NearTopThird));
    assert_eq!(both(&suite), [top, None]);

    // 420 to 400: the rivals have changed places, and 5 % of the smaller one lie between them
    delegate(&mut suite, &second, 50_000 * TOKEN);
    read(&mut suite);
    assert_eq!(both(&suite), [near, top]);

    // 385 to 400: 5 % more would be 404
    undelegate(&mut suite, &second, 35_000 * TOKEN);
    let since = read(&mut suite);
    assert_eq!(both(&suite), [top, near]);
    let (_, told_since, leaves_from, cleared_by) = why(&suite, &second);
    assert_eq!((told_since, leaves_from), (Some(since), Some(since)));
    assert!(cleared_by.contains("not clear of them yet"), "{cleared_by}");
    read(&mut suite);
    assert_eq!(why(&suite, &second).1, Some(since)); // it still is

    // 370: 5 % more are 388
    undelegate(&mut suite, &second, 15_000 * TOKEN);
    read(&mut suite);
    assert_eq!(both(&suite), [top, None]);
}

#[test]
fn validator_that_was_never_inside_is_eligible_near_the_top_third() {
    let (mut suite, _, second) = rivals(385);
    assert_eq!(exclusion(&suite, &second), None);
    read(&mut suite);
    assert_eq!(exclusion(&suite, &second), None);

    delegate(&mut suite, &second, 35_000 * TOKEN);
    read(&mut suite);
    assert_eq!(exclusion(&suite, &second), Some(Exclusion::TopThird));

    // the same stake as at first, and another past
    undelegate(&mut suite, &second, 35_000 * TOKEN);
    read(&mut suite);
    assert_eq!(exclusion(&suite, &second), Some(Exclusion::NearTopThird));
}

#[test]
fn high_commission_keeps_a_validator_out_for_the_return_period() {
    let mut suite = funded();
    let dear = suite.listed[0].clone();
    read(&mut suite);
    charge(&mut suite, &dear, 15);
    assert_eq!(exclusion(&suite, &dear), None); // nobody has read it

    let since = read(&mut suite);

    let cleared_by = "a commission of at most 0.1, and then the return period".to_owned();
    let expected = (
        Some(Exclusion::Commission),
        Some(since),
        Some(since),
        cleared_by,
    );
    assert_eq!(why(&suite, &dear), expected);
    let last_high = read(&mut suite);
    charge(&mut suite, &dear, 10);

    let since = read(&mut suite);

    let cleared_by = "21 days within the greatest commission".to_owned();
    let lately = Some(Exclusion::CommissionLately);
    let expected = (lately, Some(since), Some(since), cleared_by);
    assert_eq!(why(&suite, &dear), expected);
    // it is left meanwhile, as others can take it, and comes back by time alone
    let moves = moves_within(&mut suite, 18);
    let left: Vec<_> = moves.iter().filter(|it| it.source == dear).collect();
    assert!(left.iter().all(|it| it.reason == "ineligible"), "{left:#?}");
    assert!(suite.validator_info(&dear).delegated.u128() < 10 * TOKEN);
    suite.advance(last_high + RETURN_PERIOD - 1 - suite.now());
    assert_eq!(exclusion(&suite, &dear), lately);
    suite.advance(1);
    assert_eq!(exclusion(&suite, &dear), None);
}

#[test]
fn validator_that_can_raise_its_commission_above_the_ceiling_is_not_eligible() {
    let with_ceiling = |percent| {
        let ceiling = Some(Decimal::percent(percent));
        SuiteBuilder::base().with_policy(|policy| policy.max_commission_ceiling = ceiling)
    };
    let low = with_ceiling(15).with_commission(4, 18).build();
    let high = with_ceiling(100).with_commission(4, 18).build();

    // the ceiling lasts longest, so it is told first; on neither chain is it as low as 15 %
    let ceiling = Some(Exclusion::CommissionCeiling);
    for validator in &low.listed {
        assert_eq!(exclusion(&low, validator), ceiling);
    }
    let cleared_by = "nothing: its greatest commission is fixed, and must be at most 0.15";
    assert_eq!(why(&low, &low.listed[0]).3, cleared_by);
    let dear = exclusion(&high, &high.listed[0]);
    assert_eq!(dear, Some(Exclusion::Commission));
    assert_eq!(exclusion(&high, &high.listed[1]), None);
}

/// Jails the first listed one. Nobody moves for quality.
fn jailed() -> (Suite, String) {
    let mut suite = funded_from(SuiteBuilder::base().without_quality_moves());
    let jailed = suite.listed[0].clone();
    suite.faults().jail(&jailed);
    suite.advance(6);
    suite.advance(6);
    (suite, jailed)
}

#[test]
fn jailed_validator_gets_nothing_new_at_once_and_is_left_after_three_days() {
    let (mut suite, jailed) = jailed();

    let since = read(&mut suite);

    let (excluded, told_since, leaves_from, cleared_by) = why(&suite, &jailed);
    assert_eq!(excluded, Some(Exclusion::Jailed));
    assert_eq!(told_since, Some(since));
    assert_eq!(leaves_from, Some(since + 3 * DAY));
    assert_eq!(
        cleared_by,
        "its operator unjails it, and a refresh shows it bonded"
    );
    let alice = suite.user("alice");
    suite.deposit(&alice, 100 * TOKEN);
    suite.keep();
    assert_eq!(suite.validator_info(&jailed).delegated.u128(), 105 * TOKEN);
    let moves = moves_within(&mut suite, 2);
    assert_eq!(moves, []);
    assert_eq!(why(&suite, &jailed).1, Some(since));

    let moves = moves_within(&mut suite, 9);

    assert!(moves.iter().all(|it| it.at >= since + 3 * DAY));
    assert!(
        moves
            .iter()
            .all(|it| it.source == jailed && it.reason == "jailed")
    );
    assert_eq!(total(&moves), 105 * TOKEN);
}

#[test]
fn jailed_validator_that_is_back_in_time_stays() {
    let (mut suite, jailed) = jailed();
    let since = read(&mut suite);
    read(&mut suite);
    read(&mut suite);
    assert_eq!(why(&suite, &jailed).2, Some(since + 3 * DAY));
    suite.chain.unjail(&jailed);
    suite.advance(6);
    suite.advance(6);

    read(&mut suite);

    assert_eq!(exclusion(&suite, &jailed), None);
    assert_eq!(moves_within(&mut suite, 5), []);
    // a second absence has a grace of its own
    suite.faults().jail(&jailed);
    let since = read(&mut suite);
    assert_eq!(why(&suite, &jailed).2, Some(since + 3 * DAY));
}

#[test]
fn validator_out_of_the_bonded_set_is_left_after_three_days() {
    let mut builder = SuiteBuilder::base().without_quality_moves();
    builder.chain.max_validators = 14;
    let small = [vec![100_000 * TOKEN; 9], vec![90_000 * TOKEN; 2]].concat();
    let builder = builder.with_validators(&[1_000_000 * TOKEN; 4], &small);
    let mut suite = funded_from(builder);
    // among equals chains differ: who is in, and what it has of the vault
    let holders = suite.validator_infos().into_iter();
    let out: Vec<_> = holders.filter(|it| it.exclusion.is_some()).collect();
    assert_eq!(out.len(), 1);
    assert_eq!(out[0].exclusion, Some(Exclusion::NotBonded));
    let back = out[0].validator.clone();
    delegate(&mut suite, &back, 5_000 * TOKEN);
    suite.advance(6);
    suite.advance(6);

    let since = read(&mut suite);

    assert_eq!(exclusion(&suite, &back), None);
    let infos = suite.validator_infos().into_iter();
    let mut out = infos.filter(|it| it.exclusion == Some(Exclusion::NotBonded));
    let gone = out.next().unwrap();
    let told = suite.explain(&gone.validator);
    assert_eq!(told.excluded_since, Some(since));
    assert_eq!(told.leaves_from, Some(since + 3 * DAY));
    assert!(gone.delegated.u128() > 0);
    let moves = moves_within(&mut suite, 9);
    assert!(!moves.is_empty());
    assert!(moves.iter().all(|it| it.at >= since + 3 * DAY));
    assert!(
        moves
            .iter()
            .all(|it| it.source == gone.validator && it.reason == "unbonded")
    );
    assert_eq!(total(&moves), gone.delegated.u128());
}

#[test]
fn tombstoned_validator_is_left_as_a_jailed_one() {
    let mut suite = funded_from(SuiteBuilder::base().without_quality_moves());
    let punished = suite.listed[0].clone();
    let height = suite.chain.height();
    suite.chain.double_sign(&punished, height);
    suite.advance(6);
    suite.advance(6);

    let since = read(&mut suite);

    let (excluded, _, leaves_from, _) = why(&suite, &punished);
    assert_eq!(excluded, Some(Exclusion::Jailed));
    assert_eq!(leaves_from, Some(since + 3 * DAY));
    suite.chain.unjail(&punished); // refused: it is out for ever
    let moves = moves_within(&mut suite, 11);
    assert!(moves.iter().all(|it| it.source == punished));
    assert!(moves.iter().all(|it| it.at >= since + 3 * DAY));
    assert_eq!(suite.validator_info(&punished).delegated.u128(), 0);
}

/// The owner lists them, and nobody keeps the vault until that is applied.
fn list_unkept(suite: &mut Suite, validators: &[String]) {
    let id = suite.list_later(validators.iter().map(|it| listing(it)).collect());
    let told: ChangesResponse = suite.query(&QueryMsg::Changes {});
    suite.advance(told.exit_delay + HOUR);
    suite.apply(id);
}

#[test]
fn what_the_owner_says_is_judged_without_a_new_reading() {
    let (mut suite, _, second) = rivals(370);
    let small = suite.listed[2].clone();
    let alice = suite.user("alice");
    suite.deposit(&alice, DEPOSIT);
    suite.keep();
    delegate(&mut suite, &second, 50_000 * TOKEN);
    read(&mut suite);
    undelegate(&mut suite, &second, 35_000 * TOKEN);
    read(&mut suite);
    let near = Some(Exclusion::NearTopThird);
    assert_eq!(exclusion(&suite, &second), near);
    assert_eq!(exclusion(&suite, &small), None);
    let named = [second.clone(), small.clone()];
    suite.faults().refuse_queries();

    suite.drain(&named);
    let drained_at = suite.now();
    suite.advance(HOUR);
    let (excluded, since, leaves_from, _) = why(&suite, &small);
    assert_eq!(excluded, Some(Exclusion::Draining));
    assert_eq!((since, leaves_from), (Some(drained_at), Some(drained_at)));
    list_unkept(&mut suite, &named);
    assert_eq!(exclusion(&suite, &second), near); // of which nothing was there
    assert_eq!(exclusion(&suite, &small), None);

    // and after a snapshot that found it drained
    suite.heal();
    suite.drain(std::slice::from_ref(&small));
    read(&mut suite);
    assert_eq!(exclusion(&suite, &small), Some(Exclusion::Draining));
    suite.faults().refuse_queries();
    list_unkept(&mut suite, std::slice::from_ref(&small));
    assert_eq!(exclusion(&suite, &small), None);
}

#[test]
fn listing_that_is_over_says_since_when() {
    let mut suite = funded();
    let ended = suite.listed[0].clone();
    let end = suite.now() + HOUR;
    suite.list_as(vec![until(&ended, end)]);
    suite.advance(3 * HOUR);

    let told = why(&suite, &ended);
    assert_eq!(told.0, Some(Exclusion::Expired));
    assert_eq!((told.1, told.2), (Some(end), Some(end)));

    read(&mut suite);
    let told = why(&suite, &ended);
    assert_eq!((told.1, told.2), (Some(end), Some(end)));
}

#[test]
fn validator_that_was_in_no_snapshot_is_unknown_and_nobody_says_since_when() {
    let mut builder = SuiteBuilder::base();
    builder.listed.pop();
    let mut suite = builder.build();
    let new = suite.validators[13].clone();
    suite.list(std::slice::from_ref(&new));

    let unknown = Some(Exclusion::Unknown);
    let cleared_by = "a refresh that can read it".to_owned();
    assert_eq!(why(&suite, &new), (unknown, None, None, cleared_by));
    // nor after one that could not read it, but since that one
    suite.faults().refuse_queries_about(&new);
    suite.keep();
    let told = why(&suite, &new);
    assert_eq!((told.0, told.1), (unknown, suite.totals().refreshed_at));
}

/// Fails to compile when there is another.
fn name(exclusion: Exclusion) -> &'static str {
    match exclusion {
        Exclusion::NotListed => "not_listed",
        Exclusion::Draining => "draining",
        Exclusion::Expired => "expired",
        Exclusion::Tombstoned => "tombstoned",
        Exclusion::Jailed => "jailed",
        Exclusion::NotBonded => "not_bonded",
        Exclusion::Unknown => "unknown",
        Exclusion::CommissionCeiling => "commission_ceiling",
        Exclusion::Commission => "commission",
        Exclusion::CommissionLately => "commission_lately",
        Exclusion::TopThird => "top_third",
        Exclusion::NearTopThird => "near_top_third",
    }
}

#[test]
fn exclusions_have_one_name_each_in_answers_and_schema() {
    let all = [
        Exclusion::NotListed,
        Exclusion::Draining,
        Exclusion::Expired,
        Exclusion::Tombstoned,
        Exclusion::Jailed,
        Exclusion::NotBonded,
        Exclusion::Unknown,
        Exclusion::CommissionCeiling,
        Exclusion::Commission,
        Exclusion::CommissionLately,
        Exclusion::TopThird,
        Exclusion::NearTopThird,
    ];
    let schema: serde_json::Value = serde_json::from_str(crate::examples::VAULT).unwrap();
    let names: Vec<_> = all.map(name).to_vec();
    for (exclusion, name) in all.into_iter().zip(&names) {
        assert_eq!(serde_json::to_value(exclusion).unwrap(), json!(name));
    }
    for answer in ["validators", "explain"] {
        let told = &schema["responses"][answer]["definitions"]["Exclusion"]["oneOf"];
        let told = told.as_array().unwrap().iter();
        let told: Vec<_> = told.map(|it| it["enum"][0].as_str().unwrap()).collect();
        assert_eq!(told, names, "{answer}");
    }
}
