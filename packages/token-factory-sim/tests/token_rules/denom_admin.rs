//! MsgChangeAdmin, and who is told to be the admin.
//!
//! Succeeds for the admin, with any address. Fails on: strangers, no address, what is no denom of a factory.

use crate::common::*;
use anybuf::Anybuf;
use cosmwasm_std::{Binary, Empty, GrpcQuery, Querier, QueryRequest, coin, to_json_vec};
use token_factory_sim::load_admin;

fn admin(chain: &Chain, denom: &str) -> Option<String> {
    load_admin(chain.app.storage(), denom).unwrap()
}

#[test]
fn denom_is_the_new_admins_alone() {
    let mut chain = chain_with_gold(factory());
    mint(&mut chain, &alice(), &coin(5, gold()), "").unwrap();

    change_admin(&mut chain, &alice(), &gold(), bob()).unwrap();

    assert_eq!(admin(&chain, &gold()), Some(bob().into_string()));
    let late = refusal(mint(&mut chain, &alice(), &coin(1, gold()), ""));
    assert_eq!(late, unauthorized());
    let late = refusal(burn(&mut chain, &alice(), &coin(1, gold()), ""));
    assert_eq!(late, unauthorized());
    let late = refusal(change_admin(&mut chain, &alice(), &gold(), alice()));
    assert_eq!(late, unauthorized());
    mint(&mut chain, &bob(), &coin(2, gold()), "").unwrap();
    burn(&mut chain, &bob(), &coin(1, gold()), "").unwrap();
    assert_eq!(supply(&chain, &gold()), 6);
    // the creator's name stays in the denom, and the denom stays taken
    let (code, _) = refusal(create(&mut chain, &alice(), "gold"));
    assert_eq!(code, "codespace: tokenfactory, code: 2");
    let (code, _) = refusal(mint(
        &mut chain,
        &bob(),
        &coin(1, denom(&bob(), "gold")),
        "",
    ));
    assert_eq!(code, "codespace: tokenfactory, code: 10");
}

#[test]
fn admin_must_be_an_address() {
    let mut chain = chain_with_gold(factory());
    let told = refusal(change_admin(&mut chain, &alice(), &gold(), ""));
    let text = "Invalid address (empty address string is not allowed): invalid address";
    assert_eq!(told, refused("sdk", 7, text));
    let told = refusal(change_admin(&mut chain, &bob(), "a b", "nobody")); // before all else
    assert_eq!(told.0, "codespace: sdk, code: 7");
    assert!(told.1.starts_with("Invalid address ("), "{}", told.1);
    assert_eq!(admin(&chain, &gold()), Some(alice().into_string()));
}

#[test]
fn address_in_capital_letters_is_nobodys_name() {
    let mut chain = chain_with_gold(factory());
    let capital = alice().as_str().to_ascii_uppercase();

    change_admin(&mut chain, &alice(), &gold(), &capital).unwrap();

    assert_eq!(admin(&chain, &gold()), Some(capital)); // as given, and compared as text
    let told = refusal(mint(&mut chain, &alice(), &coin(1, gold()), ""));
    assert_eq!(told, unauthorized());
}

#[test]
fn denom_must_be_a_factorys() {
    let mut chain = chain_with_gold(factory());
    let mut tell = |denom: &str| refusal(change_admin(&mut chain, &bob(), denom, bob()));
    assert_eq!(tell("a b"), unregistered("invalid denom: a b"));
    assert_eq!(tell(""), unregistered("invalid denom: "));
    let invalid = |text: &str| refused("tokenfactory", 4, format!("{text}: invalid denom"));
    assert_eq!(tell("stake"), invalid("not enough parts of denom stake"));
    let text = "not enough parts of denom factory/gold";
    assert_eq!(tell("factory/gold"), invalid(text));
    let text = "denom prefix is incorrect. Is: fabric.  Should be: factory";
    assert_eq!(tell("fabric/a/b"), invalid(text));
    let text = "Invalid creator address (empty address string is not allowed)";
    assert_eq!(tell("factory//gold"), invalid(text));
    let (code, text) = tell("factory/nobody/gold");
    assert_eq!(code, "codespace: tokenfactory, code: 4");
    assert!(text.starts_with("Invalid creator address ("), "{text}");
    // of a factory, and another's or nobody's
    for denom in [gold(), denom(&bob(), "silver"), denom(&bob(), "a/b")] {
        assert_eq!(tell(&denom), unauthorized());
    }
}

#[test]
fn contracts_may_ask_who_is_admin() {
    let chain = chain_with_gold(factory());
    let ask = |prefix: &str, denom: &str| {
        let request: QueryRequest<Empty> = QueryRequest::Grpc(GrpcQuery {
            path: format!("{prefix}.Query/DenomAuthorityMetadata"),
            data: Anybuf::new().append_string(1, denom).into_vec().into(),
        });
        let querier = chain.app.wrap();
        let raw = Querier::raw_query(&*querier, &to_json_vec(&request).unwrap());
        raw.unwrap().into_result()
    };
    let told = |admin: &str| {
        let metadata = Anybuf::new().append_string(1, admin);
        Binary::from(Anybuf::new().append_message(1, &metadata).into_vec())
    };
    assert_eq!(ask(PREFIX, &gold()).unwrap(), told(alice().as_str()));
    assert_eq!(ask(PREFIX, "stake").unwrap(), told(""));
    assert!(ask("/cosmwasm.tokenfactory.v1beta1", &gold()).is_err());
}
