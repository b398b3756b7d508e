//! The state machine: any setup, then any actions.

use defenders_tests::suite::Suite;
use defenders_tests::suite::invariants::everyone_leaves;
use proptest::prelude::*;
use proptest::test_runner::{Config, FileFailurePersistence};
use proptest_state_machine::{ReferenceStateMachine, StateMachineTest, prop_state_machine};

use crate::action::{Action, Setup, any_action, setup};
use crate::perform::{begin, perform};

/// Histories per run, unless `PROPTEST_CASES` says otherwise.
const HISTORIES: u32 = 300;

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

struct History;

impl StateMachineTest for History {
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
        everyone_leaves(&mut suite);
    }
}

fn config() -> Config {
    let wanted = std::env::var("PROPTEST_CASES").ok();
    Config {
        cases: wanted.and_then(|n| n.parse().ok()).unwrap_or(HISTORIES),
        max_shrink_iters: 4_000,
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct(
            "invariants/regressions.txt",
        ))),
        ..Config::default()
    }
}

prop_state_machine! {
    #![proptest_config(config())]

    #[test]
    fn invariants_hold_after_every_block_and_everyone_gets_out(sequential 60..=80 => History);
}
