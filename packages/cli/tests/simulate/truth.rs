//! What the report tells beside the numbers, and that it is true.

use serde_json::Value;

use crate::program::{defenders, simulate, simulate_file};
use crate::report::Report;
use crate::sets::{self, page, validator};
use crate::wishes::file;

/// One large validator, a few middle ones, many small: caps bind, and much stays idle.
fn steep_set() -> String {
    let mut thousands = vec![70_000, 21_000, 20_000, 11_000, 10_900, 10_800];
    thousands.extend([
        5_900, 5_900, 5_800, 930, 910, 900, 890, 890, 890, 90, 90, 89, 80, 10,
    ]);
    page(&sets::bonded(&thousands))
}

fn ensure_best_is_not_below_after(report: &Report, of: &str) {
    for metric in ["nakamoto_third", "nakamoto_two_thirds"] {
        let [after, best] = ["after", "best"].map(|at| report.number(&format!("/{at}/{metric}")));
        assert!(
            best >= after,
            "{of}, {metric}: {after} above the best, {best}"
        );
    }
    let [after, best] = ["/after/effective", "/best/effective"].map(|at| report.millionths(at));
    assert!(best >= after, "{of}: {after} above the best, {best}");
    for metric in ["top10_share", "largest_share"] {
        let [after, best] = ["after", "best"].map(|at| report.atomics(&format!("/{at}/{metric}")));
        assert!(
            best <= after,
            "{of}, {metric}: {after} below the best, {best}"
        );
    }
}

/// Over sets, days, shares and seeds. The rule behind it is a property of `concentration`.
#[test]
fn best_is_never_below_after() {
    let steep = steep_set();
    for (days, share) in [
        ("1", "0.05"),
        ("7", "0.2199"),
        ("30", "0.21"),
        ("60", "0.15"),
    ] {
        for seed in ["1", "2", "3"] {
            let arguments = ["--days", days, "--share", share, "--seed", seed];
            let of = format!("{arguments:?}");
            ensure_best_is_not_below_after(&simulate_file(&steep, &arguments), &of);
        }
    }
    for days in ["30", "60"] {
        let arguments = ["--set", "osmosis-2021-07", "--days", days, "--seed", "5"];
        ensure_best_is_not_below_after(&simulate(&arguments), &format!("{arguments:?}"));
    }
}

#[test]
fn stake_is_told_by_rank_of_the_operators_own() {
    let report = simulate(&["--days", "4"]);
    let rows = report.at("/by_rank").as_array().unwrap();
    let ranks: Vec<_> = rows
        .iter()
        .map(|row| {
            (
                row["first"].as_u64().unwrap(),
                row["last"].as_u64().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        ranks,
        [(1, 25), (26, 50), (51, 100), (101, 150), (151, 175)]
    );

    let mut validators = report.validators();
    validators.sort_by_key(|row| std::cmp::Reverse(row.before));
    let bonded = report.tokens("/vault/bonded").unsigned_abs();
    for (index, (first, last)) in ranks.into_iter().enumerate() {
        let band = &validators[first as usize - 1..last as usize];
        let sum = |of: fn(&crate::report::Row) -> u128| band.iter().map(of).sum::<u128>();
        let at = |field: &str| format!("/by_rank/{index}/{field}");
        let tokens = |field: &str| report.tokens(&at(field)).unsigned_abs();
        assert_eq!(tokens("before"), sum(|row| row.before));
        assert_eq!(tokens("after"), sum(|row| row.external + row.delegated));
        assert_eq!(tokens("delegated"), sum(|row| row.delegated));
        let share = report.atomics(&at("vault_share"));
        let expected = tokens("delegated") * 1_000_000_000 / bonded;
        assert!(share / 1_000_000_000 - expected <= 1, "{share}");
        let with_vault = band.iter().filter(|row| row.delegated > 0).count();
        assert_eq!(report.number(&at("with_vault")), with_vault as u64);
    }
    let first = report.atomics("/by_rank/0/vault_share");
    let third = report.atomics("/by_rank/2/vault_share");
    assert!(
        third > first,
        "the small have more of the vault than the large"
    );
}

#[test]
fn nobody_listed_is_a_warning_with_the_reasons() {
    let dear = |(index, tokens): (usize, &str)| {
        validator(
            &sets::name(index),
            "BOND_STATUS_BONDED",
            false,
            tokens,
            "0.2",
        )
    };
    let tokens = ["10000000", "20000000", "30000000", "40000000", "50000000"];
    let mut set: Vec<Value> = tokens.into_iter().enumerate().map(dear).collect();
    set.push(validator(
        "xvaloper1z",
        "BOND_STATUS_UNBONDED",
        false,
        "5",
        "0",
    ));
    let file = sets::file(&page(&set));
    let arguments = [
        "simulate",
        "--days",
        "2",
        "--validators",
        file.path().to_str().unwrap(),
    ];
    let output = defenders(&[&arguments[..], &["--json"]].concat());
    assert!(output.status.success());
    let warning: Value = serde_json::from_slice(&output.stderr).unwrap();
    assert_eq!(
        warning["warning"]["message"],
        "nobody is listed, so nothing is delegated: of 6 validators, 1 is not bonded, 1 is among \
         the fewest that hold a third of the stake, 4 charge more than 10 %"
    );
    let report = Report::parse(&output.stdout);
    report.assert_sound();
    assert_eq!(report.number("/list/listed"), 0);
    let left_out = report.at("/list/left_out");
    assert_eq!(
        *left_out,
        serde_json::json!([
            { "reason": "not_bonded", "validators": 1 },
            { "reason": "top_third", "validators": 1 },
            { "reason": "commission", "validators": 4 },
        ])
    );
    assert_eq!(report.text("/idle/parts/0/reason"), "nobody_eligible");
    assert_eq!(report.text("/refusals/0/reason"), "no_capacity");
    assert_eq!(
        report.number("/refusals/0/deposits"),
        report.number("/flows/refused")
    );
    assert!(report.tokens("/not_deposited") > 0);

    let output = defenders(&arguments);
    let text = String::from_utf8(output.stdout).unwrap();
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = words.join(" ");
    for said in [
        "0 of 6 validators are listed",
        "nobody on the list may be given stake",
        "as the caps of the listed validators leave no place",
        "could not be deposited until the end",
    ] {
        assert!(text.contains(said), "{said} in {text}");
    }
}

#[test]
fn idle_tokens_have_their_reason() {
    let report = simulate_file(&steep_set(), &["--share", "0.21", "--days", "30"]);
    report.assert_sound();
    let idle = report.tokens("/idle/tokens");
    assert_eq!(idle, report.tokens("/vault/idle"));
    assert!(idle > 0);
    let parts = report.at("/idle/parts").as_array().unwrap();
    let sum: i128 = parts
        .iter()
        .map(|part| part["tokens"].as_str().unwrap().parse::<i128>().unwrap())
        .sum();
    assert_eq!(sum, idle);
    assert!(
        parts.iter().any(|part| part["reason"] == "caps_reached"),
        "{parts:?}"
    );
    assert!(report.number("/idle/at_cap/match") > 0);
}

#[test]
fn refused_deposits_are_told_with_their_reason() {
    let tight = r#"{"vault_share_cap":"0.1","match_cap":"0.1","floor":"0"}"#;
    let (_file, tight) = file(tight);
    let arguments = ["--share", "0.2", "--days", "30", "--policy", &tight];
    let report = simulate_file(&steep_set(), &arguments);
    report.assert_sound();
    let refusals = report.at("/refusals").as_array().unwrap();
    let reasons: Vec<&str> = refusals
        .iter()
        .map(|it| it["reason"].as_str().unwrap())
        .collect();
    assert_eq!(reasons, ["no_capacity"]);
    assert!(report.tokens("/not_deposited") > 0);
    let refused: u64 = refusals
        .iter()
        .map(|it| it["deposits"].as_u64().unwrap())
        .sum();
    assert_eq!(refused, report.number("/flows/refused"));
    for row in refusals {
        let [first, last] = ["first_day", "last_day"].map(|day| row[day].as_u64().unwrap());
        assert!(
            (1..=30).contains(&first) && first <= last && last <= 30,
            "{row}"
        );
        assert!(!row["last"].as_str().unwrap().is_empty());
    }
}

#[test]
fn incidents_are_told_with_day_and_validator() {
    let report = simulate(&["--set", "osmosis-2021-07", "--days", "30"]);
    let incidents = report.at("/incidents").as_array().unwrap();
    let told: Vec<_> = incidents
        .iter()
        .map(|it| (it["day"].as_u64().unwrap(), it["what"].as_str().unwrap()))
        .collect();
    // a third and two thirds of 30 days have passed
    let expected = [
        (11, "jailed"),
        (13, "unjailed"),
        (21, "double_signed"),
        (22, "drained"),
    ];
    assert_eq!(told, expected);
    let signed_twice = incidents[2]["validator"].as_str().unwrap();
    assert!(report.validator(signed_twice).tombstoned);
    assert!(
        !report
            .validator(incidents[0]["validator"].as_str().unwrap())
            .tombstoned
    );
}

#[test]
fn yearly_rate_is_what_a_share_has_gained() {
    let report = simulate(&["--set", "osmosis-2021-07", "--days", "30"]);
    let gained = report.atomics("/vault/tokens_per_share") - 10u128.pow(18);
    assert_eq!(report.atomics("/yearly_rate"), gained * 365 / 30);
    let rate = report.atomics("/yearly_rate") / 10u128.pow(12);
    assert!((30_000..100_000).contains(&rate), "{rate}"); // 3 to 10 %
}
