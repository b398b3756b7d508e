//! Slashing by infraction height: who is reached, how much is taken, what is burnt.

use crate::common::*;
use cosmwasm_std::Decimal;
use cw_multi_test::{StakingSudo, SudoMsg};
use staking_sim::Status;

#[test]
fn slash_at_the_current_height_takes_from_all_delegations_and_burns() {
    let mut chain = chain();
    delegate(&mut chain, &alice(), "a", 100 * POWER).unwrap();
    let supply = chain.supply(DENOM);
    let height = chain.app.block_info().height;
    // 5 % of 400 units of power
    let lost = chain.slash("a", height, Decimal::percent(5)).unwrap();
    assert_eq!(lost, tokens(20 * POWER));
    assert_eq!(chain.delegation_tokens(&alice(), "a"), tokens(95 * POWER));
    assert_eq!(
        chain.delegation_tokens(&operator("a"), "a"),
        tokens(285 * POWER)
    );
    assert_eq!(chain.supply(DENOM), supply - lost);
    assert_sound(&chain);
}

#[test]
fn slash_counts_whole_units_of_power() {
    let mut chain = chain();
    delegate(&mut chain, &alice(), "c", 999_999).unwrap();
    let height = chain.app.block_info().height;
    // 100 units, not 100.999999: 1 % is 10^6
    assert_eq!(
        chain.slash("c", height, Decimal::percent(1)).unwrap(),
        tokens(POWER)
    );
}

#[test]
fn unbonding_entry_begun_after_the_infraction_pays_its_share() {
    let mut chain = chain();
    delegate(&mut chain, &alice(), "c", 100 * POWER).unwrap();
    chain.next_block(5);
    undelegate(&mut chain, &alice(), "c", 20 * POWER).unwrap();
    let infraction = chain.app.block_info().height;
    chain.next_block(5);
    undelegate(&mut chain, &alice(), "c", 10 * POWER).unwrap();
    chain.next_block(5);

    // power at the infraction: 200; 10 % is 20: 2 from the first entry (begun at the
    // infraction height), 1 from the second, 17 from the validator
    let lost = chain
        .slash_power("c", infraction, 200, Decimal::percent(10))
        .unwrap();
    assert_eq!(lost, tokens(17 * POWER));
    let entries = chain.unbonding_entries(&alice(), "c");
    assert_eq!(entries[0].balance, tokens(18 * POWER));
    assert_eq!(entries[0].initial_balance, tokens(20 * POWER));
    assert_eq!(entries[1].balance, tokens(9 * POWER));

    // an infraction after the first entry reaches the second only: 1 of 20
    let lost = chain
        .slash_power("c", infraction + 1, 200, Decimal::percent(10))
        .unwrap();
    assert_eq!(lost, tokens(19 * POWER));
    let entries = chain.unbonding_entries(&alice(), "c");
    assert_eq!(entries[0].balance, tokens(18 * POWER));
    assert_eq!(entries[1].balance, tokens(8 * POWER));
    assert_sound(&chain);
}

#[test]
fn entry_pays_a_fraction_of_its_initial_balance_up_to_what_is_left() {
    let mut chain = chain();
    delegate(&mut chain, &alice(), "c", 10 * POWER).unwrap();
    undelegate(&mut chain, &alice(), "c", 10 * POWER).unwrap();
    let infraction = chain.app.block_info().height;
    chain.next_block(5);
    // twice 60 % of the initial 10: 6, then the 4 left, though 6 are counted as paid
    chain
        .slash_power("c", infraction, 110, Decimal::percent(60))
        .unwrap();
    assert_eq!(
        chain.unbonding_entries(&alice(), "c")[0].balance,
        tokens(4 * POWER)
    );
    let validator = chain.validator("c").unwrap().tokens;
    let lost = chain
        .slash_power("c", infraction, 20, Decimal::percent(60))
        .unwrap();
    assert!(chain.unbonding_entries(&alice(), "c")[0].balance.is_zero());
    // 60 % of 20 is 12, of which the entry counts for 6
    assert_eq!(lost, tokens(6 * POWER));
    assert_eq!(chain.validator("c").unwrap().tokens, validator - lost);
    assert_sound(&chain);
}

#[test]
fn mature_entry_is_out_of_reach_before_it_is_paid() {
    let mut chain = chain();
    delegate(&mut chain, &alice(), "c", 10 * POWER).unwrap();
    undelegate(&mut chain, &alice(), "c", 10 * POWER).unwrap();
    let infraction = chain.app.block_info().height;
    chain.next_block(UNBONDING);
    chain
        .slash_power("c", infraction, 100, Decimal::percent(50))
        .unwrap();
    assert_eq!(
        chain.unbonding_entries(&alice(), "c")[0].balance,
        tokens(10 * POWER)
    );
}

#[test]
fn infraction_at_the_current_height_does_not_look_at_entries() {
    let mut chain = chain();
    delegate(&mut chain, &alice(), "c", 10 * POWER).unwrap();
    undelegate(&mut chain, &alice(), "c", 10 * POWER).unwrap();
    let height = chain.app.block_info().height;
    let lost = chain.slash("c", height, Decimal::percent(50)).unwrap();
    assert_eq!(lost, tokens(50 * POWER));
    assert_eq!(
        chain.unbonding_entries(&alice(), "c")[0].balance,
        tokens(10 * POWER)
    );
}

#[test]
fn unbonding_validator_is_slashed_out_of_the_other_pool_and_unbonded_never() {
    let mut chain = chain();
    chain.jail("c").unwrap();
    chain.next_block(5);
    let height = chain.app.block_info().height;
    assert_eq!(
        chain.slash("c", height, Decimal::percent(10)).unwrap(),
        tokens(10 * POWER)
    );
    assert_sound(&chain);
    chain.advance(UNBONDING);
    chain.next_block(5);
    assert_eq!(chain.validator("c").unwrap().status, Status::Unbonded);
    let height = chain.app.block_info().height;
    let error = chain.slash("c", height, Decimal::percent(10)).unwrap_err();
    assert_eq!(error.to_string(), "codespace: undefined, code: 1");
}

#[test]
fn slash_takes_no_more_than_the_validator_has() {
    let mut chain = chain();
    let height = chain.app.block_info().height;
    let lost = chain
        .slash_power("c", height, 1_000, Decimal::percent(50))
        .unwrap();
    assert_eq!(lost, tokens(100 * POWER));
    assert!(chain.validator("c").unwrap().has_invalid_exchange_rate());
    assert_eq!(
        chain.slash("c", height, Decimal::percent(50)).unwrap(),
        tokens(0)
    );
    assert_sound(&chain);
}

#[test]
fn slash_through_the_application_is_one_at_the_current_height() {
    let mut chain = chain();
    let percentage = Decimal::percent(10);
    let msg = StakingSudo::Slash {
        validator: "c".into(),
        percentage,
    };
    chain.app.sudo(SudoMsg::Staking(msg)).unwrap();
    assert_eq!(chain.validator("c").unwrap().tokens, tokens(90 * POWER));
    assert_sound(&chain);
}
