//! What goes where, on chains made up here.

use std::collections::BTreeMap;

use cosmwasm_std::Decimal;
use defenders_allocation::Exclusion;

use super::{
    Blocked, ChainValidator, ListedValidator, Redelegation, Situation, Spread, ValidatorStatus,
    WhyBlocked, Wish, compute_spread,
};

const NOW: u64 = 1_700_000_000;
const RATE: Decimal = Decimal::percent(5);

fn info(address: &str, tokens: u128) -> ChainValidator {
    ChainValidator {
        address: address.to_string(),
        status: ValidatorStatus::Bonded,
        is_jailed: false,
        tokens,
        commission: RATE,
        max_commission: RATE,
    }
}

/// Two large validators, `x` and `y`, and twenty small ones, `v01` to `v20`, with a million each.
fn situation(own: &[(&str, u128)]) -> Situation {
    let own: BTreeMap<String, u128> = own.iter().map(|(at, it)| (at.to_string(), *it)).collect();
    let mut validators = vec![info("x", 100_000_000), info("y", 90_000_000)];
    validators.extend((1..=20).map(|number| info(&format!("v{number:02}"), 1_000_000)));
    for validator in &mut validators {
        validator.tokens += own.get(&validator.address).copied().unwrap_or_default();
    }
    Situation {
        max_entries: 7,
        now: NOW,
        validators,
        own,
        redelegations: Vec::new(),
    }
}

fn list(numbers: std::ops::RangeInclusive<u32>) -> Vec<ListedValidator> {
    let listed = |number: u32| ListedValidator {
        address: format!("v{number:02}"),
        ..ListedValidator::default()
    };
    numbers.map(listed).collect()
}

fn wish(amount: u128, redelegate: bool) -> Wish<'static> {
    Wish {
        amount,
        redelegate,
        policy: None,
    }
}

fn after<'a>(spread: &Spread<'a>) -> BTreeMap<&'a str, u128> {
    let rows = spread.candidates.iter().zip(&spread.after);
    rows.map(|(candidate, after)| (candidate.address, *after))
        .collect()
}

#[test]
fn coins_go_to_the_list_evenly_and_all_of_them() {
    let situation = situation(&[]);
    let list = list(1..=20);
    let spread = compute_spread(&situation, &list, &wish(2_000_000, false)).unwrap();
    assert_eq!(spread.unplaced, 0);
    assert_eq!(spread.delegations.len(), 20);
    assert!(
        spread
            .delegations
            .iter()
            .all(|(_, tokens)| *tokens == 100_000)
    );
    assert!(spread.redelegations.is_empty() && spread.blocked.is_empty());
}

#[test]
fn who_has_less_gets_more_and_what_is_too_little_goes_to_others() {
    let mut situation = situation(&[]);
    for validator in &mut situation.validators {
        // level with what the others come to, but for a hair
        if validator.address == "v03" {
            validator.tokens += 99_950;
        }
    }
    let list = list(1..=20);
    let spread = compute_spread(&situation, &list, &wish(2_000_000, false)).unwrap();
    let sum: u128 = spread.delegations.iter().map(|(_, tokens)| tokens).sum();
    assert_eq!(sum, 2_000_000);
    assert!(
        spread
            .delegations
            .iter()
            .all(|(_, tokens)| *tokens >= 1_000)
    );
    let after = after(&spread);
    assert!(after["v03"] < after["v01"]);
}

#[test]
fn caps_bind_and_what_has_no_place_stays() {
    let situation = situation(&[]);
    let list = list(1..=20);
    // own stake may be half of a validator's at most: 20 million is the most that 20 of them take
    let spread = compute_spread(&situation, &list, &wish(30_000_000, false)).unwrap();
    assert_eq!(spread.unplaced, 10_000_000);
    assert!(spread.caps.iter().all(|cap| *cap == 1_000_000));
}

#[test]
fn who_is_not_fit_gets_nothing_with_one_reason_each() {
    let mut situation = situation(&[]);
    let mut set = |address: &str, change: &dyn Fn(&mut ChainValidator)| {
        let mut all = situation.validators.iter_mut();
        change(all.find(|it| it.address == address).unwrap());
    };
    set("v01", &|it| it.is_jailed = true);
    set("v02", &|it| it.status = ValidatorStatus::Unbonded);
    set("v03", &|it| it.commission = RATE + RATE + Decimal::raw(1));
    let mut list = list(1..=5);
    list.push(ListedValidator {
        address: "x".to_string(),
        ..ListedValidator::default()
    });
    list.push(ListedValidator {
        address: "gone".to_string(),
        ..ListedValidator::default()
    });
    let spread = compute_spread(&situation, &list, &wish(10_000, false)).unwrap();
    let why = |address: &str| {
        let mut all = spread.candidates.iter();
        all.find(|it| it.address == address).unwrap().exclusion
    };
    assert_eq!(why("v01"), Some(Exclusion::Jailed));
    assert_eq!(why("v02"), Some(Exclusion::NotBonded));
    assert_eq!(why("v03"), Some(Exclusion::Commission));
    assert_eq!(why("x"), Some(Exclusion::TopThird));
    assert_eq!(why("gone"), Some(Exclusion::Unknown));
    assert_eq!((why("v04"), why("v05")), (None, None));
    assert_eq!(spread.delegations.len(), 2);
}

#[test]
fn without_redelegate_stake_stays_where_it_is() {
    let situation = situation(&[("x", 5_000_000), ("v01", 500_000)]);
    let list = list(1..=20);
    let spread = compute_spread(&situation, &list, &wish(0, false)).unwrap();
    assert!(spread.delegations.is_empty() && spread.redelegations.is_empty());
    let spread = compute_spread(&situation, &list, &wish(1_000_000, false)).unwrap();
    assert!(spread.redelegations.is_empty());
    assert_eq!(after(&spread)["x"], 5_000_000);
}

#[test]
fn stake_leaves_who_is_not_on_the_list_and_evens_the_rest() {
    let situation = situation(&[("x", 2_000_000), ("v01", 500_000)]);
    let list = list(1..=20);
    let spread = compute_spread(&situation, &list, &wish(0, true)).unwrap();
    let after = after(&spread);
    assert_eq!(after["x"], 0);
    assert_eq!(after.values().sum::<u128>(), 2_500_000);
    let most = after.values().max().unwrap();
    assert!(*most < 250_001, "{after:?}");
    assert!(spread.blocked.is_empty(), "{:?}", spread.blocked);
    // nothing passes through anybody: the chain would refuse it
    let sources: Vec<usize> = spread.redelegations.iter().map(|it| it.0).collect();
    assert!(
        spread
            .redelegations
            .iter()
            .all(|it| !sources.contains(&it.1))
    );
    // planned again there is nothing to do
    let own: Vec<(&str, u128)> = after.iter().map(|(at, it)| (*at, *it)).collect();
    let again = self::situation(&own);
    let spread = compute_spread(&again, &list, &wish(0, true)).unwrap();
    assert!(
        spread.redelegations.is_empty(),
        "{:?}",
        spread.redelegations
    );
}

/// Of comparable programs: one redelegation under way into a validator blocks all out of it.
#[test]
fn lesson_6_what_was_moved_lately_is_listed_with_its_date_and_not_sent() {
    let mut situation = situation(&[("x", 1_000_000), ("y", 1_000_000)]);
    let until = NOW + 1_000;
    for (source, completion_time) in [("v01", until), ("v02", until - 500)] {
        situation.redelegations.push(Redelegation {
            source: source.to_string(),
            destination: "x".to_string(),
            completion_time,
        });
    }
    let list = list(1..=20);
    let spread = compute_spread(&situation, &list, &wish(0, true)).unwrap();
    let after = after(&spread);
    assert_eq!((after["x"], after["y"]), (1_000_000, 0));
    let index = spread.candidates.iter().position(|it| it.address == "x");
    assert_eq!(
        spread.blocked,
        [Blocked {
            index: index.unwrap(),
            tokens: 1_000_000,
            why: WhyBlocked::RedelegationLocked,
            until: Some(until),
        }]
    );
}

/// Of comparable programs: each pair has seven entries.
#[test]
fn lesson_6_pairs_without_an_entry_are_listed_with_their_date() {
    let mut situation = situation(&[("x", 100_000)]);
    let mut fill = |destination: &str| {
        for number in 0..7 {
            situation.redelegations.push(Redelegation {
                source: "x".to_string(),
                destination: destination.to_string(),
                completion_time: NOW + 100 + number,
            });
        }
    };
    fill("v01");
    let two = list(1..=2);
    fill("v02");
    let all = list(1..=20);
    // others take their parts, and what those two should have waits for the first entry to end
    let spread = compute_spread(&situation, &all, &wish(0, true)).unwrap();
    assert_eq!(after(&spread)["x"], 10_000);
    let blocked = &spread.blocked[..];
    assert_eq!((blocked.len(), blocked[0].tokens), (1, 10_000));
    assert_eq!(
        (blocked[0].why, blocked[0].until),
        (WhyBlocked::Entries, Some(NOW + 100))
    );
    assert!(spread.redelegations.iter().all(|(_, to, _)| {
        let address = spread.candidates[*to].address;
        !["v01", "v02"].contains(&address)
    }));
    // where nobody else is there, all of it waits
    let spread = compute_spread(&situation, &two, &wish(0, true)).unwrap();
    assert!(spread.redelegations.is_empty());
    assert_eq!(spread.blocked.len(), 1);
    assert_eq!(spread.blocked[0].why, WhyBlocked::Entries);
    assert_eq!(spread.blocked[0].until, Some(NOW + 100));
}

#[test]
fn those_of_one_operator_share_a_cap() {
    let situation = situation(&[]);
    let mut list = list(1..=20);
    for listed in list.iter_mut().take(10) {
        listed.operator = Some("one".to_string());
    }
    let spread = compute_spread(&situation, &list, &wish(2_000_000, false)).unwrap();
    let after = after(&spread);
    let shared: u128 = (1..=10)
        .map(|number| after[format!("v{number:02}").as_str()])
        .sum();
    // 1.25 / 11 operators
    assert!(shared <= 2_000_000 * 125 / 1_100, "{shared}");
}
