//! Raw queries: protobuf and proto-JSON, and who may ask.

use crate::common::*;
use anybuf::{Anybuf, Bufany};
use cosmwasm_std::{
    Binary, ContractResult, Decimal, Empty, GrpcQuery, Querier, QueryRequest, SystemResult,
};
use serde_json::Value;
use staking_sim::{Chain, QueryProfile, compute_consensus_address};

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
    assert_eq!(info["start_height"], (start - 1).to_string());
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
