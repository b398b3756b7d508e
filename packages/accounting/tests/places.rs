//! Every move of money changes exactly the places that it names, and gives an error when there is less.
#![allow(clippy::unwrap_used)] // a test may stop where it stands

use cosmwasm_std::Uint128;
use defenders_accounting::{AccountingError, Money};

fn n(number: u128) -> Uint128 {
    Uint128::new(number)
}

/// A thousand in every place.
fn full() -> Money {
    Money {
        idle: n(1_000),
        claimable: n(1_000),
        fees_owed: n(1_000),
        awaiting_settlement: n(1_000),
        bonded: n(1_000),
        restaking: n(1_000),
        marked_down: n(1_000),
        unbonding: n(1_000),
        ..Money::default()
    }
}

type Move = fn(&mut Money, Uint128) -> Result<(), AccountingError>;
type Change = fn(&mut Money);

/// Moves 7, and what a thousand everywhere becomes.
const MOVES: [(&str, Move, Change); 18] = [
    ("receive", Money::receive, |m| m.idle = n(1_007)),
    ("delegate", Money::delegate, |m| {
        (m.idle, m.bonded) = (n(993), n(1_007));
    }),
    ("undo_delegate", Money::undo_delegate, |m| {
        (m.idle, m.bonded) = (n(1_007), n(993));
    }),
    ("undelegate_for_batch", Money::undelegate_for_batch, |m| {
        (m.bonded, m.unbonding) = (n(993), n(1_007));
    }),
    (
        "undo_undelegate_for_batch",
        Money::undo_undelegate_for_batch,
        |m| (m.bonded, m.unbonding) = (n(1_007), n(993)),
    ),
    (
        "undelegate_for_restake",
        Money::undelegate_for_restake,
        |m| (m.bonded, m.restaking) = (n(993), n(1_007)),
    ),
    (
        "undo_undelegate_for_restake",
        Money::undo_undelegate_for_restake,
        |m| (m.bonded, m.restaking) = (n(1_007), n(993)),
    ),
    (
        "adjust_unbonding down",
        |m, tokens| m.adjust_unbonding(tokens, n(0)),
        |m| m.unbonding = n(993),
    ),
    (
        "adjust_unbonding up",
        |m, tokens| m.adjust_unbonding(n(0), tokens),
        |m| m.unbonding = n(1_007),
    ),
    ("set_aside", Money::set_aside, |m| {
        (m.idle, m.claimable) = (n(993), n(1_007));
    }),
    (
        "settle_for_batch",
        |m, tokens| m.settle_for_batch(tokens, n(5)),
        |m| (m.unbonding, m.claimable) = (n(993), n(1_005)),
    ),
    ("mark_down", Money::mark_down, |m| m.marked_down = n(1_007)),
    ("await_settlement", Money::await_settlement, |m| {
        m.awaiting_settlement = n(1_007);
    }),
    ("end_wait", Money::end_wait, |m| {
        m.awaiting_settlement = n(993);
    }),
    ("pay_claim", Money::pay_claim, |m| m.claimable = n(993)),
    ("release_remainder", Money::release_remainder, |m| {
        (m.claimable, m.idle) = (n(993), n(1_007));
    }),
    ("owe_fee", Money::owe_fee, |m| m.fees_owed = n(1_007)),
    ("pay_fee_owed", Money::pay_fee_owed, |m| {
        m.fees_owed = n(993);
    }),
];

#[test]
fn each_move_changes_its_places_and_no_other() {
    for (name, make, change) in MOVES {
        let (mut moved, mut expected) = (full(), full());
        make(&mut moved, n(7)).unwrap();
        change(&mut expected);
        assert_eq!(moved, expected, "{name}");
    }
}

#[test]
fn nothing_is_taken_that_is_not_there() {
    let takes = MOVES.iter().filter(|(_, make, change)| {
        let (mut before, mut after) = (full(), full());
        make(&mut before, n(7)).unwrap();
        change(&mut after);
        let places = |m: &Money| {
            [
                m.idle,
                m.claimable,
                m.fees_owed,
                m.awaiting_settlement,
                m.bonded,
                m.restaking,
                m.marked_down,
                m.unbonding,
            ]
        };
        places(&after).iter().any(|place| *place < n(1_000))
    });
    let mut count = 0;
    for (name, make, _) in takes {
        assert!(make(&mut full(), n(1_001)).is_err(), "{name}");
        count += 1;
    }
    assert_eq!(count, 13);
}

#[test]
fn what_the_bank_has_beyond_what_has_an_owner_is_surplus() {
    let money = Money {
        idle: n(1),
        claimable: n(20),
        fees_owed: n(300),
        awaiting_settlement: n(4_000),
        ..full()
    };
    assert_eq!(money.owned_balance(), Ok(n(4_321)));
    assert_eq!(money.surplus(n(5_000)), Ok(n(679)));
    assert_eq!(money.surplus(n(4_000)), Ok(n(0)));
}
