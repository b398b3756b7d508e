//! What `defenders propose` writes is carried through the multisig as it is written, and the vault does it.
//!
//! Succeeds when one proposal takes the ownership, lists, and changes settings before anybody has deposited; when
//! others drain, renew, change what acts at once and what waits, cancel and apply that, offer and accept the
//! ownership, accept a suspect snapshot, and let other code take over. The file for DAO DAO says the same.
//!
//! Fails when what passed and failed is carried out again after its `valid_until`, which every message has that
//! can; without it, it is carried out for ever.

use std::fs;

use cosmwasm_std::{CosmosMsg, Decimal};
use defenders_cli::{ContextArgs, inspect_file, write_files};
use defenders_governor::cw3::{Status, Vote};
use defenders_governor::cw3_flex_multisig::msg::ExecuteMsg as MultisigMsg;
use defenders_suite::chain::Code;
use defenders_suite::governor::{Executors, Governor};
use defenders_suite::{BLOCK, DAY, Suite, SuiteBuilder, TOKEN, TxResult, event};
use defenders_types::{Change, ChangesResponse, Exclusion, ExecuteMsg, QueryMsg};
use serde_json::{Value, json};

use crate::eligibility::{exclusion, read};
use crate::governance::{MEMBERS, is_listed};

/// Enough of them.
const TWO: [&str; 2] = ["alice", "bob"];
/// Days for which a proposal is valid when its file does not say.
const VALID_DAYS: u64 = 30;

/// What the program has made of a file in words.
struct Written {
    /// The message to the multisig, as it lies in its file.
    cw3: String,
    /// What `inspect --json` says of that.
    says: Value,
}

impl Written {
    /// What is warned of, in words for programs.
    fn warnings(&self) -> Vec<&str> {
        let warnings = self.says["warnings"].as_array().unwrap().iter();
        warnings.map(|it| it["kind"].as_str().unwrap()).collect()
    }

    /// When each change of a message acts.
    fn when(&self, message: usize) -> Vec<&str> {
        let effects = &self.says["messages"][message]["effects"];
        let effects = effects.as_array().unwrap().iter();
        effects.map(|it| it["when"].as_str().unwrap()).collect()
    }
}

/// Runs `propose` on these acts with all that the vault answers, and `inspect` on what it has written.
fn propose(suite: &Suite, acts: &Value) -> Written {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let answer = |name: &str, query: Value| {
        let answer = suite.chain.query(&suite.vault, &query.to_string());
        fs::write(path(name), answer.unwrap()).unwrap();
        path(name)
    };
    let context = ContextArgs {
        config: Some(answer("config.json", json!({ "config": {} }))),
        changes: Some(answer("changes.json", json!({ "changes": {} }))),
        listings: vec![answer(
            "listings.json",
            json!({ "validators": { "limit": 30 } }),
        )],
        now: Some(suite.now()),
    };
    let words = json!({
        "vault": suite.vault, "title": "As agreed", "description": "In the meeting.", "acts": acts,
    });
    fs::write(path("p.json"), words.to_string()).unwrap();
    let [cw3, dao_dao] = ["p.cw3.json", "p.dao-dao.json"].map(path);
    write_files(&path("p.json"), &cw3, &dao_dao, &context).unwrap();
    let says = [&cw3, &dao_dao].map(|file| inspect_file(file, &suite.vault, &context).unwrap());
    assert_eq!(says[0]["warnings"].as_array().map(Vec::len), {
        says[1]["warnings"].as_array().map(Vec::len)
    });
    let cw3 = fs::read_to_string(cw3).unwrap();
    let imported: Value = serde_json::from_str(&fs::read_to_string(dao_dao).unwrap()).unwrap();
    assert_eq!(imported_messages(&imported), proposed_messages(&cw3));
    let [says, _] = says;
    Written { cw3, says }
}

/// What the multisig is told to send.
fn proposed_messages(cw3: &str) -> Vec<CosmosMsg> {
    match serde_json::from_str(cw3).unwrap() {
        MultisigMsg::Propose { msgs, .. } => msgs,
        other => panic!("{other:?}"),
    }
}

/// What the page of DAO DAO makes of a bulk import: it reads each text, and encodes the contract's message.
fn imported_messages(file: &Value) -> Vec<CosmosMsg> {
    let actions = file["actions"].as_array().unwrap().iter();
    actions
        .map(|action| {
            assert_eq!(action["key"], "custom");
            let text = action["data"]["message"].as_str().unwrap();
            let mut message: Value = serde_json::from_str(text).unwrap();
            let inner = message.pointer_mut("/wasm/execute/msg").unwrap();
            assert!(inner.is_object(), "the page encodes it");
            *inner = json!(cosmwasm_std::Binary::from(inner.to_string().into_bytes()));
            serde_json::from_value(message).unwrap()
        })
        .collect()
}

/// The first of these members proposes the file as it is, the second agrees.
fn pass(suite: &mut Suite, governor: &Governor, members: [&str; 2], cw3: &str) -> u64 {
    let id = suite.propose_as_written(governor, members[0], cw3);
    suite.vote(governor, members[1], id, Vote::Yes).unwrap();
    assert_eq!(suite.status(governor, id), Status::Passed);
    id
}

fn carry(suite: &mut Suite, governor: &Governor, cw3: &str) -> TxResult {
    let id = pass(suite, governor, TWO, cw3);
    suite.execute_proposal(governor, "alice", id)
}

/// Writes, inspects without a warning, and carries.
fn propose_and_carry(suite: &mut Suite, governor: &Governor, acts: &Value) -> Written {
    let written = propose(suite, acts);
    assert_eq!(written.warnings(), [""; 0]);
    carry(suite, governor, &written.cw3).unwrap();
    written
}

fn changes(suite: &Suite) -> ChangesResponse {
    suite.query(&QueryMsg::Changes {})
}

/// Names and numbers of the settings that wait.
fn waiting(suite: &Suite) -> Vec<(String, u64)> {
    let changes = changes(suite).changes.into_iter();
    changes
        .map(|waits| match waits.change {
            Change::Setting { name, .. } => (name, waits.id),
            other => panic!("{other:?}"),
        })
        .collect()
}

/// A vault that a governor owns, and to which Dave has brought 999 tokens. Operators have addresses that are some.
fn governed() -> (Suite, Governor) {
    let builder = SuiteBuilder::base().with_operators().with_room_to_leave();
    let mut suite = builder.build();
    let governor = suite.found_governor(&MEMBERS, 2, Executors::Members);
    suite.hand_over_to(&governor, &TWO);
    let dave = suite.user("dave");
    suite.deposit(&dave, 999 * TOKEN);
    suite.keep();
    (suite, governor)
}

#[test]
fn one_proposal_takes_over_lists_and_sets_before_anybody_deposits() {
    let builder = SuiteBuilder::base().with_operators().with_nobody_listed();
    let mut suite = builder.build();
    let governor = suite.found_governor(&MEMBERS, 2, Executors::Members);
    suite.offer_ownership(&governor.multisig, None).unwrap();
    let named = suite.validators[4..8].to_vec();
    let carol = suite.user("carol");
    let rows = named.iter().map(|validator| {
        json!({ "validator": validator, "reason": "small and alone", "ends_in_days": 200 })
    });

    let written = propose_and_carry(
        &mut suite,
        &governor,
        &json!([
            { "act": "accept_ownership" },
            { "act": "list", "validators": rows.collect::<Vec<_>>() },
            { "act": "settings", "set": { "max_commission_rate": "0.15", "floor": "0.3" } },
            { "act": "fee", "rate": "0.05" },
            { "act": "guardian", "account": carol },
        ]),
    );
    suite.owner.clone_from(&governor.multisig);

    assert_eq!(
        written.when(1),
        ["at once, nobody has deposited yet"; 4],
        "{:#}",
        written.says
    );
    let config = suite.config();
    assert_eq!(config.owner, governor.multisig);
    assert_eq!(config.policy.max_commission_rate, Decimal::percent(15));
    assert_eq!(config.policy.floor, Decimal::percent(30));
    assert_eq!(config.fee.performance_fee_rate, Decimal::percent(5));
    assert_eq!(config.guardian, Some(carol));
    assert!(named.iter().all(|validator| is_listed(&suite, validator)));
    assert!(changes(&suite).changes.is_empty());
    suite.keep();
    let dave = suite.user("dave");
    suite.deposit(&dave, 300 * TOKEN);
    suite.keep();
    let delegations = suite.chain.delegations(&suite.vault).into_iter();
    assert_eq!(delegations.map(|(v, _)| v).collect::<Vec<_>>(), named);
}

#[test]
fn drains_renews_and_changes_at_once_what_is_good_for_all() {
    let (mut suite, governor) = governed();
    let (leaving, renewed) = (suite.listed[0].clone(), suite.listed[1].clone());
    let ends_at = suite.now() + 100 * DAY;

    let written = propose_and_carry(
        &mut suite,
        &governor,
        &json!([
            { "act": "drain", "validators": [leaving] },
            { "act": "reaffirm", "validators": [renewed], "ends_at": ends_at },
            { "act": "fee", "rate": "0.05" },
            { "act": "settings", "set": { "vault_share_cap": "0.09" } },
        ]),
    );

    for message in 0..4 {
        assert_eq!(written.when(message), ["at once"], "{message}");
    }
    assert!(!is_listed(&suite, &leaving));
    let listing = suite.validator_info(&renewed).listing.unwrap();
    assert_eq!(listing.ends_at, Some(ends_at));
    let config = suite.config();
    assert_eq!(config.fee.performance_fee_rate, Decimal::percent(5));
    assert_eq!(config.policy.vault_share_cap, Decimal::percent(9));
    assert!(changes(&suite).changes.is_empty());
}

#[test]
fn settings_wait_and_are_cancelled_and_applied_by_their_numbers() {
    let (mut suite, governor) = governed();
    let carol = suite.user("carol");
    let due_at = suite.now() + changes(&suite).exit_delay;
    let written = propose_and_carry(
        &mut suite,
        &governor,
        &json!([
            { "act": "settings", "set": { "max_commission_rate": "0.15", "floor": "0.3" } },
            { "act": "guardian", "account": carol },
        ]),
    );
    let earliest = &written.says["messages"][0]["effects"][0]["earliest"];
    assert_eq!(earliest.as_u64(), Some(due_at));
    let ids = waiting(&suite);
    let names = ids.iter().map(|(name, _)| name.as_str());
    let names: Vec<&str> = names.collect();
    // as JSON sorts them
    assert_eq!(names, ["floor", "max_commission_rate", "guardian"]);
    assert_eq!(
        suite.config().policy.max_commission_rate,
        Decimal::percent(10)
    );

    let cancel = json!([{ "act": "cancel_change", "id": ids[0].1 }]);
    propose_and_carry(&mut suite, &governor, &cancel);
    assert_eq!(waiting(&suite), ids[1..]);
    suite.advance(changes(&suite).exit_delay);
    let apply = json!([
        { "act": "apply_change", "id": ids[1].1 },
        { "act": "apply_change", "id": ids[2].1 },
    ]);
    propose_and_carry(&mut suite, &governor, &apply);

    let config = suite.config();
    assert_eq!(config.policy.max_commission_rate, Decimal::percent(15));
    assert_eq!(config.policy.floor, Decimal::percent(25));
    assert_eq!(config.guardian, Some(carol));
    assert!(changes(&suite).changes.is_empty());
}

#[test]
fn ownership_goes_to_a_second_multisig_by_a_file_each() {
    let (mut suite, first) = governed();
    let second = suite.found_governor(&["walker", "keeper", "bob"], 2, Executors::Members);
    let offer = json!([
        { "act": "transfer_ownership", "to": second.multisig, "expires_in_days": 20 },
    ]);
    let written = propose(&suite, &offer);
    assert_eq!(written.warnings(), ["ownership"]);
    carry(&mut suite, &first, &written.cw3).unwrap();
    assert_eq!(suite.config().owner, first.multisig);

    let written = propose(&suite, &json!([{ "act": "accept_ownership" }]));
    let id = pass(&mut suite, &second, ["walker", "keeper"], &written.cw3);
    suite.execute_proposal(&second, "walker", id).unwrap();

    assert_eq!(suite.config().owner, second.multisig);
    suite.owner.clone_from(&second.multisig);
}

#[test]
fn suspect_snapshot_is_accepted() {
    let (mut suite, governor) = governed();
    let failing = suite.listed[..3].to_vec();
    for validator in &failing {
        suite.faults().refuse_queries_about(validator);
    }
    read(&mut suite);
    assert!(suite.health().suspect.is_some());

    let accept = json!([{ "act": "accept_snapshot", "failed": failing }]);
    propose_and_carry(&mut suite, &governor, &accept);

    assert_eq!(suite.health().suspect, None);
    for validator in &failing {
        assert_eq!(exclusion(&suite, validator), Some(Exclusion::Unknown));
    }
}

#[test]
fn other_code_takes_over_after_the_exit_delay() {
    let (mut suite, governor) = governed();
    let code_id = suite.chain.store(Code::NextVault);
    let checksum = suite.chain.checksum(code_id);
    let upgrade = json!([
        { "act": "upgrade", "contract": "vault", "code_id": code_id, "checksum": checksum },
    ]);
    let written = propose(&suite, &upgrade);
    // nobody has said here which code was released
    assert_eq!(written.warnings(), ["upgrade", "unknown_checksum"]);
    carry(&mut suite, &governor, &written.cw3).unwrap();
    let waits = changes(&suite).changes.remove(0);
    assert!(matches!(waits.change, Change::Upgrade { .. }), "{waits:?}");

    let stranger = suite.user("mallory");
    let apply = ExecuteMsg::ApplyChange { id: waits.id };
    let early = suite.execute(&stranger, &apply, vec![]);
    assert!(early.unwrap_err().says("may be applied from"));
    suite.advance(changes(&suite).exit_delay);
    let told = suite.execute(&stranger, &apply, vec![]).unwrap();

    let versions = [
        ("contract", "vault"),
        ("old_version", env!("CARGO_PKG_VERSION")),
        ("new_version", "0.2.0"),
    ];
    let versions = versions
        .each_ref()
        .map(|(key, value)| (*key, value as &dyn std::fmt::Display));
    assert_eq!(told.named("upgraded"), [event("upgraded", versions)]);
}

#[test]
fn what_passed_and_failed_is_refused_once_its_time_is_over() {
    let (mut suite, governor) = governed();
    let cancel = json!([{ "act": "cancel_ownership_transfer" }]);
    let written = propose(&suite, &cancel);
    // the same by somebody who leaves the end out
    let endless = suite.of_vault(&ExecuteMsg::CancelOwnershipTransfer { valid_until: None });
    let kept = pass(&mut suite, &governor, TWO, &written.cw3);
    let endless = suite.pass(&governor, &TWO, vec![endless]);
    for id in [kept, endless] {
        let failed = suite.execute_proposal(&governor, "alice", id);
        assert!(failed.unwrap_err().says("no transfer of the ownership"));
        assert_eq!(suite.status(&governor, id), Status::Passed);
    }
    suite.advance(VALID_DAYS * DAY);
    let second = suite.user("walker");
    let offer = json!([{ "act": "transfer_ownership", "to": second }]);
    let offer = propose(&suite, &offer);
    carry(&mut suite, &governor, &offer.cw3).unwrap();

    let late = suite.execute_proposal(&governor, "carol", kept);

    let late = late.unwrap_err();
    assert!(late.says("the message was valid until"), "{}", late.text);
    assert_eq!(suite.ownership().pending_owner, Some(second));
    suite.advance(BLOCK);
    suite.execute_proposal(&governor, "carol", endless).unwrap();
    assert_eq!(suite.ownership().pending_owner, None);
}
