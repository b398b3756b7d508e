//! What is within bounds, and what is about to change.

use super::*;

fn proposal(status: Status, total_weight: u64) -> Count {
    Count {
        id: 7,
        multisig: "multisig".to_string(),
        status,
        status_as_answered: "open".to_string(),
        votes: Default::default(),
        total_weight,
        passes_with: "3 yes".to_string(),
        proposer: "member".to_string(),
        expires_at: None,
        expires: "never".to_string(),
        height: 7,
    }
}

#[test]
fn what_the_owner_has_decided_and_not_carried_out_is_not_taken_for_nothing() {
    let with = |status, weight| {
        move |facts: &mut Facts| facts.proposals = Some(vec![proposal(status, weight)])
    };
    let (what, unknown) = ("owner's proposals", Finding::CannotTell);
    let passed = "read `defenders inspect 7` before depositing";
    assert_only(with(Status::Passed, 5), what, unknown, passed);
    let others = "others than the members of today";
    assert_only(with(Status::Open, 1), what, unknown, others);
    assert_only(
        |facts| facts.proposals = None,
        what,
        unknown,
        "does not list",
    );
    assert_only(with(Status::Open, 5), what, Finding::Ok, "1 open");
}

#[test]
fn an_offer_of_the_ownership_is_not_ok() {
    assert_only(
        |facts| facts.ownership.pending_owner = Some("key".to_string()),
        "offer of the ownership",
        Finding::NotOk,
        "key may take it",
    );
}

fn waits(change: Change, expires_at: u64) -> impl FnOnce(&mut Facts) {
    move |facts| {
        facts.changes.changes.push(ChangeInfo {
            id: 3,
            change,
            scheduled_at: NOW,
            due_at: NOW + 30 * DAY,
            expires_at,
        });
    }
}

fn upgrade(contract: OwnContract, letter: &str) -> Change {
    Change::Upgrade {
        contract,
        code_id: 9,
        checksum: hash(letter),
        msg: Binary::default(),
    }
}

#[test]
fn what_waits_is_told_and_only_code_of_the_release_is_ok() {
    let what = "scheduled changes";
    let setting = Change::Setting {
        name: "vault_share_cap".to_string(),
        now: Some("0.1".to_string()),
        then: Some("0.2".to_string()),
    };
    let words = "3 from 2023-12-14T22:13Z: vault_share_cap 0.1 -> 0.2";
    assert_only(waits(setting.clone(), LATER), what, Finding::Ok, words);
    assert_only(waits(setting, NOW), what, Finding::Ok, "none");
    let listings = Change::Listings { validators: vec![] };
    assert_only(
        waits(listings, LATER),
        what,
        Finding::Ok,
        "0 validators are listed",
    );
    for (contract, letter, finding, words) in [
        (
            OwnContract::Vault,
            "a",
            Finding::Ok,
            "vault.wasm of this release",
        ),
        (
            OwnContract::RewardPot,
            "b",
            Finding::Ok,
            "reward_pot.wasm of this release",
        ),
        // what the list has beside is no vault
        (
            OwnContract::Vault,
            "f",
            Finding::NotOk,
            "which is next_vault.wasm",
        ),
        (
            OwnContract::Vault,
            "b",
            Finding::NotOk,
            "which is reward_pot.wasm",
        ),
        (
            OwnContract::RewardPot,
            "a",
            Finding::NotOk,
            "which is vault.wasm",
        ),
        (
            OwnContract::RewardPot,
            "0",
            Finding::NotOk,
            "of no release known here",
        ),
    ] {
        assert_only(
            waits(upgrade(contract, letter), LATER),
            what,
            finding,
            words,
        );
    }
    let mut unlisted = facts();
    waits(upgrade(OwnContract::Vault, "a"), LATER)(&mut unlisted);
    let checks = compute_all(&unlisted, None, Some("multisig"));
    assert_eq!(find(&checks, what).finding, Finding::CannotTell);
}

#[test]
fn every_setting_is_within_its_bounds() {
    let what = "settings within bounds";
    assert_only(
        |facts| facts.config.policy.vault_share_cap = Decimal::percent(21),
        what,
        Finding::NotOk,
        "vault_share_cap",
    );
    assert_all(
        |facts| {
            facts.config.fee.performance_fee_rate = Decimal::percent(50);
            facts.config.exit_slack = DAY;
        },
        &[(what, Finding::NotOk, "exit_slack")],
    );
    assert_only(
        |facts| facts.config.fee.performance_fee_rate = Decimal::percent(11),
        what,
        Finding::NotOk,
        "performance_fee_rate",
    );
}
