//! The bonded set: ranking, `max_validators`, jail, missed signatures, double signs.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests stop on errors"
)]

mod common;

use common::*;
use cosmwasm_std::Decimal;
use staking_sim::{Chain, GenesisValidator, Params, Status};

fn status(chain: &Chain, validator: &str) -> Status {
    chain.validator(validator).unwrap().status
}

fn voters(chain: &Chain) -> Vec<String> {
    chain
        .voting_set()
        .into_iter()
        .map(|member| member.operator)
        .collect()
}

fn small_window() -> Params {
    Params {
        signed_blocks_window: 10,
        ..Params::default()
    }
}

#[test]
fn genesis_bonds_the_strongest_and_the_lower_address_among_equals() {
    let params = Params {
        max_validators: 2,
        ..Params::default()
    };
    let validators = [("c", POWER), ("b", POWER), ("a", 5 * POWER), ("z", 1)];
    let chain = builder_with(params, &validators).build();
    assert_eq!(status(&chain, "a"), Status::Bonded);
    assert_eq!(status(&chain, "b"), Status::Bonded);
    assert_eq!(status(&chain, "c"), Status::Unbonded);
    assert_eq!(status(&chain, "z"), Status::Unbonded);
    assert_sound(&chain);
}

#[test]
fn validator_without_a_unit_of_power_is_never_bonded() {
    let mut chain = builder_with(Params::default(), &[("a", POWER), ("z", POWER - 1)]).build();
    assert_eq!(status(&chain, "z"), Status::Unbonded);
    delegate(&mut chain, &alice(), "z", 1).unwrap();
    assert_eq!(status(&chain, "z"), Status::Unbonded);
    chain.next_block(5);
    assert_eq!(status(&chain, "z"), Status::Bonded);
    undelegate(&mut chain, &alice(), "z", 1).unwrap();
    chain.next_block(5);
    assert_eq!(status(&chain, "z"), Status::Unbonding);
    assert_sound(&chain);
}

#[test]
fn overtaken_validator_leaves_the_set_in_the_end_block() {
    let params = Params {
        max_validators: 2,
        ..Params::default()
    };
    let validators = [("a", 3 * POWER), ("b", 2 * POWER), ("c", POWER)];
    let mut chain = builder_with(params, &validators).build();
    delegate(&mut chain, &alice(), "c", 2 * POWER).unwrap();
    assert_eq!(status(&chain, "b"), Status::Bonded);
    let left = chain.app.block_info();
    chain.next_block(5);
    assert_eq!(status(&chain, "b"), Status::Unbonding);
    assert_eq!(status(&chain, "c"), Status::Bonded);
    let b = chain.validator("b").unwrap();
    assert_eq!(b.unbonding_height, left.height);
    assert_eq!(b.unbonding_time, left.time.plus_seconds(UNBONDING));
    assert_sound(&chain);
    // back in, and out of the queue; of a and c with 3 each the lower address stays
    delegate(&mut chain, &alice(), "b", 5 * POWER).unwrap();
    chain.next_block(5);
    assert_eq!(status(&chain, "b"), Status::Bonded);
    assert_eq!(status(&chain, "a"), Status::Bonded);
    assert_eq!(status(&chain, "c"), Status::Unbonding);
    chain.advance(UNBONDING + 60);
    chain.next_block(5);
    assert_eq!(status(&chain, "b"), Status::Bonded);
    assert_eq!(status(&chain, "c"), Status::Unbonded);
    assert_sound(&chain);
}

#[test]
fn smaller_set_after_a_parameter_change() {
    let mut chain = chain();
    chain.set_params(Params {
        max_validators: 1,
        ..Params::default()
    });
    chain.next_block(5);
    assert_eq!(status(&chain, "a"), Status::Bonded);
    assert_eq!(status(&chain, "b"), Status::Unbonding);
    assert_eq!(status(&chain, "c"), Status::Unbonding);
    assert_sound(&chain);
}

#[test]
fn set_decided_in_a_block_votes_two_blocks_later() {
    let mut chain = chain();
    chain.jail("c").unwrap();
    // the end block of this block decides; the next two commits were signed by c as well
    for _ in 0..2 {
        chain.next_block(5);
        assert_eq!(voters(&chain), ["a", "b", "c"]);
    }
    chain.next_block(5);
    assert_eq!(voters(&chain), ["a", "b"]);
}

#[test]
fn jailed_validator_can_return_in_the_same_block() {
    let mut chain = chain();
    chain.jail("c").unwrap();
    assert_eq!(chain.jail("c").unwrap_err().to_string(), staking_code(7));
    chain.unjail("c").unwrap();
    chain.next_block(5);
    assert_eq!(status(&chain, "c"), Status::Bonded);
    assert_sound(&chain);
}

#[test]
fn genesis_jail_keeps_a_validator_unbonded_until_unjailed() {
    let jailed = GenesisValidator::new("j", operator("j"), 900 * POWER).jailed(true);
    let mut chain = builder().validator(jailed).build();
    assert_eq!(status(&chain, "j"), Status::Unbonded);
    chain.next_block(5);
    assert_eq!(status(&chain, "j"), Status::Unbonded);
    chain.unjail("j").unwrap();
    chain.next_block(5);
    assert_eq!(status(&chain, "j"), Status::Bonded);
    assert_sound(&chain);
}

#[test]
fn operator_below_its_minimum_is_jailed_and_cannot_unjail() {
    let careful =
        GenesisValidator::new("m", operator("m"), 50 * POWER).min_self_delegation(20 * POWER);
    let mut chain = builder().validator(careful).build();
    delegate(&mut chain, &alice(), "m", 5 * POWER).unwrap();
    let owner = operator("m");
    undelegate(&mut chain, &owner, "m", 30 * POWER).unwrap();
    assert!(!chain.validator("m").unwrap().jailed);
    undelegate(&mut chain, &owner, "m", 1).unwrap();
    assert!(chain.validator("m").unwrap().jailed);
    let codes = |chain: &mut Chain| chain.unjail("m").unwrap_err().to_string();
    assert_eq!(codes(&mut chain), "codespace: slashing, code: 7");
    // alice's exit is her own affair
    undelegate(&mut chain, &alice(), "m", 5 * POWER).unwrap();
    chain.next_block(5);
    assert_eq!(status(&chain, "m"), Status::Unbonding);
    assert_sound(&chain);
}

#[test]
fn absent_validator_is_slashed_and_jailed_once_it_missed_too_much() {
    let mut chain = builder_with(small_window(), &[("a", 300 * POWER), ("c", 100 * POWER)]).build();
    chain.set_absent(&["c".to_string()]);
    // a window of ten, of which five must be signed: six misses, and the window must be over
    for _ in 0..10 {
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
    assert_eq!(status(&chain, "c"), Status::Bonded);
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
    for _ in 0..7 {
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
