//! Values that are none: amounts, shares, names; and names that come twice or stand for nothing.

use super::{broken, ensure_refused, refusal_of};
use crate::readme::example;

#[test]
fn amounts_that_are_none_are_named() {
    let digits = |tokens: &str| format!(r#""external": {tokens}"#);
    for wrong in [
        r#""-100""#,
        r#""+100""#,
        r#""1.5""#,
        r#""1e3""#,
        r#""""#,
        r#"" 100""#,
        r#""0x64""#,
        r#""1_000""#,
        r#""340282366920938463463374607431768211456""#,
        "100",
        "1.5",
        "null",
        "true",
        r#"["100"]"#,
        "{}",
    ] {
        ensure_refused(
            &digits(r#""100""#),
            &digits(wrong),
            "validators[1].external: expected an amount: a string of decimal digits, below 2^128, found ",
        );
    }
    for (from, to, place) in [
        (r#""1001""#, "1001", "total"),
        (r#""10000""#, r#""1e4""#, "total_bonded"),
        (
            r#""self_bond": "30""#,
            r#""self_bond": 30"#,
            "validators[1].self_bond",
        ),
        (
            r#""own_max": "400""#,
            r#""own_max": "-1""#,
            "validators[3].own_max",
        ),
    ] {
        ensure_refused(from, to, &format!("{place}: expected an amount"));
    }
}

#[test]
fn shares_that_are_none_are_named() {
    for wrong in [
        r#""-0.1""#,
        r#""+0.1""#,
        r#""1e-1""#,
        r#""0.""#,
        r#"".5""#,
        r#""10%""#,
        r#""0,1""#,
        r#""""#,
        r#""0.0000000000000000001""#,
        r#""340282366920938463464""#,
        "0.25",
        "0",
        "null",
        "[]",
    ] {
        ensure_refused(
            r#""floor": "0.25""#,
            &format!(r#""floor": {wrong}"#),
            "policy.floor: expected a decimal number: ",
        );
    }
    for (from, to, place) in [
        (
            r#""vault_share_cap": "0.60""#,
            r#""vault_share_cap": null"#,
            "policy.vault_share_cap",
        ),
        (
            r#""chain_share_cap": "0.15""#,
            r#""chain_share_cap": 0.15"#,
            "policy.chain_share_cap",
        ),
        (
            r#""match_cap": "0.75""#,
            r#""match_cap": "x""#,
            "policy.match_cap",
        ),
        (
            r#""bond_factor": "20""#,
            r#""bond_factor": "-20""#,
            "policy.bond_factor",
        ),
        (r#""cap": "0.65""#, r#""cap": null"#, "groups[0].cap"),
    ] {
        ensure_refused(from, to, &format!("{place}: expected a decimal number"));
    }
    for not_below_one in ["1", "1.0", "1.000000000000000001", "20"] {
        assert_eq!(
            refusal_of(broken(r#""0.75""#, &format!("{not_below_one:?}"))),
            format!("policy.match_cap: expected a share below 1, found {not_below_one:?}")
        );
    }
}

#[test]
fn whatever_is_there_twice_is_named_with_both_places() {
    for (from, to, said) in [
        (
            r#""validator": "d""#,
            r#""validator": "b""#,
            r#"validators[3].validator: "b" is given twice, first at validators[1].validator"#,
        ),
        (
            r#"[{ "group""#,
            r#"[{ "group": "north hosting", "cap": "1" }, { "group""#,
            r#"groups[1].group: "north hosting" is given twice, first at groups[0].group"#,
        ),
        (
            r#""groups": ["north hosting"]"#,
            r#""groups": ["north hosting", "north hosting"]"#,
            r#"validators[1].groups[1]: "north hosting" is given twice, first at validators[1].groups[0]"#,
        ),
    ] {
        // the example has the array of groups on lines of its own
        let (input, _) = example();
        let input = input.replace("[\n    { \"group\"", r#"[{ "group""#);
        assert!(input.contains(from), "{from}");
        assert_eq!(refusal_of(input.replacen(from, to, 1)), said);
    }
    for (from, to, place) in [
        (r#""total":"#, r#""total": "1001", "total":"#, "total"),
        (
            r#""floor":"#,
            r#""floor": "0.25", "floor":"#,
            "policy.floor",
        ),
        (r#""cap":"#, r#""cap": "0.65", "cap":"#, "groups[0].cap"),
        (
            r#""eligible": false"#,
            r#""eligible": false, "eligible": true"#,
            "validators[4].eligible",
        ),
        // null too is a value
        (
            r#""self_bond": null"#,
            r#""self_bond": null, "self_bond": "9""#,
            "validators[5].self_bond",
        ),
    ] {
        assert_eq!(
            refusal_of(broken(from, to)),
            format!("{place}: the field is given twice")
        );
    }
}

#[test]
fn names_that_are_none_or_stand_for_nothing_are_named() {
    assert_eq!(
        refusal_of(broken(
            r#""groups": ["north hosting"]"#,
            r#""groups": ["north hosting", "south"]"#
        )),
        r#"validators[1].groups[1]: there is no group "south""#
    );
    for (from, to, place) in [
        (
            r#""validator": "c""#,
            r#""validator": """#,
            "validators[2].validator",
        ),
        (
            r#""validator": "c""#,
            r#""validator": 3"#,
            "validators[2].validator",
        ),
        (
            r#""validator": "c""#,
            r#""validator": "c\n""#,
            "validators[2].validator",
        ),
        (
            r#""group": "north hosting""#,
            r#""group": """#,
            "groups[0].group",
        ),
        (
            r#""groups": []"#,
            r#""groups": [""]"#,
            "validators[0].groups[0]",
        ),
        (
            r#""groups": []"#,
            r#""groups": [null]"#,
            "validators[0].groups[0]",
        ),
    ] {
        let beginning = format!("{place}: expected a string that is not empty");
        ensure_refused(from, to, &beginning);
    }
}

#[test]
fn numbers_without_an_answer_in_128_bits_are_refused() {
    let most = u128::MAX;
    assert_eq!(
        refusal_of(
            broken(r#""total": "1001""#, &format!(r#""total": "{most}""#)).replace("0.60", "1.01")
        ),
        format!("policy.vault_share_cap: 1.01 of a total of {most} tokens is beyond 128 bits")
    );
    let text = format!(
        r#"{{"total":"2","total_bonded":"0","policy":{{"vault_share_cap":"1","floor":"0"}},
            "validators":[{{"validator":"a","external":"{most}","eligible":true}}]}}"#
    );
    let said = refusal_of(text);
    assert!(said.ends_with("tokens exceed 128 bits"), "{said}");
}
