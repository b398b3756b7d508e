//! Slashing of stake that was redelegated out of the guilty validator: at its destination.

use crate::common::*;
use cosmwasm_std::Decimal;
use staking_sim::Params;

#[test]
fn redelegated_stake_pays_at_its_destination() {
    let mut chain = chain();
    delegate(&mut chain, &alice(), "c", 100 * POWER).unwrap();
    chain.next_block(5);
    redelegate(&mut chain, &alice(), "c", "a", 40 * POWER).unwrap();
    let infraction = chain.app.block_info().height;
    chain.next_block(5);
    let supply = chain.supply(DENOM);
    // 10 % of 200: 4 from the 40 moved to a, 16 from c
    let lost = chain
        .slash_power("c", infraction, 200, Decimal::percent(10))
        .unwrap();
    assert_eq!(lost, tokens(16 * POWER));
    assert_eq!(chain.delegation_tokens(&alice(), "a"), tokens(36 * POWER));
    assert_eq!(chain.supply(DENOM), supply - tokens(20 * POWER));
    // a itself was not slashed: its operator keeps all
    assert_eq!(
        chain.delegation_tokens(&operator("a"), "a"),
        tokens(300 * POWER)
    );
    assert_sound(&chain);
}

#[test]
fn redelegation_before_the_infraction_is_not_reached() {
    let mut chain = chain();
    delegate(&mut chain, &alice(), "c", 100 * POWER).unwrap();
    redelegate(&mut chain, &alice(), "c", "a", 40 * POWER).unwrap();
    chain.next_block(5);
    let infraction = chain.app.block_info().height;
    chain.next_block(5);
    chain
        .slash_power("c", infraction, 160, Decimal::percent(10))
        .unwrap();
    assert_eq!(chain.delegation_tokens(&alice(), "a"), tokens(40 * POWER));
}

#[test]
fn undelegating_part_of_a_fresh_redelegation_can_cost_more_than_the_fraction() {
    let mut chain = chain();
    delegate(&mut chain, &alice(), "c", 100 * POWER).unwrap();
    chain.next_block(5);
    redelegate(&mut chain, &alice(), "c", "a", 40 * POWER).unwrap();
    let infraction = chain.app.block_info().height;
    chain.next_block(5);
    undelegate(&mut chain, &alice(), "a", 3 * POWER).unwrap();
    chain.next_block(5);
    chain
        .slash_power("c", infraction, 200, Decimal::percent(10))
        .unwrap();
    // the entry pays 3 of the 4 due; the delegation pays 10 % of the 40 shares all the same
    assert_eq!(chain.unbonding_entries(&alice(), "a")[0].balance, tokens(0));
    assert_eq!(chain.delegation_tokens(&alice(), "a"), tokens(33 * POWER));
    assert_sound(&chain);
}

#[test]
fn entry_at_the_destination_that_pays_all_spares_the_delegation() {
    let mut chain = chain();
    delegate(&mut chain, &alice(), "c", 100 * POWER).unwrap();
    chain.next_block(5);
    redelegate(&mut chain, &alice(), "c", "a", 40 * POWER).unwrap();
    let infraction = chain.app.block_info().height;
    chain.next_block(5);
    undelegate(&mut chain, &alice(), "a", 5 * POWER).unwrap();
    chain.next_block(5);
    chain
        .slash_power("c", infraction, 200, Decimal::percent(10))
        .unwrap();
    assert_eq!(
        chain.unbonding_entries(&alice(), "a")[0].balance,
        tokens(POWER)
    );
    assert_eq!(chain.delegation_tokens(&alice(), "a"), tokens(35 * POWER));
    assert_sound(&chain);
}

#[test]
fn redelegated_stake_that_left_the_destination_cannot_pay() {
    let mut chain = chain();
    delegate(&mut chain, &alice(), "c", 40 * POWER).unwrap();
    chain.next_block(5);
    redelegate(&mut chain, &alice(), "c", "a", 40 * POWER).unwrap();
    let infraction = chain.app.block_info().height;
    undelegate(&mut chain, &alice(), "a", 40 * POWER).unwrap();
    chain.next_block(5);
    // 10 % of 140: the 4 of the redelegation come out of the entry, 10 out of c
    let lost = chain
        .slash_power("c", infraction, 140, Decimal::percent(10))
        .unwrap();
    assert_eq!(lost, tokens(10 * POWER));
    assert_eq!(
        chain.unbonding_entries(&alice(), "a")[0].balance,
        tokens(36 * POWER)
    );
    assert_sound(&chain);
}

#[test]
fn slash_of_a_redelegation_pays_the_rewards_of_the_destination() {
    let mut chain = chain();
    delegate(&mut chain, &alice(), "c", 100 * POWER).unwrap();
    chain.next_block(5);
    redelegate(&mut chain, &alice(), "c", "a", 40 * POWER).unwrap();
    let infraction = chain.app.block_info().height;
    chain.next_block(5);
    chain.allocate_rewards(&[stake(POWER)]);
    let pending = chain.pending_rewards(&alice(), "a");
    assert!(!pending.is_empty());
    let before = chain.balance(&alice(), DENOM);
    chain
        .slash_power("c", infraction, 200, Decimal::percent(10))
        .unwrap();
    assert_eq!(chain.balance(&alice(), DENOM), before + pending[0].amount);
    assert!(chain.pending_rewards(&alice(), "a").is_empty());
}

#[test]
fn slash_of_a_redelegation_can_remove_an_unbonded_destination() {
    let params = Params {
        max_validators: 2,
        ..Params::default()
    };
    let validators = [("a", 300 * POWER), ("c", 100 * POWER), ("d", POWER)];
    let mut chain = builder_with(params, &validators).build();
    delegate(&mut chain, &alice(), "c", 50).unwrap();
    redelegate(&mut chain, &alice(), "c", "d", 50).unwrap();
    undelegate(&mut chain, &operator("d"), "d", POWER).unwrap();
    let infraction = chain.app.block_info().height;
    chain.next_block(5);
    let supply = chain.supply(DENOM);
    chain
        .slash_power("c", infraction, 100, Decimal::one())
        .unwrap();
    assert_eq!(chain.validator("d"), None);
    // 100 units of power, 50 base units of them at d
    assert_eq!(chain.supply(DENOM), supply - tokens(100 * POWER));
    assert_sound(&chain);
}
