//! The table: its bounds, its directions, and what follows from them.
#![allow(clippy::unwrap_used)] // a test may stop where it stands

mod common;

use common::settings;
use defenders_settings::{
    classify, compute_changed, ensure_above_min_delegation, ensure_changed, ensure_founding,
    ensure_in_bounds, Absence, Effect, Moment, SettingName, SettingValue, SettingsError, Unit,
};
use defenders_types::PowerSource;

const WHOLE: u128 = 1_000_000_000_000_000_000;
const CAP: &str = "nobody may get more";
const STRICTER: &str = "fewer may get stake";

fn number(value: u128) -> SettingValue {
    SettingValue::Number(value)
}

fn per_mille(value: u128) -> SettingValue {
    number(value * WHOLE / 1_000)
}

/// What lowering, raising and taking away do.
type Directions = (Effect, Effect, Effect);

fn directions(name: SettingName) -> Directions {
    let classified = |old: &SettingValue, new: &SettingValue| classify(name, old, new);
    let (less, more) = match name.row().unit {
        Unit::Account => (account("a"), account("b")),
        Unit::Source => (
            SettingValue::Source(PowerSource::Grpc),
            SettingValue::Source(PowerSource::Stargate),
        ),
        _ => (number(1), number(2)),
    };
    (
        classified(&more, &less),
        classified(&less, &more),
        classified(&less, &SettingValue::Absent),
    )
}

fn account(text: &str) -> SettingValue {
    SettingValue::Account(text.to_owned())
}

#[test]
fn every_setting_is_classified_as_the_design_says() {
    use Effect::{Loosens, Tightens};
    let lower = |why| (Tightens(why), Loosens(why), Loosens(why));
    let higher = |why| (Loosens(why), Tightens(why), Loosens(why));
    let neither = |why| (Loosens(why), Loosens(why), Loosens(why));
    let pace = neither("what some gain by it others pay");
    let role = neither("no account is better for everyone");
    let truth = "nobody can post what is not true";
    let expected: [(&str, Directions); 34] = [
        ("vault_share_cap", lower(CAP)),
        ("chain_share_cap", lower(CAP)),
        ("match_cap", lower(CAP)),
        ("bond_factor", lower(CAP)),
        ("operator_cap", lower(CAP)),
        ("hosting_cap", lower(CAP)),
        ("jurisdiction_cap", lower(CAP)),
        (
            "floor",
            neither("more for small ones is less for the evenness of the chain"),
        ),
        ("max_commission_rate", lower(STRICTER)),
        ("max_commission_ceiling", lower(STRICTER)),
        ("commission_return_period", higher(STRICTER)),
        ("performance_fee_rate", lower("more of the rewards stays")),
        ("keeper_bounty_share", pace),
        ("fee_recipient", role),
        ("turnover_quality", pace),
        ("turnover_emergency", pace),
        ("batch_period", pace),
        ("profit_unlock_period", pace),
        ("harvest_period", pace),
        ("refresh_period", pace),
        ("book_max_age", pace),
        ("retry_after", pace),
        ("exit_slack", higher("more time to leave")),
        ("max_messages_per_deposit", pace),
        ("max_messages_per_piece", pace),
        ("max_messages_per_invest", pace),
        ("max_moves", pace),
        ("harvest_page", pace),
        ("refresh_page", pace),
        ("min_delegation", pace),
        ("minimum_seed", neither("the seed is paid once")),
        (
            "power_source",
            neither("each source can tell what others cannot"),
        ),
        (
            "attester",
            (Loosens(truth), Loosens(truth), Tightens(truth)),
        ),
        ("guardian", role),
    ];

    let all = SettingName::ALL.iter();
    let found: Vec<_> = all.map(|name| (name.text(), directions(*name))).collect();

    assert_eq!(found, expected);
}

#[test]
fn a_value_where_there_was_none_tightens_where_less_is_good() {
    for name in SettingName::ALL {
        let effect = classify(*name, &SettingValue::Absent, &number(1));
        let (less, _, _) = directions(*name);
        let tightens = matches!(less, Effect::Tightens(_));
        assert_eq!(matches!(effect, Effect::Tightens(_)), tightens, "{name:?}");
        for value in [SettingValue::Absent, number(1)] {
            assert_eq!(classify(*name, &value, &value), Effect::Unchanged);
        }
    }
}

#[test]
fn bounds_are_those_of_the_design() {
    const DAY: u128 = 86_400;
    let share = |least: u128, most: u128| (least * WHOLE / 1_000, most * WHOLE / 1_000);
    let period = (1, 7 * DAY);
    let expected = [
        share(20, 200),
        share(5, 50),
        share(100, 750),
        share(1, 1_000_000),
        share(50, 200),
        share(100, 500),
        share(200, 1_000),
        share(0, 1_000),
        share(50, 200),
        share(50, 1_000),
        (0, 90 * DAY),
        share(0, 100),
        share(0, 1_000),
        (0, 0),
        share(0, 250),
        share(10, 100),
        period,
        period,
        period,
        period,
        period,
        period,
        (7 * DAY, 30 * DAY),
        (0, 10),
        (1, 10),
        (1, 10),
        (1, 5),
        (1, 50),
        (25, 100),
        (1, u128::MAX),
        (1_000_000, u128::MAX),
        (0, 0),
        (0, 0),
        (0, 0),
    ];

    let all = SettingName::ALL.iter().map(|name| name.row().bounds);
    let found: Vec<_> = all.map(|bounds| (bounds.least, bounds.most)).collect();

    assert_eq!(found, expected);
}

#[test]
fn each_bound_holds_at_its_edge_and_refuses_past_it() {
    for name in SettingName::ALL {
        let row = name.row();
        if !row.unit.is_number() {
            continue;
        }
        for (moment, bounds) in [
            (Moment::Change, row.bounds),
            (Moment::Founding, row.founding()),
        ] {
            let judge = |value: u128| ensure_in_bounds(*name, &number(value), moment);
            if row.is_fixed && moment == Moment::Change {
                let fixed = SettingsError::Fixed { name: row.name };
                assert_eq!(judge(bounds.least), Err(fixed));
                continue;
            }
            assert_eq!(judge(bounds.least), Ok(()), "{name:?}");
            assert_eq!(judge(bounds.most), Ok(()), "{name:?}");
            let past = [bounds.least.checked_sub(1), bounds.most.checked_add(1)];
            for value in past.into_iter().flatten() {
                let error = judge(value).unwrap_err();
                let SettingsError::OutOfBounds { name, .. } = error else {
                    panic!("{name:?}: {error}");
                };
                assert_eq!(name, row.name);
            }
        }
    }
}

#[test]
fn budgets_alone_are_free_at_the_instantiation() {
    for name in SettingName::ALL {
        let row = name.row();
        let (least, most) = (row.founding().least, row.founding().most);
        match name {
            SettingName::TurnoverQuality | SettingName::TurnoverEmergency => {
                assert_eq!((least, most), (0, WHOLE));
            }
            _ => assert_eq!((least, most), (row.bounds.least, row.bounds.most)),
        }
    }
}

#[test]
fn refusals_carry_name_bounds_and_value() {
    let judge = |name, value| ensure_in_bounds(name, &value, Moment::Change).unwrap_err();
    let cases = [
        (
            judge(SettingName::VaultShareCap, per_mille(201)),
            "vault_share_cap must be between 0.02 and 0.2, got 0.201",
        ),
        (
            judge(SettingName::ExitSlack, number(604_799)),
            "exit_slack must be between 604800 and 2592000, got 604799",
        ),
        (
            judge(SettingName::VaultShareCap, SettingValue::Absent),
            "vault_share_cap must have a value",
        ),
        (
            judge(SettingName::MaxMoves, account("many")),
            "max_moves must be a whole number, got many",
        ),
        (
            judge(SettingName::FeeRecipient, account("")),
            "fee_recipient must be an address, got ",
        ),
        (
            judge(SettingName::MinimumSeed, number(2_000_000)),
            "minimum_seed is fixed at the instantiation",
        ),
        (
            judge(
                SettingName::PowerSource,
                SettingValue::Source(PowerSource::Rank { least_rank: 501 }),
            ),
            "least_rank must be between 1 and 500, got 501",
        ),
    ];
    for (error, text) in cases {
        assert_eq!(error.to_string(), text);
    }
}

#[test]
fn caps_of_chain_share_and_match_are_absent_only_from_the_beginning() {
    for name in SettingName::ALL {
        let judge = |moment| ensure_in_bounds(*name, &SettingValue::Absent, moment).is_ok();
        let found = (judge(Moment::Founding), judge(Moment::Change));
        let expected = match name {
            SettingName::ChainShareCap | SettingName::MatchCap => (true, false),
            SettingName::BondFactor
            | SettingName::MaxCommissionCeiling
            | SettingName::Attester
            | SettingName::Guardian => (true, true),
            _ => (false, false),
        };
        assert_eq!(found, expected, "{name:?}");
        assert_eq!(name.row().absence == Absence::Never, !found.0);
    }
}

#[test]
fn fee_is_at_most_what_the_accounting_takes() {
    let most = defenders_accounting::fee::MAX_PERFORMANCE_FEE_RATE;
    let bounds = SettingName::PerformanceFeeRate.row().bounds;
    assert_eq!(bounds.most, most.atomics().u128());
}

/// Every setting, moved both ways and back.
#[test]
fn each_setting_moves_both_ways() {
    let before = settings();
    for name in SettingName::ALL {
        let row = name.row();
        let values = match row.unit {
            Unit::Account => vec![account("one"), account("other")],
            Unit::Source => vec![
                SettingValue::Source(PowerSource::Grpc),
                SettingValue::Source(PowerSource::Rank { least_rank: 60 }),
            ],
            Unit::Tokens => vec![number(1), number(1_000_000)],
            _ => vec![number(row.bounds.least), number(row.bounds.most)],
        };
        for value in values {
            let changed = compute_changed(&before, *name, value.clone(), u128::MAX);
            if row.is_fixed {
                // its present value is no change
                let is_same = before.get(*name) == value;
                assert_eq!(changed.is_ok(), is_same, "{name:?}");
                continue;
            }
            let changed = changed.unwrap();
            assert_eq!(changed.get(*name), value);
            for other in SettingName::ALL {
                let is_told_twice = *name == SettingName::PowerSource
                    && *other == SettingName::Attester
                    || *name == SettingName::Attester && *other == SettingName::PowerSource;
                if other != name && !is_told_twice {
                    assert_eq!(changed.get(*other), before.get(*other), "{other:?}");
                }
            }
            let back = compute_changed(&changed, *name, before.get(*name), u128::MAX);
            // an attester that no source has cannot be named again
            assert_eq!(back, Ok(before.clone()), "{name:?}");
        }
    }
}

#[test]
fn minimum_delegation_is_at_most_the_seed_and_later_a_ten_thousandth_of_what_is_placed() {
    let mut founding = settings();
    let min = founding.parameters.min_delegation.u128();
    assert_eq!(ensure_founding(&founding), Ok(()));
    let parameters = &founding.parameters;
    assert_eq!(ensure_above_min_delegation(parameters, min), Ok(()));
    let too_large = ensure_above_min_delegation(parameters, min - 1);
    let (seed, value) = (min - 1, min);
    assert_eq!(too_large, Err(SettingsError::AboveSeed { seed, value }));

    let name = SettingName::MinDelegation;
    let change =
        |to: u128, placed: u128| compute_changed(&settings(), name, number(to), placed).map(|_| ());
    assert_eq!(change(2 * min, 20_000 * min), Ok(()));
    let (most, value) = (2 * min - 1, 2 * min);
    let refused = Err(SettingsError::MinDelegationTooHigh { most, value });
    assert_eq!(change(2 * min, 20_000 * min - 1), refused);
    // less than it is may always be
    assert_eq!(change(min - 1, 0), Ok(()));

    // what does not change itself is not judged
    founding.fee.performance_fee_rate = Default::default();
    assert_eq!(ensure_changed(&settings(), &founding, 0), Ok(()));
}

#[test]
fn what_a_vault_was_founded_with_stays_while_others_change() {
    let mut before = settings();
    before.policy.chain_share_cap = None;
    before.parameters.turnover_emergency = cosmwasm_std::Decimal::one();
    assert_eq!(ensure_founding(&before), Ok(()));
    let changed = compute_changed(&before, SettingName::MaxMoves, number(1), 0).unwrap();
    assert_eq!(changed.policy.chain_share_cap, None);

    let budget = |value| compute_changed(&changed, SettingName::TurnoverEmergency, value, 0);
    assert!(budget(per_mille(101)).is_err());
    let lowered = budget(per_mille(100)).unwrap();
    let back = per_mille(1_000);
    let raised = compute_changed(&lowered, SettingName::TurnoverEmergency, back, 0);
    assert_eq!(
        raised.unwrap_err().to_string(),
        "turnover_emergency must be between 0.01 and 0.1, got 1"
    );
}

#[test]
fn an_attester_is_named_only_where_the_source_has_one() {
    let change = |name, value| compute_changed(&settings(), name, value, 0);
    let attester = change(SettingName::Attester, account("other")).unwrap();
    let source = PowerSource::Attested {
        attester: Some("other".to_owned()),
    };
    assert_eq!(attester.power_source, source);
    let nobody = change(SettingName::Attester, SettingValue::Absent).unwrap();
    assert_eq!(
        nobody.power_source,
        PowerSource::Attested { attester: None }
    );

    let grpc = SettingValue::Source(PowerSource::Grpc);
    let grpc = change(SettingName::PowerSource, grpc).unwrap();
    assert_eq!(grpc.get(SettingName::Attester), SettingValue::Absent);
    let refused = compute_changed(&grpc, SettingName::Attester, account("other"), 0);
    let power_source = "grpc";
    assert_eq!(refused, Err(SettingsError::NoAttester { power_source }));
}
