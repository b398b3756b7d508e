//! The shipped tables, and each way for a row to be wrong.

use super::*;
use cosmwasm_std::Decimal;

const HEADER: &str = "validator,status,jailed,tokens,commission_rate";

fn total(set: &[SetValidator]) -> u128 {
    set.iter().map(|validator| validator.tokens.u128()).sum()
}

#[test]
fn shipped_sets_are_whole() {
    let hub = ShippedSet::CosmosHub.validators().unwrap();
    assert_eq!(hub.len(), 175);
    assert_eq!(total(&hub) / 1_000_000, 206_645_447); // ATOM
    let above_ten_percent = |set: &[SetValidator]| {
        set.iter()
            .filter(|validator| validator.commission_rate > Decimal::percent(10))
            .count()
    };
    assert_eq!(above_ten_percent(&hub), 22);

    let osmosis = ShippedSet::Osmosis.validators().unwrap();
    assert_eq!(osmosis.len(), 100);
    assert_eq!(total(&osmosis) / 1_000_000, 19_888_836); // OSMO
    assert_eq!(above_ten_percent(&osmosis), 0);

    for validator in hub.iter().chain(&osmosis) {
        assert!(validator.is_bonded(), "{}", validator.operator);
        assert!(validator.name.is_some(), "{}", validator.operator);
    }
}

#[test]
fn row_keeps_every_field() {
    let table = format!("{HEADER}\nxvaloper1a,unbonding,true,7,0.05\nb,bonded,false,1,1\n");
    assert_eq!(
        parse_table(&table).unwrap()[1],
        SetValidator {
            operator: "xvaloper1a".to_string(),
            status: Status::Unbonding,
            jailed: true,
            tokens: Uint128::new(7),
            commission_rate: Decimal::percent(5),
            name: None,
        }
    );
}

#[test]
fn name_is_the_rest_of_its_line_and_may_be_left_out() {
    let rows =
        "a,bonded,false,1,0,One, \"Two\"\u{200b} & Co\nb,bonded,false,1,0\nc,bonded,false,1,0,\n";
    for table in [format!("{HEADER},name\n{rows}"), rows.to_string()] {
        let names: Vec<_> = parse_table(&table)
            .unwrap()
            .into_iter()
            .map(|it| it.name)
            .collect();
        assert_eq!(names, [Some("One, \"Two\" & Co".to_string()), None, None]);
    }
    // a header without it is kept to
    let said = parse_table(&format!("{HEADER}\na,bonded,false,1,0,One\n"));
    assert_eq!(
        said.unwrap_err().to_string(),
        "line 2: expected 5 fields, found 6"
    );
}

#[test]
fn broken_rows_are_named_by_line_and_field() {
    let cases = [
        ("a,bonded,false,1", "line 2: expected 5 fields, found 4"),
        (
            "a,BOND,false,1,0",
            "line 2.status: expected bonded, unbonding or unbonded, found \"BOND\"",
        ),
        (
            "a,bonded,no,1,0",
            "line 2.jailed: expected true or false, found \"no\"",
        ),
        (
            "a,bonded,false,-1,0",
            "line 2.tokens: expected an amount: a string of decimal digits, below 2^128, found \
             \"-1\"",
        ),
        (
            "a,bonded,false,1,2",
            "line 2.commission_rate: expected a decimal in [0, 1], found \"2\"",
        ),
        (
            "\"a\",\"bonded\",false,1,0",
            "line 2: this is quoted CSV: write the fields without quotes and spaces",
        ),
        (
            "a,bonded,false,1,0\na,bonded,false,1,0",
            "line 3: \"a\" is given twice, first at line 2",
        ),
    ];
    for (row, message) in cases {
        let error = parse_table(&format!("{HEADER}\n{row}\n")).unwrap_err();
        assert_eq!(error.to_string(), message);
    }
}

#[test]
fn other_headers_are_named() {
    let expected = format!("line 1: expected the header \"{HEADER}[,name]\", found ");
    for (first, found) in [
        ("moniker,voting_power", "\"moniker,voting_power\""),
        (
            "validator;status;jailed;tokens;commission_rate",
            "\"validator;status;jailed;tokens;commission_rate\": fields are separated by commas, \
             not semicolons",
        ),
        (
            "validator\tstatus",
            "\"validator\\tstatus\": fields are separated by commas, not tabs",
        ),
    ] {
        let said = parse_table(&format!("{first}\nx,1\n"))
            .unwrap_err()
            .to_string();
        let found = found.replace("\\t", ""); // control characters are not shown
        assert_eq!(said, format!("{expected}{found}"));
    }
    let said = parse_table("\"validator\",\"status\"\n").unwrap_err();
    assert!(said.to_string().starts_with("line 1: this is quoted CSV"));
}
