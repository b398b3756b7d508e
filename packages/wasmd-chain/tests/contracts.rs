//! Contracts: their code, calls, questions, gas and state; faults that reach them.
//!
//! Succeeds when real wasm runs, and its messages fail as ordered; fails when a limit of gas is passed.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests stop on errors")]

mod common;

use common::{STAKE, chain, delegation, genesis, group_wasm, reflect, sending};
use serde_json::{Value, json};
use wasmd_chain::{Faults, Gas, MessageKind, Program, Tx, msg};

#[test]
fn group_is_stored_instantiated_called_and_asked() {
    let mut chain = chain();
    let alice = chain.account("alice").unwrap();
    let code_id = chain.store("alice", group_wasm()).unwrap();
    let members = json!([{"addr": alice, "weight": 3}]);
    let init = json!({"admin": alice, "members": members});
    let group = chain.instantiate("alice", code_id, &init, &[]).unwrap();
    let add = json!({"update_members": {"remove": [], "add": [{"addr": group, "weight": 4}]}});
    let before = chain.snapshot().unwrap();
    let height = chain.height();
    let receipt = chain.execute("alice", &group, &add, &[]).unwrap();
    let event = receipt.events_of("wasm").next().unwrap();
    assert_eq!(event.attribute("action"), Some("update_members"));
    assert_eq!(event.attribute("msg_index"), None);
    let ask = json!({"total_weight": {}});
    let (told, gas): (Value, u64) = chain.smart_with_gas(&group, &ask, None).unwrap();
    assert_eq!(told["weight"], 7);
    assert!(gas > 10_000);
    let error = chain
        .smart_with_gas::<Value>(&group, &ask, Some(1_000))
        .unwrap_err();
    assert!(error.is_unserved("out_of_gas"), "{error}");
    let state = chain.contract_state(&group).unwrap();
    assert!(state.contains(&(b"total".to_vec(), b"7".to_vec())));

    chain.restore(before).unwrap();
    assert_eq!(chain.height(), height);
    let told: Value = chain.smart(&group, &ask).unwrap();
    assert_eq!(told["weight"], 3);
    chain.forget(before).unwrap();
    assert!(
        chain
            .restore(before)
            .unwrap_err()
            .is_unserved("unknown_snapshot")
    );
}

#[test]
fn gas_is_limited_told_and_rehearsed() {
    let mut chain = chain();
    let alice = chain.account("alice").unwrap();
    let send = || [msg::send(&alice, &alice, &[wasmd_chain::coin(1, STAKE)])];
    let error = chain
        .tx(Tx::new("alice", send()).gas(Gas::Limit(60_000)))
        .unwrap_err();
    let refused = error.refused().unwrap();
    assert_eq!((refused.codespace.as_str(), refused.code), ("sdk", 11)); // out of gas
    let receipt = chain
        .tx(Tx::new("alice", send()).gas(Gas::Rehearsed).memo("hello"))
        .unwrap();
    assert!(receipt.gas_wanted > receipt.gas_used && receipt.gas_wanted < 2 * receipt.gas_used);
}

#[test]
fn contract_meets_refusals_of_any_codespace_until_they_end() {
    let mut chain = chain();
    let contract = reflect(&mut chain);
    let validator = chain.operator("val-1").unwrap();
    let call = sending(&[delegation(&validator, 1_000)]);
    let refusing = Faults::default().refuse(&validator, MessageKind::Delegate, "liquid", 105);
    chain.set_faults(&refusing).unwrap();
    let error = chain.execute("alice", &contract, &call, &[]).unwrap_err();
    let refused = error.refused().unwrap();
    assert_eq!((refused.codespace.as_str(), refused.code), ("liquid", 105));
    // people are no contracts
    let alice = chain.account("alice").unwrap();
    let own = msg::delegate(&alice, &validator, &wasmd_chain::coin(1_000, STAKE));
    chain.tx(Tx::new("alice", [own])).unwrap();

    chain.set_faults(&Faults::default()).unwrap();
    chain.execute("alice", &contract, &call, &[]).unwrap();
    assert_eq!(chain.delegations(&contract).unwrap(), [(validator, 1_000)]);
    assert_eq!(
        chain
            .delegators(&chain.operator("val-1").unwrap())
            .unwrap()
            .len(),
        3
    );
}

#[test]
fn hidden_delegations_and_blocked_accounts() {
    let mut chain = chain();
    let contract = reflect(&mut chain);
    let validator = chain.operator("val-1").unwrap();
    let call = sending(&[delegation(&validator, 1_000)]);
    chain.execute("alice", &contract, &call, &[]).unwrap();
    let ask =
        json!({"chain": {"request": {"staking": {"all_delegations": {"delegator": contract}}}}});
    let shown = |chain: &wasmd_chain::Chain| chain.smart::<Value>(&contract, &ask).unwrap();
    let before = shown(&chain);
    let faults = Faults {
        hidden: vec![contract.clone()],
        blocked: vec![contract.clone()],
        ..Faults::default()
    };
    chain.set_faults(&faults).unwrap();
    assert_ne!(shown(&chain), before);
    let alice = chain.account("alice").unwrap();
    let gift = msg::send(&alice, &contract, &[wasmd_chain::coin(1, STAKE)]);
    let error = chain.tx(Tx::new("alice", [gift])).unwrap_err();
    assert!(error.to_string().contains("not allowed to receive funds"));
}

#[test]
fn program_of_ones_own_takes_options_and_ends_when_dropped() {
    let options = ["-max-wasm-bytes=100000"];
    let program = Program::start(&Program::find().unwrap(), &options).unwrap();
    let program = std::sync::Arc::new(program);
    let mut chain = genesis().begin_on(&program).unwrap();
    let error = chain.store("alice", group_wasm()).unwrap_err();
    assert!(error.is_unserved("store_refused"), "{error}");
    drop(chain);
    let about = program.ask(&json!({"op": "about"})).unwrap();
    assert_eq!(about["chains"], json!([]));
    assert_eq!(std::sync::Arc::strong_count(&program), 1);
}

#[test]
fn program_that_ends_instead_of_answering_is_told_with_the_request() {
    let program = Program::start(std::path::Path::new("/bin/true"), &[]).unwrap();
    let error = program.ask(&json!({"op": "about"})).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the real chain died of {\"op\":\"about\"}"
    );
}

#[test]
fn missing_program_is_told_with_the_script_that_builds_it() {
    let error = Program::start(std::path::Path::new("no/such"), &[]).unwrap_err();
    let text = error.to_string();
    assert!(text.contains("no/such is missing: build it with tests/wasmd/build.sh"));
    assert!(text.contains("WASMD_CHAIN"));
}

#[test]
fn genesis_that_makes_no_sense_is_refused_with_its_reason() {
    let error = wasmd_chain::Genesis::new().begin().unwrap_err();
    assert!(error.is_unserved("bad_genesis"), "{error}");
    let patch = json!({"bank": {"send_enabled": [{"denom": STAKE, "enabled": false}]}});
    let mut chain = genesis().patch(patch).begin().unwrap();
    let alice = chain.account("alice").unwrap();
    let send = msg::send(&alice, &alice, &[wasmd_chain::coin(1, STAKE)]);
    let error = chain.tx(Tx::new("alice", [send])).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("transfers are currently disabled"),
        "{error}"
    );
}
