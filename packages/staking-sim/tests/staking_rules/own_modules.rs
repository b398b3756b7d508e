//! A chain with modules of one's own beside staking: custom messages and queries, a handler of protobuf
//! messages, IBC, governance, a bank; and a genesis with delegations.

use crate::common::{DENOM, POWER, UNBONDING, alice, operator, stake};
use anybuf::Anybuf;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::own::{Ask, Bell, BellQuery, Ring, Screened, Tally, TallyHandler};
use cosmwasm_std::testing::{MockApi, mock_env};
use cosmwasm_std::{
    Addr, AnyMsg, Binary, BlockInfo, CosmosMsg, Decimal, GovMsg, GrpcQuery, IbcMsg, IbcTimeout,
    StakingMsg, Timestamp, Validator, VoteOption, coin, coins,
};
use cw_multi_test::{
    AppBuilder, Executor, GovAcceptingModule, IbcAcceptingModule, SimpleAddressGenerator,
    StakingInfo, WasmKeeper,
};
use staking_sim::{
    ChainBuilder, ChainError, GenesisValidator, MessageKind, QueryProfile, SimChain,
};

/// The types are inferred; a function that returns a chain names them, as many as differ.
type OwnChain = SimChain<Bell, TallyHandler, IbcAcceptingModule, GovAcceptingModule, Screened>;

fn chain() -> OwnChain {
    ChainBuilder::new()
        .custom(Bell)
        .stargate(TallyHandler)
        .ibc(IbcAcceptingModule::new())
        .gov(GovAcceptingModule::new())
        .bank(Screened::default())
        .wasm(WasmKeeper::new().with_address_generator(SimpleAddressGenerator))
        .profile(QueryProfile::All)
        .validator(GenesisValidator::new("a", operator("a"), 300 * POWER))
        .validator(GenesisValidator::new("b", operator("b"), 200 * POWER))
        .balance(&alice(), coins(1_000 * POWER, DENOM))
        .build()
}

fn deploy(chain: &mut OwnChain) -> Addr {
    let code_id = chain.app.store_code(crate::own::contract());
    let funds = [stake(100 * POWER)];
    chain
        .app
        .instantiate_contract(code_id, alice(), &Ask {}, &funds, "own", None)
        .unwrap()
}

fn delegate_any(who: &Addr, amount: u128) -> AnyMsg {
    let coin = Anybuf::new()
        .append_string(1, DENOM)
        .append_string(2, amount.to_string());
    let value = Anybuf::new()
        .append_string(1, who)
        .append_string(2, "a")
        .append_message(3, &coin);
    AnyMsg {
        type_url: "/cosmos.staking.v1beta1.MsgDelegate".into(),
        value: value.into_vec().into(),
    }
}

fn tally_any(words: &str) -> AnyMsg {
    AnyMsg {
        type_url: crate::own::MSG_TALLY.into(),
        value: Binary::from(words.as_bytes()),
    }
}

#[test]
fn contract_sends_custom_and_protobuf_messages_beside_staking() {
    let mut chain = chain();
    let contract = deploy(&mut chain);
    let msgs: Vec<CosmosMsg<Ring>> = vec![
        CosmosMsg::Custom(Ring { times: 3 }),
        CosmosMsg::Any(tally_any("one two three")),
        CosmosMsg::Any(delegate_any(&contract, 40)),
        StakingMsg::Delegate {
            validator: "b".into(),
            amount: stake(60),
        }
        .into(),
    ];
    let execute = |chain: &mut OwnChain, msgs: &Vec<CosmosMsg<Ring>>| {
        chain
            .app
            .execute_contract(alice(), contract.clone(), msgs, &[])
    };
    execute(&mut chain, &msgs).unwrap();
    assert_eq!(chain.delegation_tokens(&contract, "a").u128(), 40);
    assert_eq!(chain.delegation_tokens(&contract, "b").u128(), 60);
    // the contract asks the custom module and the handler
    let told: Tally = chain
        .app
        .wrap()
        .query_wasm_smart(&contract, &BellQuery {})
        .unwrap();
    assert_eq!((told.rings, told.words), (3, 3));

    // a failed call takes the state of all modules back
    let mut failing = msgs.clone();
    failing.push(CosmosMsg::Any(AnyMsg {
        type_url: "/app.v1.MsgUnknown".into(),
        value: Binary::default(),
    }));
    execute(&mut chain, &failing).unwrap_err();
    assert_eq!(chain.delegation_tokens(&contract, "a").u128(), 40);
    let told: Tally = chain
        .app
        .wrap()
        .query_wasm_smart(&contract, &BellQuery {})
        .unwrap();
    assert_eq!((told.rings, told.words), (3, 3));
}

#[test]
fn known_messages_and_paths_stay_with_this_crate() {
    let mut chain = chain();
    chain.refuse("a", MessageKind::Delegate, "liquid", 105);
    let msg = CosmosMsg::Any(delegate_any(&alice(), 1));
    let error = chain.run_tx(&alice(), msg).unwrap_err();
    assert_eq!(error.to_string(), "codespace: liquid, code: 105");

    let ask = |chain: &OwnChain, path: &str| {
        let data = Anybuf::new().append_string(1, "a").into_vec();
        let request = GrpcQuery {
            path: path.into(),
            data: data.into(),
        };
        chain.app.wrap().query_grpc(request.path, request.data)
    };
    let validator = "/cosmos.staking.v1beta1.Query/Validator";
    assert!(ask(&chain, validator).unwrap().len() > 100);
    assert_eq!(ask(&chain, crate::own::QUERY_TALLY).unwrap(), b"0");
    chain.set_profile(QueryProfile::None); // of this crate's paths only
    ask(&chain, validator).unwrap_err();
    ask(&chain, crate::own::QUERY_TALLY).unwrap();
    chain.refuse_queries(true); // of all
    ask(&chain, crate::own::QUERY_TALLY).unwrap_err();
}

#[test]
fn ibc_and_governance_are_the_given_modules() {
    let mut chain = chain();
    let transfer = IbcMsg::Transfer {
        channel_id: "channel-0".into(),
        to_address: "somewhere".into(),
        amount: stake(1),
        timeout: IbcTimeout::with_timestamp(Timestamp::from_seconds(1)),
        memo: None,
    };
    let vote = GovMsg::Vote {
        proposal_id: 1,
        option: VoteOption::Yes,
    };
    chain
        .run_tx(&alice(), CosmosMsg::Ibc(transfer.clone()))
        .unwrap();
    chain.run_tx(&alice(), CosmosMsg::Gov(vote)).unwrap();
    let mut usual = crate::common::chain();
    usual
        .run_tx(&alice(), CosmosMsg::Ibc(transfer))
        .unwrap_err();
}

#[test]
fn coins_of_staking_move_by_the_given_bank() {
    let mut chain = chain();
    let rewards = [stake(500)];
    for _ in 0..3 {
        chain.next_block(5);
        chain.allocate_rewards(&rewards);
    }
    assert_eq!(chain.halted(), None);
    assert_eq!(chain.supply(DENOM).u128(), 1_500 * POWER + 1_500);
    // this bank lets nobody send to one account, staking's payments included
    chain.app.init_modules(|router, _, _| {
        router.bank.blocked = Some(alice());
    });
    let delegate = StakingMsg::Delegate {
        validator: "a".into(),
        amount: stake(10),
    };
    chain.run_tx(&alice(), delegate.into()).unwrap();
    for _ in 0..3 {
        chain.next_block(5);
    }
    chain.allocate_rewards(&[coin(1_000_000_000_000, DENOM)]);
    let undelegate = StakingMsg::Undelegate {
        validator: "a".into(),
        amount: stake(10),
    };
    let refused = chain.run_tx(&alice(), undelegate.into()).unwrap_err();
    assert!(matches!(
        refused.downcast_ref(),
        Some(ChainError::Unregistered { reason }) if reason.contains("blocked")
    ));
}

#[test]
fn failure_between_blocks_is_kept() {
    let message = |undelegate: bool| -> CosmosMsg {
        let (validator, amount) = ("a".to_string(), stake(10));
        match undelegate {
            true => StakingMsg::Undelegate { validator, amount }.into(),
            false => StakingMsg::Delegate { validator, amount }.into(),
        }
    };
    let later = |block: &mut BlockInfo| {
        block.height += 1;
        block.time = block.time.plus_seconds(UNBONDING);
    };
    let builder = AppBuilder::new().with_bank(Screened::default());
    let mut plain = builder.build(|router, api, storage| {
        let info = StakingInfo {
            bonded_denom: DENOM.into(),
            ..StakingInfo::default()
        };
        router.staking.setup(storage, info).unwrap();
        let rate = Decimal::percent(10);
        let validator = Validator::create("a".into(), rate, rate, rate);
        let block = mock_env().block;
        let added = router
            .staking
            .add_validator(api, storage, &block, validator);
        added.unwrap();
        let coins = coins(10, DENOM);
        router
            .bank
            .inner
            .init_balance(storage, &alice(), coins)
            .unwrap();
    });
    plain.execute(alice(), message(false)).unwrap();
    plain.execute(alice(), message(true)).unwrap();
    plain.init_modules(|router, _, _| router.bank.blocked = Some(alice()));
    catch_unwind(AssertUnwindSafe(|| plain.update_block(later))).unwrap_err();

    let mut sim = ChainBuilder::new()
        .bank(Screened::default())
        .validator(GenesisValidator::new("a", operator("a"), 300 * POWER))
        .balance(&alice(), coins(10, DENOM))
        .build();
    sim.run_tx(&alice(), message(false)).unwrap();
    sim.run_tx(&alice(), message(true)).unwrap();
    sim.app
        .init_modules(|router, _, _| router.bank.blocked = Some(alice()));
    sim.app.update_block(later);
    sim.next_block(5);
    assert_eq!(sim.halted(), None); // a chain leaves out a payment that its bank refuses
    assert_eq!(sim.balance(&alice(), DENOM).u128(), 0);
    let pool = sim.not_bonded_pool_address();
    sim.app
        .init_modules(|router, _, _| router.bank.blocked = Some(pool));
    sim.jail("a").unwrap();
    sim.next_block(5); // its stake cannot change pools, which stops a chain
    assert!(sim.halted().unwrap().contains("is blocked"));
}

#[test]
fn genesis_takes_delegations_of_anybody() {
    let api = MockApi::default().with_prefix("osmo");
    let bob = api.addr_make("bob");
    let builder = || {
        ChainBuilder::new()
            .api(MockApi::default().with_prefix("osmo"))
            .validator(GenesisValidator::new("a", api.addr_make("a"), 2 * POWER))
            .validator(GenesisValidator::new("b", api.addr_make("b"), 3 * POWER))
    };
    let mut chain = builder()
        .delegation(&bob, "a", 5 * POWER)
        .delegation(&bob, "a", 3 * POWER)
        .build();
    assert_eq!(chain.delegation_tokens(&bob, "a").u128(), 8 * POWER);
    assert_eq!(chain.validator("a").unwrap().tokens.u128(), 10 * POWER);
    assert_eq!(chain.voting_set()[0].power, 10);
    assert_eq!(chain.supply(DENOM).u128(), 13 * POWER);
    crate::common::assert_sound_app(&chain);
    chain.next_block(5);
    chain.allocate_rewards(&[stake(1_300)]);
    // 10 of 13 parts, less 10 % commission, 8 of 10 parts: 720, less what decimals of 10/13 leave out
    assert_eq!(chain.pending_rewards(&bob, "a"), [stake(719)]);

    let unknown = builder().delegation(&bob, "c", 1u128).try_build();
    assert!(matches!(
        unknown.err(),
        Some(ChainError::NoValidatorFound { .. })
    ));
    let nothing = builder().delegation(&bob, "a", 0u128).try_build();
    assert!(matches!(
        nothing.err(),
        Some(ChainError::InvalidRequest { .. })
    ));
}
