//! Other code takes the place of the vault's or the pot's.
//!
//! Succeeds when it was named an exit delay before, is the code that was named, and answers with the same totals:
//! nobody loses a unit, and who asked in the block of scheduling has been paid.
//!
//! Fails when nobody or somebody else named it, too early, too late, when it is other code, and when the new code
//! has lost something: then the old code stays, and nothing else has changed.

use cosmwasm_std::{Binary, Event};
use defenders_suite::chain::{Code, TxResult};
use defenders_suite::choice::is_real;
use defenders_suite::messages::request_withdrawal;
use defenders_suite::{
    BLOCK, DAY, Deployment, HOUR, Outcome, Suite, SuiteBuilder, TOKEN, event, number,
};
use defenders_types::{BatchState, Change, ChangesResponse, ExecuteMsg, OwnContract, QueryMsg};

use crate::fixture::{funded, funded_from};

/// The longest unbonding time, two batch periods and a week.
const EXIT_DELAY: u64 = (21 + 2 + 7) * DAY;

/// A code that the owner may name.
struct Named {
    contract: OwnContract,
    code_id: u64,
    checksum: String,
    msg: &'static str,
}

fn named(suite: &mut Suite, contract: OwnContract, code: Code, msg: &'static str) -> Named {
    let code_id = suite.chain.store(code);
    Named {
        contract,
        code_id,
        checksum: suite.chain.checksum(code_id),
        msg,
    }
}

/// The next release of the vault, that makes no mistake or this one.
fn next(suite: &mut Suite, msg: &'static str) -> Named {
    named(suite, OwnContract::Vault, Code::NextVault, msg)
}

fn message(named: &Named) -> ExecuteMsg {
    ExecuteMsg::ScheduleUpgrade {
        contract: named.contract,
        code_id: named.code_id,
        checksum: named.checksum.clone(),
        msg: Some(Binary::from(named.msg.as_bytes())),
        valid_until: None,
    }
}

fn schedule(suite: &mut Suite, named: &Named) -> TxResult {
    let owner = suite.owner.clone();
    suite.execute(&owner, &message(named), vec![])
}

fn apply(suite: &mut Suite, id: u64) -> TxResult {
    let stranger = suite.user("stranger");
    suite.execute(&stranger, &ExecuteMsg::ApplyChange { id }, vec![])
}

fn changes(suite: &Suite) -> Vec<(u64, Change)> {
    let told: ChangesResponse = suite.query(&QueryMsg::Changes {});
    told.changes
        .into_iter()
        .map(|it| (it.id, it.change))
        .collect()
}

/// Name and version as they lie.
fn contract_info(suite: &Suite, contract: &str) -> String {
    let stored = suite.chain.state(contract);
    let mut items = stored.into_iter();
    let (_, value) = items.find(|(key, _)| key == b"contract_info").unwrap();
    String::from_utf8(value).unwrap()
}

fn version_of_vault(suite: &Suite) -> String {
    let vault = suite.vault.clone();
    let info: serde_json::Value = serde_json::from_str(&contract_info(suite, &vault)).unwrap();
    info["version"].as_str().unwrap().to_owned()
}

const OLD: &str = env!("CARGO_PKG_VERSION");
const NEXT: &str = "0.2.0";

/// What a refused call must leave as it was.
fn world(suite: &Suite) -> impl PartialEq + std::fmt::Debug + use<> {
    let (vault, pot) = (&suite.vault, &suite.pot);
    (
        suite.chain.state(vault),
        suite.chain.state(pot),
        suite.tokens(vault),
        suite.chain.delegations(vault),
        suite.chain.unbonding_entries(vault),
    )
}

fn ensure_refused(suite: &mut Suite, id: u64, says: &str) {
    let before = world(suite);
    let refusal = apply(suite, id).unwrap_err();
    assert!(refusal.says(says), "{says}: {}", refusal.text);
    assert_eq!(world(suite), before);
    assert!(changes(suite).iter().any(|(waiting, _)| *waiting == id));
    assert_eq!(version_of_vault(suite), OLD);
}

fn upgraded(contract: &str, old: &str, new: &str) -> Event {
    event(
        "upgraded",
        [
            ("contract", &contract),
            ("old_version", &old),
            ("new_version", &new),
        ],
    )
}

/// All that the vault says of everybody's money, but for times that go by.
fn everything(suite: &Suite) -> impl PartialEq + std::fmt::Debug + use<> {
    let mut batches = suite.batches();
    for batch in &mut batches {
        batch.next_at = None;
        batch.pays_at = None;
    }
    (
        suite.totals(),
        suite.ledger(),
        batches,
        suite.share_owners(),
    )
}

/// The keeper comes every hour.
fn keep_for_hours(suite: &mut Suite, hours: u64) -> Vec<Outcome> {
    let mut outcomes = vec![];
    for _ in 0..hours {
        suite.advance(HOUR);
        outcomes.extend(suite.keep());
    }
    outcomes
}

#[test]
fn next_release_takes_over_with_everything_in_flight_and_nobody_loses_a_unit() {
    let mut suite = funded_from(SuiteBuilder::base().with_room_to_leave());
    let [alice, bob, carol] = ["alice", "bob", "carol"].map(|name| suite.user(name));
    suite.deposit(&bob, 300 * TOKEN);
    suite.deposit(&carol, 200 * TOKEN);
    suite.keep();
    let next = next(&mut suite, "{}");

    // in the block of scheduling, and with ticks every hour; the real chain has less patience
    let every_hours = if is_real() { 6 } else { 1 };
    let owner = suite.owner.clone();
    let scheduling = suite.call(&owner, &message(&next), vec![]);
    let shares_of_bob = suite.shares(&bob);
    let request = suite.call(&bob, &request_withdrawal(shares_of_bob), vec![]);
    let told = suite.block(BLOCK, vec![scheduling, request]);
    let due_at = suite.now() + EXIT_DELAY;
    let scheduled = event(
        "change_scheduled",
        [("id", &0), ("what", &"upgrade"), ("due_at", &due_at)],
    );
    assert_eq!(told[0].as_ref().unwrap().vault_events(), vec![scheduled]);
    let batch_of_bob = number(
        &told[1].as_ref().unwrap().named("withdrawal_requested")[0],
        "batch_id",
    );
    let waits = Change::Upgrade {
        contract: OwnContract::Vault,
        code_id: next.code_id,
        checksum: next.checksum.clone(),
        msg: Binary::from(b"{}"),
    };
    assert_eq!(changes(&suite), vec![(0, waits)]);
    let mut paid_at = None;
    while suite.now() + 4 * DAY < due_at {
        suite.advance(every_hours * HOUR);
        suite.keep();
        let batch = suite.batch(batch_of_bob as u64).unwrap();
        if paid_at.is_none() && batch.state == BatchState::Claimable {
            // anyone claims for him
            let stranger = suite.user("stranger");
            let before = suite.tokens(&bob);
            let claim = ExecuteMsg::Claim {
                batch_id: batch_of_bob as u64,
                recipient: Some(bob.clone()),
            };
            suite.execute(&stranger, &claim, vec![]).unwrap();
            assert!(suite.tokens(&bob) >= before + 300 * TOKEN - 10);
            paid_at = Some(suite.now());
        }
    }
    assert!(paid_at.unwrap() < due_at, "{paid_at:?}, due at {due_at}");

    // a batch that unbonds, shares that wait, and redelegations are in flight
    let half = suite.shares(&carol) / 2;
    suite.request(&carol, half);
    let drained = suite.listed[..2].to_vec();
    suite.drain(&drained);
    let hours = (due_at - suite.now()).div_ceil(HOUR);
    keep_for_hours(&mut suite, hours);
    let rest = suite.shares(&carol);
    suite.request(&carol, rest);
    suite.deposit(&bob, 50 * TOKEN);
    assert!(suite.health().locked.u128() > 0, "redelegations are live");
    assert!(suite.totals().unbonding.u128() > 0, "a batch unbonds");
    assert!(suite.totals().escrow_shares.u128() > 0, "shares wait");
    let before = everything(&suite);

    let told = apply(&mut suite, 0).unwrap();

    let applied = event("change_applied", [("id", &0)]);
    let expected = vec![applied, upgraded("vault", OLD, NEXT)];
    assert_eq!(told.vault_events(), expected);
    assert_eq!(version_of_vault(&suite), NEXT);
    assert_eq!(everything(&suite), before);
    assert_eq!(changes(&suite), vec![]);
    assert_eq!(suite.chain.admin(&suite.vault), Some(suite.vault.clone()));

    // everybody leaves the new code
    for name in [&alice, &bob] {
        let shares = suite.shares(name);
        suite.request(name, shares);
    }
    suite.keep_for_days(60);
    for batch_id in 1..=suite.batches().last().unwrap().batch_id {
        for recipient in suite.recipients(batch_id) {
            suite.claim(&recipient, batch_id);
        }
    }
    for (name, least) in [(&alice, 999), (&bob, 350), (&carol, 200)] {
        let paid = suite.tokens(name);
        assert!(paid + 20 >= least * TOKEN, "{name} was paid {paid}");
    }
}

#[test]
fn release_that_loses_something_reverts_whole() {
    let mut suite = funded();
    let mistakes = [
        (
            r#"{"mistake":"totals"}"#,
            "the new code finds total_assets to be",
        ),
        (r#"{"mistake":"name"}"#, "to crates.io:another-vault 0.2.0"),
        (
            r#"{"mistake":"version"}"#,
            "to crates.io:defenders-vault 0.0.1",
        ),
        (
            r#"{"mistake":"fails"}"#,
            "the next release cannot take over",
        ),
        (r#"{"mistake":"none"}"#, "unknown variant `none`"),
    ];
    for (id, (msg, says)) in (0..).zip(mistakes) {
        let next = next(&mut suite, msg);
        schedule(&mut suite, &next).unwrap();
        suite.advance(EXIT_DELAY);
        ensure_refused(&mut suite, id, says);
    }
    let mute = named(&mut suite, OwnContract::Vault, Code::ShareSink, "{}");
    schedule(&mut suite, &mute).unwrap();
    suite.advance(EXIT_DELAY);
    let refusal = apply(&mut suite, 5).unwrap_err();
    assert!(refusal.says("reply"), "{}", refusal.text);
    assert_eq!(version_of_vault(&suite), OLD);
    // the vault stands
    let alice = suite.user("alice");
    suite.keep();
    assert!(crate::fixture::leave(&mut suite, &alice) > 998 * TOKEN);
}

#[test]
fn pot_gets_other_code_and_answers_to_the_same_vault() {
    let mut suite = funded();
    let pot = named(&mut suite, OwnContract::RewardPot, Code::RewardPot, "{}");
    schedule(&mut suite, &pot).unwrap();
    suite.advance(EXIT_DELAY);

    let told = apply(&mut suite, 0).unwrap();

    let applied = event("change_applied", [("id", &0)]);
    let expected = vec![applied, upgraded("reward_pot", OLD, OLD)];
    assert_eq!(told.vault_events(), expected);
    assert_eq!(version_of_vault(&suite), OLD);
    suite.keep();
    suite.reward(crate::fixture::REWARD);
    suite.advance(DAY);
    assert!(
        suite
            .keep()
            .iter()
            .any(|outcome| outcome.emits("harvested"))
    );
}

#[test]
fn pot_that_obeys_somebody_else_reverts_whole() {
    let mut suite = funded();
    let sink = named(&mut suite, OwnContract::RewardPot, Code::ShareSink, "{}");
    schedule(&mut suite, &sink).unwrap();
    suite.advance(EXIT_DELAY);
    ensure_refused(
        &mut suite,
        0,
        "the pot's new code obeys nobody: the old code stays",
    );
    suite.keep();
}

#[test]
fn upgrade_waits_for_the_exit_delay_and_is_gone_two_weeks_later() {
    let mut suite = funded();
    let next = next(&mut suite, "{}");
    schedule(&mut suite, &next).unwrap();
    let due_at = suite.now() + EXIT_DELAY;
    suite.advance(EXIT_DELAY - 2 * BLOCK);
    let early = format!("change 0 may be applied from {due_at} on");
    ensure_refused(&mut suite, 0, &early);
    suite.advance(14 * DAY);
    let late = format!("change 0 was to be applied before {}", due_at + 14 * DAY);
    ensure_refused(&mut suite, 0, &late);
}

#[test]
fn upgrade_waits_also_before_anybody_has_deposited() {
    let mut suite = SuiteBuilder::base().build();
    let next = next(&mut suite, "{}");
    schedule(&mut suite, &next).unwrap();
    ensure_refused(&mut suite, 0, "change 0 may be applied from");
    let told: ChangesResponse = suite.query(&QueryMsg::Changes {});
    suite.advance(told.changes[0].due_at - suite.now());
    apply(&mut suite, 0).unwrap();
    assert_eq!(version_of_vault(&suite), NEXT);
}

#[test]
fn only_the_code_that_was_named_is_taken() {
    let mut suite = funded();
    let next = next(&mut suite, "{}");
    let other = Named {
        checksum: next.checksum.replace(|_| true, "a"),
        ..named(&mut suite, OwnContract::Vault, Code::NextVault, "{}")
    };
    let refusal = schedule(&mut suite, &other).unwrap_err();
    let says = format!(
        "code {} of the chain has the checksum {}, not {}",
        other.code_id,
        suite.chain.checksum(other.code_id),
        other.checksum
    );
    assert!(refusal.says(&says), "{}", refusal.text);
    let nothing = Named {
        code_id: 1_000,
        ..next
    };
    assert!(schedule(&mut suite, &nothing).is_err());
    assert_eq!(changes(&suite), vec![]);
}

#[test]
fn long_message_that_would_hide_what_else_waits_is_refused() {
    let mut suite = funded();
    let next = next(&mut suite, "{}");
    let of = |bytes: usize| {
        let mut msg = message(&next);
        if let ExecuteMsg::ScheduleUpgrade { msg, .. } = &mut msg {
            *msg = Some(Binary::from(vec![b' '; bytes]));
        }
        msg
    };
    let owner = suite.owner.clone();
    let refusal = suite.execute(&owner, &of(4_097), vec![]).unwrap_err();
    let says = "bytes of msg must be between 0 and 4096, got 4097";
    assert!(refusal.says(says), "{}", refusal.text);
    assert_eq!(changes(&suite), vec![]);
    suite.execute(&owner, &of(4_096), vec![]).unwrap();
}

#[test]
fn only_the_owner_names_code_and_the_guardian_can_cancel_it() {
    let mut suite = SuiteBuilder::base().build();
    let guardian = suite.user("guardian");
    crate::settings::propose(&mut suite, &[("guardian", Some(&guardian))]).unwrap();
    let next = next(&mut suite, "{}");
    for name in ["stranger", "guardian"] {
        let sender = suite.user(name);
        let refusal = suite.execute(&sender, &message(&next), vec![]).unwrap_err();
        assert!(refusal.says("only the owner"), "{}", refusal.text);
    }
    schedule(&mut suite, &next).unwrap();
    let cancel = ExecuteMsg::CancelChange {
        id: 0,
        valid_until: None,
    };
    suite.execute(&guardian, &cancel, vec![]).unwrap();
    assert_eq!(changes(&suite), vec![]);
}

#[test]
fn upgrade_takes_the_place_of_another_of_the_same_contract() {
    let mut suite = funded();
    let first = next(&mut suite, "{}");
    let second = next(&mut suite, r#"{"mistake":null}"#);
    let pot = named(&mut suite, OwnContract::RewardPot, Code::RewardPot, "{}");
    schedule(&mut suite, &first).unwrap();
    schedule(&mut suite, &pot).unwrap();
    suite.advance(DAY);
    let told = schedule(&mut suite, &second).unwrap();
    let due_at = suite.now() + EXIT_DELAY;
    let scheduled = event(
        "change_scheduled",
        [("id", &2), ("what", &"upgrade"), ("due_at", &due_at)],
    );
    let dropped = event("change_dropped", [("id", &0)]);
    assert_eq!(told.vault_events(), vec![scheduled, dropped]);
    let ids: Vec<u64> = changes(&suite).iter().map(|(id, _)| *id).collect();
    assert_eq!(ids, [1, 2]);
}

#[test]
fn vault_that_is_not_its_own_admin_cannot_replace_its_code() {
    let mut suite = SuiteBuilder::base().deployed(Deployment::Kept).build();
    let next = next(&mut suite, "{}");
    schedule(&mut suite, &next).unwrap();
    suite.advance(EXIT_DELAY);
    ensure_refused(&mut suite, 0, "");
}
