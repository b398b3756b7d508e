//! Shares that are a cw20: without minting and burning by hand.
//!
//! Succeeds when owners and spenders within their allowance move shares, contracts are called
//! after a send, and the marketing account changes texts.
//!
//! Fails when shares would go to the vault or its pot, by whichever message, when more is moved
//! than is owned or allowed, and when others touch the texts.

use cosmwasm_std::{Binary, Uint128};
use cw20::{AllowanceResponse, Expiration, TokenInfoResponse};
use defenders_suite::{Suite, TOKEN, Tx, text};
use defenders_types::{ExecuteMsg, QueryMsg};

use crate::fixture::{DEPOSIT, funded, funded_cw20};

fn allow(suite: &mut Suite, owner: &str, spender: &str, shares: u128) {
    let msg = ExecuteMsg::IncreaseAllowance {
        spender: spender.into(),
        amount: Uint128::new(shares),
        expires: None,
    };
    suite.execute(owner, &msg, vec![]).unwrap();
}

fn allowance(suite: &Suite, owner: &str, spender: &str) -> u128 {
    let answer: AllowanceResponse = suite.query(&QueryMsg::Allowance {
        owner: owner.into(),
        spender: spender.into(),
    });
    answer.allowance.u128()
}

fn transfer_from(owner: &str, recipient: &str, shares: u128) -> ExecuteMsg {
    ExecuteMsg::TransferFrom {
        owner: owner.into(),
        recipient: recipient.into(),
        amount: Uint128::new(shares),
    }
}

#[test]
fn token_info_is_that_of_the_instantiation() {
    let suite = funded_cw20();
    let info: TokenInfoResponse = suite.query(&QueryMsg::TokenInfo {});
    let expected = TokenInfoResponse {
        name: "Defenders stake".into(),
        symbol: "DEFEND".into(),
        decimals: 6,
        total_supply: Uint128::new(1000 * TOKEN),
    };
    assert_eq!(info, expected);
}

#[test]
fn transfer_moves_shares() {
    let mut suite = funded();
    let (alice, bob) = (suite.user("alice"), suite.user("bob"));

    suite.try_transfer(&alice, &bob, 9 * TOKEN).unwrap();

    assert_eq!(suite.shares(&alice), DEPOSIT - 9 * TOKEN);
    assert_eq!(suite.shares(&bob), 9 * TOKEN);
}

#[test]
fn transfer_of_more_than_owned_is_refused() {
    let mut suite = funded_cw20();
    let (alice, bob) = (suite.user("alice"), suite.user("bob"));

    let refusal = suite.try_transfer(&alice, &bob, DEPOSIT + 1).unwrap_err();

    let reason = format!("{} shares asked for, {DEPOSIT} held", DEPOSIT + 1);
    assert!(refusal.says(&reason), "{}", refusal.text);
    assert_eq!(suite.shares(&alice), DEPOSIT);
}

#[test]
fn transferred_shares_can_be_redeemed_by_their_new_owner() {
    let mut suite = funded();
    let (alice, bob) = (suite.user("alice"), suite.user("bob"));
    suite.try_transfer(&alice, &bob, 9 * TOKEN).unwrap();

    assert_eq!(crate::fixture::leave(&mut suite, &bob), 9 * TOKEN);
}

#[test]
fn send_moves_shares_and_calls_the_contract() {
    let mut suite = funded_cw20();
    let alice = suite.user("alice");
    let sink = instantiate_sink(&mut suite);
    let msg = ExecuteMsg::Send {
        contract: sink.clone(),
        amount: Uint128::new(TOKEN),
        msg: Binary::from(b"{}"),
    };

    let outcome = suite.execute(&alice, &msg, vec![]).unwrap();

    assert_eq!(suite.shares(&sink), TOKEN);
    let mut events = outcome.events.iter();
    let received = events.find(|e| e.ty == "wasm-sink/received").unwrap();
    let told = ["token", "sender", "shares"].map(|key| text(received, key));
    assert_eq!(told, [suite.vault.clone(), alice, "1000000".into()]);
}

#[test]
fn spender_moves_shares_within_its_allowance_only() {
    let mut suite = funded_cw20();
    let (alice, bob) = (suite.user("alice"), suite.user("bob"));
    let carol = suite.user("carol");
    allow(&mut suite, &alice, &bob, 5 * TOKEN);

    let beyond = transfer_from(&alice, &carol, 5 * TOKEN + 1);
    let refusal = suite.execute(&bob, &beyond, vec![]).unwrap_err();
    let reason = "5000001 shares asked for, 5000000 allowed";
    assert!(refusal.says(reason), "{}", refusal.text);
    let within = transfer_from(&alice, &carol, 3 * TOKEN);
    suite.execute(&bob, &within, vec![]).unwrap();

    assert_eq!(suite.shares(&carol), 3 * TOKEN);
    assert_eq!(allowance(&suite, &alice, &bob), 2 * TOKEN);
    let decrease = ExecuteMsg::DecreaseAllowance {
        spender: bob.clone(),
        amount: Uint128::new(2 * TOKEN),
        expires: None,
    };
    suite.execute(&alice, &decrease, vec![]).unwrap();
    assert_eq!(allowance(&suite, &alice, &bob), 0);
}

#[test]
fn expired_allowance_moves_nothing() {
    let mut suite = funded_cw20();
    let (alice, bob) = (suite.user("alice"), suite.user("bob"));
    let msg = ExecuteMsg::IncreaseAllowance {
        spender: bob.clone(),
        amount: Uint128::new(TOKEN),
        expires: Some(Expiration::AtTime(suite.chain.time().plus_seconds(60))),
    };
    suite.execute(&alice, &msg, vec![]).unwrap();
    suite.advance(61);

    let msg = transfer_from(&alice, &bob, 1);
    let refusal = suite.execute(&bob, &msg, vec![]).unwrap_err();
    let reason = "the allowance expired at nanosecond";
    assert!(refusal.says(reason), "{}", refusal.text);
}

#[test]
fn send_from_moves_shares_and_calls_the_contract() {
    let mut suite = funded_cw20();
    let (alice, bob) = (suite.user("alice"), suite.user("bob"));
    let sink = instantiate_sink(&mut suite);
    allow(&mut suite, &alice, &bob, TOKEN);
    let msg = ExecuteMsg::SendFrom {
        owner: alice,
        contract: sink.clone(),
        amount: Uint128::new(TOKEN),
        msg: Binary::from(b"{}"),
    };

    suite.execute(&bob, &msg, vec![]).unwrap();

    assert_eq!(suite.shares(&sink), TOKEN);
}

#[test]
fn shares_sent_to_the_vault_or_its_pot_are_refused_by_whichever_message() {
    let mut suite = funded_cw20();
    let (alice, bob) = (suite.user("alice"), suite.user("bob"));
    allow(&mut suite, &alice, &bob, DEPOSIT);
    let amount = Uint128::new(TOKEN);
    for target in [suite.vault.clone(), suite.pot.clone()] {
        let send = ExecuteMsg::Send {
            contract: target.clone(),
            amount,
            msg: Binary::from(b"{}"),
        };
        let send_from = ExecuteMsg::SendFrom {
            owner: alice.clone(),
            contract: target.clone(),
            amount,
            msg: Binary::from(b"{}"),
        };
        let transfer = ExecuteMsg::Transfer {
            recipient: target.clone(),
            amount,
        };
        let request = ExecuteMsg::RequestWithdrawal {
            shares: Some(amount),
            recipient: Some(target.clone()),
            min_tokens_out: None,
        };
        let tries = [
            (&alice, transfer),
            (&alice, send),
            (&alice, request),
            (&bob, transfer_from(&alice, &target, TOKEN)),
            (&bob, send_from),
        ];
        for (sender, msg) in tries {
            let refusal = suite.execute(sender, &msg, vec![]).unwrap_err();
            assert!(refusal.says("cannot receive"), "{msg:?}: {}", refusal.text);
        }
    }
    assert_eq!(suite.shares(&alice), DEPOSIT);
}

#[test]
fn minting_and_burning_by_hand_do_not_exist() {
    let mut suite = funded_cw20();
    let alice = suite.user("alice");
    let messages = [
        r#"{"burn":{"amount":"1"}}"#.to_string(),
        format!(r#"{{"burn_from":{{"owner":"{alice}","amount":"1"}}}}"#),
        format!(r#"{{"mint":{{"recipient":"{alice}","amount":"1"}}}}"#),
        format!(r#"{{"update_minter":{{"new_minter":"{alice}"}}}}"#),
    ];
    for msg in messages {
        let tx = Tx::Execute {
            sender: alice.clone(),
            contract: suite.vault.clone(),
            msg,
            funds: vec![],
        };
        let refusal = suite.tx(tx).unwrap_err();
        assert!(refusal.says("unknown variant"), "{}", refusal.text);
    }
}

#[test]
fn owner_keeps_the_marketing_texts_and_strangers_do_not() {
    let mut suite = funded_cw20();
    let (owner, alice) = (suite.owner.clone(), suite.user("alice"));
    let msg = ExecuteMsg::UpdateMarketing {
        project: Some("https://defenders.example".into()),
        description: None,
        marketing: None,
    };

    let refusal = suite.execute(&alice, &msg, vec![]).unwrap_err();
    let reason = "only the marketing account may do this";
    assert!(refusal.says(reason), "{}", refusal.text);
    suite.execute(&owner, &msg, vec![]).unwrap();

    let info: cw20::MarketingInfoResponse = suite.query(&QueryMsg::MarketingInfo {});
    assert_eq!(info.project.as_deref(), Some("https://defenders.example"));
}

pub fn instantiate_sink(suite: &mut Suite) -> String {
    let alice = suite.user("alice");
    suite.found_sink(&alice)
}
