//! Staking, votes, evidence and acts of the modules.
//!
//! Succeeds when what a test orders happens by the chain's own modules, and reads show it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests stop on errors")]

mod common;

use common::{STAKE, chain, genesis};
use serde_json::json;
use wasmd_chain::{Act, Block, Params, Refused, Tx, coin, msg};

#[test]
fn delegation_leaves_an_entry_and_is_paid_after_its_time() {
    let mut chain = chain();
    let (alice, validator) = (
        chain.account("alice").unwrap(),
        chain.operator("val-1").unwrap(),
    );
    let delegate = msg::delegate(&alice, &validator, &coin(5_000_000, STAKE));
    chain.tx(Tx::new("alice", [delegate])).unwrap();
    let undelegate = msg::undelegate(&alice, &validator, &coin(2_000_000, STAKE));
    chain.tx(Tx::new("alice", [undelegate])).unwrap();
    let (height, begun) = (chain.height(), chain.time_seconds());
    assert_eq!(
        chain.delegations(&alice).unwrap(),
        [(validator.clone(), 3_000_000)]
    );
    let entries = chain.unbonding_entries(&alice).unwrap();
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0].validator, validator);
    assert_eq!(entries[0].creation_height, height);
    assert_eq!(entries[0].completion_seconds, begun + 3_600);
    assert_eq!(entries[0].balance, 2_000_000);
    let before = chain.balance(&alice, STAKE).unwrap();
    chain.advance(3_600).unwrap();
    let after = chain.balance(&alice, STAKE).unwrap();
    assert_eq!(after, before + 2_000_000);
    assert_eq!(chain.time_seconds(), begun + 3_600);
}

#[test]
fn refusal_carries_codespace_code_and_gas() {
    let mut chain = chain();
    let (alice, validator) = (
        chain.account("alice").unwrap(),
        chain.operator("val-1").unwrap(),
    );
    let nothing = msg::undelegate(&alice, &validator, &coin(1, STAKE));
    let error = chain.tx(Tx::new("alice", [nothing])).unwrap_err();
    let Refused {
        codespace,
        code,
        gas_used,
        ..
    } = error.refused().unwrap();
    assert_eq!((codespace.as_str(), *code), ("staking", 19));
    assert!(*gas_used > 10_000);
    assert!(
        error
            .to_string()
            .starts_with("codespace: staking, code: 19: ")
    );
}

#[test]
fn acts_slash_and_jail_and_the_operator_returns() {
    let mut chain = chain();
    let validator = chain.operator("val-1").unwrap();
    let made = chain
        .block(
            &Block::after(6)
                .act(Act::slash("val-1", "0.1", None))
                .act(Act::jail("val-1"))
                .with_events(),
        )
        .unwrap();
    assert_eq!(made.power_changes, [("val-1".to_string(), 0)]);
    let burnt = made.events.iter().find(|event| event.kind == "burn");
    assert_eq!(burnt.unwrap().attribute("amount"), Some("90000000ustake"));
    let state = chain.validator(&validator).unwrap();
    assert_eq!((state.tokens, state.is_jailed), (810_000_000, true));
    chain
        .tx(Tx::new("val-1", [msg::unjail(&validator)]))
        .unwrap();
    assert!(chain.validator(&validator).unwrap().is_bonded());
}

#[test]
fn double_sign_is_for_ever_and_needs_a_vote() {
    let mut chain = chain();
    let validator = chain.operator("val-1").unwrap();
    chain.blocks(3).unwrap();
    let height = chain.height() - 1;
    let evidence = Block::after(6).evidence("val-1", height);
    chain.block(&evidence).unwrap();
    let state = chain.validator(&validator).unwrap();
    // 5 % of what it had
    assert_eq!((state.tokens, state.is_jailed), (855_000_000, true));
    let future = Block::after(6).evidence("val-0", chain.height() + 5);
    let height = chain.height();
    let error = chain.block(&future).unwrap_err();
    assert!(error.is_unserved("bad_evidence"), "{error}");
    assert_eq!(chain.height(), height);
    chain.block(&future.without_evidence()).unwrap();
}

#[test]
fn missed_votes_lead_to_jail() {
    let params = Params {
        signed_blocks_window: Some(10),
        inflation: Some("0".into()),
        ..Params::default()
    };
    let mut chain = genesis().params(params).begin().unwrap();
    for _ in 0..20 {
        chain.block(&Block::after(5).absent("val-1")).unwrap();
    }
    let validator = chain.operator("val-1").unwrap();
    assert!(chain.validator(&validator).unwrap().is_jailed);
    let voters = chain.next_voters().unwrap();
    assert_eq!(voters, [("val-0".to_string(), 1_000)]);
}

#[test]
fn large_fee_is_shared_out_by_the_next_block() {
    let mut chain = chain();
    let (alice, validator) = (
        chain.account("alice").unwrap(),
        chain.operator("val-0").unwrap(),
    );
    let delegate = msg::delegate(&alice, &validator, &coin(100_000_000, STAKE));
    chain.tx(Tx::new("alice", [delegate])).unwrap();
    chain.blocks(3).unwrap();
    let nothing = msg::send(&alice, &alice, &[coin(1, STAKE)]);
    let tx = Tx::new("alice", [nothing]).fee(&[coin(1_000_000, "ufee")]);
    chain.tx(tx).unwrap();
    assert_eq!(
        chain
            .rewards(&alice, &validator)
            .unwrap()
            .iter()
            .find(|c| c.denom == "ufee"),
        None
    );
    chain.advance(5).unwrap();
    let rewards = chain.rewards(&alice, &validator).unwrap();
    let fees = rewards.iter().find(|coin| coin.denom == "ufee").unwrap();
    // 1 100 of 2 000 units of power, less 5 % commission, a part in eleven: 47 500, less roundings
    assert!((47_499..=47_500).contains(&fees.amount), "{fees}");
}

#[test]
fn governance_changes_parameters() {
    let mut chain = chain();
    let mut params = chain.query("staking_params", json!({})).unwrap()["params"].take();
    params["max_entries"] = 3.into();
    let message = json!({
        "@type": "/cosmos.staking.v1beta1.MsgUpdateParams",
        "authority": chain.module_account("gov").unwrap(),
        "params": params,
    });
    chain
        .block(&Block::after(1).act(Act::govern([message])))
        .unwrap();
    let told = chain.query("staking_params", json!({})).unwrap();
    assert_eq!(told["params"]["max_entries"], 3);
}

#[test]
fn overstated_delegation_panics_until_it_is_mended() {
    let mut chain = chain();
    let (operator, account) = (
        chain.operator("val-0").unwrap(),
        chain.account("val-0").unwrap(),
    );
    let withdraw = msg::withdraw_rewards(&account, &operator);
    let withdraw = || Tx::new("val-0", [withdraw.clone()]);
    let overstate = |by| Block::after(1).act(Act::overstate(&account, "val-0", by));
    chain.block(&overstate(1_000_000)).unwrap();
    let error = chain.tx(withdraw()).unwrap_err();
    let refused = error.refused().unwrap();
    assert_eq!(
        (refused.codespace.as_str(), refused.code),
        ("undefined", 111_222)
    );
    chain.block(&overstate(-1_000_000)).unwrap();
    chain.tx(withdraw()).unwrap();
}
