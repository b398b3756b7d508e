//! Queries: StakingQuery, DistributionQuery, and the raw paths in both encodings.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests stop on errors"
)]

mod common;

use anybuf::{Anybuf, Bufany};
use common::*;
use cosmwasm_std::{
    Binary, ContractResult, DecCoin, Decimal, Decimal256, DelegationTotalRewardsResponse,
    DelegatorReward, DistributionQuery, Empty, GrpcQuery, Querier, QueryRequest, SystemResult,
    Uint128, coin,
};
use serde_json::Value;
use staking_sim::{Chain, Params, QueryProfile, compute_consensus_address};

const VALIDATOR: &str = "/cosmos.staking.v1beta1.Query/Validator";
const PARAMS: &str = "/cosmos.staking.v1beta1.Query/Params";
const POOL: &str = "/cosmos.staking.v1beta1.Query/Pool";
const SIGNING_INFO: &str = "/cosmos.slashing.v1beta1.Query/SigningInfo";

fn raw(chain: &Chain, request: QueryRequest<Empty>) -> Option<Vec<u8>> {
    let bytes = cosmwasm_std::to_json_vec(&request).unwrap();
    match chain.app.raw_query(&bytes) {
        SystemResult::Ok(ContractResult::Ok(answer)) => Some(answer.to_vec()),
        _ => None,
    }
}

fn ask(text: &str) -> Binary {
    Anybuf::new().append_string(1, text).into_vec().into()
}

fn grpc(chain: &Chain, path: &str, text: &str) -> Option<Vec<u8>> {
    raw(
        chain,
        QueryRequest::Grpc(GrpcQuery {
            path: path.to_string(),
            data: ask(text),
        }),
    )
}

fn stargate(chain: &Chain, path: &str, text: &str) -> Option<Value> {
    #[allow(deprecated, reason = "the request older chains answer")]
    let request = QueryRequest::Stargate {
        path: path.to_string(),
        data: ask(text),
    };
    raw(chain, request).map(|bytes| serde_json::from_slice(&bytes).unwrap())
}

fn open_chain() -> Chain {
    builder().profile(QueryProfile::All).build()
}

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
fn validator_in_protobuf() {
    let mut chain = open_chain();
    let height = chain.app.block_info().height;
    chain.slash("a", height, Decimal::percent(10)).unwrap();
    let bytes = grpc(&chain, VALIDATOR, "a").unwrap();
    let response = Bufany::deserialize(&bytes).unwrap();
    let validator = response.message(1).unwrap();
    assert_eq!(validator.string(1).unwrap(), "a");
    assert_eq!(validator.bool(3), Some(false));
    assert_eq!(validator.uint32(4), Some(3));
    assert_eq!(validator.string(5).unwrap(), "270000000");
    // 300 000 000 shares, times 10^18
    assert_eq!(
        validator.string(6).unwrap(),
        format!("300000000{}", "0".repeat(18))
    );
    let commission = validator.message(10).unwrap();
    let rates = commission.message(1).unwrap();
    assert_eq!(rates.string(1).unwrap(), "100000000000000000");
    assert_eq!(grpc(&chain, VALIDATOR, "nobody"), None);

    chain.jail("a").unwrap();
    chain.next_block(5);
    let bytes = grpc(&chain, VALIDATOR, "a").unwrap();
    let response = Bufany::deserialize(&bytes).unwrap();
    let validator = response.message(1).unwrap();
    assert_eq!(
        (validator.bool(3), validator.uint32(4)),
        (Some(true), Some(2))
    );
}

#[test]
fn validator_in_proto_json() {
    let chain = open_chain();
    let answer = stargate(&chain, VALIDATOR, "a").unwrap();
    let validator = &answer["validator"];
    assert_eq!(validator["operator_address"], "a");
    assert_eq!(validator["status"], "BOND_STATUS_BONDED");
    assert_eq!(validator["jailed"], false);
    assert_eq!(validator["tokens"], "300000000");
    assert_eq!(
        validator["delegator_shares"],
        "300000000.000000000000000000"
    );
    let rates = &validator["commission"]["commission_rates"];
    assert_eq!(rates["rate"], "0.100000000000000000");
}

#[test]
fn params_and_pool_in_both_encodings() {
    let chain = open_chain();
    let bytes = grpc(&chain, PARAMS, "").unwrap();
    let response = Bufany::deserialize(&bytes).unwrap();
    let params = response.message(1).unwrap();
    let seconds = i64::try_from(UNBONDING).unwrap();
    assert_eq!(params.message(1).unwrap().int64(1), Some(seconds));
    assert_eq!((params.uint32(2), params.uint32(3)), (Some(100), Some(7)));
    assert_eq!(params.string(5).unwrap(), DENOM);
    let answer = stargate(&chain, PARAMS, "").unwrap();
    assert_eq!(answer["params"]["unbonding_time"], "1814400s");
    assert_eq!(answer["params"]["max_entries"], 7);

    let bytes = grpc(&chain, POOL, "").unwrap();
    let response = Bufany::deserialize(&bytes).unwrap();
    let pool = response.message(1).unwrap();
    assert_eq!(pool.string(1).unwrap(), "0");
    assert_eq!(pool.string(2).unwrap(), "600000000");
    let answer = stargate(&chain, POOL, "").unwrap();
    assert_eq!(answer["pool"]["bonded_tokens"], "600000000");
}

#[test]
fn signing_info_is_found_by_consensus_address() {
    let mut chain = open_chain();
    let address = compute_consensus_address("c").unwrap();
    let start = chain.app.block_info().height;
    chain.set_absent(&["c".to_string()]);
    for _ in 0..4 {
        chain.next_block(5);
    }
    let info = &stargate(&chain, SIGNING_INFO, &address).unwrap()["val_signing_info"];
    assert_eq!(info["address"], address.as_str());
    assert_eq!(info["start_height"], start.to_string());
    assert_eq!(info["index_offset"], "4");
    assert_eq!(info["missed_blocks_counter"], "4");
    assert_eq!(info["tombstoned"], false);
    chain.double_sign("c", start);
    chain.next_block(5);
    let info = &stargate(&chain, SIGNING_INFO, &address).unwrap()["val_signing_info"];
    assert_eq!(info["tombstoned"], true);
    assert_eq!(info["jailed_until"], "9999-12-31T23:59:59Z");
    let bytes = grpc(&chain, SIGNING_INFO, &address).unwrap();
    let response = Bufany::deserialize(&bytes).unwrap();
    assert_eq!(response.message(1).unwrap().bool(5), Some(true));
    assert!(stargate(&chain, SIGNING_INFO, "cosmosvalcons1unknown").is_none());
}

#[test]
fn consensus_address_is_the_hash_of_the_key_that_the_validator_query_shows() {
    use sha2::{Digest, Sha256};
    let chain = open_chain();
    let answer = stargate(&chain, VALIDATOR, "a").unwrap();
    let key = answer["validator"]["consensus_pubkey"]["key"]
        .as_str()
        .unwrap();
    let hash = Sha256::digest(Binary::from_base64(key).unwrap());
    let hrp = bech32::Hrp::parse("cosmosvalcons").unwrap();
    let address = bech32::encode::<bech32::Bech32>(hrp, &hash[..20]).unwrap();
    assert_eq!(address, compute_consensus_address("a").unwrap());
}

#[test]
fn profiles_decide_who_may_ask() {
    for (profile, grpc_paths, stargate_paths) in [
        (QueryProfile::None, vec![], vec![]),
        (QueryProfile::Hub, vec![VALIDATOR], vec![]),
        (QueryProfile::Osmosis, vec![], vec![VALIDATOR, PARAMS]),
        (
            QueryProfile::All,
            vec![VALIDATOR, PARAMS, POOL],
            vec![VALIDATOR, PARAMS, POOL],
        ),
    ] {
        let chain = builder().profile(profile).build();
        for path in [VALIDATOR, PARAMS, POOL] {
            let by_grpc = grpc(&chain, path, "a").is_some();
            assert_eq!(by_grpc, grpc_paths.contains(&path), "{profile:?} {path}");
            let by_stargate = stargate(&chain, path, "a").is_some();
            assert_eq!(
                by_stargate,
                stargate_paths.contains(&path),
                "{profile:?} {path}"
            );
        }
    }
}

#[test]
fn bonded_pool_balance_is_all_bonded_stake() {
    let chain = chain();
    let pool = chain.bonded_pool_address();
    let balance = chain.app.wrap().query_balance(pool, DENOM).unwrap();
    assert_eq!(balance.amount, Uint128::new(600 * POWER));
}
