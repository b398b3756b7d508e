//! Validators that share an operator, a hosting provider or a jurisdiction share a cap: 10, 25 and 50 % of
//! the vault, wider where there are few groups of that kind.
//!
//! Succeeds when deposits and `invest` spread beside it; what finds no place stays idle.

use cosmwasm_std::Decimal;
use defenders_suite::messages::listing;
use defenders_suite::{DAY, Suite, SuiteBuilder, TOKEN, text};
use defenders_types::{ExecuteMsg, ListingGroupsInput, ListingInput};

use crate::fixture::{DEPOSIT, funded_from};
use crate::listing::hosted;

fn operated(validator: &str, operator: &str) -> ListingInput {
    ListingInput {
        groups: Some(ListingGroupsInput {
            operator: Some(operator.into()),
            ..ListingGroupsInput::default()
        }),
        ..listing(validator)
    }
}

fn governed_by(validator: &str, jurisdiction: &str) -> ListingInput {
    ListingInput {
        groups: Some(ListingGroupsInput {
            jurisdiction: Some(jurisdiction.into()),
            ..ListingGroupsInput::default()
        }),
        ..listing(validator)
    }
}

/// The vault's stake on these validators.
fn stake_on(suite: &Suite, validators: &[String]) -> u128 {
    let mut infos = suite.validator_infos();
    infos.retain(|info| validators.contains(&info.validator));
    infos.iter().map(|info| info.delegated.u128()).sum()
}

fn targets_of(suite: &Suite, validators: &[String]) -> u128 {
    let mut infos = suite.validator_infos();
    infos.retain(|info| validators.contains(&info.validator));
    infos.iter().map(|info| info.target.u128()).sum()
}

/// Ten equal validators in these groups, and 1000 tokens brought in small deposits and one large.
fn spread(group: impl Fn(usize, &str) -> ListingInput) -> Suite {
    let mut suite = SuiteBuilder::base().build();
    let listings = suite.listed.iter().enumerate();
    let listings = listings.map(|(position, it)| group(position, it)).collect();
    suite.list_as(listings);
    suite.keep();
    let alice = suite.user("alice");
    for _ in 0..9 {
        suite.deposit(&alice, 20 * TOKEN);
    }
    suite.deposit(&alice, DEPOSIT - 180 * TOKEN);
    suite.keep();
    suite
}

#[test]
fn deposits_spread_under_a_hosting_cap() {
    // five at one host, five without a name: six hosts, so the cap in force is 25 %
    let suite = spread(|position, it| match position {
        0..5 => hosted(it, "north"),
        _ => listing(it),
    });

    let (north, others) = suite.listed.split_at(5);
    assert_eq!(targets_of(&suite, north), 250 * TOKEN);
    assert_eq!(stake_on(&suite, north), 250 * TOKEN);
    // the others at 12.5 % each, and what is left idle
    assert_eq!(stake_on(&suite, others), 625 * TOKEN);
    assert_eq!(suite.totals().idle.u128(), 125 * TOKEN);
}

#[test]
fn few_hosts_hold_the_whole_vault() {
    // four hosts: 1.25 / 4 = 31.25 %
    let suite = spread(|position, it| {
        let host = ["a", "b", "c", "d"][position % 4];
        hosted(it, host)
    });

    assert_eq!(suite.totals().idle.u128(), 0);
    let of_host = |host: usize| {
        let positions = suite.listed.iter().enumerate();
        let members = positions.filter(|(position, _)| position % 4 == host);
        members.map(|(_, it)| it.clone()).collect::<Vec<_>>()
    };
    for host in 0..4 {
        assert!(stake_on(&suite, &of_host(host)) <= 3_125 * TOKEN / 10);
    }
    // three members would get 300 of 1000, and may
    assert_eq!(targets_of(&suite, &of_host(0)), 300 * TOKEN);
}

#[test]
fn two_jurisdictions_hold_five_eighths_each() {
    // nine in one: 1.25 / 2 = 62.5 %, and the tenth alone at 12.5 %
    let suite = spread(|position, it| match position {
        9 => governed_by(it, "is"),
        _ => governed_by(it, "no"),
    });

    assert_eq!(stake_on(&suite, &suite.listed[..9]), 625 * TOKEN);
    assert_eq!(stake_on(&suite, &suite.listed[9..]), 125 * TOKEN);
    assert_eq!(suite.totals().idle.u128(), 250 * TOKEN);
}

#[test]
fn one_jurisdiction_of_all_caps_nobody() {
    let suite = spread(|_, it| governed_by(it, "is"));

    assert_eq!(suite.totals().idle.u128(), 0);
    assert_eq!(targets_of(&suite, &suite.listed), 1_000 * TOKEN);
}

#[test]
fn kinds_of_one_name_are_two_groups() {
    let suite = spread(|position, it| match position {
        0..5 => hosted(it, "north"),
        _ => governed_by(it, "north"),
    });

    assert_eq!(stake_on(&suite, &suite.listed[..5]), 250 * TOKEN);
    // one jurisdiction and five without a name: 50 % of 1000
    assert_eq!(stake_on(&suite, &suite.listed[5..]), 500 * TOKEN);
}

/// Thirty validators, of which an operator may hold 5 %: 1.25 / 30 is less.
fn strict() -> Suite {
    let builder = SuiteBuilder::base().with_listed_count(30);
    funded_from(builder.with_policy(|policy| policy.operator_cap = Decimal::percent(5)))
}

#[test]
fn who_names_no_operator_is_one_of_its_own() {
    let suite = strict();

    let in_force = suite.totals().vault_share_cap_in_force;
    assert_eq!(in_force, Decimal::percent(5));
    for info in suite.validator_infos() {
        assert_eq!(info.cap.u128(), 50 * TOKEN);
    }
}

#[test]
fn several_validators_of_one_operator_share_its_cap() {
    let mut suite = strict();
    let siblings = suite.listed[..5].to_vec();
    let listings = siblings.iter().map(|it| operated(it, "large-family"));
    suite.list_as_in_time(listings.collect());

    // 26 operators: 5 % it is, of 1000 tokens
    assert_eq!(targets_of(&suite, &siblings), 50 * TOKEN);
    let held = stake_on(&suite, &siblings);
    let bob = suite.user("bob");
    suite.deposit(&bob, 100 * TOKEN);
    let kept = suite.keep();
    assert_eq!(targets_of(&suite, &siblings), 55 * TOKEN);
    let given = kept.iter().flat_map(|outcome| outcome.named("delegated"));
    let mut given = given.map(|delegated| text(&delegated, "validator"));
    assert!(given.all(|validator| !siblings.contains(&validator)));
    // and what is above its cap goes to others, as the owner's budget allows
    let left = stake_on(&suite, &siblings);
    assert!((55 * TOKEN..held).contains(&left), "{left} of {held}");
    let idle = suite.totals().idle.u128();
    assert!(idle < TOKEN, "{idle}: less than a delegation");
}

#[test]
fn three_hundred_validators_in_forty_groups_are_known() {
    let (large, small) = ([20_000_000 * TOKEN; 4], [100_000 * TOKEN; 301]);
    let mut builder = SuiteBuilder::base().with_validators(&large, &small);
    builder.chain.max_validators = 310;
    builder.listed.pop();
    let mut suite = builder.build();
    let listings = suite.listed.iter().enumerate().map(|(position, it)| {
        let groups = ListingGroupsInput {
            operator: Some(format!("operator-{}", position % 25)),
            hosting: Some(format!("host-{}", position % 10)),
            jurisdiction: Some(format!("land-{}", position % 5)),
        };
        ListingInput {
            groups: Some(groups),
            ..listing(it)
        }
    });
    let listings: Vec<ListingInput> = listings.collect();
    for page in listings.chunks(100) {
        suite.list_as(page.to_vec());
    }
    suite.keep();

    let alice = suite.user("alice");
    suite.deposit(&alice, DEPOSIT);
    suite.keep();

    let infos = suite.validator_infos();
    assert_eq!(infos.len(), 300);
    assert!(infos.iter().all(|info| info.exclusion.is_none()));
    assert_eq!(suite.totals().bonded.u128(), 1_000 * TOKEN);
    let id = suite.list_later(vec![listing(&suite.validators[304].clone())]);
    suite.advance(36 * DAY);
    let apply = ExecuteMsg::ApplyChange { id };
    let refusal = suite.execute(&alice, &apply, vec![]);
    let text = refusal.unwrap_err().text;
    assert!(
        text.contains("no more than 300 validators can be listed or hold stake"),
        "{text}"
    );
}
