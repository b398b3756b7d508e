//! MsgSetDenomMetadata.
//!
//! Succeeds for the admin, unless the chain refuses metadata: then nothing changes.
//! Fails on: strangers, metadata that x/bank refuses, a base that is no denom of a factory.

use crate::common::*;
use anybuf::Anybuf;
use cosmwasm_std::Addr;
use cw_multi_test::AppResponse;
use cw_multi_test::error::AnyResult;
use token_factory_sim::{DenomUnit, Metadata, load_metadata};

fn unit(denom: &str, exponent: u32, aliases: &[&str]) -> DenomUnit {
    DenomUnit {
        denom: denom.into(),
        exponent,
        aliases: aliases.iter().map(ToString::to_string).collect(),
    }
}

fn metadata() -> Metadata {
    Metadata {
        description: "It shines".into(),
        units: vec![unit(&gold(), 0, &["dust"]), unit("GOLD", 6, &["bar", "au"])],
        base: gold(),
        display: "GOLD".into(),
        name: "Gold".into(),
        symbol: "AU".into(),
        uri: "https://example.org".into(),
        uri_hash: "00".into(),
    }
}

fn set(chain: &mut Chain, who: &Addr, metadata: &Metadata) -> AnyResult<AppResponse> {
    let units: Vec<Anybuf> = metadata.units.iter().map(encoded).collect();
    let value = Anybuf::new()
        .append_string(1, &metadata.description)
        .append_repeated_message(2, &units)
        .append_string(3, &metadata.base)
        .append_string(4, &metadata.display)
        .append_string(5, &metadata.name)
        .append_string(6, &metadata.symbol)
        .append_string(7, &metadata.uri)
        .append_string(8, &metadata.uri_hash);
    let value = Anybuf::new().append_message(2, &value);
    send(chain, who, "MsgSetDenomMetadata", value)
}

fn encoded(unit: &DenomUnit) -> Anybuf {
    Anybuf::new()
        .append_string(1, &unit.denom)
        .append_uint32(2, unit.exponent)
        .append_repeated_string(3, &unit.aliases)
}

fn told(chain: &Chain) -> Metadata {
    let told = load_metadata(chain.app.storage(), &gold());
    told.unwrap().unwrap()
}

#[test]
fn metadata_are_told_as_they_were_set() {
    let mut chain = chain_with_gold(factory());

    set(&mut chain, &alice(), &metadata()).unwrap();

    assert_eq!(told(&chain), metadata());
    let bank = chain.app.wrap().query_denom_metadata(gold()).unwrap();
    assert_eq!((bank.name, bank.uri_hash), ("Gold".into(), "00".into()));
    let unit = &bank.denom_units[1];
    assert_eq!((unit.denom.as_str(), unit.exponent), ("GOLD", 6));
    assert_eq!(unit.aliases, ["bar", "au"]);
}

#[test]
fn strangers_set_nothing() {
    let mut chain = chain_with_gold(factory());
    let before = told(&chain);

    let stranger = refusal(set(&mut chain, &bob(), &metadata()));

    assert_eq!(stranger, unauthorized());
    let silver = denom(&alice(), "silver"); // which nobody has made
    let of_silver = Metadata {
        units: vec![unit(&silver, 0, &[]), unit("GOLD", 6, &[])],
        base: silver,
        ..metadata()
    };
    let nobodys = refusal(set(&mut chain, &alice(), &of_silver));
    assert_eq!(nobodys, unauthorized());
    assert_eq!(told(&chain), before);
}

#[test]
fn chain_that_refuses_metadata_says_so_to_everybody() {
    let mut chain = chain_with_gold(factory().refusing_metadata());
    let before = told(&chain);
    for who in [alice(), bob()] {
        let told = refusal(set(&mut chain, &who, &metadata()));
        assert_eq!(told, not_enabled());
    }
    // what is wrong with the metadata comes first
    let nameless = Metadata {
        name: " ".into(),
        ..metadata()
    };
    let faulty = refusal(set(&mut chain, &bob(), &nameless));
    assert_eq!(faulty, unregistered("name field cannot be blank"));
    assert_eq!(told(&chain), before);
}

#[test]
fn base_must_be_a_factorys_denom() {
    let mut chain = chain_with_gold(factory());
    let stake = Metadata {
        units: vec![unit("stake", 0, &[])],
        base: "stake".into(),
        display: "stake".into(),
        ..metadata()
    };
    let told = refusal(set(&mut chain, &alice(), &stake));
    let text = "not enough parts of denom stake: invalid denom";
    assert_eq!(told, refused("tokenfactory", 4, text));
}

/// Each with the text that x/bank has for it.
#[test]
fn metadata_are_judged_as_the_bank_does() {
    let gold = gold();
    let base = || unit(&gold, 0, &[]);
    let units = |units: Vec<DenomUnit>| Metadata {
        units,
        ..metadata()
    };
    let cases = [
        (Metadata::default(), "name field cannot be blank".into()),
        (
            Metadata {
                symbol: "\t".into(),
                base: "a b".into(),
                ..metadata()
            },
            "symbol field cannot be blank".into(),
        ),
        (
            Metadata {
                base: "a b".into(),
                display: "c d".into(),
                ..metadata()
            },
            "invalid metadata base denom: invalid denom: a b".into(),
        ),
        (
            Metadata {
                display: "G".into(),
                units: vec![],
                ..metadata()
            },
            "invalid metadata display denom: invalid denom: G".into(),
        ),
        (
            units(vec![]),
            "metadata must contain a denomination unit with display denom 'GOLD'".into(),
        ),
        (
            units(vec![base(), unit("other", 6, &[])]),
            "metadata must contain a denomination unit with display denom 'GOLD'".into(),
        ),
        (
            units(vec![unit("GOLD", 6, &[]), base()]),
            format!("metadata's first denomination unit must be the one with base denom '{gold}'"),
        ),
        (
            units(vec![unit(&gold, 1, &[]), unit("GOLD", 6, &[])]),
            format!("the exponent for base denomination unit {gold} must be 0"),
        ),
        (
            units(vec![base(), unit("GOLD", 6, &[]), unit("MORE", 6, &[])]),
            "denom units should be sorted asc by exponent".into(),
        ),
        (
            units(vec![base(), unit("GOLD", 0, &[])]),
            "denom units should be sorted asc by exponent".into(),
        ),
        (
            units(vec![base(), unit("GOLD", 6, &[]), unit("GOLD", 7, &[])]),
            "duplicate denomination unit GOLD".into(),
        ),
        (
            units(vec![base(), unit("GOLD", 6, &[]), unit("x y", 7, &[])]),
            "invalid denom unit: invalid denom: x y".into(),
        ),
        (
            units(vec![base(), unit("GOLD", 6, &["au", "au"])]),
            "duplicate denomination unit alias au".into(),
        ),
        (
            units(vec![base(), unit("GOLD", 6, &["au", " "])]),
            "alias for denom unit GOLD cannot be blank".into(),
        ),
    ];
    let mut chain = chain_with_gold(factory());
    let before = told(&chain);
    for (faulty, text) in cases {
        let told = refusal(set(&mut chain, &alice(), &faulty));
        assert_eq!(told, unregistered(text));
    }
    assert_eq!(told(&chain), before);
}
