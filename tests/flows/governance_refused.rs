//! What a governed vault refuses, and what its governor cannot decide.
//!
//! Succeeds when an outsider executes what has passed, where the multisig lets everybody.
//!
//! Fails when an outsider proposes, votes, executes, or changes the members; when members or
//! outsiders call the vault themselves; when a proposal was rejected or has expired: neither does
//! anything then or later; when all members together reach for what others have deposited.

use cosmwasm_std::{BankMsg, Uint128, coins};
use defenders_governor::cw3::{Status, Vote};
use defenders_governor::cw4::Member;
use defenders_governor::cw4_group::msg::ExecuteMsg as GroupMsg;
use defenders_suite::choice::are_shares_coins;
use defenders_suite::governor::{Executors, Governor, VOTING_PERIOD, of_contract};
use defenders_suite::messages::{list_validators, request_withdrawal};
use defenders_suite::trials::invariant_13_strangers_change_nothing;
use defenders_suite::{DAY, DENOM, Suite, SuiteBuilder, TOKEN};
use defenders_types::ExecuteMsg;
use defenders_types::pot::ExecuteMsg as PotMsg;

use crate::governance::{MEMBERS, drain, governed, is_listed};

/// A governed vault and a proposal to drain a validator, which Alice alone has agreed to.
fn proposed() -> (Suite, Governor, u64) {
    let (mut suite, governor) = governed();
    let leaving = suite.listed[..1].to_vec();
    let msg = suite.of_vault(&drain(&leaving));
    let proposal_id = suite.propose(&governor, "alice", vec![msg]);
    (suite, governor, proposal_id)
}

fn ensure_not_executed(suite: &mut Suite, governor: &Governor, proposal_id: u64) {
    for name in MEMBERS {
        let refusal = suite.execute_proposal(governor, name, proposal_id);
        assert!(refusal.unwrap_err().says("Proposal must have passed"));
    }
    assert!(is_listed(suite, &suite.listed[0]));
}

#[test]
fn outsider_neither_proposes_nor_votes_nor_executes() {
    let (mut suite, governor, proposal_id) = proposed();
    let leaving = suite.listed[0].clone();
    let mallory = suite.user("mallory");
    let member = Member {
        addr: mallory.clone(),
        weight: 9,
    };
    let join = GroupMsg::UpdateMembers {
        remove: vec![],
        add: vec![member],
    };

    let own = vec![suite.of_vault(&drain(std::slice::from_ref(&leaving)))];
    let proposes = suite.try_propose(&governor, "mallory", own, None);
    assert!(proposes.unwrap_err().says("Unauthorized"));
    let votes = suite.vote(&governor, "mallory", proposal_id, Vote::Yes);
    assert!(votes.unwrap_err().says("Unauthorized"));
    let joins = suite.call_contract(&mallory, &governor.group, &join);
    assert!(joins.unwrap_err().says("Caller is not admin"));
    assert_eq!(suite.status(&governor, proposal_id), Status::Open);
    suite
        .vote(&governor, "bob", proposal_id, Vote::Yes)
        .unwrap();
    let executes = suite.execute_proposal(&governor, "mallory", proposal_id);
    assert!(executes.unwrap_err().says("Unauthorized"));
    assert!(is_listed(&suite, &leaving));

    suite
        .execute_proposal(&governor, "carol", proposal_id)
        .unwrap();
    assert!(!is_listed(&suite, &leaving));
}

#[test]
fn nobody_reaches_the_vault_past_the_multisig() {
    let (mut suite, governor) = governed();
    for name in ["alice", "bob", "carol", "mallory", "owner"] {
        let address = suite.user(name);
        invariant_13_strangers_change_nothing(&mut suite, &address).unwrap();
        let list = list_validators(&suite.validators[..1]);
        let refusal = suite.execute(&address, &list, vec![]).unwrap_err();
        let owner = &governor.multisig;
        let reason = format!("only the owner {owner} may do this, not {address}");
        assert!(refusal.says(&reason), "{}", refusal.text);
    }
}

#[test]
fn outsider_executes_where_everybody_may() {
    let mut suite = SuiteBuilder::base().build();
    let governor = suite.found_governor(&MEMBERS, 2, Executors::Anyone);
    suite.hand_over_to(&governor, &MEMBERS[..2]);
    let leaving = suite.listed[..1].to_vec();
    let msg = suite.of_vault(&drain(&leaving));

    let own = suite.try_propose(&governor, "mallory", vec![msg.clone()], None);
    assert!(own.unwrap_err().says("Unauthorized"));
    let proposal_id = suite.propose(&governor, "alice", vec![msg]);
    let votes = suite.vote(&governor, "mallory", proposal_id, Vote::Yes);
    assert!(votes.unwrap_err().says("Unauthorized"));
    let early = suite.execute_proposal(&governor, "mallory", proposal_id);
    assert!(early.unwrap_err().says("Proposal must have passed"));
    suite
        .vote(&governor, "bob", proposal_id, Vote::Yes)
        .unwrap();
    suite
        .execute_proposal(&governor, "mallory", proposal_id)
        .unwrap();

    assert!(!is_listed(&suite, &leaving[0]));
}

#[test]
fn rejected_proposal_does_nothing() {
    let (mut suite, governor, proposal_id) = proposed();
    for name in ["bob", "carol"] {
        suite.vote(&governor, name, proposal_id, Vote::No).unwrap();
    }
    assert_eq!(suite.status(&governor, proposal_id), Status::Rejected);

    ensure_not_executed(&mut suite, &governor, proposal_id);
    let again = suite.vote(&governor, "bob", proposal_id, Vote::Yes);
    assert!(again.unwrap_err().says("Already voted"));
    suite.advance(VOTING_PERIOD);
    ensure_not_executed(&mut suite, &governor, proposal_id);
    assert_eq!(suite.status(&governor, proposal_id), Status::Rejected);
}

#[test]
fn expired_proposal_does_nothing() {
    let (mut suite, governor, proposal_id) = proposed();
    let early = suite.close_proposal(&governor, "alice", proposal_id);
    assert!(early.unwrap_err().says("must expire before"));
    suite.advance(VOTING_PERIOD);
    assert_eq!(suite.status(&governor, proposal_id), Status::Rejected);

    let late = suite.vote(&governor, "bob", proposal_id, Vote::Yes);
    assert!(late.unwrap_err().says("voting period has expired"));
    ensure_not_executed(&mut suite, &governor, proposal_id);
    let closed = suite.close_proposal(&governor, "mallory", proposal_id);
    closed.unwrap();
    ensure_not_executed(&mut suite, &governor, proposal_id);
    assert_eq!(suite.status(&governor, proposal_id), Status::Rejected);
}

#[test]
fn proposal_expires_when_its_proposer_said() {
    let (mut suite, governor) = governed();
    let leaving = suite.listed[..1].to_vec();
    let msg = suite.of_vault(&drain(&leaving));
    let latest = cw20::Expiration::AtTime(suite.chain.time().plus_seconds(DAY));
    suite
        .try_propose(&governor, "alice", vec![msg], Some(latest))
        .unwrap();
    let proposal_id = 2; // the first accepted the ownership
    assert_eq!(suite.proposal(&governor, proposal_id).expires, latest);
    suite.advance(DAY);

    let late = suite.vote(&governor, "bob", proposal_id, Vote::Yes);

    assert!(late.unwrap_err().says("voting period has expired"));
    ensure_not_executed(&mut suite, &governor, proposal_id);
}

#[test]
fn all_members_together_take_nothing_of_others() {
    let (mut suite, governor) = governed();
    let dave = suite.user("dave");
    suite.request(&dave, 100 * TOKEN);
    let (vault, pot) = (suite.vault.clone(), suite.pot.clone());
    let multisig = governor.multisig.clone();
    let amount = Uint128::new(1);
    let take = ExecuteMsg::TransferFrom {
        owner: dave.clone(),
        recipient: multisig.clone(),
        amount,
    };
    let seed = ExecuteMsg::TransferFrom {
        owner: vault.clone(),
        recipient: multisig.clone(),
        amount,
    };
    let move_own = ExecuteMsg::Transfer {
        recipient: dave.clone(),
        amount,
    };
    let fee = ExecuteMsg::ClaimFee { recipient: None };
    let send = BankMsg::Send {
        to_address: multisig.clone(),
        amount: coins(1, DENOM),
    };
    let cancel = ExecuteMsg::CancelWithdrawal { batch_id: 1 };
    // of coins the bank tells that there are none, each in its own words
    let (no_allowance, none_held) = match are_shares_coins() {
        true => ("the shares are coins", ""),
        false => (
            "must increase the allowance first",
            "shares asked for, 0 held",
        ),
    };
    let no_transfer = match are_shares_coins() {
        true => no_allowance,
        false => none_held,
    };
    let reaches = [
        (suite.of_vault(&take), no_allowance),
        (suite.of_vault(&seed), no_allowance),
        (suite.of_vault(&move_own), no_transfer),
        (suite.of_vault(&request_withdrawal(1)), none_held),
        (suite.of_vault(&cancel), "has no withdrawal in batch 1"),
        (suite.of_vault(&fee), "nothing is owed"),
        (of_contract(&pot, &PotMsg::Release {}), "only the vault"),
        // each bank has its own words for an empty purse
        (send.into(), ""),
    ];
    let owned = |suite: &Suite| (suite.totals(), suite.share_owners(), suite.config());
    let before = owned(&suite);

    for (reach, reason) in reaches {
        let failed = suite.carry(&governor, &MEMBERS, vec![reach]);
        let refusal = failed.unwrap_err();
        assert!(refusal.says(reason), "{}", refusal.text);
    }

    assert_eq!(owned(&suite), before);
    assert_eq!(suite.tokens(&multisig), 0);
    assert_eq!(suite.shares(&multisig), 0);
    // the rest joins the batch that is still open
    let paid = crate::fixture::leave(&mut suite, &dave);
    assert_eq!(paid, 999 * TOKEN);
}
