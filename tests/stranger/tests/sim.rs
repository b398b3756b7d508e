//! The contract's code on the simulated chain.

use cosmwasm_std::testing::MockApi;
use cosmwasm_std::{coin, Addr, Delegation, Empty};
use cw_multi_test::{ContractWrapper, Executor};
use staking_sim::{Chain, ChainBuilder, GenesisValidator, MessageKind};
use stranger::{execute, instantiate, query, reply, ExecuteMsg};

/// A chain with validators `a` and `b`, alice, and the contract.
fn begin() -> (Chain, Addr, Addr) {
    let api = MockApi::default();
    let alice = api.addr_make("alice");
    let mut chain = ChainBuilder::new()
        .validator(GenesisValidator::new(
            "a",
            api.addr_make("a"),
            500_000_000u128,
        ))
        .validator(GenesisValidator::new(
            "b",
            api.addr_make("b"),
            400_000_000u128,
        ))
        .balance(&alice, [coin(1_000, "stake")])
        .build();
    let code = ContractWrapper::new(execute, instantiate, query).with_reply(reply);
    let code_id = chain.app.store_code(Box::new(code));
    let contract = chain
        .app
        .instantiate_contract(code_id, alice.clone(), &Empty {}, &[], "stranger", None)
        .unwrap();
    (chain, alice, contract)
}

#[test]
fn refused_stake_goes_to_the_next() {
    let (mut chain, alice, contract) = begin();
    chain.refuse("a", MessageKind::Delegate, "liquid", 105);
    let validators = vec!["a".into(), "b".into()];
    let stake = ExecuteMsg::Stake { validators };
    let funds = [coin(600, "stake")];
    let response = chain
        .app
        .execute_contract(alice, contract.clone(), &stake, &funds)
        .unwrap();
    let mut told = response.events.iter().flat_map(|event| &event.attributes);
    assert!(told.any(|told| told.value == "codespace: liquid, code: 105"));
    let told: Vec<Delegation> = chain
        .app
        .wrap()
        .query_wasm_smart(&contract, &Empty {})
        .unwrap();
    assert_eq!(told.len(), 1);
    assert_eq!(
        (told[0].validator.as_str(), &told[0].amount),
        ("b", &funds[0])
    );
}

#[test]
fn eighth_leave_is_refused() {
    let (mut chain, alice, contract) = begin();
    let stake = ExecuteMsg::Stake {
        validators: vec!["b".into()],
    };
    let leave = ExecuteMsg::Leave {
        validator: "b".into(),
        amount: coin(1, "stake"),
    };
    let funds = [coin(600, "stake")];
    chain
        .app
        .execute_contract(alice.clone(), contract.clone(), &stake, &funds)
        .unwrap();
    for past in 0..8 {
        chain.next_block(5);
        let done = chain
            .app
            .execute_contract(alice.clone(), contract.clone(), &leave, &[]);
        match past {
            7 => assert!(format!("{:#}", done.unwrap_err()).contains("staking, code: 27")),
            _ => drop(done.unwrap()),
        }
    }
    assert_eq!(chain.halted(), None);
}
