//! Ordered refusals of messages and of queries.

use crate::common::*;
use anybuf::{Anybuf, Bufany};
use cosmwasm_std::{Addr, Binary, GrpcQuery, QueryRequest};
use staking_sim::{Chain, ChainError, MessageKind, QueryProfile};

#[test]
fn validator_refuses_the_chosen_message_with_the_chosen_code() {
    let mut chain = chain();
    delegate(&mut chain, &alice(), "a", 100).unwrap();
    delegate(&mut chain, &alice(), "b", 100).unwrap();

    chain.refuse("a", MessageKind::Delegate, "staking", 34);
    assert_eq!(
        refusal(delegate(&mut chain, &alice(), "a", 1)),
        staking_code(34)
    );
    delegate(&mut chain, &alice(), "b", 1).unwrap();
    undelegate(&mut chain, &alice(), "a", 1).unwrap();

    chain.refuse("a", MessageKind::Undelegate, "undefined", 1);
    assert_eq!(
        refusal(undelegate(&mut chain, &alice(), "a", 1)),
        "codespace: undefined, code: 1"
    );

    chain.refuse("c", MessageKind::Redelegate, "staking", 33);
    assert_eq!(
        refusal(redelegate(&mut chain, &alice(), "a", "c", 1)),
        staking_code(33)
    );
    redelegate(&mut chain, &alice(), "a", "b", 1).unwrap();

    chain.refuse("a", MessageKind::Withdraw, "distribution", 5);
    assert_eq!(
        refusal(withdraw(&mut chain, &alice(), "a")),
        "codespace: distribution, code: 5"
    );
}

#[test]
fn refusal_may_be_of_a_codespace_that_the_model_does_not_have() {
    let mut chain = chain();
    chain.refuse("a", MessageKind::Delegate, "liquid", 105);
    let error = delegate(&mut chain, &alice(), "a", 1).unwrap_err();
    assert_eq!(error.to_string(), "codespace: liquid, code: 105");
    let refused = ChainError::Refused {
        codespace: "liquid".into(),
        code: 105,
    };
    assert_eq!(error.downcast_ref(), Some(&refused));
}

#[test]
fn refusal_ends_when_lifted() {
    let mut chain = chain();
    chain.refuse("a", MessageKind::Delegate, "staking", 34);
    chain.next_block(5);
    assert!(delegate(&mut chain, &alice(), "a", 1).is_err());
    chain.accept("a", MessageKind::Delegate);
    delegate(&mut chain, &alice(), "a", 1).unwrap();
}

fn query_validator(chain: &Chain) -> bool {
    let data = Binary::new(Anybuf::new().append_string(1, "a").into_vec());
    let path = "/cosmos.staking.v1beta1.Query/Validator".to_string();
    let request = QueryRequest::<cosmwasm_std::Empty>::Grpc(GrpcQuery { path, data });
    let bytes = cosmwasm_std::to_json_vec(&request).unwrap();
    let answer = cosmwasm_std::Querier::raw_query(&chain.app, &bytes);
    matches!(
        answer,
        cosmwasm_std::SystemResult::Ok(cosmwasm_std::ContractResult::Ok(_))
    )
}

#[test]
fn raw_queries_can_be_switched_off_and_on_while_running() {
    let mut chain = builder().profile(QueryProfile::Hub).build();
    assert!(query_validator(&chain));
    chain.refuse_queries(true);
    assert!(!query_validator(&chain));
    chain.refuse_queries(false);
    assert!(query_validator(&chain));
    chain.refuse_query_path("/cosmos.staking.v1beta1.Query/Validator", true);
    assert!(!query_validator(&chain));
    chain.refuse_query_path("/cosmos.staking.v1beta1.Query/Validator", false);
    assert!(query_validator(&chain));
    chain.set_profile(QueryProfile::None);
    assert!(!query_validator(&chain));
}

#[test]
fn raw_query_about_one_validator_is_refused_and_answered_again() {
    let mut chain = builder().profile(QueryProfile::Hub).build();
    let path = "/cosmos.staking.v1beta1.Query/Validator";
    chain.refuse_query_about(path, "b", true);
    assert!(query_validator(&chain));
    chain.refuse_query_about(path, "a", true);
    assert!(!query_validator(&chain));
    chain.refuse_query_about(path, "a", false);
    assert!(query_validator(&chain));
}

#[test]
fn hidden_delegations_are_there_all_the_same() {
    let mut chain = chain();
    delegate(&mut chain, &alice(), "a", 100).unwrap();
    let bob = account("bob");
    chain.mint(&bob, vec![stake(100)]);
    delegate(&mut chain, &bob, "a", 100).unwrap();
    let shown = |chain: &Chain, delegator: Addr| {
        let all = chain.app.wrap().query_all_delegations(delegator);
        all.unwrap().len()
    };

    chain.hide_delegations(&alice(), true);
    assert_eq!((shown(&chain, alice()), shown(&chain, bob)), (0, 1));
    assert_eq!(chain.delegations(&alice()).len(), 1);
    undelegate(&mut chain, &alice(), "a", 40).unwrap();

    chain.hide_delegations(&alice(), false);
    assert_eq!(shown(&chain, alice()), 1);
}

#[test]
fn undelegation_is_answered_without_its_amount_until_told_again() {
    let mut chain = chain();
    delegate(&mut chain, &alice(), "a", 100).unwrap();
    let answered = |chain: &mut Chain| {
        let response = undelegate(chain, &alice(), "a", 10).unwrap();
        let data = response.data.unwrap();
        let answer = Bufany::deserialize(&data).unwrap();
        let seconds = answer.message(1).and_then(|time| time.int64(1));
        let amount = answer.message(2).and_then(|coin| coin.string(2));
        (seconds > Some(0), amount.unwrap_or_default()) // what is absent decodes to nothing
    };

    chain.leave_amounts_out(true);
    assert_eq!(answered(&mut chain), (true, String::new()));
    chain.leave_amounts_out(false);
    assert_eq!(answered(&mut chain), (true, "10".into()));
}

#[test]
fn redelegation_is_answered_without_its_time_until_told_again() {
    let mut chain = chain();
    delegate(&mut chain, &alice(), "a", 100).unwrap();
    let answered = |chain: &mut Chain| {
        let response = redelegate(chain, &alice(), "a", "b", 10).unwrap();
        let data = response.data.unwrap_or_default();
        let answer = Bufany::deserialize(&data).unwrap();
        answer
            .message(1)
            .and_then(|time| time.int64(1))
            .unwrap_or_default()
    };

    chain.leave_times_out(true);
    assert_eq!(answered(&mut chain), 0);
    chain.leave_times_out(false);
    assert!(answered(&mut chain) > 0);
}

#[test]
fn touch_keeps_what_was_earned_for_a_withdrawal_or_the_end() {
    // alice has a quarter of what a earns, which is four fifths
    let mut chain = chain_without_commission();
    let held = |chain: &Chain| chain.balance(&alice(), DENOM).u128();
    chain.keep_rewards(true);
    chain.allocate_rewards(&[stake(1_000)]);
    chain.next_block(5);
    let before = held(&chain);

    delegate(&mut chain, &alice(), "a", 10).unwrap();
    assert_eq!(held(&chain), before - 10);
    assert_eq!(chain.pending_rewards(&alice(), "a"), [stake(200)]);
    chain.next_block(5);
    withdraw(&mut chain, &alice(), "a").unwrap();
    assert_eq!(held(&chain), before - 10 + 200);
    assert_covered(&chain, DENOM);

    chain.next_block(5);
    chain.allocate_rewards(&[stake(1_000)]);
    undelegate(&mut chain, &alice(), "a", 5).unwrap();
    assert_eq!(held(&chain), before - 10 + 200);
    undelegate(&mut chain, &alice(), "a", 100 * POWER + 5).unwrap();
    let paid = held(&chain) - (before - 10 + 200);
    assert!((199..=200).contains(&paid), "the end pays: {paid}");
    assert_covered(&chain, DENOM);
}
