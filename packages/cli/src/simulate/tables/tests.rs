//! The whole text of a report, at 80 and 120 columns, as files in `tests/terminal/golden`.
//!
//! `UPDATE_GOLDEN=1 cargo test -p defenders-cli --bin defenders golden` writes them anew.

use std::collections::BTreeMap;
use std::path::Path;

use cosmwasm_std::{Decimal, Uint128};
use defenders_types::{AllocationPolicy, Exclusion};

use super::super::by_rank::compute_ranks;
use super::super::findings::{
    IdlePart, IdleReason, IdleRow, Incident, IncidentRow, LeftOut, LeftOutRow, ListRow,
    NotEligibleRow, RefusalReason, RefusalRow,
};
use super::super::flows::Messages;
use super::super::moves::{EpochRow, MoveRow};
use super::super::report::{FlowsRow, InvariantsRow, Policy, Status, ValidatorRow, VaultRow};
use super::super::scenario::Scenario;
use super::*;
use crate::terminal::Denom;

const ATOM: u128 = 1_000_000;

/// 160 validators of falling stake; those behind the 30 largest have gained.
fn validators() -> Vec<ValidatorRow> {
    let names = [
        "日本のバリデータ 東京",
        "A & Co, Ltd.",
        "Staking | for | all of the people",
    ];
    let row = |index: u128| {
        let before = (9_000_000 - 55_555 * index) * ATOM / 7;
        let delegated = if index < 30 { 0 } else { before / 2 + index };
        ValidatorRow {
            validator: format!("cosmosvaloper1{index:03}{}", "q".repeat(35)),
            name: names
                .get(index as usize % 4)
                .map(|name| format!("{name} {index}")),
            left_out: None,
            was_bonded: true,
            before: before.into(),
            external: (before / 10 * 9).into(),
            delegated: delegated.into(),
            status: Status::Bonded,
            target: None,
            jailed: false,
            tombstoned: false,
            commission: Decimal::percent(5),
            listed: index >= 10,
        }
    };
    (0..160).map(row).collect()
}

fn policy() -> Policy {
    let defaults = AllocationPolicy::default();
    Policy {
        vault_share_cap: defaults.vault_share_cap,
        chain_share_cap: defaults.chain_share_cap,
        match_cap: defaults.match_cap,
        floor: defaults.floor,
        declared_cap: None,
        bond_cap: None,
        operator_group_cap: None,
        provider_group_cap: None,
        jurisdiction_group_cap: None,
        max_commission_rate: defaults.max_commission_rate,
        self_limit_warning: Decimal::percent(16),
        self_limit: Decimal::percent(22),
        performance_fee_rate: Decimal::percent(5),
        keeper_bounty_share: Decimal::percent(10),
        unbonding_time: 1_814_400,
        parameters: serde_json::Map::new(),
    }
}

fn concentration(effective: &str, third: u32, largest: &str) -> Concentration {
    Concentration {
        nakamoto_third: third,
        nakamoto_two_thirds: 24,
        effective: effective.parse().unwrap(),
        top10_share: "0.445123".parse().unwrap(),
        largest_share: largest.parse().unwrap(),
    }
}

/// A report with something of everything.
pub fn report() -> Report {
    let validators = validators();
    let tokens = |atom: u128| Uint128::new(atom * ATOM + 654_321);
    let incident = |day, what, index: usize| IncidentRow {
        day,
        what,
        validator: validators[index].validator.clone(),
        delegated: validators[index].delegated,
        arrived: None,
    };
    Report {
        set: "validators of a chain with a rather long name for a file, all of them.json".into(),
        scenario: Scenario::Join,
        share: Decimal::percent(10),
        days: 60,
        seed: 7,
        before: concentration("36.812455", 7, "0.0696"),
        after: concentration("43.582127", 8, "0.063"),
        best: concentration("43.584624", 8, "0.063"),
        best_ratio: "0.999942".parse().unwrap(),
        moves: vec![MoveRow {
            day: 42,
            source: validators[43].validator.clone(),
            destination: Some(validators[44].validator.clone()),
            tokens: tokens(250_000),
            reason: "drained".to_string(),
        }],
        epochs: vec![EpochRow {
            day: 42,
            worth: tokens(18_000_000),
            quality: Uint128::zero(),
            emergency: tokens(250_000),
        }],
        groups: Vec::new(),
        by_rank: compute_ranks(&validators),
        list: ListRow {
            listed: 150,
            left_out: vec![
                LeftOutRow {
                    reason: LeftOut::TopThird,
                    validators: 1,
                },
                LeftOutRow {
                    reason: LeftOut::Commission,
                    validators: 9,
                },
            ],
            not_eligible: vec![
                NotEligibleRow {
                    validator: validators[40].validator.clone(),
                    reason: Exclusion::NearTopThird,
                },
                NotEligibleRow {
                    validator: validators[41].validator.clone(),
                    reason: Exclusion::Jailed,
                },
            ],
        },
        incidents: vec![
            incident(21, Incident::Jailed, 40),
            incident(23, Incident::Unjailed, 40),
            incident(41, Incident::DoubleSigned, 43),
            incident(42, Incident::Drained, 43),
        ],
        yearly_rate: "0.081356".to_string(),
        idle: IdleRow {
            tokens: tokens(1_500),
            parts: vec![
                IdlePart {
                    reason: IdleReason::ReservedForWithdrawals,
                    tokens: tokens(1_000),
                },
                IdlePart {
                    reason: IdleReason::CapsReached,
                    tokens: tokens(499),
                },
            ],
            at_cap: BTreeMap::from([("match", 149), ("vault_share", 1)]),
        },
        refusals: vec![RefusalRow {
            reason: RefusalReason::SelfLimit,
            deposits: 1,
            first_day: 9,
            last_day: 9,
            last: "the vault would hold 30 beside 70 of others, the limit is 0.22 of all".into(),
        }],
        not_deposited: tokens(12),
        policy: policy(),
        vault: VaultRow {
            total_assets: tokens(18_000_000),
            bonded: tokens(17_998_498),
            idle: tokens(1_500),
            restaking: Uint128::new(1),
            marked_down: tokens(0),
            locked_profit: tokens(0),
            unbonding: tokens(0),
            claimable: Uint128::zero(),
            held: Uint128::zero(),
            total_shares: tokens(17_900_000),
            tokens_per_share: "1.013372654".parse().unwrap(),
        },
        flows: FlowsRow {
            deposited: tokens(20_000_000),
            withdrawn: tokens(2_100_000),
            rewards: tokens(110_000),
            fees: tokens(5_500),
            slashed: "-3".to_string(),
            refused: 1,
        },
        messages: Messages {
            delegate: 2_228,
            undelegate: 96,
            redelegate: 0,
            withdraw_rewards: 5_330,
            failed: 0,
        },
        invariants: InvariantsRow {
            checked: 187_917,
            violated: 0,
        },
        validators,
    }
}

/// Amounts in ATOM.
pub fn screen(width: usize, is_full: bool) -> Screen {
    let denom = Denom {
        symbol: "ATOM".to_string(),
        exponent: 6,
    };
    Screen::new(width, is_full, is_full.then_some(2), Some(denom))
}

#[test]
fn report_is_the_golden_text() {
    let report = report();
    for (name, screen) in [
        ("simulate-80", screen(80, false)),
        ("simulate-120", screen(120, false)),
        ("simulate-full", screen(80, true)),
    ] {
        let text = render(&report, &screen);
        let golden = format!("tests/terminal/golden/{name}.txt");
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(golden);
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            std::fs::write(&file, &text).unwrap();
        }
        let golden = std::fs::read_to_string(&file).unwrap_or_default();
        assert!(text == golden, "{} differs; found:\n{text}", file.display());
    }
}
