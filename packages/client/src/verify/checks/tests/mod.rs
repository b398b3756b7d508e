//! Every finding of every check.

use cosmwasm_std::{Binary, Decimal, Uint128};
use cw_utils::ThresholdResponse;
use defenders_types::{
    AllocationPolicy, BudgetsInfo, Change, ChangeInfo, ChangesResponse, ConfigResponse, DAY,
    FeePolicy, HealthResponse, OwnContract, OwnershipResponse, Parameters, PowerSource, Share,
    ShareSolvency, SolvencyResponse,
};

mod code;
mod control;
mod money;
mod waiting;

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

const LATER: u64 = NOW + 44 * DAY;

#[test]
fn what_does_not_answer_as_a_vault_is_not_ok() {
    let vault = contract("vault", "e", Some("key"));
    let checks = compute_dumb(&vault, "no field", Some(&release()));
    let findings = checks.iter().map(|check| check.finding);
    use Finding::{NotOk, Ok};
    assert_eq!(findings.collect::<Vec<_>>(), [NotOk, NotOk, Ok, Ok, NotOk]);
}
