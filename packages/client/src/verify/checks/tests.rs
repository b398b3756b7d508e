//! Every finding of every check.

use cosmwasm_std::{Binary, Decimal, Uint128};
use cw_utils::ThresholdResponse;
use defenders_types::{
    AllocationPolicy, BudgetsInfo, Change, ChangeInfo, ChangesResponse, ConfigResponse, DAY,
    FeePolicy, HealthResponse, OwnContract, OwnershipResponse, Parameters, PowerSource, Share,
    ShareSolvency, SolvencyResponse,
};

use super::super::facts::{Contract, Facts};
use super::{Check, Finding, compute_all, compute_dumb};
use crate::chain::{CodeInfo, ContractInfo};
use crate::checksums::{Checksum, Checksums};
use crate::multisig::{Count, Status};

const NOW: u64 = 1_700_000_000;
const OWN: &str = env!("CARGO_PKG_VERSION");
/// Files of the release, each with a hash of one letter.
const FILES: [(&str, &str); 6] = [
    ("vault.wasm", "a"),
    ("reward_pot.wasm", "b"),
    ("cw3_flex_multisig.wasm", "c"),
    ("cw4_group.wasm", "d"),
    ("share_sink.wasm", "e"),
    ("next_vault.wasm", "f"),
];

fn hash(letter: &str) -> String {
    letter.repeat(64)
}

fn release() -> Checksums {
    let line = |(file, letter): (&str, &str)| Checksum {
        hash: hash(letter),
        file: file.to_string(),
        builder: "rust 1.81.0, binaryen 132.0.0".to_string(),
    };
    Checksums {
        lines: FILES.map(line).to_vec(),
        source: Some("0123abcd".to_string()),
    }
}

fn code(code_id: u64, letter: &str) -> CodeInfo {
    CodeInfo {
        code_id,
        checksum: hash(letter),
        instantiators: None,
    }
}

fn contract(address: &str, letter: &str, admin: Option<&str>) -> Contract {
    Contract {
        address: address.to_string(),
        info: Some(ContractInfo {
            code_id: 4,
            admin: admin.map(str::to_string),
        }),
        code: Some(code(4, letter)),
        codes: Some(vec![code(4, letter)]),
        cw2: Some(("crates.io:defenders-vault".to_string(), OWN.to_string())),
    }
}

fn absolute(weight: u64) -> ThresholdResponse {
    ThresholdResponse::AbsoluteCount {
        weight,
        total_weight: 5,
    }
}

/// A vault as it should be.
fn facts() -> Facts {
    let zero = Uint128::zero();
    Facts {
        chain_id: "chain-1".to_string(),
        height: 7,
        time: NOW,
        vault: contract("vault", "a", Some("vault")),
        pot: contract("pot", "b", Some("vault")),
        owner: contract("multisig", "c", Some("multisig")),
        group: Some(contract("group", "d", Some("multisig"))),
        threshold: Some(absolute(3)),
        weights: Some(vec![1; 5]),
        proposals: Some(vec![]),
        group_admin: Some("multisig".to_string()),
        config: ConfigResponse {
            owner: "multisig".to_string(),
            denom: "uatom".to_string(),
            share: Share::Cw20 {},
            reward_pot: "pot".to_string(),
            bonded_pool: "pool".to_string(),
            unbonding_time: 21 * DAY,
            power_source: PowerSource::Grpc,
            fee: FeePolicy {
                recipient: "treasury".to_string(),
                performance_fee_rate: Decimal::percent(5),
                keeper_bounty_share: Decimal::percent(10),
            },
            policy: AllocationPolicy::default(),
            caps_not_in_force: vec![],
            parameters: Parameters::default(),
            guardian: None,
            exit_slack: 7 * DAY,
            seed_shares: Uint128::new(1_000_000),
            self_limit_warning: Decimal::percent(16),
            self_limit: Decimal::percent(22),
        },
        ownership: OwnershipResponse {
            owner: "multisig".to_string(),
            pending_owner: None,
            expires_at: None,
        },
        changes: ChangesResponse {
            exit_delay: 30 * DAY,
            has_depositors: true,
            changes: vec![],
        },
        health: HealthResponse {
            total_assets: zero,
            evacuable: zero,
            locked: zero,
            locked_until: None,
            budgets: BudgetsInfo {
                epoch: 1,
                ends_at: NOW,
                worth: zero,
                quality_left: zero,
                emergency_left: zero,
                by_owner_left: zero,
            },
            unplaced: zero,
            unplaced_because: None,
            least_slack: None,
            book_age: 30,
            powers_age: Some(60),
            powers_stale: false,
            suspect: None,
            is_own_admin: true,
            chain_share: Decimal::zero(),
            soft_limit: Decimal::percent(16),
            hard_limit: Decimal::percent(22),
            ticks_a_day: 24,
        },
        solvency: SolvencyResponse {
            bank_balance: zero,
            idle: zero,
            claimable: zero,
            fees_owed: zero,
            awaiting_settlement: zero,
            surplus: Uint128::new(5),
            deficit: zero,
            bonded_by_book: zero,
            bonded_by_chain: zero,
            shares: ShareSolvency {
                supply: zero,
                supply_by_token: zero,
                owned: zero,
                balance: zero,
                surplus: zero,
                deficit: zero,
            },
        },
        pot_config: Some(("vault".to_string(), "uatom".to_string())),
        bond_denom: "uatom".to_string(),
        bonded_pool: Some("pool".to_string()),
    }
}

fn find<'a>(checks: &'a [Check], what: &str) -> &'a Check {
    let found = checks.iter().find(|check| check.what == what);
    found.unwrap_or_else(|| panic!("no check {what:?}"))
}

/// Changes a vault that is as it should be; then this check comes to this finding with these words, and every other
/// one is ok.
#[track_caller]
fn assert_only(change: impl FnOnce(&mut Facts), what: &str, finding: Finding, words: &str) {
    assert_all(change, &[(what, finding, words)]);
}

#[track_caller]
fn assert_all(change: impl FnOnce(&mut Facts), expected: &[(&str, Finding, &str)]) {
    let mut facts = facts();
    change(&mut facts);
    let checks = compute_all(&facts, Some(&release()), Some("multisig"));
    for check in &checks {
        match expected.iter().find(|(what, _, _)| *what == check.what) {
            Some((what, finding, words)) => {
                assert_eq!(check.finding, *finding, "{check:?}");
                assert!(
                    check.because.contains(words),
                    "{what}: {words:?} in {check:?}"
                );
            }
            None => assert_eq!(check.finding, Finding::Ok, "{check:?}"),
        }
    }
    for (what, _, _) in expected {
        find(&checks, what);
    }
}

#[test]
fn a_vault_as_it_should_be_is_ok_in_every_point() {
    assert_all(|_| {}, &[]);
}

#[test]
fn lesson_27_source_and_builder_stand_beside_the_checksum() {
    let checks = compute_all(&facts(), Some(&release()), Some("multisig"));
    for what in ["vault's code", "pot's code", "owner's code", "group's code"] {
        let told = &find(&checks, what).because;
        assert!(told.contains("source 0123abcd"), "{told}");
        assert!(
            told.contains("built by rust 1.81.0, binaryen 132.0.0"),
            "{told}"
        );
    }
    let untold = Checksums {
        source: None,
        ..release()
    };
    let checks = compute_all(&facts(), Some(&untold), Some("multisig"));
    assert!(
        find(&checks, "vault's code")
            .because
            .contains("source not told")
    );
}

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

/// Who replaces the code, writes what he likes, and puts the old code back, leaves nothing that the code of today shows.
#[test]
fn no_other_code_has_ever_written_the_state() {
    let ran = |letter: &'static str| {
        move |facts: &mut Facts| {
            facts.vault.codes = Some(vec![code(4, "a"), code(5, letter)]);
        }
    };
    let what = "vault's earlier codes";
    assert_only(ran("0"), what, Finding::NotOk, "run code 5");
    assert_only(ran("e"), what, Finding::NotOk, "which is share_sink.wasm");
    assert_only(
        |facts| facts.vault.codes = None,
        what,
        Finding::CannotTell,
        "does not tell which codes",
    );
    assert_only(
        |facts| facts.pot.codes = Some(vec![code(2, "0"), code(4, "b")]),
        "pot's earlier codes",
        Finding::NotOk,
        "run code 2",
    );
    for change in [
        |facts: &mut Facts| facts.owner.codes = Some(vec![code(4, "c"), code(7, "d")]),
        |facts: &mut Facts| {
            let group = facts.group.as_mut().unwrap();
            group.codes = Some(vec![code(4, "d"), code(7, "0")]);
        },
    ] {
        assert_only(
            change,
            "owner's earlier codes",
            Finding::NotOk,
            "run code 7",
        );
    }
    // an earlier release, whose lines stand below those of this one
    let mut list = release();
    list.lines.push(Checksum {
        hash: hash("9"),
        file: "vault.wasm".to_string(),
        builder: String::new(),
    });
    let mut upgraded = facts();
    upgraded.vault.codes = Some(vec![code(2, "9"), code(4, "a")]);
    let checks = compute_all(&upgraded, Some(&list), Some("multisig"));
    assert!(checks.iter().all(|check| check.finding == Finding::Ok));
    let checks = compute_all(&upgraded, None, Some("multisig"));
    assert_eq!(find(&checks, what).finding, Finding::CannotTell);
}

#[test]
fn the_chains_stake_is_read_where_it_is() {
    let what = "where it reads the chain's stake";
    assert_only(
        |facts| facts.config.bonded_pool = "treasury".to_string(),
        what,
        Finding::NotOk,
        "the bonded pool is pool",
    );
    assert_only(
        |facts| facts.bonded_pool = None,
        what,
        Finding::CannotTell,
        "does not name its own",
    );
}

#[test]
fn code_is_that_file_of_the_release_and_no_other() {
    let other = |letter: &'static str| {
        move |facts: &mut Facts| facts.vault = contract("vault", letter, Some("vault"))
    };
    assert_only(
        other("0"),
        "vault's code",
        Finding::NotOk,
        "vault.wasm of the release is aaaa",
    );
    // other files of the list are no vault
    assert_only(
        other("f"),
        "vault's code",
        Finding::NotOk,
        "which is next_vault.wasm",
    );
    assert_only(
        |facts| facts.pot = contract("pot", "e", Some("vault")),
        "pot's code",
        Finding::NotOk,
        "which is share_sink.wasm",
    );
    assert_only(
        |facts| facts.pot.code = None,
        "pot's code",
        Finding::NotOk,
        "pot is no contract",
    );
    let checks = compute_all(&facts(), None, Some("multisig"));
    for what in ["vault's code", "pot's code", "owner's code", "group's code"] {
        assert_eq!(find(&checks, what).finding, Finding::CannotTell);
    }
    let mut short = release();
    short.lines.retain(|line| line.file != "vault.wasm");
    let checks = compute_all(&facts(), Some(&short), Some("multisig"));
    let check = find(&checks, "vault's code");
    assert_eq!(check.finding, Finding::CannotTell);
    assert!(check.because.contains("the list has no vault.wasm"));
}

#[test]
fn name_and_version_are_those_of_this_release() {
    let what = "vault's name and version";
    let named = |name: &'static str, version: &'static str| {
        move |facts: &mut Facts| facts.vault.cw2 = Some((name.to_string(), version.to_string()))
    };
    assert_only(
        named("crates.io:another", OWN),
        what,
        Finding::NotOk,
        "calls itself",
    );
    assert_only(
        named("crates.io:defenders-vault", "99.0.0"),
        what,
        Finding::CannotTell,
        "99.0.0",
    );
    assert_only(
        |facts| facts.vault.cw2 = None,
        what,
        Finding::NotOk,
        "does not say",
    );
}

#[test]
fn only_the_vault_may_replace_code() {
    for (admin, words) in [(Some("key"), "key, at any moment"), (None, "nobody")] {
        assert_only(
            |facts| facts.vault = contract("vault", "a", admin),
            "who may replace the vault's code",
            Finding::NotOk,
            words,
        );
        assert_only(
            |facts| facts.pot = contract("pot", "b", admin),
            "who may replace the pot's code",
            Finding::NotOk,
            words,
        );
    }
}

#[test]
fn the_pot_pays_this_vault_in_its_denom() {
    let what = "whom the pot pays";
    let pays = |vault: &'static str, denom: &'static str| {
        move |facts: &mut Facts| facts.pot_config = Some((vault.to_string(), denom.to_string()))
    };
    assert_only(pays("key", "uatom"), what, Finding::NotOk, "key, in uatom");
    assert_only(
        pays("vault", "uosmo"),
        what,
        Finding::NotOk,
        "vault, in uosmo",
    );
    assert_only(
        |facts| facts.pot_config = None,
        what,
        Finding::NotOk,
        "does not say",
    );
}

#[test]
fn the_owner_is_the_expected_contract() {
    let key = |facts: &mut Facts| {
        facts.config.owner = "key".to_string();
        facts.owner = Contract {
            address: "key".to_string(),
            info: None,
            code: None,
            codes: None,
            cw2: None,
        };
        facts.group = None;
        facts.group_admin = None;
        facts.threshold = None;
        facts.weights = None;
    };
    let rest = [
        ("owner's code", Finding::NotOk, "it has none"),
        ("how many decide", Finding::CannotTell, "does not say"),
        ("group's code", Finding::CannotTell, "names no group"),
        (
            "who chooses the members",
            Finding::CannotTell,
            "names no group",
        ),
    ];
    let mut expected = vec![("owner", Finding::NotOk, "key, and it should be multisig")];
    expected.extend(rest);
    assert_all(key, &expected);
    let mut alone = facts();
    key(&mut alone);
    for owner in [None, Some("key")] {
        let checks = compute_all(&alone, Some(&release()), owner);
        let check = find(&checks, "owner");
        assert_eq!(check.finding, Finding::NotOk, "{owner:?}");
        assert!(check.because.contains("one key decides alone"));
    }
    let checks = compute_all(&facts(), Some(&release()), None);
    assert_eq!(find(&checks, "owner").finding, Finding::CannotTell);
}

#[test]
fn the_owner_is_a_multisig_whose_code_only_itself_replaces() {
    let what = "owner's code";
    let owner = |letter: &'static str, admin: Option<&'static str>| {
        move |facts: &mut Facts| facts.owner = contract("multisig", letter, admin)
    };
    assert_only(
        owner("c", Some("key")),
        what,
        Finding::NotOk,
        "key may replace it",
    );
    assert_only(
        owner("e", Some("multisig")),
        what,
        Finding::NotOk,
        "share_sink.wasm: no multisig",
    );
    assert_only(
        owner("0", Some("multisig")),
        what,
        Finding::CannotTell,
        "not of this release",
    );
    assert_only(owner("c", None), what, Finding::Ok, "as released");
}

#[test]
fn no_voter_decides_alone() {
    let what = "how many decide";
    let decides = |threshold: ThresholdResponse, weights: &'static [u64]| {
        move |facts: &mut Facts| {
            facts.threshold = Some(threshold);
            facts.weights = Some(weights.to_vec());
        }
    };
    let alone = "one voter decides alone";
    assert_only(
        decides(absolute(3), &[1; 5]),
        what,
        Finding::Ok,
        "5 voters, the greatest with 1; it takes 3 yes",
    );
    assert_only(decides(absolute(1), &[1; 5]), what, Finding::NotOk, alone);
    assert_only(
        decides(absolute(3), &[3, 1, 1]),
        what,
        Finding::NotOk,
        alone,
    );
    // with a quorum of a fifth one vote is enough when nobody else has voted
    let quorum = |percent| ThresholdResponse::ThresholdQuorum {
        threshold: Decimal::percent(51),
        quorum: Decimal::percent(percent),
        total_weight: 5,
    };
    assert_only(decides(quorum(20), &[1; 5]), what, Finding::NotOk, alone);
    assert_only(decides(quorum(40), &[1; 5]), what, Finding::Ok, "5 voters");
    assert_only(
        |facts| facts.weights = None,
        what,
        Finding::CannotTell,
        "does not say",
    );
}

#[test]
fn only_members_choose_members() {
    let what = "who chooses the members";
    let admin = |admin: Option<&'static str>| {
        move |facts: &mut Facts| facts.group_admin = admin.map(str::to_string)
    };
    assert_only(
        admin(Some("key")),
        what,
        Finding::NotOk,
        "key changes group alone",
    );
    assert_only(admin(Some("")), what, Finding::Ok, "nobody: group is fixed");
    assert_only(admin(None), what, Finding::CannotTell, "does not say");
    // whoever replaces the group's code chooses too, fixed or not
    for members in ["multisig", ""] {
        assert_only(
            |facts| {
                facts.group = Some(contract("group", "d", Some("key")));
                facts.group_admin = Some(members.to_string());
            },
            what,
            Finding::NotOk,
            "key may replace the code of group",
        );
    }
    assert_only(
        |facts| facts.group = Some(contract("group", "0", Some("multisig"))),
        "group's code",
        Finding::NotOk,
        "cw4_group.wasm of the release is dddd",
    );
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

const LATER: u64 = NOW + 44 * DAY;

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
fn the_denom_is_what_the_chain_stakes() {
    assert_only(
        |facts| facts.bond_denom = "uosmo".to_string(),
        "denom",
        Finding::NotOk,
        "uatom; the chain stakes uosmo",
    );
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

#[test]
fn deposits_are_open() {
    let what = "deposits";
    assert_only(
        |facts| facts.health.is_own_admin = false,
        what,
        Finding::NotOk,
        "closed",
    );
    assert_only(
        |facts| facts.health.powers_age = None,
        what,
        Finding::CannotTell,
        "not read",
    );
    assert_only(
        |facts| facts.health.powers_stale = true,
        what,
        Finding::CannotTell,
        "60 seconds",
    );
}

#[test]
fn nothing_is_missing_that_is_owed() {
    let what = "its coins";
    let words = "3 tokens and 0 shares";
    assert_only(
        |facts| facts.solvency.deficit = Uint128::new(3),
        what,
        Finding::NotOk,
        words,
    );
    assert_only(
        |facts| facts.solvency.shares.deficit = Uint128::new(4),
        what,
        Finding::NotOk,
        "0 tokens and 4 shares",
    );
}

#[test]
fn what_does_not_answer_as_a_vault_is_not_ok() {
    let vault = contract("vault", "e", Some("key"));
    let checks = compute_dumb(&vault, "no field", Some(&release()));
    let findings = checks.iter().map(|check| check.finding);
    use Finding::{NotOk, Ok};
    assert_eq!(findings.collect::<Vec<_>>(), [NotOk, NotOk, Ok, Ok, NotOk]);
}
