//! The bonded set: ranking, `max_validators`, jail, who votes when.

use crate::common::*;
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
