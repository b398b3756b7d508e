//! A vault whose owner is a cw3 multisig of a cw4 group: two of three members decide.
//!
//! Succeeds when members propose, agree and execute: a listing, a drain, the texts of the token,
//! settings, other members, an ownership that goes to a second multisig, which accepts by a proposal of its
//! own; when what failed is executed again after its cause is gone, be it long after the vote.
//!
//! Fails when a message of a proposal fails: none of its messages counts, and it stays passed.
//! What it names may never become possible; then it needs another proposal. Fails when executed
//! a second time, when the first multisig speaks after the second has accepted, and when the
//! second accepts what was not offered, no longer is, or has expired; and when a message has reached its
//! own end.

use cosmwasm_std::Decimal;
use defenders_governor::cw3::Status;
use defenders_governor::cw4::Member;
use defenders_governor::cw4_group::msg::ExecuteMsg as GroupMsg;
use defenders_suite::governor::{Executors, Governor, VOTING_PERIOD, of_contract};
use defenders_suite::messages::list_validators;
use defenders_suite::{DAY, Suite, SuiteBuilder, TOKEN, TxResult, by_key, event, number};
use defenders_types::{ChangesResponse, ExecuteMsg, QueryMsg, SettingInput};

/// The members, of whom two decide.
pub const MEMBERS: [&str; 3] = ["alice", "bob", "carol"];
/// Enough of them.
const TWO: [&str; 2] = ["alice", "bob"];
/// The members of a second governor, of whom two decide.
const OTHERS: [&str; 3] = ["walker", "keeper", "bob"];

/// A vault of which a governor has accepted the ownership, and to which Dave has brought 999
/// tokens.
pub fn governed() -> (Suite, Governor) {
    governed_of(SuiteBuilder::base())
}

/// As [`governed`], on another base.
fn governed_of(builder: SuiteBuilder) -> (Suite, Governor) {
    let mut suite = builder.with_room_to_leave().build();
    let governor = suite.found_governor(&MEMBERS, 2, Executors::Members);
    suite.hand_over_to(&governor, &TWO);
    let dave = suite.user("dave");
    suite.deposit(&dave, 999 * TOKEN);
    suite.keep();
    (suite, governor)
}

pub fn drain(validators: &[String]) -> ExecuteMsg {
    ExecuteMsg::DrainValidators {
        validators: validators.to_vec(),
        valid_until: None,
    }
}

pub fn is_listed(suite: &Suite, validator: &str) -> bool {
    let mut infos = suite.validator_infos().into_iter();
    infos.any(|info| info.validator == validator && info.listed)
}

fn carry(suite: &mut Suite, governor: &Governor, msg: &ExecuteMsg) -> TxResult {
    let msg = suite.of_vault(msg);
    suite.carry(governor, &TWO, vec![msg])
}

/// The members list them, and it is applied when everybody who minds has had the time to leave.
fn list_in_time(suite: &mut Suite, governor: &Governor, validators: &[String]) {
    let outcome = carry(suite, governor, &list_validators(validators)).unwrap();
    let scheduled = &outcome.named("change_scheduled")[0];
    suite.apply_in_time(number(scheduled, "id") as u64);
}

#[test]
fn members_list_validators() {
    let mut suite = SuiteBuilder::base().with_nobody_listed().build();
    let governor = suite.found_governor(&MEMBERS, 2, Executors::Members);
    suite.hand_over_to(&governor, &TWO);
    let named = suite.validators[4..7].to_vec();
    let list = suite.of_vault(&list_validators(&named));

    let proposal_id = suite.propose(&governor, "alice", vec![list]);
    assert_eq!(suite.status(&governor, proposal_id), Status::Open);
    let early = suite.execute_proposal(&governor, "alice", proposal_id);
    assert!(early.unwrap_err().says("Proposal must have passed"));
    let agrees = defenders_governor::cw3::Vote::Yes;
    suite.vote(&governor, "bob", proposal_id, agrees).unwrap();
    assert_eq!(suite.status(&governor, proposal_id), Status::Passed);
    assert!(suite.validator_infos().is_empty());
    let executed = suite.execute_proposal(&governor, "carol", proposal_id);

    let expected = event("validators_listed", [("count", &3)]);
    assert_eq!(executed.unwrap().vault_events(), vec![expected]);
    assert_eq!(suite.status(&governor, proposal_id), Status::Executed);
    assert!(named.iter().all(|validator| is_listed(&suite, validator)));
    suite.keep();
    let dave = suite.user("dave");
    suite.deposit(&dave, 300 * TOKEN);
    suite.keep();
    let delegations = suite.chain.delegations(&suite.vault);
    let holders: Vec<String> = delegations.into_iter().map(|(v, _)| v).collect();
    assert_eq!(holders, named);
}

#[test]
fn members_drain_a_validator() {
    let (mut suite, governor) = governed();
    let leaving = suite.listed[0].clone();
    let msg = drain(std::slice::from_ref(&leaving));

    let drained = carry(&mut suite, &governor, &msg).unwrap();

    let expected = event("validators_drained", [("count", &1)]);
    assert_eq!(drained.vault_events(), vec![expected]);
    assert!(!is_listed(&suite, &leaving));
    suite.leave(std::slice::from_ref(&leaving));
    let mut holders = suite.chain.delegations(&suite.vault).into_iter();
    assert!(holders.all(|(validator, _)| validator != leaving));
}

#[test]
fn members_speak_for_the_token() {
    let (mut suite, governor) = governed_of(SuiteBuilder::base().with_cw20_shares());
    let texts = ExecuteMsg::UpdateMarketing {
        project: Some("https://example.org".into()),
        description: None,
        marketing: None,
    };
    carry(&mut suite, &governor, &texts).unwrap();
    let told: cw20::MarketingInfoResponse = suite.query(&QueryMsg::MarketingInfo {});
    assert_eq!(told.project.as_deref(), Some("https://example.org"));
    assert_eq!(told.marketing.map(Into::into), Some(governor.multisig));
}

#[test]
fn members_choose_the_members() {
    let (mut suite, governor) = governed();
    let (bob, mallory) = (suite.user("bob"), suite.user("mallory"));
    let member = Member {
        addr: mallory,
        weight: 1,
    };
    let change = GroupMsg::UpdateMembers {
        remove: vec![bob],
        add: vec![member],
    };
    let change = of_contract(&governor.group, &change);
    suite.carry(&governor, &TWO, vec![change]).unwrap();
    let leaving = suite.listed[..1].to_vec();
    let msg = suite.of_vault(&drain(&leaving));

    let gone = suite.try_propose(&governor, "bob", vec![msg.clone()], None);
    assert!(gone.unwrap_err().says("Unauthorized"));
    suite
        .carry(&governor, &["mallory", "carol"], vec![msg])
        .unwrap();
    assert!(!is_listed(&suite, &leaving[0]));
}

#[test]
fn proposal_that_fails_changes_nothing_and_is_executed_when_its_cause_is_gone() {
    let (mut suite, governor) = governed();
    let (new, old) = (suite.validators[..1].to_vec(), suite.listed[..1].to_vec());
    carry(&mut suite, &governor, &drain(&old)).unwrap();
    let msgs = [list_validators(&new), drain(&old)].map(|msg| suite.of_vault(&msg));
    let proposal_id = suite.pass(&governor, &TWO, msgs.to_vec());
    let before = suite.validator_infos();

    for _ in 0..2 {
        let failed = suite.execute_proposal(&governor, "alice", proposal_id);
        let refusal = failed.unwrap_err();
        let reason = format!("{} is draining already", old[0]);
        assert!(refusal.says(&reason), "{}", refusal.text);
        assert_eq!(suite.status(&governor, proposal_id), Status::Passed);
        assert_eq!(suite.validator_infos(), before);
    }

    list_in_time(&mut suite, &governor, &old);
    let executed = suite.execute_proposal(&governor, "alice", proposal_id);

    let told = executed.unwrap().vault_events();
    let names: Vec<&str> = told.iter().map(|event| event.ty.as_str()).collect();
    assert_eq!(
        names,
        ["vault/change_scheduled", "vault/validators_drained"]
    );
    assert!(!is_listed(&suite, &old[0]));
    suite.apply_in_time(number(&told[0], "id") as u64);
    assert!(is_listed(&suite, &new[0]));
    assert_eq!(suite.status(&governor, proposal_id), Status::Executed);
}

#[test]
fn listing_of_nobody_needs_another_proposal() {
    let (mut suite, governor) = governed();
    let right = suite.validators[..1].to_vec();
    let wrong = vec![format!("{}x", right[0])];
    let msg = suite.of_vault(&list_validators(&wrong));
    let proposal_id = suite.pass(&governor, &TWO, vec![msg]);

    for wait in [0, DAY, 30 * DAY] {
        suite.advance(wait + 1);
        let failed = suite.execute_proposal(&governor, "bob", proposal_id);
        let refusal = failed.unwrap_err();
        let reason = format!("{} does not exist on this chain", wrong[0]);
        assert!(refusal.says(&reason), "{}", refusal.text);
    }

    list_in_time(&mut suite, &governor, &right);
    assert!(is_listed(&suite, &right[0]));
    assert_eq!(suite.status(&governor, proposal_id), Status::Passed);
}

#[test]
fn any_member_executes_what_once_passed_however_late() {
    let (mut suite, governor) = governed();
    let old = suite.listed[..1].to_vec();
    carry(&mut suite, &governor, &drain(&old)).unwrap();
    let drain_again = suite.of_vault(&drain(&old));
    let proposal_id = suite.pass(&governor, &TWO, vec![drain_again]);
    suite
        .execute_proposal(&governor, "alice", proposal_id)
        .unwrap_err();
    suite.advance(VOTING_PERIOD + 30 * DAY);
    list_in_time(&mut suite, &governor, &old);

    suite
        .execute_proposal(&governor, "carol", proposal_id)
        .unwrap();

    assert!(!is_listed(&suite, &old[0]));
}

#[test]
fn message_with_its_own_end_does_nothing_when_executed_late() {
    let (mut suite, governor) = governed();
    let old = suite.listed[..1].to_vec();
    carry(&mut suite, &governor, &drain(&old)).unwrap();
    let drain_again = suite.of_vault(&ExecuteMsg::DrainValidators {
        validators: old.clone(),
        valid_until: Some(suite.now() + VOTING_PERIOD),
    });
    let proposal_id = suite.pass(&governor, &TWO, vec![drain_again]);
    suite
        .execute_proposal(&governor, "alice", proposal_id)
        .unwrap_err();
    suite.advance(VOTING_PERIOD + 30 * DAY);
    list_in_time(&mut suite, &governor, &old);

    let late = suite.execute_proposal(&governor, "carol", proposal_id);

    let late = late.unwrap_err();
    assert!(late.says("the message was valid until"), "{}", late.text);
    assert!(is_listed(&suite, &old[0]));
}

#[test]
fn members_change_settings_and_outsiders_apply_them() {
    let (mut suite, governor) = governed();
    let setting = |name: &str, value: &str| SettingInput {
        name: name.into(),
        value: Some(value.into()),
    };
    let proposal = ExecuteMsg::ProposeSettings {
        settings: vec![
            setting("performance_fee_rate", "0.03"),
            setting("max_commission_rate", "0.15"),
        ],
        valid_until: None,
    };
    carry(&mut suite, &governor, &proposal).unwrap();
    let config = suite.config();
    assert_eq!(config.fee.performance_fee_rate, Decimal::percent(3));
    assert_eq!(config.policy.max_commission_rate, Decimal::percent(10));

    let waiting: ChangesResponse = suite.query(&QueryMsg::Changes {});
    suite.advance(waiting.exit_delay);
    let outsider = suite.user("dave");
    let apply = ExecuteMsg::ApplyChange {
        id: waiting.changes[0].id,
    };
    suite.execute(&outsider, &apply, vec![]).unwrap();
    let config = suite.config();
    assert_eq!(config.policy.max_commission_rate, Decimal::percent(15));
}

#[test]
fn proposal_is_executed_once() {
    let (mut suite, governor) = governed();
    let (one, other) = (suite.listed[..1].to_vec(), suite.listed[1..2].to_vec());
    let msg = suite.of_vault(&drain(&one));
    let proposal_id = suite.pass(&governor, &TWO, vec![msg]);
    suite
        .execute_proposal(&governor, "alice", proposal_id)
        .unwrap();
    list_in_time(&mut suite, &governor, &one);

    let again = suite.execute_proposal(&governor, "alice", proposal_id);

    assert!(again.unwrap_err().says("not yet been executed"));
    assert!(is_listed(&suite, &one[0]) && is_listed(&suite, &other[0]));
}

/// A proposal of a second governor that accepts the ownership, passed before any offer.
fn passed_acceptance(suite: &mut Suite) -> (Governor, u64) {
    let second = suite.found_governor(&OTHERS, 2, Executors::Members);
    let accept = suite.of_vault(&ExecuteMsg::AcceptOwnership {});
    let proposal_id = suite.pass(&second, &OTHERS[..2], vec![accept]);
    (second, proposal_id)
}

fn offer_to(second: &Governor) -> ExecuteMsg {
    ExecuteMsg::TransferOwnership {
        new_owner: second.multisig.clone(),
        expires_at: None,
        valid_until: None,
    }
}

#[test]
fn second_multisig_takes_over_in_two_steps() {
    let (mut suite, first) = governed();
    let (second, acceptance) = passed_acceptance(&mut suite);
    let early = suite.execute_proposal(&second, "walker", acceptance);
    assert!(early.unwrap_err().says("no transfer of the ownership"));

    carry(&mut suite, &first, &offer_to(&second)).unwrap();
    assert_eq!(suite.config().owner, first.multisig);
    let accepted = suite.execute_proposal(&second, "walker", acceptance);

    let expected = event(
        "ownership_transferred",
        [
            ("previous_owner", &first.multisig),
            ("owner", &second.multisig),
        ],
    );
    let told = accepted.unwrap().vault_events().into_iter().map(by_key);
    assert_eq!(told.collect::<Vec<_>>(), vec![by_key(expected)]);
    suite.owner.clone_from(&second.multisig);
    let leaving = suite.listed[..1].to_vec();
    let late = carry(&mut suite, &first, &drain(&leaving)).unwrap_err();
    let (owner, sender) = (&second.multisig, &first.multisig);
    let reason = format!("only the owner {owner} may do this, not {sender}");
    assert!(late.says(&reason), "{}", late.text);
    assert!(is_listed(&suite, &leaving[0]));
    let msg = suite.of_vault(&drain(&leaving));
    suite.carry(&second, &OTHERS[..2], vec![msg]).unwrap();
    assert!(!is_listed(&suite, &leaving[0]));
}

#[test]
fn cancelled_or_expired_offer_to_a_second_multisig_leaves_the_first() {
    let (mut suite, first) = governed();
    let (second, acceptance) = passed_acceptance(&mut suite);

    carry(&mut suite, &first, &offer_to(&second)).unwrap();
    carry(
        &mut suite,
        &first,
        &ExecuteMsg::CancelOwnershipTransfer { valid_until: None },
    )
    .unwrap();
    let cancelled = suite.execute_proposal(&second, "walker", acceptance);
    assert!(cancelled.unwrap_err().says("no transfer of the ownership"));

    carry(&mut suite, &first, &offer_to(&second)).unwrap();
    suite.advance(14 * DAY);
    let expired = suite.execute_proposal(&second, "walker", acceptance);
    assert!(
        expired
            .unwrap_err()
            .says("the transfer of the ownership expires at")
    );

    assert_eq!(suite.config().owner, first.multisig);
    let leaving = suite.listed[..1].to_vec();
    carry(&mut suite, &first, &drain(&leaving)).unwrap();
    assert!(!is_listed(&suite, &leaving[0]));
}
