//! Missed signatures and double signs: when they count, what they cost, the way back.

use crate::common::*;
use cosmwasm_std::Decimal;
use staking_sim::{Params, Status};

fn small_window() -> Params {
    Params {
        signed_blocks_window: 10,
        ..Params::default()
    }
}

#[test]
fn absent_validator_is_slashed_and_jailed_once_it_missed_too_much() {
    let mut chain = builder_with(small_window(), &[("a", 300 * POWER), ("c", 100 * POWER)]).build();
    chain.set_absent(&["c".to_string()]);
    // a window of ten, of which five must be signed: six misses would do, but the window must
    // be over, which it is with the tenth vote, in the eleventh block of the chain
    for _ in 0..9 {
        chain.next_block(5);
        assert!(!chain.validator("c").unwrap().jailed);
    }
    delegate(&mut chain, &alice(), "c", 10 * POWER).unwrap();
    chain.next_block(5);
    let jailed = chain.validator("c").unwrap();
    assert!(jailed.jailed && !jailed.tombstoned);
    // 1 % of the 100 units that voted, from 110
    assert_eq!(jailed.tokens, tokens(109 * POWER));
    assert_eq!(
        jailed.jailed_until,
        chain.app.block_info().time.plus_seconds(600)
    );

    let code = chain.unjail("c").unwrap_err().to_string();
    assert_eq!(code, "codespace: slashing, code: 4");
    chain.next_block(599);
    assert!(chain.unjail("c").is_err());
    chain.next_block(1);
    chain.set_absent(&[]);
    chain.unjail("c").unwrap();
    let code = chain.unjail("c").unwrap_err().to_string();
    assert_eq!(code, "codespace: slashing, code: 5");
    chain.next_block(5);
    assert_eq!(chain.validator("c").unwrap().status, Status::Bonded);
    // the count begins anew: a window without a slash
    for _ in 0..12 {
        chain.next_block(5);
    }
    assert_eq!(chain.validator("c").unwrap().tokens, tokens(109 * POWER));
    assert_sound(&chain);
}

#[test]
fn half_of_the_window_may_be_missed() {
    let mut chain = builder_with(small_window(), &[("a", 300 * POWER), ("c", 100 * POWER)]).build();
    for round in 0..40 {
        let absent = if round % 2 == 0 {
            vec!["c".to_string()]
        } else {
            vec![]
        };
        chain.set_absent(&absent);
        chain.next_block(5);
    }
    assert!(!chain.validator("c").unwrap().jailed);
    // two misses in a row make six of ten
    chain.set_absent(&["c".to_string()]);
    chain.next_block(5);
    chain.next_block(5);
    assert!(chain.validator("c").unwrap().jailed);
}

#[test]
fn downtime_reaches_entries_of_the_last_two_blocks_only() {
    let mut chain = builder_with(small_window(), &[("a", 300 * POWER), ("c", 100 * POWER)]).build();
    delegate(&mut chain, &alice(), "c", 100 * POWER).unwrap();
    chain.set_absent(&["c".to_string()]);
    for _ in 0..6 {
        chain.next_block(5);
    }
    for _ in 0..3 {
        chain.next_block(5);
        undelegate(&mut chain, &alice(), "c", POWER).unwrap();
    }
    chain.next_block(5);
    assert!(chain.validator("c").unwrap().jailed);
    let balances: Vec<u128> = chain
        .unbonding_entries(&alice(), "c")
        .iter()
        .map(|entry| entry.balance.u128())
        .collect();
    // begun three, two and one blocks before the slash
    assert_eq!(balances, [POWER, POWER * 99 / 100, POWER * 99 / 100]);
    assert_sound(&chain);
}

#[test]
fn double_sign_slashes_since_the_infraction_and_tombstones_for_ever() {
    let mut chain = chain();
    delegate(&mut chain, &alice(), "c", 100 * POWER).unwrap();
    for _ in 0..3 {
        chain.next_block(5);
    }
    let infraction = chain.app.block_info().height;
    undelegate(&mut chain, &alice(), "c", 20 * POWER).unwrap();
    chain.next_block(DAY);
    chain.double_sign("c", infraction);
    assert!(!chain.validator("c").unwrap().jailed);
    chain.next_block(5);
    let convict = chain.validator("c").unwrap();
    assert!(convict.jailed && convict.tombstoned);
    // power at the infraction 200: 5 % is 10, of which the entry pays 1
    assert_eq!(
        chain.unbonding_entries(&alice(), "c")[0].balance,
        tokens(19 * POWER)
    );
    assert_eq!(convict.tokens, tokens((180 - 9) * POWER));

    chain.advance(400 * DAY);
    let code = chain.unjail("c").unwrap_err().to_string();
    assert_eq!(code, "codespace: slashing, code: 4");
    // a second conviction does nothing
    chain.double_sign("c", infraction);
    chain.next_block(5);
    assert_eq!(chain.validator("c").unwrap().tokens, tokens(171 * POWER));
    // stake can leave, by undelegation or, once unbonded, at once
    redelegate(&mut chain, &alice(), "c", "a", POWER).unwrap();
    assert!(chain.redelegations(&alice()).is_empty());
    assert_sound(&chain);
}

#[test]
fn double_sign_is_measured_by_the_power_at_the_infraction() {
    let mut chain = chain();
    let infraction = chain.app.block_info().height;
    chain.next_block(5);
    delegate(&mut chain, &alice(), "c", 100 * POWER).unwrap();
    for _ in 0..4 {
        chain.next_block(5);
    }
    chain.double_sign("c", infraction);
    chain.next_block(5);
    // 5 % of the 100 units of then, shared by the 200 of now
    assert_eq!(chain.validator("c").unwrap().tokens, tokens(195 * POWER));
    assert_eq!(chain.delegation_tokens(&alice(), "c"), tokens(97_500_000));
    assert_sound(&chain);
}

#[test]
fn evidence_against_an_unbonded_or_unknown_validator_is_dropped() {
    let params = Params {
        max_validators: 1,
        ..Params::default()
    };
    let mut chain = builder_with(params, &[("a", 2 * POWER), ("c", POWER)]).build();
    let height = chain.app.block_info().height;
    chain.double_sign("c", height);
    chain.double_sign("nobody", height);
    chain.next_block(5);
    assert!(!chain.validator("c").unwrap().tombstoned);
    assert_sound(&chain);
}

#[test]
fn slash_fractions_are_parameters() {
    let params = Params {
        slash_fraction_double_sign: Decimal::percent(50),
        ..Params::default()
    };
    let mut chain = builder_with(params, &[("a", 3 * POWER), ("c", POWER)]).build();
    let height = chain.app.block_info().height;
    chain.double_sign("c", height);
    chain.next_block(5);
    assert_eq!(chain.validator("c").unwrap().tokens, tokens(POWER / 2));
}
