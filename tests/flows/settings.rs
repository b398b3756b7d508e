//! The owner changes settings.
//!
//! Succeeds when all of it acts at once before the first deposit, and afterwards what is good for every
//! depositor; everything else acts when the exit delay is over, by anyone's call.
//!
//! Fails when a change is not in the table, out of its bounds, early, late, cancelled or too many; when a
//! stranger changes or cancels one, and when a message has reached its own end.

use cosmwasm_std::{Decimal, Uint128};
use defenders_suite::chain::TxResult;
use defenders_suite::{DAY, Suite, SuiteBuilder, TOKEN, event};
use defenders_types::{
    Change, ChangeInfo, ChangesResponse, ExecuteMsg, Job, PowerSource, QueryMsg, SettingInput,
    WorstCaseResponse,
};

use crate::fixture::funded;

/// A proposal to give settings these values.
pub fn propose(suite: &mut Suite, settings: &[(&str, Option<&str>)]) -> TxResult {
    let owner = suite.owner.clone();
    propose_as(suite, &owner, settings, None)
}

fn propose_as(
    suite: &mut Suite,
    sender: &str,
    settings: &[(&str, Option<&str>)],
    valid_until: Option<u64>,
) -> TxResult {
    let input = |(name, value): &(&str, Option<&str>)| SettingInput {
        name: (*name).into(),
        value: value.map(Into::into),
    };
    let settings = settings.iter().map(input).collect();
    let msg = ExecuteMsg::ProposeSettings {
        settings,
        valid_until,
    };
    suite.execute(sender, &msg, vec![])
}

fn apply(suite: &mut Suite, id: u64) -> TxResult {
    let stranger = suite.user("stranger");
    suite.execute(&stranger, &ExecuteMsg::ApplyChange { id }, vec![])
}

fn cancel_as(suite: &mut Suite, sender: &str, id: u64) -> TxResult {
    let msg = ExecuteMsg::CancelChange {
        id,
        valid_until: None,
    };
    suite.execute(sender, &msg, vec![])
}

fn changes(suite: &Suite) -> ChangesResponse {
    suite.query(&QueryMsg::Changes {})
}

fn ids(suite: &Suite) -> Vec<u64> {
    changes(suite).changes.iter().map(|it| it.id).collect()
}

/// Nobody has deposited yet.
fn unfunded() -> Suite {
    SuiteBuilder::base().build()
}

fn changed(name: &str, old: &str, new: &str) -> cosmwasm_std::Event {
    event(
        "setting_changed",
        [("name", &name), ("old", &old), ("new", &new)],
    )
}

fn dropped(id: u64) -> cosmwasm_std::Event {
    event("change_dropped", [("id", &id)])
}

/// The longest unbonding time, two batch periods and a week.
const EXIT_DELAY: u64 = (21 + 2 + 7) * DAY;

#[test]
fn before_the_first_deposit_all_acts_at_once_in_one_proposal() {
    let mut suite = unfunded();
    let guardian = suite.user("guardian");
    let told = propose(
        &mut suite,
        &[
            ("performance_fee_rate", Some("0.08")),
            ("floor", Some("0.5")),
            ("vault_share_cap", Some("0.2")),
            ("exit_slack", Some("864000")),
            ("guardian", Some(&guardian)),
            ("power_source", Some("rank:60")),
        ],
    );
    let told = told.unwrap();

    let config = suite.config();
    assert_eq!(config.fee.performance_fee_rate, Decimal::percent(8));
    assert_eq!(config.policy.floor, Decimal::percent(50));
    assert_eq!(config.policy.vault_share_cap, Decimal::percent(20));
    assert_eq!(config.exit_slack, 10 * DAY);
    assert_eq!(config.guardian, Some(guardian.clone()));
    assert_eq!(config.power_source, PowerSource::Rank { least_rank: 60 });
    // in the order of the table
    assert_eq!(
        told.vault_events(),
        vec![
            changed("vault_share_cap", "0.1", "0.2"),
            changed("floor", "0.25", "0.5"),
            changed("performance_fee_rate", "0.1", "0.08"),
            changed("exit_slack", "604800", "864000"),
            changed("power_source", "grpc", "rank:60"),
            changed("guardian", "", &guardian),
        ]
    );
    assert!(suite.job(Job::Refresh).due);
    let known = changes(&suite);
    assert!(!known.has_depositors && known.changes.is_empty());
}

#[test]
fn caps_of_a_source_that_tells_no_powers_are_not_in_force_any_more() {
    let mut suite = unfunded();
    assert!(suite.config().caps_not_in_force.is_empty());
    propose(&mut suite, &[("power_source", Some("rank:60"))]).unwrap();
    assert_eq!(
        suite.config().caps_not_in_force,
        ["chain_share_cap", "match_cap"]
    );
}

#[test]
fn first_deposit_ends_that_for_ever() {
    let mut suite = funded();
    let alice = suite.user("alice");
    assert!(changes(&suite).has_depositors);
    let shares = suite.shares(&alice);
    suite.request(&alice, shares);
    suite.keep_for_days(2);
    assert!(changes(&suite).has_depositors);
    propose(&mut suite, &[("max_commission_rate", Some("0.12"))]).unwrap();
    assert_eq!(
        suite.config().policy.max_commission_rate,
        Decimal::percent(10)
    );
    assert_eq!(ids(&suite), [0]);
}

#[test]
fn what_is_good_for_every_depositor_acts_at_once() {
    let mut suite = funded();
    let before = suite.totals().capacity;
    let told = propose(
        &mut suite,
        &[
            ("performance_fee_rate", Some("0.02")),
            ("chain_share_cap", Some("0.02")),
            ("max_commission_rate", Some("0.06")),
            ("commission_return_period", Some("5184000")),
            ("exit_slack", Some("2592000")),
        ],
    );
    assert_eq!(told.unwrap().named("setting_changed").len(), 5);
    let config = suite.config();
    assert_eq!(config.fee.performance_fee_rate, Decimal::percent(2));
    assert_eq!(config.policy.chain_share_cap, Some(Decimal::percent(2)));
    assert!(suite.totals().capacity < before);
    assert!(changes(&suite).changes.is_empty());
    assert_eq!(changes(&suite).exit_delay, (21 + 2 + 30) * DAY);
}

#[test]
fn stricter_policy_counts_at_the_next_call_without_a_new_reading() {
    let mut suite = funded();
    let high = suite.listed[0].clone();
    suite.chain.set_commission(&high, Decimal::percent(8));
    suite.keep_for_days(1);
    assert!(suite.validator_info(&high).exclusion.is_none());
    let read_at = suite.totals().refreshed_at;

    propose(&mut suite, &[("max_commission_rate", Some("0.07"))]).unwrap();
    assert!(suite.validator_info(&high).exclusion.is_some());
    assert_eq!(suite.totals().refreshed_at, read_at);
}

#[test]
fn everything_else_waits_and_anyone_applies_it() {
    let mut suite = funded();
    let told = propose(
        &mut suite,
        &[
            ("max_commission_rate", Some("0.12")),
            ("floor", Some("0.2")),
            ("chain_share_cap", Some("0.02")),
        ],
    );
    let due_at = suite.now() + EXIT_DELAY;
    let scheduled = |id: u64, what: &str| {
        event(
            "change_scheduled",
            [("id", &id), ("what", &what), ("due_at", &due_at)],
        )
    };
    assert_eq!(
        told.unwrap().vault_events(),
        vec![
            scheduled(0, "max_commission_rate"),
            scheduled(1, "floor"),
            changed("chain_share_cap", "0.03", "0.02"),
        ]
    );
    let wanted = ChangeInfo {
        id: 0,
        change: Change::Setting {
            name: "max_commission_rate".into(),
            now: Some("0.1".into()),
            then: Some("0.12".into()),
        },
        scheduled_at: suite.now(),
        due_at,
        expires_at: due_at + 14 * DAY,
    };
    assert_eq!(changes(&suite).changes[0], wanted);

    suite.advance(EXIT_DELAY - 60);
    let early = apply(&mut suite, 0).unwrap_err();
    assert!(early.says("may be applied from"), "{}", early.text);
    suite.advance(60);
    let told = apply(&mut suite, 0).unwrap();
    assert_eq!(
        told.vault_events(),
        vec![
            event("change_applied", [("id", &0)]),
            changed("max_commission_rate", "0.1", "0.12"),
        ]
    );
    assert_eq!(
        suite.config().policy.max_commission_rate,
        Decimal::percent(12)
    );
    assert_eq!(ids(&suite), [1]);
    let again = apply(&mut suite, 0).unwrap_err();
    assert!(again.says("no change 0 is scheduled"), "{}", again.text);
}

#[test]
fn change_that_nobody_applies_in_two_weeks_is_gone() {
    let mut suite = funded();
    propose(&mut suite, &[("floor", Some("0.2"))]).unwrap();
    suite.advance(EXIT_DELAY + 14 * DAY);
    let late = apply(&mut suite, 0).unwrap_err();
    assert!(late.says("schedule it again"), "{}", late.text);
    let told = propose(&mut suite, &[("floor", Some("0.3"))]).unwrap();
    assert!(told.vault_events().contains(&dropped(0)));
    assert_eq!(ids(&suite), [1]);
}

#[test]
fn repeating_a_change_shortens_no_wait_and_two_of_one_setting_do_not_add_up() {
    let mut suite = funded();
    propose(&mut suite, &[("floor", Some("0.3"))]).unwrap();
    suite.advance(10 * DAY);
    let told = propose(&mut suite, &[("floor", Some("0.4"))]).unwrap();
    assert!(told.vault_events().contains(&dropped(0)));
    let known = changes(&suite).changes;
    assert_eq!(known.len(), 1);
    assert_eq!(known[0].due_at, suite.now() + EXIT_DELAY);
}

#[test]
fn tightening_cancels_what_waits_for_the_same() {
    let mut suite = funded();
    propose(&mut suite, &[("max_commission_rate", Some("0.12"))]).unwrap();
    let told = propose(&mut suite, &[("max_commission_rate", Some("0.08"))]).unwrap();
    assert_eq!(
        told.vault_events(),
        vec![dropped(0), changed("max_commission_rate", "0.1", "0.08")]
    );
    assert!(ids(&suite).is_empty());
}

#[test]
fn longer_of_both_delays_counts() {
    let mut suite = funded();
    propose(&mut suite, &[("floor", Some("0.3"))]).unwrap();
    let due_at = changes(&suite).changes[0].due_at;
    propose(&mut suite, &[("exit_slack", Some("2592000"))]).unwrap();
    assert_eq!(changes(&suite).changes[0].due_at, due_at + 23 * DAY);
    suite.advance(EXIT_DELAY);
    apply(&mut suite, 0).unwrap_err();
    suite.advance(23 * DAY);
    apply(&mut suite, 0).unwrap();
}

#[test]
fn owner_and_guardian_cancel_and_the_guardian_not_its_own_replacement() {
    let mut suite = unfunded();
    let (guardian, bob) = (suite.user("guardian"), suite.user("bob"));
    propose(&mut suite, &[("guardian", Some(&guardian))]).unwrap();
    let alice = suite.user_with("alice", 100 * TOKEN);
    suite.keep();
    suite.deposit(&alice, 100 * TOKEN);
    propose(
        &mut suite,
        &[
            ("floor", Some("0.3")),
            ("guardian", Some(&bob)),
            ("batch_period", Some("3600")),
        ],
    )
    .unwrap();

    let refusal = cancel_as(&mut suite, &bob, 0).unwrap_err();
    assert!(refusal.says("only the owner"), "{}", refusal.text);
    let refusal = cancel_as(&mut suite, &guardian, 1).unwrap_err();
    assert!(refusal.says("is about the guardian"), "{}", refusal.text);
    let told = cancel_as(&mut suite, &guardian, 0).unwrap();
    let cancelled = event("change_cancelled", [("id", &"0"), ("by", &guardian)]);
    assert_eq!(told.vault_events(), vec![cancelled]);
    let owner = suite.owner.clone();
    cancel_as(&mut suite, &owner, 2).unwrap();
    assert_eq!(ids(&suite), [1]);
}

#[test]
fn twenty_wait_at_most() {
    let mut suite = funded();
    let settings = [
        "floor",
        "min_delegation",
        "keeper_bounty_share",
        "turnover_quality",
        "turnover_emergency",
        "operator_cap",
        "hosting_cap",
        "jurisdiction_cap",
        "vault_share_cap",
        "max_commission_rate",
    ];
    let shares = [
        "0.3", "500000", "0.5", "0.2", "0.05", "0.15", "0.3", "0.6", "0.15", "0.15",
    ];
    let first: Vec<_> = settings
        .iter()
        .zip(shares)
        .map(|(name, to)| (*name, Some(to)))
        .collect();
    propose(&mut suite, &first).unwrap();
    let numbers = [
        ("batch_period", "7200"),
        ("profit_unlock_period", "7200"),
        ("harvest_period", "7200"),
        ("refresh_period", "7200"),
        ("book_max_age", "7200"),
        ("retry_after", "7200"),
        ("max_messages_per_deposit", "2"),
        ("max_messages_per_piece", "4"),
        ("max_messages_per_invest", "4"),
        ("max_moves", "2"),
    ];
    let second: Vec<_> = numbers
        .iter()
        .map(|(name, to)| (*name, Some(*to)))
        .collect();
    propose(&mut suite, &second).unwrap();
    assert_eq!(ids(&suite).len(), 20);
    let refusal = propose(&mut suite, &[("harvest_page", Some("7"))]).unwrap_err();
    assert!(
        refusal.says("20 changes are scheduled already"),
        "{}",
        refusal.text
    );
    // one in the place of another is no more than before
    propose(&mut suite, &[("floor", Some("0.4"))]).unwrap();
}

#[test]
fn what_no_setting_may_be_is_refused_and_changes_nothing() {
    let mut suite = funded();
    let (vault, before) = (suite.vault.clone(), suite.config());
    for (name, value, says) in [
        ("floors", Some("0.1"), "no setting is named floors"),
        (
            "floor",
            Some("1.1"),
            "floor must be between 0 and 1, got 1.1",
        ),
        ("floor", Some("x"), "floor must be a share"),
        (
            "floor",
            None,
            "floor must be a share such as 0.05, got nothing",
        ),
        (
            "performance_fee_rate",
            Some("0.11"),
            "must be between 0 and 0.1",
        ),
        (
            "chain_share_cap",
            Some("0.051"),
            "must be between 0.005 and 0.05",
        ),
        ("chain_share_cap", None, "chain_share_cap must have a value"),
        (
            "exit_slack",
            Some("604799"),
            "must be between 604800 and 2592000",
        ),
        (
            "batch_period",
            Some("604801"),
            "must be between 1 and 604800",
        ),
        ("minimum_seed", Some("2000000"), "minimum_seed is fixed"),
        ("attester", Some("cosmwasm1x"), ""),
        ("guardian", Some(&*vault), "is the vault or its reward pot"),
        ("fee_recipient", Some("x"), ""),
        (
            "min_delegation",
            Some("9999999999999"),
            "min_delegation may be changed to at most",
        ),
    ] {
        let refusal = propose(&mut suite, &[(name, value)]).unwrap_err();
        assert!(refusal.says(says), "{name} {value:?}: {}", refusal.text);
    }
    let twice = [("floor", Some("0.2")), ("floor", Some("0.3"))];
    let refusal = propose(&mut suite, &twice).unwrap_err();
    assert!(refusal.says("floor is named twice"), "{}", refusal.text);
    propose(&mut suite, &[]).unwrap_err();
    assert_eq!(suite.config(), before);
    assert!(ids(&suite).is_empty());
}

#[test]
fn strangers_and_late_messages_change_nothing() {
    let mut suite = funded();
    let (owner, bob) = (suite.owner.clone(), suite.user("bob"));
    let lower = [("performance_fee_rate", Some("0.01"))];
    let refusal = propose_as(&mut suite, &bob, &lower, None).unwrap_err();
    assert!(refusal.says("only the owner"), "{}", refusal.text);
    let now = suite.now();
    let refusal = propose_as(&mut suite, &owner, &lower, Some(now)).unwrap_err();
    assert!(
        refusal.says("the message was valid until"),
        "{}",
        refusal.text
    );
    propose_as(&mut suite, &owner, &lower, Some(now + DAY)).unwrap();
}

#[test]
fn change_is_judged_again_when_it_is_applied() {
    let mut suite = unfunded();
    let alice = suite.user_with("alice", 20_000 * TOKEN);
    suite.keep();
    suite.deposit(&alice, 20_000 * TOKEN);
    // 0.01 % of what is placed
    propose(&mut suite, &[("min_delegation", Some("1900000"))]).unwrap();
    let shares = suite.shares(&alice) / 2;
    suite.request(&alice, shares);
    suite.keep_for_days(36); // one validator alone has long batch periods
    let refusal = apply(&mut suite, 0).unwrap_err();
    assert!(
        refusal.says("may be changed to at most"),
        "{}",
        refusal.text
    );
    assert_eq!(
        suite.config().parameters.min_delegation,
        Uint128::new(TOKEN)
    );
}

#[test]
fn worst_case_of_a_stolen_owner_is_told() {
    let suite = funded();
    let worst: WorstCaseResponse = suite.query(&QueryMsg::WorstCase {});
    assert_eq!(worst.exit_delay, EXIT_DELAY);
    assert_eq!(worst.epochs, 7);
    assert_eq!(worst.share_per_epoch, Decimal::percent(5));
    assert_eq!(worst.share, Decimal::percent(35));
    let worth = suite.totals().total_assets;
    assert_eq!(worst.tokens, worth.mul_ceil(Decimal::percent(35)));
}
