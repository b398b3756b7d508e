//! Coins that leave over a channel and come home, of accounts and of contracts.
//!
//! Succeeds when a voucher is worth the coin that is kept for it; fails when a coin is in two places.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests stop on errors")]

mod common;

use common::{STAKE, genesis, reflect, sending};
use serde_json::json;
use wasmd_chain::ibc::Loopback;
use wasmd_chain::{Chain, Params, Tx, coin, denom, ibc};

struct Trader {
    chain: Chain,
    alice: String,
    bob: String,
    gold: String,
    channel: Loopback,
}

fn trader() -> Trader {
    trader_with(Params::default())
}

/// Alice made the denom gold and has a thousand of it; there is a channel.
fn trader_with(params: Params) -> Trader {
    let genesis = genesis().account("bob", &[coin(1_000_000, STAKE)]);
    let mut chain = genesis.params(params).begin().unwrap();
    let (alice, bob) = (
        chain.account("alice").unwrap(),
        chain.account("bob").unwrap(),
    );
    let gold = denom::name(&alice, "gold");
    let mint = denom::mint(&alice, &coin(1_000, &gold), None);
    chain
        .tx(Tx::new("alice", [denom::create(&alice, "gold"), mint]))
        .unwrap();
    let channel = chain.open_loopback("alice").unwrap();
    assert_eq!(channel.here, "channel-0");
    assert_eq!(channel.there, "channel-1");
    Trader {
        chain,
        alice,
        bob,
        gold,
        channel,
    }
}

#[test]
fn coin_of_a_factory_goes_out_and_comes_home() {
    let Trader {
        mut chain,
        alice,
        bob,
        gold,
        channel: Loopback { here, there },
    } = trader();
    let out = chain
        .transfer("alice", &here, &bob, &coin(400, &gold), "for you")
        .unwrap();
    let error = chain.voucher(&there, &gold).unwrap_err();
    assert!(error.is_unserved("query_failed"), "{error}");
    let relayed = chain.relay("bob", &out).unwrap();
    assert!(relayed.is_arrived(), "{}", relayed.acknowledgement);
    let voucher = chain.voucher(&there, &gold).unwrap();
    assert!(voucher.starts_with("ibc/"));
    let escrow = chain.escrow(&here).unwrap();
    let has = |chain: &Chain, who: &str, denom: &str| chain.balance(who, denom).unwrap();
    assert_eq!(has(&chain, &bob, &voucher), 400);
    assert_eq!(has(&chain, &alice, &gold), 600);
    assert_eq!(has(&chain, &escrow, &gold), 400);
    assert_eq!(chain.supply(&gold).unwrap(), 1_000);

    let home = chain
        .transfer("bob", &there, &alice, &coin(150, &voucher), "")
        .unwrap();
    assert!(chain.relay("alice", &home).unwrap().is_arrived());
    assert_eq!(has(&chain, &alice, &gold), 750);
    assert_eq!(has(&chain, &escrow, &gold), 250);
    assert_eq!(has(&chain, &bob, &voucher), 250);
    assert_eq!(chain.supply(&voucher).unwrap(), 250);
}

#[test]
fn packet_that_does_not_arrive_gives_back() {
    let Trader {
        mut chain,
        alice,
        bob,
        gold,
        channel: Loopback { here, .. },
    } = trader();
    let lost = chain
        .transfer("alice", &here, "nowhere", &coin(10, &gold), "")
        .unwrap();
    assert_eq!(chain.balance(&alice, &gold).unwrap(), 990);
    let relayed = chain.relay("bob", &lost).unwrap();
    assert!(!relayed.is_arrived());
    assert!(relayed.acknowledgement["error"].is_string());
    assert_eq!(chain.balance(&alice, &gold).unwrap(), 1_000);

    let late = chain
        .transfer("alice", &here, &bob, &coin(10, &gold), "")
        .unwrap();
    let early = chain.time_out("bob", &late).unwrap_err();
    assert_eq!(early.refused().unwrap().codespace, "channel");
    chain.advance(3_600).unwrap();
    let refused = chain.relay("bob", &late).unwrap_err();
    assert_eq!(refused.refused().unwrap().codespace, "channel");
    chain.time_out("bob", &late).unwrap();
    assert_eq!(chain.balance(&alice, &gold).unwrap(), 1_000);
}

#[test]
fn contract_sends_and_is_sent_to() {
    let Trader {
        mut chain,
        gold,
        channel: Loopback { here, there },
        ..
    } = trader();
    let contract = reflect(&mut chain);
    let out = chain
        .transfer("alice", &here, &contract, &coin(30, &gold), "")
        .unwrap();
    assert!(chain.relay("bob", &out).unwrap().is_arrived());
    let voucher = chain.voucher(&there, &gold).unwrap();
    assert_eq!(chain.balance(&contract, &voucher).unwrap(), 30);
    let timeout = format!("{}000000000", chain.time_seconds() + 600);
    let send = json!({"ibc": {"transfer": {
        "channel_id": there,
        "to_address": contract,
        "amount": {"denom": voucher, "amount": "20"},
        "timeout": {"block": null, "timestamp": timeout},
        "memo": null,
    }}});
    let receipt = chain
        .execute("alice", &contract, &sending(&[send]), &[])
        .unwrap();
    let packets = receipt.packets().unwrap();
    assert_eq!(packets.len(), 1);
    assert!(chain.relay("bob", &packets[0]).unwrap().is_arrived());
    assert_eq!(chain.balance(&contract, &gold).unwrap(), 20);
    assert_eq!(chain.balance(&contract, &voucher).unwrap(), 10);
}

#[test]
fn transfer_is_a_message_among_others() {
    let Trader {
        mut chain,
        alice,
        bob,
        gold,
        channel: Loopback { here, there },
    } = trader();
    let timeout = chain.time_seconds() + 60;
    let send = |amount| ibc::transfer(&here, &alice, &bob, &coin(amount, &gold), "", timeout);
    let receipt = chain.tx(Tx::new("alice", [send(1), send(2)])).unwrap();
    let packets = receipt.packets().unwrap();
    for packet in packets.iter().rev() {
        assert!(chain.relay("bob", packet).unwrap().is_arrived());
    }
    let voucher = chain.voucher(&there, &gold).unwrap();
    assert_eq!(chain.balance(&bob, &voucher).unwrap(), 3);
}

#[test]
fn arriving_coins_call_a_contract_for_their_sender() {
    let Trader {
        mut chain,
        alice,
        bob,
        gold,
        channel: Loopback { here, there },
    } = trader_with(Params {
        memo_calls: Some(true),
        ..Params::default()
    });
    let contract = reflect(&mut chain);
    let caller = chain.memo_caller(&there, &alice).unwrap();
    assert_ne!(caller, chain.memo_caller(&here, &alice).unwrap());
    let hand_over = json!({"change_owner": {"owner": caller}});
    chain.execute("alice", &contract, &hand_over, &[]).unwrap();
    // vouchers begin to exist with a transfer that calls nothing
    let first = chain
        .transfer("alice", &here, &bob, &coin(1, &gold), "{\"note\": 1}")
        .unwrap();
    assert!(chain.relay("bob", &first).unwrap().is_arrived());
    let voucher = chain.voucher(&there, &gold).unwrap();
    let pay_bob = |amount: &str| {
        let amount = json!([{"denom": voucher, "amount": amount}]);
        sending(&[json!({"bank": {"send": {"to_address": bob, "amount": amount}}})])
    };
    let call = ibc::memo_call(&contract, &pay_bob("30")).unwrap();
    let send = |chain: &mut Chain, sender, receiver: &str, memo: &str| {
        let denom = coin(50, if sender == "alice" { &gold } else { STAKE });
        let packet = chain.transfer(sender, &here, receiver, &denom, memo);
        chain.relay("bob", &packet.unwrap()).unwrap()
    };
    let called = send(&mut chain, "alice", &contract, &call);
    assert!(called.is_arrived(), "{}", called.acknowledgement);
    let balance = |chain: &Chain, who: &str| chain.balance(who, &voucher).unwrap();
    assert_eq!(balance(&chain, &contract), 20);
    assert_eq!(balance(&chain, &bob), 31);
    assert_eq!(balance(&chain, &caller), 0);

    // each of these undoes all, and gives back what was sent
    let too_much = ibc::memo_call(&contract, &pay_bob("71")).unwrap();
    let empty = json!({"wasm": {"contract": contract}}).to_string();
    let of_nobody = "{\"wasm\": 1}";
    for (sender, receiver, memo, number) in [
        ("alice", &contract, too_much.as_str(), 6),
        ("alice", &bob, &call, 2),
        ("alice", &contract, &empty, 2),
        ("alice", &contract, of_nobody, 2),
        ("bob", &contract, &call, 6), // who does not own the contract
    ] {
        let before = chain.balance(&alice, &gold).unwrap();
        let relayed = send(&mut chain, sender, receiver, memo);
        assert!(!relayed.is_arrived());
        let error = relayed.acknowledgement["error"].as_str().unwrap();
        assert!(
            error.starts_with(&format!("ABCI code: {number}:")),
            "{error}"
        );
        assert_eq!(chain.balance(&alice, &gold).unwrap(), before);
        assert_eq!(balance(&chain, &contract), 20);
        assert_eq!(balance(&chain, &bob), 31);
    }
}

#[test]
fn memo_is_only_a_memo_where_calls_are_off() {
    let Trader {
        mut chain,
        gold,
        channel: Loopback { here, there },
        ..
    } = trader();
    let contract = reflect(&mut chain);
    let call = ibc::memo_call(&contract, &json!({"no_such": {}})).unwrap();
    let packet = chain
        .transfer("alice", &here, &contract, &coin(5, &gold), &call)
        .unwrap();
    assert!(chain.relay("bob", &packet).unwrap().is_arrived());
    let voucher = chain.voucher(&there, &gold).unwrap();
    assert_eq!(chain.balance(&contract, &voucher).unwrap(), 5);
}
