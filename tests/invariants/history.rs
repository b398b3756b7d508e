//! The state machine: any setup, then any actions.

use defenders_suite::Suite;
use defenders_suite::choice::is_real;
use defenders_suite::trials::{
    applied_plan_leaves_nothing_to_do, everyone_leaves, validators_that_are_left_are_empty_in_time,
};
use proptest::prelude::*;
use proptest::test_runner::{Config, FileFailurePersistence};
use proptest_state_machine::{ReferenceStateMachine, StateMachineTest, prop_state_machine};

use crate::action::{Action, Setup, any_action, setup};
use crate::perform::{begin, perform};

/// Histories per run on the simulated chain, unless `PROPTEST_CASES` says otherwise.
const HISTORIES: u32 = 300;
/// Histories per run on the real chain, unless `HISTORIES_ON_CHAIN` says otherwise.
const HISTORIES_ON_CHAIN: u32 = 40;

/// Any action is possible at any time: the vault itself must know what to refuse.
struct Anything;

impl ReferenceStateMachine for Anything {
    type State = Setup;
    type Transition = Action;

    fn init_state() -> BoxedStrategy<Setup> {
        setup().boxed()
    }

    fn transitions(_: &Setup) -> BoxedStrategy<Action> {
        any_action().boxed()
    }

    fn apply(state: Setup, _: &Action) -> Setup {
        state
    }
}

/// The same, of vaults whose shares are coins, or a cw20.
struct AnythingWith<const COINS: bool>;

impl<const COINS: bool> ReferenceStateMachine for AnythingWith<COINS> {
    type State = Setup;
    type Transition = Action;

    fn init_state() -> BoxedStrategy<Setup> {
        let of_kind = |setup| Setup {
            coins: COINS,
            ..setup
        };
        setup().prop_map(of_kind).boxed()
    }

    fn transitions(setup: &Setup) -> BoxedStrategy<Action> {
        Anything::transitions(setup)
    }

    fn apply(state: Setup, _: &Action) -> Setup {
        state
    }
}

struct History<const COINS: bool>;

impl<const COINS: bool> StateMachineTest for History<COINS> {
    type SystemUnderTest = Suite;
    type Reference = AnythingWith<COINS>;

    fn init_test(setup: &Setup) -> Suite {
        begin(setup)
    }

    fn apply(mut suite: Suite, _: &Setup, action: Action) -> Suite {
        perform(&mut suite, &action);
        suite
    }

    fn teardown(mut suite: Suite) {
        everyone_leaves(&mut suite).unwrap();
    }
}

/// The variable that says how many, how many unless it does, where seeds are kept, and how many
/// milliseconds may go into shrinking.
fn habits() -> (&'static str, u32, &'static str, u32) {
    match is_real() {
        true => (
            "HISTORIES_ON_CHAIN",
            HISTORIES_ON_CHAIN,
            "invariants/regressions-on-chain.txt",
            600_000,
        ),
        false => ("PROPTEST_CASES", HISTORIES, "invariants/regressions.txt", 0),
    }
}

/// One in `part` of the histories.
fn config(part: u32) -> Config {
    let (variable, usual, seeds, max_shrink_time) = habits();
    let wanted = std::env::var(variable).ok();
    let wanted = wanted.map(|text| text.parse().expect(variable));
    Config {
        cases: wanted.unwrap_or(usual).div_ceil(part),
        max_shrink_iters: 4_000,
        max_shrink_time,
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct(seeds))),
        ..Config::default()
    }
}

/// The same, but in the end stake moves, and nobody leaves the vault.
struct Moves;

impl StateMachineTest for Moves {
    type SystemUnderTest = Suite;
    type Reference = Anything;

    fn init_test(setup: &Setup) -> Suite {
        begin(setup)
    }

    fn apply(mut suite: Suite, _: &Setup, action: Action) -> Suite {
        perform(&mut suite, &action);
        suite
    }

    fn teardown(mut suite: Suite) {
        validators_that_are_left_are_empty_in_time(&mut suite).unwrap();
        applied_plan_leaves_nothing_to_do(&mut suite).unwrap();
    }
}

prop_state_machine! {
    #![proptest_config(config(2))]

    #[test]
    fn invariants_hold_after_every_block_and_everyone_gets_out(sequential 60..=80 => History<false>);
}

prop_state_machine! {
    #![proptest_config(config(2))]

    #[test]
    fn so_they_do_where_shares_are_coins(sequential 60..=80 => History<true>);
}

prop_state_machine! {
    #![proptest_config(config(4))]

    #[test]
    fn validators_that_are_left_are_empty_in_time_whatever_happened(sequential 20..=40 => Moves);
}
