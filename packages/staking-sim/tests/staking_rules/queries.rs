//! StakingQuery and DistributionQuery.

use crate::common::*;
use cosmwasm_std::{
    DecCoin, Decimal, Decimal256, DelegationTotalRewardsResponse, DelegatorReward,
    DistributionQuery, Empty, QueryRequest, Uint128, coin,
};
use staking_sim::{Chain, Params};

#[test]
fn bonded_denom_is_the_parameter() {
    assert_eq!(chain().app.wrap().query_bonded_denom().unwrap(), DENOM);
}

#[test]
fn all_validators_lists_the_bonded_by_present_power() {
    let params = Params {
        max_validators: 3,
        ..Params::default()
    };
    let validators = [
        ("d", 100 * POWER),
        ("c", 100 * POWER),
        ("b", 200 * POWER),
        ("a", 300 * POWER),
    ];
    let mut chain = builder_with(params, &validators).build();
    let names = |chain: &Chain| -> Vec<String> {
        let all = chain.app.wrap().query_all_validators().unwrap();
        all.into_iter().map(|validator| validator.address).collect()
    };
    assert_eq!(names(&chain), ["a", "b", "c"]);
    // the order follows at once, membership in the end block
    delegate(&mut chain, &alice(), "b", 200 * POWER).unwrap();
    delegate(&mut chain, &alice(), "d", 10 * POWER).unwrap();
    assert_eq!(names(&chain), ["b", "a", "c"]);
    chain.next_block(5);
    assert_eq!(names(&chain), ["b", "a", "d"]);
    // one jailed is absent at once
    chain.jail("a").unwrap();
    assert_eq!(names(&chain), ["b", "d"]);
}

#[test]
fn validator_query_knows_everyone_and_answers_null_for_strangers() {
    let mut chain = chain();
    chain.jail("c").unwrap();
    chain.next_block(5);
    let found = chain.app.wrap().query_validator("c").unwrap().unwrap();
    assert_eq!(found.address, "c");
    assert_eq!(found.commission, Decimal::percent(10));
    assert_eq!(found.max_commission, Decimal::percent(20));
    assert_eq!(found.max_change_rate, Decimal::percent(1));
    assert_eq!(chain.app.wrap().query_validator("nobody").unwrap(), None);
}

#[test]
fn can_redelegate_is_all_or_nothing() {
    let mut chain = chain();
    delegate(&mut chain, &alice(), "a", 100).unwrap();
    delegate(&mut chain, &alice(), "b", 100).unwrap();
    redelegate(&mut chain, &alice(), "a", "b", 1).unwrap();
    let wrap = chain.app.wrap();
    let a = wrap.query_delegation(alice(), "a").unwrap().unwrap();
    assert_eq!((a.amount, a.can_redelegate), (stake(99), stake(99)));
    let b = wrap.query_delegation(alice(), "b").unwrap().unwrap();
    assert_eq!((b.amount, b.can_redelegate), (stake(101), stake(0)));
    assert_eq!(wrap.query_delegation(alice(), "c").unwrap(), None);
    assert_eq!(wrap.query_delegation(alice(), "nobody").unwrap(), None);
}

#[test]
fn all_delegations_shows_truncated_amounts_and_zero_rows() {
    let mut chain = chain();
    delegate(&mut chain, &alice(), "b", 3).unwrap();
    delegate(&mut chain, &alice(), "a", 1).unwrap();
    let height = chain.app.block_info().height;
    chain.slash("a", height, Decimal::percent(50)).unwrap();
    chain.slash("b", height, Decimal::percent(50)).unwrap();
    let rows = chain.app.wrap().query_all_delegations(alice()).unwrap();
    let rows: Vec<_> = rows
        .into_iter()
        .map(|row| (row.validator, row.amount))
        .collect();
    assert_eq!(
        rows,
        [("a".to_string(), stake(0)), ("b".to_string(), stake(1))]
    );
}

#[test]
fn accumulated_rewards_are_truncated_by_denom() {
    let mut chain = chain();
    delegate(&mut chain, &alice(), "a", 100 * POWER).unwrap();
    for _ in 0..3 {
        chain.next_block(5);
    }
    // a: 400 of 700, less 10 %, alice a quarter: 0.128… of each
    chain.allocate_rewards(&[coin(1, "dust"), stake(1_000)]);
    let delegation = chain
        .app
        .wrap()
        .query_delegation(alice(), "a")
        .unwrap()
        .unwrap();
    assert_eq!(
        delegation.accumulated_rewards,
        [coin(0, "dust"), stake(128)]
    );
}

#[test]
fn distribution_queries_show_fractions() {
    let mut chain = chain();
    delegate(&mut chain, &alice(), "a", 200 * POWER).unwrap();
    delegate(&mut chain, &alice(), "b", 200 * POWER).unwrap();
    for _ in 0..3 {
        chain.next_block(5);
    }
    // a: 500 of 1000, less 10 %, alice 2/5: 0.18 of 101; b: 400 of 1000, less 10 %, 1/2: 0.18
    chain.allocate_rewards(&[stake(101)]);
    let ask = |query: DistributionQuery| QueryRequest::<Empty>::Distribution(query);
    let rewards = [DecCoin::new(Decimal256::permille(18_180), DENOM)];
    let total: DelegationTotalRewardsResponse = chain
        .app
        .wrap()
        .query(&ask(DistributionQuery::DelegationTotalRewards {
            delegator_address: alice().to_string(),
        }))
        .unwrap();
    assert_eq!(
        total.rewards,
        [
            DelegatorReward::new("a".into(), rewards.to_vec()),
            DelegatorReward::new("b".into(), rewards.to_vec()),
        ]
    );
    assert_eq!(
        total.total,
        [DecCoin::new(Decimal256::permille(36_360), DENOM)]
    );
    let one = chain
        .app
        .wrap()
        .query_delegation_rewards(alice(), "a")
        .unwrap();
    assert_eq!(one, rewards);
    assert!(
        chain
            .app
            .wrap()
            .query_delegation_rewards(alice(), "c")
            .is_err()
    );
    let validators = chain
        .app
        .wrap()
        .query_delegator_validators(alice())
        .unwrap();
    assert_eq!(validators, ["a", "b"]);
    let payee = chain
        .app
        .wrap()
        .query_delegator_withdraw_address(alice())
        .unwrap();
    assert_eq!(payee, alice());
}

#[test]
fn bonded_pool_balance_is_all_bonded_stake() {
    let chain = chain();
    let pool = chain.bonded_pool_address();
    let balance = chain.app.wrap().query_balance(pool, DENOM).unwrap();
    assert_eq!(balance.amount, Uint128::new(600 * POWER));
}
