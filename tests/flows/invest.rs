//! Delegating idle tokens by the target rule.
//!
//! Succeeds when enough is idle above the reserve and some validator takes more: at most five
//! delegations a call, each within its slot.
//!
//! Fails (is not due) when less than a delegation is idle or nobody takes more.

use defenders_suite::{DAY, HOUR, Refused, Suite, SuiteBuilder, TOKEN, event};
use defenders_types::Job;

use crate::fixture::DEPOSIT;

/// Alice's 999 tokens and the seed are idle.
fn idle() -> Suite {
    idle_from(SuiteBuilder::base())
}

fn idle_from(builder: SuiteBuilder) -> Suite {
    let mut suite = builder.build();
    let alice = suite.user("alice");
    suite.deposit(&alice, DEPOSIT);
    suite
}

fn stakes(suite: &Suite) -> Vec<u128> {
    let stake = |v: &String| suite.validator_info(v).delegated.u128() / TOKEN;
    suite.listed.iter().map(stake).collect()
}

#[test]
fn invest_spreads_idle_tokens_over_the_slots() {
    let mut suite = idle();

    let first = suite.tick(Job::Invest);

    // H = 1000 + 5 % x 1000 tokens over ten equals are 105 each; five messages a call
    let delegated = |i: usize| {
        event(
            "delegated",
            [("validator", &suite.listed[i]), ("tokens", &(105 * TOKEN))],
        )
    };
    let mut expected = vec![event("ticked", [("job", &"invest")])];
    expected.extend((0..5).map(delegated));
    assert_eq!(first.vault_events(), expected);
    suite.tick(Job::Invest);
    assert_eq!(
        stakes(&suite),
        [105, 105, 105, 105, 105, 105, 105, 105, 105, 55]
    );
    assert_eq!(suite.totals().idle.u128(), 0);
}

#[test]
fn next_deposits_even_out_what_the_head_start_left() {
    let mut suite = idle();
    suite.keep();
    let bob = suite.user("bob");

    suite.deposit(&bob, 50 * TOKEN);
    assert_eq!(stakes(&suite)[9], 105);
}

#[test]
fn floor_comes_first_then_the_lowest_level() {
    // A listed validator of 50 000 stands below nine of 100 000. S = 4 950 000 tokens, T = 1000:
    // cap in force 12.5 % x T = 125 tokens each, floor 25 % x T / 10 = 25 each.
    let mut listed = vec![100_000 * TOKEN; 10];
    listed[4] = 50_000 * TOKEN;
    let builder = SuiteBuilder::base().with_validators(&[1_000_000 * TOKEN; 4], &listed);
    let mut suite = idle_from(builder);

    suite.keep();

    // All get their floor of 25, the small one then fills up to its cap; H = 1050 - 125 = 925
    // are shared by nine equals, 102.777777 each, the remainder by address; the last in the
    // order of the list goes short of the head start: 1000 - 125 - 8 x 102.777778 = 52.77...
    let stakes = stakes(&suite);
    assert_eq!(stakes[4], 125);
    assert!(stakes.iter().all(|tokens| *tokens >= 25), "{stakes:?}");
    assert_eq!(stakes.iter().filter(|tokens| **tokens == 102).count(), 8);
}

#[test]
fn less_than_a_delegation_stays_idle() {
    let mut suite = idle();
    suite.keep();
    let bob = suite.user("bob");
    suite.deposit(&bob, TOKEN - 1);

    let refusal = suite.try_tick(Some(Job::Invest)).unwrap_err();

    assert!(refusal.says("invest is not due"), "{}", refusal.text);
}

#[test]
fn refused_delegation_leaves_its_tokens_idle_and_goes_elsewhere() {
    let mut suite = idle();
    let refusing = suite.listed[1].clone();
    suite.refuse(&refusing, Refused::Delegate, 34);

    let outcome = suite.tick(Job::Invest);

    let refused = event(
        "refused",
        [
            ("message", &"delegate"),
            ("validator", &refusing),
            ("tokens", &(105 * TOKEN)),
            ("error", &"codespace: staking, code: 34"),
        ],
    );
    assert_eq!(outcome.named("refused"), vec![refused]);
    let info = suite.validator_info(&refusing);
    assert_eq!(info.delegated.u128(), 0);
    assert_eq!(info.retry_at, Some(suite.now() + 6 * HOUR));
    assert_eq!(suite.rate().total_assets.u128(), 1000 * TOKEN);
    suite.keep();
    assert_eq!(stakes(&suite)[1], 0);
    assert_eq!(suite.totals().idle.u128(), 0);
}

#[test]
fn tokens_of_a_refused_delegation_are_idle_since_then() {
    let mut suite = idle();
    suite.keep();
    let bob = suite.user("bob");
    for validator in suite.listed.clone() {
        suite.refuse(&validator, Refused::Delegate, 34);
    }
    assert!(suite.deposit(&bob, 10 * TOKEN).emits("refused"));
    let refused_at = suite.now();

    suite.advance(HOUR);

    assert_eq!(suite.job(Job::Invest).due_since, Some(refused_at));
}

#[test]
fn all_refused_leaves_everything_idle_without_a_loop() {
    let mut suite = idle();
    for validator in suite.listed.clone() {
        suite.refuse(&validator, Refused::Delegate, 34);
    }

    let ticks = suite.keep().len();

    assert!(ticks <= 10, "{ticks}");
    assert_eq!(suite.totals().idle.u128(), 1000 * TOKEN);
    assert!(!suite.job(Job::Invest).due);
    suite.heal();
    suite.advance(6 * HOUR);
    suite.keep();
    assert_eq!(suite.totals().idle.u128(), 0);
}

#[test]
fn deposit_to_a_refusing_validator_keeps_its_tokens_idle() {
    let mut suite = idle();
    suite.keep();
    let next = suite.listed[9].clone();
    suite.refuse(&next, Refused::Delegate, 34);
    let bob = suite.user("bob");

    let outcome = suite.deposit(&bob, 10 * TOKEN);

    assert_eq!(outcome.named("refused").len(), 1);
    assert_eq!(suite.shares(&bob), 10 * TOKEN);
    assert_eq!(suite.totals().idle.u128(), 10 * TOKEN);
}

#[test]
fn jailed_validator_gets_nothing_after_the_next_refresh() {
    let mut suite = idle();
    let jailed = suite.listed[0].clone();
    suite.faults().jail(&jailed);
    suite.advance(DAY);
    while suite.job(Job::Refresh).due {
        suite.tick(Job::Refresh);
    }
    suite.keep();

    assert_eq!(stakes(&suite)[0], 0);
    assert_eq!(suite.totals().idle.u128(), 0);
}

#[test]
fn what_the_vault_share_cap_cannot_place_stays_idle_and_is_told() {
    // One eligible validator of two: 10 % or 1.25 / 1 of T in force, so it takes all; two of
    // twelve would be 62.5 % each. With a chain cap of 2.001 % x 4 100 000 = 82 041 < 100 000
    // nobody takes anything, and the capacity is 0.
    let policy = |p: &mut defenders_types::AllocationPolicyInput| {
        p.chain_share_cap = Some(cosmwasm_std::Decimal::permille(20));
    };
    let builder = SuiteBuilder::base().with_policy(policy);
    let mut suite = builder.build();

    suite.keep();

    assert_eq!(suite.totals().capacity.u128(), 0);
    assert_eq!(suite.totals().idle.u128(), TOKEN);
    assert!(!suite.job(Job::Invest).due);
}

#[test]
fn more_than_thirty_two_slots_are_filled_list_after_list() {
    let mut suite = idle_from(crate::leaving::hundred());

    suite.keep();

    // 1000 tokens over 100 equals: 10.5 each, by the head start of 5 %
    let infos = suite.validator_infos();
    assert_eq!(suite.totals().idle.u128(), 0);
    let holding = infos.iter().filter(|v| !v.delegated.is_zero()).count();
    assert!(holding >= 90, "{holding}");
    let most = infos.iter().map(|v| v.delegated.u128()).max().unwrap();
    assert!(most <= 11 * TOKEN, "{most}");
}
