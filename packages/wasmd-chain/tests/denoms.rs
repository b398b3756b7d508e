//! Denoms that accounts make: their fee, their administrators, what x/bank tells of them.
//!
//! Succeeds when x/tokenfactory does on this chain what it does on others; fails when a stranger mints.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests stop on errors")]

mod common;

use common::{STAKE, genesis, reflect, sending};
use serde_json::json;
use wasmd_chain::denom::{self, DenomMetadata, DenomUnit};
use wasmd_chain::{Chain, Faults, Outcome, Params, Receipt, Tx, coin};

fn refusal(result: Outcome<Receipt>) -> (String, u32) {
    let error = result.unwrap_err();
    let refused = error.refused().unwrap();
    (refused.codespace.clone(), refused.code)
}

fn factory(params: Params) -> Chain {
    let params = Params {
        inflation: Some("0".into()),
        ..params
    };
    genesis()
        .account("bob", &[coin(1_000, STAKE)])
        .params(params)
        .begin()
        .unwrap()
}

fn metadata(base: &str) -> DenomMetadata {
    let unit = |denom: &str, exponent| DenomUnit {
        denom: denom.into(),
        exponent,
        aliases: vec![],
    };
    DenomMetadata {
        description: "It shines".into(),
        denom_units: vec![unit(base, 0), unit("GOLD", 6)],
        base: base.into(),
        display: "GOLD".into(),
        name: "Gold".into(),
        symbol: "GOLD".into(),
        ..DenomMetadata::default()
    }
}

#[test]
fn denom_is_paid_for_minted_burnt_and_handed_on() {
    let mut chain = factory(Params {
        denom_creation_fee: Some("7ufee,30ustake".into()),
        ..Params::default()
    });
    let (alice, bob) = (
        chain.account("alice").unwrap(),
        chain.account("bob").unwrap(),
    );
    let gold = denom::name(&alice, "gold");
    let poor = refusal(chain.tx(Tx::new("bob", [denom::create(&bob, "gold")])));
    assert_eq!(poor, ("sdk".into(), 5)); // insufficient funds: no ufee

    let before = chain.balance(&alice, "ufee").unwrap();
    let made = chain.tx(Tx::new("alice", [denom::create(&alice, "gold")]));
    assert_eq!(made.unwrap().responses[0]["new_token_denom"], gold);
    assert_eq!(chain.balance(&alice, "ufee").unwrap(), before - 7);
    assert_eq!(chain.denom_admin(&gold).unwrap(), Some(alice.clone()));

    let mint = |sender: &str, to| denom::mint(sender, &coin(100, &gold), to);
    chain
        .tx(Tx::new(
            "alice",
            [mint(&alice, None), mint(&alice, Some(&bob))],
        ))
        .unwrap();
    let burn = denom::burn(&alice, &coin(30, &gold));
    chain.tx(Tx::new("alice", [burn])).unwrap();
    assert_eq!(chain.balance(&alice, &gold).unwrap(), 70);
    assert_eq!(chain.balance(&bob, &gold).unwrap(), 100);
    assert_eq!(chain.supply(&gold).unwrap(), 170);

    let stranger = refusal(chain.tx(Tx::new("bob", [mint(&bob, None)])));
    assert_eq!(stranger, ("tokenfactory".into(), 3)); // unauthorized
    let hand_on = denom::change_admin(&alice, &gold, &bob);
    chain.tx(Tx::new("alice", [hand_on])).unwrap();
    assert_eq!(chain.denom_admin(&gold).unwrap(), Some(bob.clone()));
    let unknown = denom::name(&alice, "silver");
    assert_eq!(chain.denom_admin(&unknown).unwrap(), None);
    let late = refusal(chain.tx(Tx::new("alice", [mint(&alice, None)])));
    assert_eq!(late, ("tokenfactory".into(), 3));
}

#[test]
fn metadata_are_told_unless_the_chain_refuses_them() {
    for refuses in [false, true] {
        let mut chain = factory(Params {
            refuse_denom_metadata: Some(refuses),
            ..Params::default()
        });
        let alice = chain.account("alice").unwrap();
        let gold = denom::name(&alice, "gold");
        let create = denom::create(&alice, "gold");
        chain.tx(Tx::new("alice", [create])).unwrap();
        let before = chain.denom_metadata(&gold).unwrap();
        assert_eq!(
            (before.symbol.as_str(), before.denom_units.len()),
            (gold.as_str(), 1)
        );
        let set = denom::set_metadata(&alice, &metadata(&gold));
        let told = chain.tx(Tx::new("alice", [set]));
        let after = chain.denom_metadata(&gold).unwrap();
        if refuses {
            assert_eq!(refusal(told), ("tokenfactory".into(), 11)); // not enabled
            assert_eq!(after, before);
        } else {
            told.unwrap();
            assert_eq!(after, metadata(&gold));
        }
    }
    let error = factory(Params::default())
        .denom_metadata(STAKE)
        .unwrap_err();
    assert!(error.is_unserved("query_failed"), "{error}");
}

#[test]
fn creating_uses_the_gas_that_a_patch_asks_for() {
    let gas = |extra: u64| {
        let params = json!({"denom_creation_gas_consume": extra.to_string()});
        let genesis = genesis().patch(json!({"tokenfactory": {"params": params}}));
        let mut chain = genesis.begin().unwrap();
        let alice = chain.account("alice").unwrap();
        let create = denom::create(&alice, "gold");
        chain.tx(Tx::new("alice", [create])).unwrap().gas_used
    };
    let more = gas(1_000_000) - gas(0);
    assert!((1_000_000..1_000_100).contains(&more), "{more}"); // and some bytes of the parameter
}

#[test]
fn contract_burns_through_the_bank_and_a_return_undoes_it() {
    let mut chain = factory(Params::default());
    let contract = reflect(&mut chain);
    let alice = chain.account("alice").unwrap();
    let gold = denom::name(&alice, "gold");
    let mint = denom::mint(&alice, &coin(100, &gold), Some(&contract));
    let begin = [denom::create(&alice, "gold"), mint];
    chain.tx(Tx::new("alice", begin)).unwrap();
    let before = chain.snapshot().unwrap();
    let burn = |amount: &str| {
        let amount = json!([{"denom": gold, "amount": amount}]);
        sending(&[json!({"bank": {"burn": {"amount": amount}}})])
    };
    chain.execute("alice", &contract, &burn("60"), &[]).unwrap();
    assert_eq!(chain.supply(&gold).unwrap(), 40);
    assert_eq!(chain.balance(&contract, &gold).unwrap(), 40);
    let more = refusal(chain.execute("alice", &contract, &burn("41"), &[]));
    assert_eq!(more, ("sdk".into(), 5)); // insufficient funds
    chain.restore(before).unwrap();
    assert_eq!(chain.supply(&gold).unwrap(), 100);
}

#[test]
fn contracts_can_be_kept_from_minting_and_from_burning() {
    let mut chain = factory(Params::default());
    let contract = reflect(&mut chain);
    let alice = chain.account("alice").unwrap();
    let gold = denom::name(&alice, "gold");
    let mint = denom::mint(&alice, &coin(100, &gold), Some(&contract));
    let begin = [denom::create(&alice, "gold"), mint.clone()];
    chain.tx(Tx::new("alice", begin)).unwrap();
    let amount = json!([{"denom": gold, "amount": "60"}]);
    let burn = sending(&[json!({"bank": {"burn": {"amount": amount}}})]);
    // the bytes do not matter: nobody reads them
    let by_contract = json!({"type_url": "/osmosis.tokenfactory.v1beta1.MsgMint", "value": ""});
    let by_contract = sending(&[json!({"any": by_contract})]);
    chain
        .set_faults(&Faults {
            mints: true,
            burns: true,
            ..Faults::default()
        })
        .unwrap();

    for refused in [&burn, &by_contract] {
        let refused = refusal(chain.execute("alice", &contract, refused, &[]));
        assert_eq!(refused, ("sdk".into(), 4)); // unauthorized
    }

    // accounts are not contracts
    chain.tx(Tx::new("alice", [mint])).unwrap();
    chain.set_faults(&Faults::default()).unwrap();
    chain.execute("alice", &contract, &burn, &[]).unwrap();
    assert_eq!(chain.supply(&gold).unwrap(), 140);
}
