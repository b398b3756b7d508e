//! Paying rewards: on request and on every touch, in whole units, to the withdraw address.

use crate::common::*;
use cosmwasm_std::{Addr, DistributionMsg, coin};
use staking_sim::{Chain, Dec18, Params};

fn balance(chain: &Chain, who: &Addr) -> u128 {
    chain.balance(who, DENOM).u128()
}

#[test]
fn withdrawal_pays_whole_units_and_gives_fractions_to_the_community() {
    let mut chain = chain_without_commission();
    // 4/5 of 7 is 5.6; alice's quarter 1.4
    chain.allocate_rewards(&[stake(7)]);
    let before = balance(&chain, &alice());
    withdraw(&mut chain, &alice(), "a").unwrap();
    assert_eq!(balance(&chain, &alice()), before + 1);
    let fraction = Dec18::from_atomics(400_000_000_000_000_000u128);
    assert_eq!(chain.community_pool().amount_of(DENOM), fraction);
    assert_covered(&chain, DENOM);
}

#[test]
fn withdrawal_of_nothing_succeeds_with_a_zero_coin() {
    let mut chain = chain_without_commission();
    let response = withdraw(&mut chain, &alice(), "a").unwrap();
    let data = response.data.unwrap();
    let decoded = anybuf::Bufany::deserialize(&data).unwrap();
    let coin = decoded.message(1).unwrap();
    assert_eq!(
        (coin.string(1).unwrap(), coin.string(2).unwrap()),
        (DENOM.into(), "0".into())
    );
}

#[test]
fn withdrawal_without_delegation_or_validator_is_refused() {
    let mut chain = chain();
    assert_eq!(
        refusal(withdraw(&mut chain, &alice(), "a")),
        staking_code(19)
    );
    assert_eq!(
        refusal(withdraw(&mut chain, &alice(), "nobody")),
        staking_code(3)
    );
}

#[test]
fn every_touch_of_a_delegation_pays_its_rewards() {
    type Touch = fn(&mut Chain);
    let touches: [(&str, Touch); 3] = [
        ("delegate", |chain| {
            drop(delegate(chain, &alice(), "a", 1).unwrap())
        }),
        ("undelegate", |chain| {
            drop(undelegate(chain, &alice(), "a", 1).unwrap())
        }),
        ("redelegate", |chain| {
            drop(redelegate(chain, &alice(), "a", "b", 1).unwrap())
        }),
    ];
    for (name, touch) in touches {
        let mut chain = chain_without_commission();
        chain.allocate_rewards(&[coin(1_000, "reward")]);
        touch(&mut chain);
        assert_eq!(chain.balance(&alice(), "reward"), tokens(200), "{name}");
        assert!(chain.pending_rewards(&alice(), "a").is_empty(), "{name}");
        assert_covered(&chain, "reward");
    }
}

#[test]
fn redelegation_pays_at_an_existing_destination_too() {
    let mut chain = chain_without_commission();
    delegate(&mut chain, &alice(), "b", 100 * POWER).unwrap();
    for _ in 0..3 {
        chain.next_block(5);
    }
    chain.allocate_rewards(&[coin(600, "reward")]);
    // a: 400 of 600, a quarter of it; b: 200 of 600, half of it: 100 each, but for the
    // thirds, which are truncated at eighteen decimals and fall just short
    redelegate(&mut chain, &alice(), "a", "b", 1).unwrap();
    assert_eq!(chain.balance(&alice(), "reward"), tokens(99 + 99));
}

#[test]
fn full_exit_pays_all_rewards() {
    let mut chain = chain_without_commission();
    chain.allocate_rewards(&[coin(1_000, "reward")]);
    undelegate(&mut chain, &alice(), "a", 100 * POWER).unwrap();
    assert_eq!(chain.balance(&alice(), "reward"), tokens(200));
    assert_eq!(
        refusal(withdraw(&mut chain, &alice(), "a")),
        staking_code(19)
    );
}

#[test]
fn rewards_go_to_the_withdraw_address() {
    let mut chain = chain_without_commission();
    let vault = account("vault");
    let msg = DistributionMsg::SetWithdrawAddress {
        address: vault.to_string(),
    };
    run(&mut chain, &alice(), msg).unwrap();
    chain.allocate_rewards(&[stake(1_000)]);
    withdraw(&mut chain, &alice(), "a").unwrap();
    assert_eq!(balance(&chain, &vault), 200);
}

#[test]
fn withdraw_address_is_checked() {
    let mut chain = chain();
    let set = |address: String| DistributionMsg::SetWithdrawAddress { address };
    let pool = chain.bonded_pool_address();
    let blocked = run(&mut chain, &alice(), set(pool.to_string()));
    assert_eq!(refusal(blocked), "codespace: sdk, code: 4");
    let foreign = run(&mut chain, &alice(), set("osmo1x".into()));
    assert_eq!(refusal(foreign), "codespace: sdk, code: 7");
    chain.set_params(Params {
        withdraw_addr_enabled: false,
        ..Params::default()
    });
    let disabled = run(&mut chain, &alice(), set(account("vault").to_string()));
    assert_eq!(refusal(disabled), "codespace: distribution, code: 8");
}

#[test]
fn several_denoms_are_paid_together() {
    let mut chain = chain_without_commission();
    chain.allocate_rewards(&[coin(1_000, "atom"), stake(500)]);
    assert_eq!(
        chain.pending_rewards(&alice(), "a"),
        [coin(200, "atom"), stake(100)]
    );
    withdraw(&mut chain, &alice(), "a").unwrap();
    assert_eq!(chain.balance(&alice(), "atom"), tokens(200));
    assert_covered(&chain, "atom");
}
