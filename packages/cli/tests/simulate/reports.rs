//! What a good run reports: every field, the same bytes for the same seed, sums that can be
//! redone, on sets of any size and shape.

use cosmwasm_std::Decimal;

use crate::program::{defenders, simulate, simulate_file};
use crate::sets::{self, page, validator};

#[test]
fn report_has_every_field() {
    let report = simulate(&["--days", "2"]);
    assert_eq!(
        report.keys(""),
        [
            "after",
            "before",
            "best",
            "best_ratio",
            "by_rank",
            "days",
            "epochs",
            "flows",
            "groups",
            "idle",
            "incidents",
            "invariants",
            "list",
            "messages",
            "moves",
            "not_deposited",
            "policy",
            "refusals",
            "scenario",
            "seed",
            "set",
            "share",
            "validators",
            "vault",
            "yearly_rate"
        ]
    );
    assert_eq!(
        report.keys("/flows"),
        [
            "deposited",
            "fees",
            "refused",
            "rewards",
            "slashed",
            "withdrawn"
        ]
    );
    assert_eq!(
        report.keys("/messages"),
        [
            "delegate",
            "failed",
            "redelegate",
            "undelegate",
            "withdraw_rewards"
        ]
    );
    assert_eq!(
        report.keys("/vault"),
        [
            "bonded",
            "claimable",
            "held",
            "idle",
            "locked_profit",
            "marked_down",
            "restaking",
            "tokens_per_share",
            "total_assets",
            "total_shares",
            "unbonding"
        ]
    );
    assert_eq!(
        report.keys("/validators/0"),
        [
            "before",
            "commission",
            "delegated",
            "external",
            "jailed",
            "left_out",
            "listed",
            "name",
            "status",
            "target",
            "tombstoned",
            "validator",
            "was_bonded"
        ]
    );
    for state in ["/before", "/after", "/best"] {
        assert_eq!(
            report.keys(state),
            [
                "effective",
                "largest_share",
                "nakamoto_third",
                "nakamoto_two_thirds",
                "top10_share"
            ]
        );
    }
    assert_eq!(report.text("/set"), "cosmoshub-2022-10");
    assert_eq!(report.text("/share"), "0.1");
    assert_eq!(report.number("/days"), 2);
    assert_eq!(report.number("/seed"), 7);
    assert_eq!(report.text("/policy/chain_share_cap"), "0.03");
    assert_eq!(report.at("/policy/declared_cap"), &serde_json::Value::Null);
    assert_eq!(report.validators().len(), 175);
}

#[test]
fn same_seed_gives_the_same_bytes_and_another_seed_others() {
    let run = |seed| {
        let set = ["--set", "osmosis-2021-07", "--days", "3"];
        defenders(&[&["simulate", "--json", "--seed", seed], &set[..]].concat()).stdout
    };
    assert_eq!(run("11"), run("11"));
    assert_ne!(run("11"), run("12"));
}

#[test]
fn shipped_sets_become_nearly_as_even_as_they_can() {
    for set in ["cosmoshub-2022-10", "osmosis-2021-07"] {
        let report = simulate(&["--set", set]);
        report.assert_sound();
        report.assert_no_more_concentrated();
        // after x 1000 >= best x 995, both in millionths
        let [after, best] = ["/after/effective", "/best/effective"].map(|at| report.millionths(at));
        assert!(after * 1000 >= best * 995, "{set}: {after} of {best}");
        let moved_once = report.tokens("/flows/deposited");
        assert!(report.tokens("/vault/bonded") * 2 > moved_once, "{set}");
        for flow in ["withdrawn", "rewards", "fees", "slashed"] {
            assert!(
                report.tokens(&format!("/flows/{flow}")) > 0,
                "{set}: {flow}"
            );
        }
        for message in ["delegate", "undelegate", "withdraw_rewards"] {
            assert!(report.number(&format!("/messages/{message}")) > 0, "{set}");
        }
        // ranks 1 to 25, 26 to 50, and the rest: the vault's stake is with the small
        let share = |band: usize| report.atomics(&format!("/by_rank/{band}/vault_share"));
        let small: u128 = (2..report.at("/by_rank").as_array().unwrap().len())
            .map(share)
            .sum();
        if set == "cosmoshub-2022-10" {
            assert!(share(0) * 100 < 10u128.pow(18), "{}", share(0));
            assert!(small * 100 > 95 * 10u128.pow(18), "{small}");
        }
        let validators = report.validators();
        let tombstoned = validators.iter().filter(|row| row.tombstoned);
        assert_eq!(tombstoned.count(), 1, "{set}");
    }
}

#[test]
fn short_runs_and_few_depositors_work() {
    for arguments in [
        ["--days", "1", "--depositors", "40"],
        ["--days", "2", "--depositors", "1"],
        ["--days", "5", "--depositors", "2"],
    ] {
        let report = simulate(&[&["--set", "osmosis-2021-07"], &arguments[..]].concat());
        report.assert_sound();
        assert!(report.tokens("/vault/bonded") > 0, "{arguments:?}");
    }
}

#[test]
fn nearly_all_that_the_self_limit_allows_can_move() {
    simulate(&["--share", "0.2199", "--days", "4"]).assert_sound();
}

#[test]
fn list_is_bonded_and_cheap_and_not_the_top_third() {
    let dear = validator(
        "xvaloper1c",
        "BOND_STATUS_BONDED",
        false,
        "20000000000",
        "0.11",
    );
    let out = validator(
        "xvaloper1d",
        "BOND_STATUS_UNBONDED",
        false,
        "30000000000",
        "0.05",
    );
    let jailed = validator(
        "xvaloper1e",
        "BOND_STATUS_UNBONDING",
        true,
        "25000000000",
        "0.05",
    );
    let empty = validator("xvaloper1f", "BOND_STATUS_UNBONDED", false, "0", "0.05");
    let mut set = sets::bonded(&[60, 50, 0, 0, 0, 0, 40, 30, 20, 10]);
    set.retain(|row| row["tokens"] != "0");
    set.extend([dear, out, jailed, empty]);
    let report = simulate_file(&page(&set), &["--days", "3"]);
    report.assert_sound();

    // in units of 10^9, less a tenth everywhere: 60 (a), 50 (b), 40, 30, 20, 20 (c), 10; a third
    // of 230 is 76.7, which a and b hold together
    let listed = report.validators().into_iter().filter(|row| row.listed);
    let listed: Vec<String> = listed.map(|row| row.validator).collect();
    assert_eq!(
        listed,
        ["xvaloper1g", "xvaloper1h", "xvaloper1i", "xvaloper1j"]
    );
    for (name, jailed) in [("d", false), ("e", true), ("f", false)] {
        let row = report.validator(&format!("xvaloper1{name}"));
        assert_eq!(
            (row.status.as_str(), row.jailed),
            ("unbonded", jailed),
            "{name}"
        );
        assert_eq!(row.delegated, 0, "{name}");
    }
    // 30 x 10^9 less a tenth
    assert_eq!(report.validator("xvaloper1d").external, 27_000_000_000);
}

#[test]
fn dearer_validators_are_listed_on_request() {
    let listed = |most: &str| {
        let report = simulate(&["--days", "1", "--max-commission", most]);
        report.assert_sound();
        let validators = report.validators();
        let rates = validators.iter().filter(|row| row.listed);
        rates.map(|row| row.commission.clone()).collect::<Vec<_>>()
    };
    let is_above = |rate: &String, least: Decimal| rate.parse::<Decimal>().unwrap() > least;
    let (five, ten) = (Decimal::percent(5), Decimal::percent(10));
    assert!(!listed("0.05").iter().any(|rate| is_above(rate, five)));
    assert!(listed("0.2").iter().any(|rate| is_above(rate, ten)));
}

#[test]
fn pages_put_together_are_one_set() {
    let set = sets::bonded(&[60, 50, 40, 30, 20, 10]);
    let whole = page(&set);
    let (first, second) = (page(&set[..2]), page(&set[2..]));
    let reports = [
        simulate_file(&whole, &["--days", "2"]),
        simulate_file(&format!("[{first},{second}]"), &["--days", "2"]),
        simulate_file(&format!("{second}\n{first}"), &["--days", "2"]),
    ];
    for report in &reports {
        assert_eq!(report.at("/validators"), reports[0].at("/validators"));
        assert_eq!(report.validators().len(), 6);
    }
}

#[test]
fn sets_of_any_size_and_scale_run() {
    let e18 = |tokens: u32| format!("{tokens}{}", "0".repeat(24));
    let row = |(index, tokens): (usize, u32)| {
        validator(
            &sets::name(index),
            "BOND_STATUS_BONDED",
            false,
            &e18(tokens),
            "0",
        )
    };
    let large: Vec<_> = (100..340).enumerate().map(row).collect();
    for set in [
        sets::bonded(&[5]),
        sets::bonded(&[5, 4]),
        sets::bonded(&[5, 4, 3]),
        sets::bonded_units(&[107, 106, 105, 104, 103, 102]),
        large,
    ] {
        let report = simulate_file(&page(&set), &["--days", "2", "--depositors", "5"]);
        report.assert_sound();
        assert_eq!(report.validators().len(), set.len());
    }
}

#[test]
fn tables_are_for_people_and_go_to_standard_output() {
    let output = defenders(&["simulate", "--days", "1", "--set", "osmosis-2021-07"]);
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    for title in [
        "Nakamoto at 1/3",
        "Gained most",
        "tokens per share",
        "violated",
    ] {
        assert!(text.contains(title), "{title} in {text}");
    }
}
