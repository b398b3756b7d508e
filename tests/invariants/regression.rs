//! Histories that found a fault once, shrunk and named.

use defenders_suite::trials::everyone_leaves;
use defenders_suite::{DAY, TOKEN};

use crate::action::{Action, Setup};
use crate::perform::{begin, perform};

fn replay(setup: Setup, actions: &[Action]) {
    let mut suite = begin(&setup);
    for action in actions {
        perform(&mut suite, action);
    }
    everyone_leaves(&mut suite).unwrap();
}

#[test]
fn relisted_validator_narrows_the_cap_in_force_for_the_next_deposit() {
    let setup = Setup {
        others: 1_000_000,
        roomy: false,
        unbonding_days: 21,
        listed: vec![1_000, 2_635, 1_000],
        min_delegation: TOKEN,
        messages_per_deposit: 2,
        messages_per_piece: 1,
        harvest_page: 1,
        first_deposit: 0,
        testing: false,
        coins: false,
    };
    let deposit = |tokens| Action::Deposit { user: 0, tokens };
    let actions = [
        Action::ManyUsersOneBlock {
            user: 0,
            tokens: 1_400_001,
            part: 1,
        },
        deposit(1),
        Action::Drain { validator: 0 },
        deposit(2_631_762_486),
        Action::Tick { job: None },
        Action::List { validator: 0 },
        Action::Wait { seconds: 36 * DAY },
        Action::Keep,
        deposit(1),
    ];
    replay(setup, &actions);
}

#[test]
fn full_exit_from_a_slashed_validator_that_shows_a_unit_too_much() {
    let setup = Setup {
        others: 1_000_000,
        roomy: false,
        unbonding_days: 21,
        listed: vec![17_034, 42_498, 120_965, 21_055, 15_207],
        min_delegation: 20 * TOKEN,
        messages_per_deposit: 0,
        messages_per_piece: 1,
        harvest_page: 1,
        first_deposit: 0,
        testing: false,
        coins: false,
    };
    let deposit = |user, tokens| Action::Deposit { user, tokens };
    let slash = |percent| Action::Slash {
        validator: 2,
        percent,
        blocks_ago: 0,
    };
    let actions = [
        Action::ManyUsersOneBlock {
            user: 0,
            tokens: 155_552_109,
            part: 1,
        },
        slash(51),
        Action::Tick { job: None },
        slash(23),
        Action::Drain { validator: 3 },
        deposit(3, 1_456_481_534),
        Action::Request {
            user: 3,
            recipient: 0,
            part: 569,
        },
        Action::DoubleSign {
            validator: 1,
            blocks_ago: 0,
        },
        deposit(0, 1_489_018_745),
        Action::Cancel { user: 1 },
        deposit(0, 2_244_533),
        Action::Wait { seconds: DAY },
        Action::Reward {
            tokens: 1_057_328_000_000,
        },
        Action::Keep,
        deposit(0, 28_323_219),
    ];
    replay(setup, &actions);
}
