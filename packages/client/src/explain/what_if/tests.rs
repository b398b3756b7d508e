//! What an operator is told of its own acts.

use super::*;
use crate::rule::example;

fn subject(rule: &VaultRule, exclusion: Option<Exclusion>) -> Subject<'_> {
    Subject {
        rule,
        index: 0,
        exclusion,
        max_commission: Decimal::percent(10),
    }
}

fn told(rows: &[WhatIf]) -> Vec<(&'static str, String, u128, &str)> {
    let tell = |row: &WhatIf| row.value.clone().unwrap_or_default();
    rows.iter()
        .map(|row| (row.act, tell(row), row.target.u128(), row.change.as_str()))
        .collect::<Vec<_>>()
}

/// 90 to place; a has 100 of others, b 200, c 300: a gets all of it.
#[test]
fn own_acts_of_an_eligible_one_are_tried_by_the_rule() {
    let rule = example(|_| {});
    let rows = subject(&rule, None).compute(&Asked::default()).unwrap();
    let expected = [
        ("self_bond", "1".to_string(), 90, "0"),
        ("commission", "0.11".to_string(), 0, "-90"),
        ("own_maximum", "45".to_string(), 45, "-45"),
        ("own_maximum", "0".to_string(), 0, "-90"),
    ];
    assert_eq!(told(&rows), expected);
}

#[test]
fn who_is_excluded_learns_what_it_would_get() {
    let rule = example(|validator| validator.standing = Standing::Waiting);
    let rows = subject(&rule, Some(Exclusion::Commission))
        .compute(&Asked::default())
        .unwrap();
    let expected = [
        ("eligible", String::new(), 90, "90"),
        ("commission", "0.1".to_string(), 90, "90"),
    ];
    assert_eq!(told(&rows), expected);
}

#[test]
fn no_act_is_told_twice_and_no_policy_is_too_generous() {
    let mut rule = example(|_| {});
    rule.total = 0;
    rule.base = 0;
    let subject = Subject {
        max_commission: Decimal::MAX,
        ..subject(&rule, None)
    };
    let rows = subject.compute(&Asked::default()).unwrap();
    let acts: Vec<_> = rows
        .iter()
        .map(|row| (row.act, row.value.as_deref()))
        .collect();
    assert_eq!(
        acts,
        [
            ("self_bond", Some("1")),
            ("commission", Some("1")),
            ("own_maximum", Some("0"))
        ]
    );
}

#[test]
fn what_is_asked_is_tried_at_once() {
    let rule = example(|_| {});
    let asked = Asked {
        self_bond: Some(60),
        own_maximum: Some(Some(85)),
        commission: Some(Decimal::percent(10)),
    };
    let rows = subject(&rule, None).compute(&asked).unwrap();
    // 160 + 65 = 200 + 25
    assert_eq!(told(&rows)[0], ("asked", String::new(), 65, "-25"));
}

#[test]
fn what_one_who_is_excluded_asks_is_tried_once_more_as_if_it_were_cleared() {
    let rule = example(|validator| validator.standing = Standing::Waiting);
    let excluded = subject(&rule, Some(Exclusion::TopThird));
    let asked = Asked {
        own_maximum: Some(Some(20)),
        ..Asked::default()
    };
    let rows = excluded.compute(&asked).unwrap();
    let expected = [
        ("asked", String::new(), 0, "0"),
        ("asked_eligible", String::new(), 20, "20"),
        ("eligible", String::new(), 90, "90"),
    ];
    assert_eq!(told(&rows), expected);
    let dear = Asked {
        commission: Some(Decimal::percent(11)),
        ..asked
    };
    let rows = excluded.compute(&dear).unwrap();
    assert_eq!(rows[1].target.u128(), 0);
    assert!(!rows[1].eligible);
}

/// The rule is told the own stake of eligible ones only.
#[test]
fn a_newcomer_is_tried_with_what_is_its_own() {
    let mut rule = example(|_| {});
    rule.policy.bond_factor = Some(Decimal::percent(200));
    for validator in &mut rule.validators {
        validator.limits.self_bond = Some(1_000);
    }
    let candidate = Candidate {
        validator: "d",
        tokens: 60,
        self_bond: 20,
    };
    let rows = compute_acts(
        &rule,
        candidate,
        None,
        Decimal::percent(10),
        &Asked::default(),
    );
    // twice its own
    assert_eq!(
        told(&rows.unwrap()),
        [("eligible", String::new(), 40, "40")]
    );
}
