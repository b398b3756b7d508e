//! What a contract sees: typed responses, errors and rollbacks in its `reply`.

use crate::common::*;
use anybuf::{Anybuf, Bufany};
use cosmwasm_schema::cw_serde;
use cosmwasm_std::{
    Addr, AnyMsg, Binary, CosmosMsg, Deps, DepsMut, DistributionMsg, Empty, Env, MessageInfo,
    MsgResponse, Reply, Response, StakingMsg, StdResult, SubMsg, SubMsgResult, WasmMsg,
    to_json_binary,
};
use cw_multi_test::{ContractWrapper, Executor};
use cw_storage_plus::Item;
use staking_sim::{Chain, ChainError};

/// What the reply got.
#[cw_serde]
enum Seen {
    Done {
        responses: Vec<MsgResponse>,
        events: usize,
    },
    Refused(String),
}

const SEEN: Item<Vec<Seen>> = Item::new("seen");

#[allow(clippy::unnecessary_wraps, reason = "the shape of an entry point")]
fn instantiate(deps: DepsMut, _: Env, _: MessageInfo, _: Empty) -> StdResult<Response> {
    SEEN.save(deps.storage, &vec![])?;
    Ok(Response::new())
}

/// Sends each message on its own, and asks to be told.
fn execute(_: DepsMut, _: Env, _: MessageInfo, msgs: Vec<CosmosMsg>) -> StdResult<Response> {
    let messages = msgs.into_iter().map(|msg| SubMsg::reply_always(msg, 0));
    Ok(Response::new().add_submessages(messages))
}

fn reply(deps: DepsMut, _: Env, reply: Reply) -> StdResult<Response> {
    let seen = match reply.result {
        SubMsgResult::Ok(done) => Seen::Done {
            responses: done.msg_responses,
            events: done.events.len(),
        },
        SubMsgResult::Err(error) => Seen::Refused(error),
    };
    SEEN.update(deps.storage, |mut all| -> StdResult<_> {
        all.push(seen);
        Ok(all)
    })?;
    Ok(Response::new())
}

fn query(deps: Deps, _: Env, _: Empty) -> StdResult<Binary> {
    to_json_binary(&SEEN.load(deps.storage)?)
}

fn deploy(chain: &mut Chain) -> Addr {
    let code = ContractWrapper::new(execute, instantiate, query).with_reply(reply);
    let code_id = chain.app.store_code(Box::new(code));
    let funds = [stake(1_000 * POWER)];
    chain
        .app
        .instantiate_contract(code_id, alice(), &Empty {}, &funds, "caller", None)
        .unwrap()
}

fn call(chain: &mut Chain, contract: &Addr, msgs: Vec<CosmosMsg>) -> Vec<Seen> {
    chain
        .app
        .execute_contract(alice(), contract.clone(), &msgs, &[])
        .unwrap();
    chain
        .app
        .wrap()
        .query_wasm_smart(contract, &Empty {})
        .unwrap()
}

fn response(seen: &Seen) -> &MsgResponse {
    match seen {
        Seen::Done {
            responses,
            events: 0,
        } if responses.len() == 1 => &responses[0],
        other => panic!("not one response without events: {other:?}"),
    }
}

#[test]
fn replies_carry_the_typed_responses_and_no_events() {
    let mut chain = chain();
    let contract = deploy(&mut chain);
    let delegate = StakingMsg::Delegate {
        validator: "a".into(),
        amount: stake(100),
    };
    let undelegate = StakingMsg::Undelegate {
        validator: "a".into(),
        amount: stake(40),
    };
    let redelegate = StakingMsg::Redelegate {
        src_validator: "a".into(),
        dst_validator: "b".into(),
        amount: stake(10),
    };
    let withdraw = DistributionMsg::WithdrawDelegatorReward {
        validator: "a".into(),
    };
    let seen = call(
        &mut chain,
        &contract,
        vec![
            delegate.into(),
            undelegate.into(),
            redelegate.into(),
            withdraw.into(),
        ],
    );
    let urls: Vec<&str> = seen
        .iter()
        .map(|seen| response(seen).type_url.as_str())
        .collect();
    assert_eq!(
        urls,
        [
            "/cosmos.staking.v1beta1.MsgDelegateResponse",
            "/cosmos.staking.v1beta1.MsgUndelegateResponse",
            "/cosmos.staking.v1beta1.MsgBeginRedelegateResponse",
            "/cosmos.distribution.v1beta1.MsgWithdrawDelegatorRewardResponse",
        ]
    );
    let done = i64::try_from(
        chain
            .app
            .block_info()
            .time
            .plus_seconds(UNBONDING)
            .seconds(),
    )
    .unwrap();
    let undelegated = Bufany::deserialize(&response(&seen[1]).value).unwrap();
    assert_eq!(undelegated.message(1).unwrap().int64(1), Some(done));
    assert_eq!(undelegated.message(2).unwrap().string(2).unwrap(), "40");
    let redelegated = Bufany::deserialize(&response(&seen[2]).value).unwrap();
    assert_eq!(redelegated.message(1).unwrap().int64(1), Some(done));
    assert_sound(&chain);
}

#[test]
fn refusal_is_the_first_line_of_the_error_and_the_rest_goes_on() {
    let mut chain = chain();
    let contract = deploy(&mut chain);
    let delegate = |to: &str| {
        StakingMsg::Delegate {
            validator: to.into(),
            amount: stake(100),
        }
        .into()
    };
    let seen = call(
        &mut chain,
        &contract,
        vec![delegate("a"), delegate("x"), delegate("b")],
    );
    assert!(matches!(seen[0], Seen::Done { .. }));
    let Seen::Refused(error) = &seen[1] else {
        panic!("refused")
    };
    assert_eq!(error.lines().next(), Some("codespace: staking, code: 3"));
    assert!(matches!(seen[2], Seen::Done { .. }));
    assert_eq!(chain.delegation_tokens(&contract, "b"), tokens(100));
}

#[test]
fn failed_submessage_rolls_back_all_of_the_modules_state() {
    let mut chain = chain();
    let contract = deploy(&mut chain);
    // within one submessage: a call of itself that delegates and then asks too much
    let inner: Vec<CosmosMsg> = vec![
        StakingMsg::Delegate {
            validator: "a".into(),
            amount: stake(100),
        }
        .into(),
    ];
    call(&mut chain, &contract, inner);
    chain.next_block(5);
    chain.allocate_rewards(&[stake(600_000_000)]);
    let pending = chain.pending_rewards(&contract, "a");
    assert!(!pending.is_empty());
    let balance = chain.balance(&contract, DENOM);

    // a redelegation to a validator without tokens fails after unbonding at the source and
    // paying its rewards
    let height = chain.app.block_info().height;
    chain
        .slash("c", height, cosmwasm_std::Decimal::one())
        .unwrap();
    let doomed = StakingMsg::Redelegate {
        src_validator: "a".into(),
        dst_validator: "c".into(),
        amount: stake(50),
    };
    let seen = call(&mut chain, &contract, vec![doomed.into()]);
    assert_eq!(seen.last(), Some(&Seen::Refused(staking_code(34))));
    assert_eq!(chain.delegation_tokens(&contract, "a"), tokens(100));
    assert_eq!(chain.pending_rewards(&contract, "a"), pending);
    assert_eq!(chain.balance(&contract, DENOM), balance);
    assert_sound(&chain);
}

#[test]
fn staking_messages_work_as_any_messages_too() {
    let mut chain = chain();
    let contract = deploy(&mut chain);
    let coin = |amount: u128| {
        Anybuf::new()
            .append_string(1, DENOM)
            .append_string(2, amount.to_string())
    };
    let any = |name: &str, value: Anybuf| {
        let type_url = format!("/cosmos.staking.v1beta1.{name}");
        CosmosMsg::Any(AnyMsg {
            type_url,
            value: value.into_vec().into(),
        })
    };
    let from = |who: &Addr| Anybuf::new().append_string(1, who).append_string(2, "a");
    let seen = call(
        &mut chain,
        &contract,
        vec![
            any("MsgDelegate", from(&contract).append_message(3, &coin(100))),
            any(
                "MsgUndelegate",
                from(&contract).append_message(3, &coin(30)),
            ),
            any(
                "MsgBeginRedelegate",
                from(&contract)
                    .append_string(3, "b")
                    .append_message(4, &coin(20)),
            ),
            // nobody signs for another
            any("MsgDelegate", from(&alice()).append_message(3, &coin(100))),
            any("MsgTransmogrify", from(&contract)),
        ],
    );
    assert_eq!(
        response(&seen[1]).type_url,
        "/cosmos.staking.v1beta1.MsgUndelegateResponse"
    );
    let undelegated = Bufany::deserialize(&response(&seen[1]).value).unwrap();
    assert_eq!(undelegated.message(2).unwrap().string(2).unwrap(), "30");
    assert_eq!(
        seen[3],
        Seen::Refused("codespace: sdk, code: 4".to_string())
    );
    assert_eq!(
        seen[4],
        Seen::Refused("codespace: undefined, code: 1".to_string())
    );
    assert_eq!(
        chain.delegations(&contract),
        [("a".to_string(), tokens(50)), ("b".to_string(), tokens(20))]
    );
}

#[test]
fn panic_takes_the_transaction_although_the_reply_would_catch_a_refusal() {
    let mut chain = chain();
    let contract = deploy(&mut chain);
    let delegating = |validator: &str| -> CosmosMsg {
        let (validator, amount) = (validator.into(), stake(100));
        StakingMsg::Delegate { validator, amount }.into()
    };
    call(&mut chain, &contract, vec![delegating("a")]);
    chain.panic_on_touch("a");
    chain.next_block(5);
    let before = (
        chain.app.dump_wasm_raw(&contract),
        chain.balance(&contract, DENOM),
        chain.delegations(&contract),
    );

    let execute = |msgs: Vec<CosmosMsg>| WasmMsg::Execute {
        contract_addr: contract.to_string(),
        msg: to_json_binary(&msgs).unwrap(),
        funds: vec![],
    };
    let msg = execute(vec![delegating("b"), delegating("a")]);
    let error = chain.run_tx(&alice(), msg.into()).unwrap_err();

    assert!(matches!(
        error.downcast_ref(),
        Some(ChainError::Panicked { .. })
    ));
    let after = (
        chain.app.dump_wasm_raw(&contract),
        chain.balance(&contract, DENOM),
        chain.delegations(&contract),
    );
    assert_eq!(after, before);
    let msg = execute(vec![delegating("b")]);
    chain.run_tx(&alice(), msg.into()).unwrap();
}
