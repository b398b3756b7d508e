//! Metrics as a whole, beside what is made of them.

mod ops;

use std::collections::BTreeSet;
use std::path::Path;

use cosmwasm_std::{Decimal, Uint128};
use defenders_node::Coin;
use defenders_node::read::ValidatorInfo as ChainValidator;
use defenders_types::{
    BatchInfo, BatchState, BookDoubt, BrakeResponse, BudgetsInfo, Change, ChangeInfo,
    ChangesResponse, Exclusion, HealthResponse, Job, JobState, OwnContract, PaysAt, ShareSolvency,
    SolvencyResponse, TotalsResponse, ValidatorInfo, ValidatorStatus,
};
use serde_json::Value;

use super::board::{Board, Source};
use super::names::{self, ALL};
use super::page::Format;
use super::vault::{VaultReading, jobs_page};
use crate::keep::notes::Notes;
use crate::keep::tend::keeper_page;
use crate::watch::facts::{Facts, VaultFacts};
use crate::watch::memory::Memory;
use crate::watch::page::page as watch_page;

const NOW: u64 = 1_800_000_000;
/// 10^24 base units, and one.
const LARGE: u128 = 10u128.pow(24) + 1;

fn large() -> Uint128 {
    Uint128::new(LARGE)
}

fn batch(batch_id: u64, state: BatchState, tokens: u128, claimed: u128) -> BatchInfo {
    BatchInfo {
        batch_id,
        state,
        shares: large(),
        unserved_shares: Uint128::zero(),
        tokens: Uint128::new(tokens),
        unbonding: Uint128::zero(),
        tokens_estimate: large(),
        claimed: Uint128::new(claimed),
        submitted_at: (state != BatchState::Open).then_some(NOW - 1_000 * (10 - batch_id)),
        next_at: None,
        pays_at: (state != BatchState::Claimable).then_some(PaysAt {
            earliest: NOW,
            latest: NOW - 60 + batch_id,
        }),
    }
}

fn validator(name: &str, delegated: u128, exclusion: Option<Exclusion>) -> ValidatorInfo {
    ValidatorInfo {
        validator: name.to_string(),
        delegated: Uint128::new(delegated),
        tokens: None,
        external: None,
        listed: true,
        exclusion,
        status: match exclusion {
            None => ValidatorStatus::Eligible,
            Some(_) => ValidatorStatus::Leaving,
        },
        target: Uint128::zero(),
        cap: large(),
        binding: None,
        unbonding_entries: 0,
        retry_at: None,
        redelegation_locked_until: None,
        not_bonded_since: None,
        listing: None,
    }
}

fn reading() -> VaultReading {
    let upgrade = ChangeInfo {
        id: 1,
        change: Change::Upgrade {
            contract: OwnContract::Vault,
            code_id: 2,
            checksum: String::new(),
            msg: cosmwasm_std::Binary::default(),
        },
        scheduled_at: NOW,
        due_at: NOW + 86_400,
        expires_at: NOW + 1_000_000,
    };
    VaultReading {
        denom: "uatom".to_string(),
        totals: TotalsResponse {
            total_assets: large(),
            bonded: large(),
            idle: Uint128::new(7),
            restaking: Uint128::zero(),
            restaking_at_marks: Uint128::zero(),
            marked_down: Uint128::zero(),
            locked_profit: Uint128::zero(),
            unbonding: Uint128::zero(),
            claimable: Uint128::new(150),
            awaiting_settlement: Uint128::zero(),
            fees_owed: Uint128::zero(),
            reserve: Uint128::new(3),
            total_shares: large(),
            seed_shares: Uint128::zero(),
            escrow_shares: Uint128::zero(),
            capacity: large(),
            external_bonded: large(),
            synced_at: NOW,
            doubt: Some(BookDoubt {
                height: 1,
                since: NOW,
                shown: Uint128::zero(),
            }),
            refreshed_at: Some(NOW),
            powers_stale: false,
            vault_share_cap_in_force: Decimal::percent(10),
        },
        health: HealthResponse {
            total_assets: large(),
            evacuable: Uint128::new(LARGE / 4),
            locked: Uint128::zero(),
            locked_until: None,
            budgets: BudgetsInfo {
                epoch: 1,
                ends_at: NOW,
                worth: large(),
                quality_left: Uint128::zero(),
                emergency_left: Uint128::zero(),
                by_owner_left: Uint128::zero(),
            },
            unplaced: Uint128::new(5),
            unplaced_because: None,
            least_slack: None,
            book_age: 30,
            powers_age: Some(3_600),
            powers_stale: false,
            suspect: None,
            is_own_admin: true,
            chain_share: Decimal::permille(12),
            soft_limit: Decimal::percent(20),
            hard_limit: Decimal::percent(22),
            ticks_a_day: 24,
        },
        solvency: SolvencyResponse {
            bank_balance: large(),
            idle: Uint128::new(7),
            claimable: Uint128::new(150),
            fees_owed: Uint128::zero(),
            awaiting_settlement: Uint128::zero(),
            surplus: Uint128::zero(),
            deficit: Uint128::zero(),
            bonded_by_book: large(),
            bonded_by_chain: large(),
            shares: ShareSolvency {
                supply: large(),
                supply_by_token: large(),
                owned: Uint128::zero(),
                balance: Uint128::zero(),
                surplus: Uint128::zero(),
                deficit: Uint128::zero(),
            },
        },
        brake: BrakeResponse {
            guardian: None,
            until: None,
            is_armed: true,
        },
        changes: ChangesResponse {
            exit_delay: 1,
            has_depositors: true,
            changes: vec![upgrade],
        },
        batches: vec![
            batch(1, BatchState::Claimable, 1_000_000, 999_999),
            batch(2, BatchState::Claimable, 200, 100),
            batch(3, BatchState::Unbonding, 50, 0),
            batch(4, BatchState::Open, 0, 0),
        ],
        validators: vec![
            validator("a", LARGE / 2, None),
            validator("b", 1, Some(Exclusion::Jailed)),
            validator("c", 1, Some(Exclusion::TopThird)),
            validator("d", 0, Some(Exclusion::TopThird)),
        ],
    }
}

fn jailed_on_chain(address: &str) -> ChainValidator {
    ChainValidator {
        address: address.to_string(),
        moniker: String::new(),
        website: String::new(),
        status: defenders_node::read::ValidatorStatus::Unbonding,
        is_jailed: true,
        tokens: 1,
        delegator_shares_atomics: String::new(),
        commission_atomics: 0,
        max_commission_atomics: 0,
        max_commission_change_atomics: 0,
        consensus_address: None,
    }
}

fn jobs() -> Vec<JobState> {
    let state = |job| JobState {
        job,
        due: job == Job::Settle,
        due_since: (job == Job::Settle).then_some(NOW - 90),
        next_at: None,
        reason: String::new(),
    };
    Job::ALL.map(state).to_vec()
}

fn watched() -> (Facts, Memory) {
    let facts = Facts {
        validator: "cosmosvaloper1a".to_string(),
        name: "A \"quoted\" name".to_string(),
        is_removed: false,
        is_bonded: true,
        is_jailed: false,
        is_tombstoned: false,
        jailed_until: 0,
        rank: Some(7),
        places: 100,
        tokens: LARGE,
        missed: Some(10),
        missed_allowed: 5_000,
        missed_blocks: Vec::new(),
        commission: 50_000_000_000_000_000,
        max_commission: 200_000_000_000_000_000,
        max_change: 10_000_000_000_000_000,
        vault: Some(VaultFacts {
            denom: "uatom".to_string(),
            delegated: LARGE,
            target: LARGE,
            exclusion: None,
            cleared_by: None,
            binding: Some("match".to_string()),
        }),
    };
    let mut memory = Memory::default();
    let seen = memory.validators.entry(facts.validator.clone());
    let alerts = &mut seen.or_default().alerts;
    alerts.insert(
        crate::watch::alert::Kind::MissingBlocks,
        crate::watch::memory::Held::default(),
    );
    (facts, memory)
}

/// A board with everything on it.
fn board() -> Board {
    let mut board = Board::default();
    board.put(Source::Node, super::Page::default(), NOW);
    board.put_block(NOW - 4, false);
    board.put(Source::Jobs, jobs_page(&jobs(), NOW), NOW);
    board.put(Source::Vault, reading().page(NOW), NOW);
    let chain = ["a", "b", "not listed"].map(jailed_on_chain);
    board.put(Source::Staking, reading().chain_page(&chain), NOW);
    let limit = Coin::new(5_000_000, "uatom");
    let page = keeper_page(LARGE, &limit, &Notes::default(), NOW);
    board.put(Source::Keeper, page, NOW);
    let (facts, memory) = watched();
    let page = watch_page(&[facts], &memory, "uatom");
    board.put(Source::Validators, page, NOW);
    board.count(&names::TRANSACTIONS, &["settle", "done"], 12);
    board.count(&names::TRANSACTIONS, &["submit", "failed"], 1);
    board.count(&names::BOUNTY, &["uatom"], 12_345);
    board.set_gauge(&names::ROUND_FAILURES, &[], 0u64);
    board.set_gauge(&names::LOOK_FAILURES, &[], 0u64);
    board
}

fn of_repository(path: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(path)
}

fn read(path: &str) -> String {
    std::fs::read_to_string(of_repository(path)).unwrap()
}

/// The line of a metric.
fn value_of(name: &str) -> String {
    let text = board().render(NOW, Format::Prometheus);
    let line = text.lines().find(|line| {
        line.strip_prefix(name)
            .is_some_and(|rest| rest.starts_with(' ') || rest.starts_with('{'))
    });
    let line = line.unwrap_or_else(|| panic!("{name} is missing"));
    line.rsplit_once(' ').unwrap().1.to_string()
}

/// `ops/example.metrics` is what `promtool` checks.
#[test]
fn every_metric_is_answered_as_the_example_shows() {
    let text = board().render(NOW, Format::Prometheus);
    let file = of_repository("ops/example.metrics");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&file, &text).unwrap();
    }
    assert!(text == read("ops/example.metrics"), "found:\n{text}");
    for spec in ALL {
        value_of(&spec.sample_name());
    }
}

#[test]
fn lesson_20_amounts_are_exact_at_ten_to_the_24() {
    for name in [
        "defenders_vault_worth_tokens",
        "defenders_keeper_balance_tokens",
    ] {
        assert_eq!(value_of(name), LARGE.to_string());
    }
    assert_eq!(value_of("defenders_vault_rate_ratio"), "1");
    assert_eq!(
        value_of("defenders_vault_evacuable_ratio"),
        "0.249999999999999999"
    );
}

#[test]
fn what_is_claimable_and_unpaid_is_not_what_is_set_aside_for_others() {
    assert_eq!(value_of("defenders_vault_claimable_unpaid_tokens"), "100");
    let text = board().render(NOW, Format::Prometheus);
    // of the first batch only rounding is left
    assert!(text.contains("defenders_vault_batches{state=\"claimable\"} 1\n"));
    assert!(text.contains("defenders_vault_batch_oldest_age_seconds{state=\"unbonding\"} 7000\n"));
    assert_eq!(value_of("defenders_vault_batch_late_seconds"), "57");
}

#[test]
fn excluded_and_jailed_are_counted_among_the_listed() {
    let text = board().render(NOW, Format::Prometheus);
    assert!(text.contains("defenders_vault_excluded_validators{reason=\"top_third\"} 2\n"));
    // a jailing that the vault's last snapshot does not show yet
    assert_eq!(value_of("defenders_vault_jailed_validators"), "2");
    assert_eq!(
        value_of("defenders_vault_jailed_by_snapshot_validators"),
        "1"
    );
    assert_eq!(value_of("defenders_vault_listed_validators"), "4");
    assert_eq!(value_of("defenders_vault_upgrade_due_seconds"), "86400");
}

#[test]
fn names_end_with_their_units() {
    for spec in ALL {
        assert!(
            spec.unit.is_empty() || spec.name.ends_with(&format!("_{}", spec.unit)),
            "{}",
            spec.name
        );
        assert!(spec.help.ends_with('.') && !spec.help.contains('\n'));
    }
    let names: BTreeSet<&str> = ALL.iter().map(|spec| spec.name).collect();
    assert_eq!(names.len(), ALL.len());
}
