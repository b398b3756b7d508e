//! Hand-made events: what is a move, of which epoch and budget.

use super::*;
use cosmwasm_std::Decimal;

fn event(name: &str, attributes: &[(&str, &str)]) -> Event {
    Event::new(format!("wasm-vault/{name}"))
        .add_attribute("_contract_address", "vault")
        .add_attributes(attributes.iter().copied())
}

fn rebalanced() -> Event {
    event("ticked", &[("job", "rebalance")])
}

fn redelegated(source: &str, destination: &str, tokens: &str, reason: &str) -> Event {
    let attributes = [
        ("source", source),
        ("destination", destination),
        ("tokens", tokens),
        ("reason", reason),
        ("completion_time", "1600000000000000000"),
    ];
    event("redelegated", &attributes)
}

fn undelegated(validator: &str, tokens: &str, more: &[(&str, &str)]) -> Event {
    let attributes = [("validator", validator), ("tokens", tokens)];
    event("undelegated", &[&attributes[..], more].concat())
}

/// Totals of a vault with so many tokens in the price, and so many locked beside.
fn totals(total_assets: u128, locked_profit: u128) -> TotalsResponse {
    let zero = Uint128::zero();
    TotalsResponse {
        total_assets: total_assets.into(),
        bonded: zero,
        idle: zero,
        restaking: zero,
        restaking_at_marks: zero,
        marked_down: zero,
        locked_profit: locked_profit.into(),
        unbonding: zero,
        claimable: zero,
        awaiting_settlement: zero,
        fees_owed: zero,
        reserve: zero,
        total_shares: zero,
        seed_shares: zero,
        escrow_shares: zero,
        capacity: zero,
        external_bonded: zero,
        synced_at: 0,
        doubt: None,
        refreshed_at: None,
        powers_stale: true,
        vault_share_cap_in_force: Decimal::percent(10),
    }
}

/// A moment of a day, counted from 1, of a chain whose first day begins an epoch.
fn moment(day: u32, total_assets: u128) -> Moment {
    Moment {
        day,
        now: 1_000 * EPOCH + u64::from(day - 1) * DAY + 7,
        before: totals(total_assets, 0),
    }
}

fn book(calls: &[(u32, u128, &[Event])]) -> Moves {
    let mut moves = Moves::default();
    for (day, worth, events) in calls {
        let moment = moment(*day, *worth);
        moves.book(events, "vault", &moment).unwrap();
    }
    moves
}

fn epoch(day: u32, worth: u128, quality: u128, emergency: u128) -> EpochRow {
    EpochRow {
        day,
        worth: worth.into(),
        quality: quality.into(),
        emergency: emergency.into(),
    }
}

#[test]
fn moves_are_told_with_source_destination_and_reason() {
    let restake = [("restake", "true"), ("reason", "unbonded")];
    let moves = book(&[(
        3,
        1_000,
        &[
            redelegated("a", "b", "30", "quality"),
            undelegated("c", "20", &restake),
            rebalanced(),
        ],
    )]);
    let told = serde_json::to_value(&moves.rows).unwrap();
    let expected = serde_json::json!([
        { "day": 3, "source": "a", "destination": "b", "tokens": "30", "reason": "quality" },
        { "day": 3, "source": "c", "destination": null, "tokens": "20", "reason": "unbonded" },
    ]);
    assert_eq!(told, expected);
    assert_eq!(moves.epochs(), [epoch(3, 1_000, 30, 20)]);
}

#[test]
fn every_reason_is_paid_from_its_budget() {
    let budget = |reason: &str| {
        let moves = book(&[(1, 9, &[redelegated("a", "b", "1", reason)])]);
        let epoch = moves.epochs().remove(0);
        (epoch.quality.u128(), epoch.emergency.u128())
    };
    for reason in ["quality", "own_maximum"] {
        assert_eq!(budget(reason), (1, 0), "{reason}");
    }
    for reason in [
        "tombstoned",
        "jailed",
        "unbonded",
        "drained",
        "ended",
        "ineligible",
        "above_cap",
    ] {
        assert_eq!(budget(reason), (0, 1), "{reason}");
    }
}

#[test]
fn epochs_are_five_days_and_worth_what_their_first_move_saw() {
    let moved = |tokens: &str| redelegated("a", "b", tokens, "quality");
    let moves = book(&[
        (1, 1_000, &[moved("10")]),
        (5, 2_000, &[moved("11"), moved("12")]),
        (6, 3_000, &[moved("13")]),
        (6, 4_000, &[]),
        (21, 5_000, &[redelegated("a", "b", "14", "jailed")]),
    ]);
    // 10 + 11 + 12 in days 1 to 5, 13 in 6 to 10, 14 in 21 to 25
    let expected = [
        epoch(1, 1_000, 33, 0),
        epoch(6, 3_000, 13, 0),
        epoch(21, 5_000, 0, 14),
    ];
    assert_eq!(moves.epochs(), expected);
}

#[test]
fn worth_is_what_the_call_found_when_it_synchronised() {
    let synced = |gained: &str, lost: &str| {
        event(
            "synced",
            &[("gained", gained), ("lost", lost), ("bonded", "9")],
        )
    };
    let worth = |locked: u128, synced: Event| {
        let moment = Moment {
            before: totals(1_000, locked),
            ..moment(1, 0)
        };
        let mut moves = Moves::default();
        let events = [synced, redelegated("a", "b", "1", "quality")];
        moves.book(&events, "vault", &moment).unwrap();
        moves.epochs()[0].worth.u128()
    };
    assert_eq!(worth(0, synced("3", "0")), 1_003);
    assert_eq!(worth(0, synced("0", "40")), 960);
    assert_eq!(worth(30, synced("0", "40")), 990); // 40 - 30 of locked profit
    assert_eq!(worth(50, synced("0", "40")), 1_000);
}

#[test]
fn undelegations_for_batches_and_for_the_seeds_test_are_no_moves() {
    let moves = book(&[
        (1, 9, &[undelegated("a", "5", &[("batch_id", "1")])]),
        (1, 9, &[undelegated("a", "5", &[("restake", "true")])]),
    ]);
    assert_eq!(moves.rows, []);
    assert_eq!(moves.epochs(), []);
    // a rebalance that gives no reason empties drained validators
    let restake = [("restake", "true")];
    let drained = [undelegated("a", "5", &restake), rebalanced()];
    assert_eq!(book(&[(1, 9, &drained)]).rows[0].reason, "drained");
}

#[test]
fn move_of_another_contract_is_none_and_one_without_its_amount_an_error() {
    let foreign = Event::new("wasm-vault/redelegated")
        .add_attribute("_contract_address", "impostor")
        .add_attribute("source", "a");
    assert_eq!(book(&[(1, 9, &[foreign])]).rows, []);
    let mut moves = Moves::default();
    let broken = event("redelegated", &[("source", "a"), ("destination", "b")]);
    let error = moves.book(&[broken], "vault", &moment(1, 9)).unwrap_err();
    assert_eq!(format!("{error:#}"), "attribute tokens is missing");
}
