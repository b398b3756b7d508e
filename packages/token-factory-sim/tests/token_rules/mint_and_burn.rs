//! MsgMint, MsgBurn and MsgForceTransfer.
//!
//! Succeeds for the admin: mints to anybody, burns its own.
//! Fails on: strangers, unknown denoms, no amount, blocked receivers, more than there is, others' coins.

use crate::common::*;
use anybuf::Anybuf;
use cosmwasm_std::{BankMsg, coin};
use cw_multi_test::Executor;
use token_factory_sim::FactoryError;

fn owned(chain: &Chain) -> [u128; 3] {
    let of = |who| chain.balance(&who, &gold()).u128();
    [of(alice()), of(bob()), supply(chain, &gold())]
}

#[test]
fn admin_mints_to_anybody() {
    let mut chain = chain_with_gold(factory());

    mint(&mut chain, &alice(), &coin(5, gold()), "").unwrap();
    mint(&mut chain, &alice(), &coin(7, gold()), bob()).unwrap();
    let capital = bob().as_str().to_ascii_uppercase(); // the same address
    mint(&mut chain, &alice(), &coin(1, gold()), capital).unwrap();

    assert_eq!(owned(&chain), [5, 8, 13]);
}

#[test]
fn refusals_of_a_mint_come_in_the_order_of_the_chain() {
    let mut chain = chain_with_gold(factory());
    let missing = denom(&bob(), "gold");
    let mut tell = |denom: &str, digits: &str, to: &str| {
        let value = amount(digits, denom).append_string(3, to);
        refusal(send(&mut chain, &bob(), "MsgMint", value))
    };
    let text = "Invalid mint to address (empty address string is not allowed): invalid address";
    assert_eq!(tell(&missing, "0", " "), refused("sdk", 7, text));
    let text = format!("0{missing}: invalid coins");
    assert_eq!(tell(&missing, "0", ""), refused("sdk", 10, text));
    let text = format!("denom: {missing}: denom does not exist");
    assert_eq!(tell(&missing, "1", ""), refused("tokenfactory", 10, text));
    assert_eq!(
        tell("stake", "1", ""),
        refused("tokenfactory", 10, "denom: stake: denom does not exist")
    );
    assert_eq!(tell(&gold(), "1", ""), unauthorized());
    let (code, text) = tell(&gold(), "1", "nobody");
    assert_eq!(code, "codespace: sdk, code: 7");
    assert!(text.starts_with("Invalid mint to address ("), "{text}");
    let blocked = chain.distribution_address().into_string();
    let value = amount("1", &gold()).append_string(3, &blocked);
    let told = refusal(send(&mut chain, &bob(), "MsgMint", value));
    assert_eq!(told, unauthorized());
    assert_eq!(owned(&chain), [0; 3]);
}

#[test]
fn module_accounts_receive_nothing() {
    let mut chain = chain_with_gold(factory());
    let blocked = [
        chain.distribution_address(),
        chain.bonded_pool_address(),
        chain.not_bonded_pool_address(),
    ];
    for to in blocked {
        let told = refusal(mint(&mut chain, &alice(), &coin(1, gold()), &to));
        let text = format!("failed to mint to blocked address: {to}");
        assert_eq!(told, unregistered(text));
    }
    assert_eq!(owned(&chain), [0; 3]);
}

#[test]
fn amounts_of_nothing_are_refused() {
    let mut chain = chain_with_gold(factory());
    mint(&mut chain, &alice(), &coin(5, gold()), "").unwrap();
    let gold = gold();
    let cases = [
        (amount("0", &gold), format!("0{gold}")),
        (amount("-1", &gold), format!("-1{gold}")),
        (amount("", &gold), format!("<nil>{gold}")),
        (amount("1", "a b"), "1a b".into()),
        (amount("1", ""), "1".into()),
        (Anybuf::new(), "<nil>".into()),
    ];
    for (value, shown) in cases {
        for name in ["MsgMint", "MsgBurn"] {
            let told = refusal(send(&mut chain, &alice(), name, value.clone()));
            let text = format!("{shown}: invalid coins");
            assert_eq!(told, refused("sdk", 10, text), "{name}");
        }
    }
    assert_eq!(owned(&chain), [5, 0, 5]);
}

#[test]
fn more_than_the_bank_can_hold_stops_the_test_with_a_reason() {
    let mut chain = chain_with_gold(factory());
    mint(&mut chain, &alice(), &coin(u128::MAX, gold()), "").unwrap();
    let beyond = "340282366920938463463374607431768211456";
    for digits in ["1", beyond] {
        let value = amount(digits, &gold());
        let error = send(&mut chain, &alice(), "MsgMint", value).unwrap_err();
        assert!(error.downcast_ref::<FactoryError>().is_none());
        assert!(error.to_string().ends_with("more than this bank can hold"));
    }
    mint(&mut chain, &alice(), &coin(1, gold()), bob()).unwrap();
    assert_eq!(chain.balance(&bob(), &gold()).u128(), 1);
}

#[test]
fn admin_burns_its_own() {
    let mut chain = chain_with_gold(factory());
    mint(&mut chain, &alice(), &coin(5, gold()), "").unwrap();
    mint(&mut chain, &alice(), &coin(7, gold()), bob()).unwrap();

    burn(&mut chain, &alice(), &coin(2, gold()), "").unwrap();

    assert_eq!(owned(&chain), [3, 7, 10]);
    let told = refusal(burn(&mut chain, &alice(), &coin(4, gold()), ""));
    let gold = gold();
    let text = format!("spendable balance 3{gold} is smaller than 4{gold}: insufficient funds");
    assert_eq!(told, refused("sdk", 5, text));
    burn(&mut chain, &alice(), &coin(3, &gold), "").unwrap();
    let told = refusal(burn(&mut chain, &alice(), &coin(1, &gold), ""));
    let text = format!("spendable balance 0{gold} is smaller than 1{gold}: insufficient funds");
    assert_eq!(told, refused("sdk", 5, text));
    assert_eq!(owned(&chain), [0, 7, 7]);
}

#[test]
fn holders_burn_by_the_bank_alone() {
    let mut chain = chain_with_gold(factory());
    mint(&mut chain, &alice(), &coin(7, gold()), bob()).unwrap();

    let told = refusal(burn(&mut chain, &bob(), &coin(2, gold()), ""));
    assert_eq!(told, unauthorized());
    let amount = vec![coin(2, gold())];
    chain
        .app
        .execute(bob(), BankMsg::Burn { amount }.into())
        .unwrap();

    assert_eq!(owned(&chain), [0, 5, 5]);
}

#[test]
fn nothing_is_taken_from_holders() {
    let mut chain = chain_with_gold(factory());
    mint(&mut chain, &alice(), &coin(5, gold()), "").unwrap();
    mint(&mut chain, &alice(), &coin(7, gold()), bob()).unwrap();
    for from in [alice(), bob()] {
        // even where it is the admin's own
        let told = refusal(burn(&mut chain, &alice(), &coin(1, gold()), &from));
        assert_eq!(told, not_enabled());
    }
    // a stranger first, an address before, an amount before that
    let told = refusal(burn(&mut chain, &bob(), &coin(1, gold()), alice()));
    assert_eq!(told, unauthorized());
    let (code, text) = refusal(burn(&mut chain, &bob(), &coin(1, gold()), "nobody"));
    assert_eq!(code, "codespace: sdk, code: 7");
    assert!(text.starts_with("Invalid burn from address ("), "{text}");
    let (code, _) = refusal(burn(&mut chain, &bob(), &coin(0, gold()), "nobody"));
    assert_eq!(code, "codespace: sdk, code: 10");
    // nobody has burnt what nobody has made
    let told = refusal(burn(&mut chain, &alice(), &coin(1, "stake"), ""));
    assert_eq!(told, unauthorized());
    assert_eq!(owned(&chain), [5, 7, 12]);
}

#[test]
fn force_transfer_is_refused_once_it_is_well_formed() {
    let mut chain = chain_with_gold(factory());
    mint(&mut chain, &alice(), &coin(7, gold()), bob()).unwrap();
    let mut force = |digits: &str, from: &str, to: &str| {
        let value = amount(digits, &gold());
        let value = value.append_string(3, from).append_string(4, to);
        refusal(send(&mut chain, &alice(), "MsgForceTransfer", value))
    };
    let (alice, bob) = (alice(), bob());
    let empty = |what: &str| {
        let text = format!("Invalid {what} address (empty address string is not allowed)");
        refused("sdk", 7, format!("{text}: invalid address"))
    };
    assert_eq!(force("-1", "", ""), empty("from"));
    assert_eq!(force("-1", bob.as_str(), ""), empty("to"));
    let text = format!("-1{}: invalid coins", gold());
    let told = force("-1", bob.as_str(), alice.as_str());
    assert_eq!(told, refused("sdk", 10, text));
    for digits in ["0", "7"] {
        let told = force(digits, bob.as_str(), alice.as_str());
        assert_eq!(told, not_enabled());
    }
    assert_eq!(owned(&chain), [0, 7, 7]);
}
