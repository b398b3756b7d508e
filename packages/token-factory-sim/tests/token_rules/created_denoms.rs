//! MsgCreateDenom, and what holds for every message.
//!
//! Succeeds for any subdenom of up to 44 letters of denoms, and pays the fee into the community pool.
//! Fails on: a denom that exists, a fee that is not there, other subdenoms, another's name, other bytes.

use crate::common::*;
use anybuf::Anybuf;
use cosmwasm_std::testing::MockApi;
use cosmwasm_std::{AnyMsg, CosmosMsg, coin};
use cw_multi_test::Executor;
use staking_sim::{ChainBuilder, ChainError};
use token_factory_sim::{DenomUnit, Metadata, load_admin, load_metadata};

#[test]
fn creator_pays_the_fee_and_is_admin() {
    let mut chain = chain_with(factory().creation_fee([coin(7, "ufee"), coin(3, "stake")]));

    let answer = create(&mut chain, &alice(), "gold").unwrap();

    let told = Anybuf::new().append_string(1, gold()).into_vec();
    assert_eq!(answer.msg_responses[0].value, told);
    let type_url = &answer.msg_responses[0].type_url;
    assert_eq!(*type_url, format!("{PREFIX}.MsgCreateDenomResponse"));
    let left = ["stake", "ufee"].map(|denom| chain.balance(&alice(), denom).u128());
    assert_eq!(left, [97, 93]);
    let pool = chain.community_pool().to_std();
    let shown = pool
        .iter()
        .map(|coin| format!("{}{}", coin.amount, coin.denom));
    let pool: Vec<String> = shown.collect();
    assert_eq!(pool, ["3stake", "7ufee"]);
    let storage = chain.app.storage();
    let admin = load_admin(storage, &gold()).unwrap();
    assert_eq!(admin, Some(alice().into_string()));
    let unit = DenomUnit {
        denom: gold(),
        ..DenomUnit::default()
    };
    let bare = Metadata {
        units: vec![unit],
        base: gold(),
        display: gold(),
        name: gold(),
        symbol: gold(),
        ..Metadata::default()
    };
    assert_eq!(load_metadata(storage, &gold()).unwrap(), Some(bare));
    assert_eq!(supply(&chain, &gold()), 0);
}

#[test]
fn missing_fee_is_refused_and_nothing_is_taken() {
    let fee = || factory().creation_fee([coin(7, "ufee"), coin(3, "stake")]);
    let wanting = |owned: &str, wanted: &str| {
        let text = format!("spendable balance {owned} is smaller than {wanted}");
        refused("sdk", 5, format!("{text}: insufficient funds"))
    };
    let mut chain = chain_with(fee());
    let poor = refusal(create(&mut chain, &bob(), "gold"));
    assert_eq!(poor, wanting("0stake", "3stake")); // the first in the order of denoms
    chain.mint(&bob(), vec![coin(3, "stake"), coin(6, "ufee")]);
    let short = refusal(create(&mut chain, &bob(), "gold"));
    assert_eq!(short, wanting("6ufee", "7ufee"));

    let left = ["stake", "ufee"].map(|denom| chain.balance(&bob(), denom).u128());
    assert_eq!(left, [3, 6]);
    assert!(chain.community_pool().to_std().is_empty());
    let silver = denom(&bob(), "gold");
    assert_eq!(load_admin(chain.app.storage(), &silver).unwrap(), None);
    assert_eq!(load_metadata(chain.app.storage(), &silver).unwrap(), None);
    chain.mint(&bob(), vec![coin(1, "ufee")]);
    create(&mut chain, &bob(), "gold").unwrap();
}

#[test]
fn fee_of_nothing_is_none() {
    let mut chain = chain_with(factory().creation_fee([coin(0, "ufee")]));

    create(&mut chain, &bob(), "gold").unwrap(); // who has nothing

    assert!(chain.community_pool().to_std().is_empty());
}

#[test]
fn existing_denom_is_refused_before_the_fee() {
    let mut chain = chain_with(factory().creation_fee([coin(100, "ufee")]));
    create(&mut chain, &alice(), "gold").unwrap();

    let again = refusal(create(&mut chain, &alice(), "gold"));

    let text = "attempting to create a denom that already exists (has bank metadata)";
    assert_eq!(again, refused("tokenfactory", 2, text));
    chain.mint(&bob(), vec![coin(100, "ufee")]);
    create(&mut chain, &bob(), "gold").unwrap(); // another's is another
}

#[test]
fn subdenoms_are_what_denoms_may_end_with() {
    let mut chain = chain_with(factory());
    let longest = "x".repeat(44);
    for taken in ["", "a", "GoLd", "a/b", "a:b.c_d-e", "1", &longest] {
        create(&mut chain, &alice(), taken).unwrap();
        let made = load_admin(chain.app.storage(), &denom(&alice(), taken)).unwrap();
        assert_eq!(made, Some(alice().into_string()), "{taken}");
    }
    let too_long = refusal(create(&mut chain, &alice(), &"x".repeat(45)));
    let text = "subdenom too long, max length is 44 bytes: invalid denom";
    assert_eq!(too_long, refused("tokenfactory", 4, text));
    let too_many_bytes = refusal(create(&mut chain, &alice(), &"ä".repeat(23)));
    assert_eq!(too_many_bytes, refused("tokenfactory", 4, text));
    for wrong in ["a b", "gold!", "ä", "a\n"] {
        let text = format!("invalid denom: {}: invalid denom", denom(&alice(), wrong));
        let told = refusal(create(&mut chain, &alice(), wrong));
        assert_eq!(told, refused("tokenfactory", 4, text), "{wrong:?}");
    }
}

#[test]
fn creator_with_too_long_an_address_makes_no_denom() {
    let api = MockApi::default().with_prefix("seventeencosmoses"); // one more than the longest
    let long = api.addr_make("long");
    let mut chain = ChainBuilder::new().api(api).stargate(factory()).build();

    let told = refusal(create(&mut chain, &long, "gold"));

    let text = "creator too long, max length is 75 bytes: invalid denom";
    assert_eq!(told, refused("tokenfactory", 4, text));
}

#[test]
fn nobody_signs_for_others() {
    let mut chain = chain_with_gold(factory());
    let mut as_bob =
        |name: &str, value: Anybuf| refusal(chain.app.execute(bob(), message(name, value)));
    let of_alice = || amount("1", &gold()).append_string(1, alice());
    let no_permission = refused("sdk", 4, "contract doesn't have permission: unauthorized");
    assert_eq!(as_bob("MsgMint", of_alice()), no_permission);
    assert_eq!(as_bob("MsgBurn", of_alice()), no_permission);
    let create = Anybuf::new().append_string(1, alice());
    assert_eq!(as_bob("MsgCreateDenom", create), no_permission);

    // an address that is none comes first
    let of_nobody = |name: &str| Anybuf::new().append_string(1, name);
    let (code, text) = as_bob("MsgCreateDenom", of_nobody("nobody"));
    assert_eq!(code, "codespace: sdk, code: 7");
    assert!(text.starts_with("Invalid sender address ("), "{text}");
    let text = "Invalid sender address (empty address string is not allowed): invalid address";
    for name in ["MsgCreateDenom", "MsgMint", "MsgChangeAdmin"] {
        let told = as_bob(name, of_nobody(""));
        assert_eq!(told, refused("sdk", 7, text), "{name}");
    }
    // and so does whatever else is wrong with the message itself
    let (code, _) = as_bob("MsgMint", amount("0", &gold()).append_string(1, alice()));
    assert_eq!(code, "codespace: sdk, code: 10");
}

#[test]
fn bytes_of_no_message_are_refused() {
    let mut chain = chain_with_gold(factory());
    let cases = [
        ("MsgCreateDenom", Anybuf::new().append_uint64(2, 5)),
        ("MsgMint", Anybuf::new().append_bytes(2, [255])),
        ("MsgMint", amount("a lot", &gold())),
        ("MsgBurn", amount("-", &gold())),
        ("MsgSetDenomMetadata", Anybuf::new().append_uint64(2, 5)),
    ];
    for (name, value) in cases {
        let told = refusal(send(&mut chain, &alice(), name, value));
        let text = format!("Cannot unpack proto message with type URL: {PREFIX}.{name}");
        let text = format!("{text}: invalid CosmosMsg from the contract");
        assert_eq!(told, refused("wasm", 10, text));
    }
}

#[test]
fn chain_knows_its_own_names_only() {
    let prefix = "/cosmwasm.tokenfactory.v1beta1";
    let mut chain = chain_with(factory().prefix(prefix));
    let unknown = create(&mut chain, &alice(), "gold").unwrap_err();
    let unknown = unknown.downcast_ref::<ChainError>().unwrap();
    let ChainError::Unregistered { reason } = unknown else {
        panic!("{unknown:?}");
    };
    assert_eq!(*reason, format!("unknown message {PREFIX}.MsgCreateDenom"));

    let value = Anybuf::new().append_string(1, alice());
    let create = |name: &str| {
        CosmosMsg::Any(AnyMsg {
            type_url: format!("{prefix}{name}"),
            value: value.clone().append_string(2, "gold").into_vec().into(),
        })
    };
    for wrong in ["/MsgCreateDenom", ".MsgCreate", "s.MsgCreateDenom"] {
        let told = chain.app.execute(alice(), create(wrong)).unwrap_err();
        assert!(told.downcast_ref::<ChainError>().is_some(), "{wrong}");
    }
    let answer = chain.app.execute(alice(), create(".MsgCreateDenom"));
    let type_url = &answer.unwrap().msg_responses[0].type_url;
    assert_eq!(*type_url, format!("{prefix}.MsgCreateDenomResponse"));
    let made = load_admin(chain.app.storage(), &gold()).unwrap();
    assert_eq!(made, Some(alice().into_string()));
}
