//! Values as texts, the README's table, and the worst case.
#![allow(clippy::unwrap_used)] // a test may stop where it stands

mod common;

use common::settings;
use cosmwasm_std::Decimal;
use defenders_settings::markdown::put_table;
use defenders_settings::{compute_worst_case, SettingName, SettingValue, SettingsError, WorstCase};
use defenders_types::{PowerSource, DAY};

#[test]
fn every_value_is_read_as_it_is_told() {
    let mut told = settings();
    told.policy.bond_factor = Some(Decimal::percent(250));
    for name in SettingName::ALL {
        let value = told.get(*name);
        let text = value.tell(name.row().unit);
        assert_eq!(SettingValue::parse(*name, text.as_deref()), Ok(value));
        assert_eq!(SettingName::find(name.text()), Some(*name));
    }
    let source = |text| SettingValue::parse(SettingName::PowerSource, Some(text));
    for (text, expected) in [
        ("grpc", PowerSource::Grpc),
        ("stargate", PowerSource::Stargate),
        ("attested", PowerSource::Attested { attester: None }),
        ("rank:60", PowerSource::Rank { least_rank: 60 }),
    ] {
        assert_eq!(source(text), Ok(SettingValue::Source(expected.clone())));
        let told = SettingValue::Source(expected).tell(SettingName::PowerSource.row().unit);
        assert_eq!(told.as_deref(), Some(text));
    }
}

#[test]
fn text_that_is_no_value_is_refused_with_what_is_expected() {
    for (name, text, expected) in [
        (SettingName::VaultShareCap, "5 %", "a share such as 0.05"),
        (SettingName::VaultShareCap, "-0.1", "a share such as 0.05"),
        (SettingName::BondFactor, "much", "a number such as 1.5"),
        (SettingName::ExitSlack, "7d", "whole seconds"),
        (SettingName::MinDelegation, "1.5", "whole base units"),
        (SettingName::MaxMoves, "", "a whole number"),
        (
            SettingName::PowerSource,
            "rank",
            "grpc, stargate, attested, attested:ADDRESS or rank:NUMBER",
        ),
        (
            SettingName::PowerSource,
            "attested:",
            "grpc, stargate, attested, attested:ADDRESS or rank:NUMBER",
        ),
        (
            SettingName::PowerSource,
            "rank:4294967296",
            "grpc, stargate, attested, attested:ADDRESS or rank:NUMBER",
        ),
    ] {
        let refused = SettingsError::NotAValue {
            name: name.text(),
            expected,
            value: text.to_owned(),
        };
        assert_eq!(SettingValue::parse(name, Some(text)), Err(refused));
    }
    assert_eq!(SettingName::find("vault_share"), None);
}

#[test]
fn a_value_of_another_kind_or_too_large_for_its_field_changes_nothing() {
    let before = settings();
    for (name, value) in [
        (SettingName::MaxMoves, SettingValue::Number(1 << 32)),
        (SettingName::ExitSlack, SettingValue::Number(1 << 64)),
        (SettingName::Floor, SettingValue::Absent),
        (SettingName::FeeRecipient, SettingValue::Absent),
        (SettingName::FeeRecipient, SettingValue::Number(1)),
        (SettingName::PowerSource, SettingValue::Number(1)),
    ] {
        let mut after = before.clone();
        let refused = after.set(name, value).unwrap_err();
        assert!(
            matches!(refused, SettingsError::NotAValue { .. }),
            "{refused}"
        );
        assert_eq!(after, before);
    }
}

#[test]
fn numbers_of_settings_are_stored_and_stay() {
    let numbers: Vec<u8> = SettingName::ALL.iter().map(|name| *name as u8).collect();
    assert_eq!(numbers, (0..34).collect::<Vec<u8>>());
}

#[test]
fn readme_of_the_vault_shows_the_table() {
    let readme = include_str!("../../../contracts/vault/README.md");
    let written = put_table(readme);
    assert!(
        written.as_deref() == Some(readme),
        "contracts/vault/README.md does not show the settings: run scripts/make-settings-table.sh"
    );
    assert_eq!(put_table("no table"), None);
}

#[test]
fn worst_case_is_half_of_the_emergency_budget_in_each_epoch() {
    let mut settings = settings();
    let worst = |settings: &_, days| compute_worst_case(settings, days * DAY);
    assert_eq!(
        worst(&settings, 30),
        WorstCase {
            exit_delay: 30 * DAY,
            epochs: 7,
            moved_per_epoch: Decimal::percent(5),
            moved: Decimal::percent(35),
        }
    );
    // a second more is another epoch
    let longer = compute_worst_case(&settings, 30 * DAY + 1);
    assert_eq!((longer.epochs, longer.moved), (8, Decimal::percent(40)));
    assert_eq!(compute_worst_case(&settings, 0).epochs, 1);

    settings.parameters.turnover_emergency = Decimal::one();
    let everything = worst(&settings, 30);
    assert_eq!(everything.moved_per_epoch, Decimal::percent(50));
    assert_eq!(everything.moved, Decimal::one());
    // half of what is odd is rounded up
    settings.parameters.turnover_emergency = Decimal::raw(3);
    assert_eq!(worst(&settings, 5).moved, Decimal::raw(4));
    settings.parameters.turnover_emergency = Decimal::MAX;
    assert_eq!(
        compute_worst_case(&settings, u64::MAX).moved,
        Decimal::one()
    );
}
