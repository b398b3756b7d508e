//! Why a validator has its stake, and how well the vault is.
//!
//! Succeeds when every number is that of a small vault that is worked out by hand.
//!
//! Fails for validators that the vault does not know.

use cosmwasm_std::{Decimal, Uint128};
use defenders_suite::messages::listing;
use defenders_suite::{BLOCK, DAY, HOUR, Suite, SuiteBuilder, TOKEN};
use defenders_types::{
    CapInfo, CapName, EPOCH, Exclusion, ExplainResponse, Job, ListingInput, QueryMsg,
    ValidatorStatus,
};

use crate::fixture::{fund, funded, funded_from};
use crate::listing::with_maximum;
use crate::rebalance::{health, moves_at, refresh, total};

fn explain(suite: &Suite, validator: &str) -> ExplainResponse {
    suite.query(&QueryMsg::Explain {
        validator: validator.into(),
    })
}

fn cap(cap: CapName, tokens: u128, held: u128, binds: bool) -> CapInfo {
    CapInfo {
        cap,
        group: None,
        tokens: Uint128::new(tokens * TOKEN),
        held: Uint128::new(held * TOKEN),
        slack: Uint128::new(tokens.saturating_sub(held) * TOKEN),
        binds,
    }
}

#[test]
fn funded_validator_is_explained_by_hand() {
    let suite = funded();
    let told = explain(&suite, &suite.listed[0]);

    assert!(told.eligible);
    assert_eq!((told.exclusion, &told.cleared_by), (None, &None));
    assert_eq!(told.delegated.u128(), 105 * TOKEN);
    assert_eq!(told.external.unwrap().u128(), 100_000 * TOKEN);
    assert_eq!(told.level.u128(), 100_105 * TOKEN);
    // 1000 tokens over ten that are alike; at least a quarter of that
    assert_eq!(told.target.u128(), 100 * TOKEN);
    assert_eq!(told.target_level.u128(), 100_100 * TOKEN);
    assert_eq!(told.floor.u128(), 25 * TOKEN);
    assert_eq!(told.binding, None);
    // 12.5 % of 1000; 3 % of 5 000 000 less 100 000, by the refresh before the deposit; as much as others
    let caps = [
        cap(CapName::VaultShare, 125, 105, false),
        cap(CapName::ChainShare, 50_000, 105, false),
        cap(CapName::Match, 100_000, 105, false),
    ];
    let own: Vec<CapInfo> = told
        .caps
        .iter()
        .filter(|it| it.group.is_none())
        .cloned()
        .collect();
    assert_eq!(own, caps);
    assert_eq!(told.redelegation_locked_until, None);
    assert_eq!(told.retry_at, None);
    assert_eq!(told.unbonding_entries, 0);
    assert_eq!(told.redelegations, []);
}

#[test]
fn owners_maximum_and_group_are_among_the_caps() {
    let mut suite = SuiteBuilder::base().build();
    let (low, sibling) = (suite.listed[0].clone(), suite.listed[1].clone());
    let grouped = |validator: &str, max_tokens: Option<u128>| ListingInput {
        groups: Some(defenders_types::ListingGroupsInput {
            operator: None,
            hosting: Some("host".into()),
            jurisdiction: None,
        }),
        max_tokens: max_tokens.map(Uint128::new),
        ..listing(validator)
    };
    suite.list_as(vec![grouped(&low, None), grouped(&sibling, None)]);
    let mut suite = fund(suite);
    let lower = Some(60 * TOKEN);
    suite.list_as(vec![grouped(&low, lower), grouped(&sibling, lower)]);

    let told = explain(&suite, &low);

    assert_eq!(told.target.u128(), 60 * TOKEN);
    assert_eq!(told.binding, Some(CapName::OwnerMaximum));
    assert!(
        told.caps
            .contains(&cap(CapName::OwnerMaximum, 60, 100, true))
    );
    let group = told
        .caps
        .iter()
        .find(|it| it.cap == CapName::Group)
        .unwrap();
    assert_eq!(group.group.as_deref(), Some("hosting host"));
    assert_eq!(group.held.u128(), 200 * TOKEN);
    assert!(!group.binds);
}

#[test]
fn drained_validator_is_told_what_would_clear_it() {
    let mut suite = funded();
    let leaving = suite.listed[0].clone();
    suite.drain(std::slice::from_ref(&leaving));

    let told = explain(&suite, &leaving);

    assert!(!told.eligible);
    assert_eq!(told.exclusion, Some(Exclusion::Draining));
    assert_eq!(told.target.u128(), 0);
    assert_eq!(
        told.cleared_by.as_deref(),
        Some("the owner lists it (again)")
    );
    assert_eq!(told.room.u128(), 0);
}

#[test]
fn unknown_validator_is_not_explained() {
    let suite = funded();
    let unknown = suite.validators[0].clone();
    let asked = suite.try_query::<ExplainResponse>(&QueryMsg::Explain {
        validator: unknown.clone(),
    });
    let text = asked.unwrap_err().text;
    assert!(text.contains(&format!("{unknown} is not listed")), "{text}");
}

#[test]
fn health_of_a_funded_vault_by_hand() {
    let mut suite = funded();
    let told = health(&suite);

    assert_eq!(told.total_assets.u128(), 1000 * TOKEN);
    assert_eq!(told.evacuable.u128(), 1000 * TOKEN);
    assert_eq!((told.locked.u128(), told.locked_until), (0, None));
    assert_eq!(told.budgets.epoch, suite.now() / EPOCH);
    assert_eq!(told.budgets.ends_at, (suite.now() / EPOCH + 1) * EPOCH);
    assert_eq!(told.budgets.worth.u128(), 1000 * TOKEN);
    assert_eq!(told.budgets.quality_left.u128(), 75 * TOKEN);
    assert_eq!(told.budgets.emergency_left.u128(), 100 * TOKEN);
    assert_eq!(told.budgets.by_owner_left.u128(), 50 * TOKEN);
    assert_eq!((told.unplaced.u128(), told.unplaced_because), (0, None));
    // 12.5 % of 1000 less 105
    let least = told.least_slack.unwrap();
    assert_eq!(least.cap, CapName::VaultShare);
    assert_eq!(least.slack.u128(), 20 * TOKEN);
    assert!(!told.powers_stale);
    assert_eq!(told.suspect, None);
    // 999 of 5 001 000: all but the seed came after the last refresh
    assert!(told.chain_share < Decimal::permille(1));
    assert_eq!(told.soft_limit, Decimal::percent(16));
    assert_eq!(told.hard_limit, Decimal::percent(22));
    // a page of refresh and one for the top, one of harvest, and four
    assert_eq!(told.ticks_a_day, 7);

    let age = told.powers_age.unwrap();
    suite.advance(HOUR);
    let later = health(&suite);
    assert_eq!(later.powers_age, Some(age + HOUR));
    assert_eq!(later.book_age, told.book_age + HOUR);
    suite.advance(2 * DAY);
    assert!(health(&suite).powers_stale);
}

#[test]
fn health_tells_what_has_no_place_and_what_is_left_of_the_budgets() {
    let mut suite = funded_from(SuiteBuilder::base().without_quality_moves());
    let maxima = suite.listed.iter().map(|it| with_maximum(it, 80 * TOKEN));
    suite.list_as(maxima.collect());

    let told = health(&suite);

    assert_eq!(told.unplaced.u128(), 200 * TOKEN);
    let because = told.unplaced_because.unwrap();
    assert_eq!(because, "validators by what binds them: 10 owner_maximum");
    // nine are above, by 25 each; nobody but the last one takes any, and a call makes three moves
    let outcome = suite.tick(Job::Rebalance);
    let moved = total(&moves_at(0, &outcome));
    assert!(0 < moved && moved <= 25 * TOKEN, "{moved}");
    let budgets = health(&suite).budgets;
    assert_eq!(budgets.by_owner_left.u128(), 50 * TOKEN - moved);
    assert_eq!(budgets.emergency_left.u128(), 100 * TOKEN - moved);
}

#[test]
fn pages_of_validators_tell_what_binds_and_who_is_left() {
    let mut suite = funded();
    let (low, leaving, jailed) = (
        suite.listed[0].clone(),
        suite.listed[1].clone(),
        suite.listed[2].clone(),
    );
    suite.list_as(vec![with_maximum(&low, 60 * TOKEN)]);
    suite.drain(std::slice::from_ref(&leaving));
    suite.faults().jail(&jailed);
    for _ in 0..2 {
        suite.advance(BLOCK); // its last votes come in
    }
    suite.advance(DAY);
    refresh(&mut suite);

    for info in suite.validator_infos() {
        let told = explain(&suite, &info.validator);
        assert_eq!(info.binding, told.binding);
        assert_eq!(info.target, told.target);
        let (status, binding) = match &info.validator {
            it if *it == low => (ValidatorStatus::Eligible, Some(CapName::OwnerMaximum)),
            it if *it == leaving => (ValidatorStatus::Leaving, Some(CapName::Ineligible)),
            it if *it == jailed => (ValidatorStatus::Waiting, Some(CapName::Ineligible)),
            // 940 tokens over seven, 15.6 % of 1000 at most
            _ => (ValidatorStatus::Eligible, None),
        };
        assert_eq!((info.status, info.binding), (status, binding), "{info:#?}");
    }
}
