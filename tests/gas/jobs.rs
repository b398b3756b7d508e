//! Every job at its bound per call.

use std::collections::BTreeMap;

use cosmwasm_std::Uint128;
use defenders_suite::messages::{deposit, request_withdrawal};
use defenders_suite::{BLOCK, DAY, TOKEN};
use defenders_types::Job;

use super::chain::Receipt;
use super::measures::{Meter, RefreshCall};
use super::natives::Native;
use super::world::{WHALE, World};

/// Measures all but `settle`.
pub fn measure(meter: &mut Meter) {
    sync(meter);
    sync_of_changes(meter);
    submit(meter);
    refresh(meter);
    harvest(meter);
    invest(meter);
    meter.native(Native::Redelegate, 1);
    meter.native(Native::Withdraw, 1);
}

fn sync(meter: &mut Meter) {
    let world = meter.world;
    world.begin();
    let receipt = world.tick(Job::Sync);
    assert_eq!(receipt.number("wasm-vault/synced", "lost"), 0);
    assert_eq!(receipt.number("wasm-vault/synced", "gained"), 0);
    meter.alone("sync", receipt.gas, meter.measures.validators);
}

/// Every listed validator has signed twice: all stake is slashed.
fn sync_of_changes(meter: &mut Meter) {
    let world = meter.world;
    world.begin();
    let before = held(world);
    world.chain.double_sign(&world.listed);
    world.chain.advance(BLOCK);
    let receipt = world.tick(Job::Sync);
    for (validator, tokens) in held(world) {
        assert!(tokens < before[&validator], "{validator} was not slashed");
    }
    meter.alone("sync_changed", receipt.gas, meter.measures.validators);
}

fn held(world: &World) -> BTreeMap<String, Uint128> {
    let infos = world.validators().into_iter();
    infos.map(|info| (info.validator, info.delegated)).collect()
}

/// A piece that the five highest validators can just pay, then one that empties five.
fn submit(meter: &mut Meter) {
    let highest = measure_submit(meter, "submit");
    let everything: u128 = highest.iter().sum();
    let receipt = piece(meter.world, everything * 9 / 10);
    let count = meter.world.parameters().max_messages_per_piece.into();
    meter.beside("submit_emptying", &receipt, Native::Undelegate, count);
}

/// Measures a piece that as many validators as it may ask can just pay. What the vault has on each, the highest first.
pub fn measure_submit(meter: &mut Meter, operation: &str) -> Vec<u128> {
    let world = meter.world;
    world.begin();
    let most: usize = world
        .parameters()
        .max_messages_per_piece
        .try_into()
        .unwrap();
    let mut infos = world.validators();
    let level = |external: Option<Uint128>, held: Uint128| external.unwrap_or_default() + held;
    infos.sort_by_key(|info| std::cmp::Reverse(level(info.external, info.delegated)));
    let highest: Vec<u128> = infos.iter().map(|info| info.delegated.u128()).collect();
    let wanted = highest[..most - 1].iter().sum::<u128>() + highest[most - 1] / 2;
    // as long as nothing was harvested or lost, a share is worth a token
    let receipt = piece(world, wanted);
    let count = most.try_into().unwrap();
    meter.beside(operation, &receipt, Native::Undelegate, count);
    highest
}

/// The first piece of a batch of so many shares.
fn piece(world: &World, shares: u128) -> Receipt {
    world.begin();
    world.execute(BLOCK, WHALE, &request_withdrawal(shares), 0);
    world.reward();
    let receipt = world.tick(Job::Submit);
    let most = u64::from(world.parameters().max_messages_per_piece);
    assert_eq!(receipt.count("unbond"), most);
    assert_eq!(receipt.rewarded(), most);
    receipt
}

fn refresh(meter: &mut Meter) {
    let world = meter.world;
    world.begin();
    world.chain.advance(DAY);
    let mut asks_order = true;
    while world.is_due(Job::Refresh) {
        let receipt = world.tick(Job::Refresh);
        assert_eq!(receipt.number("wasm-vault/refreshed", "failed"), 0);
        meter.measures.refresh.push(RefreshCall {
            read: receipt.number("wasm-vault/refreshed", "read"),
            gas: receipt.gas,
            asks_order,
        });
        asks_order = false;
    }
    let calls = meter.measures.refresh.clone();
    let full = calls.iter().max_by_key(|call| (call.read, call.gas));
    let (full, first) = (full.unwrap(), calls[0]);
    meter.alone("refresh", full.gas, full.read);
    meter.alone("refresh_first", first.gas, first.read);
    let gas = calls.iter().map(|call| call.gas).sum();
    let read = calls.iter().map(|call| call.read).sum();
    meter.alone("refresh_all", gas, read);

    let (_, base) = world.pass_on("bonded_denom", serde_json::json!({}));
    let (order, gas) = world.pass_on("all_validators", serde_json::json!({}));
    assert!(!order.is_null());
    meter.measures.all_validators = gas - base;
    let request = serde_json::json!({"delegator": world.vault});
    let (_, gas) = world.pass_on("all_delegations", request);
    meter.measures.all_delegations = gas - base;
    let request = anybuf::Anybuf::new().append_string(1, &world.listed[0]);
    let (_, gas) = world.pass_on_any(serde_json::json!({"grpc": {
        "path": "/cosmos.staking.v1beta1.Query/Validator",
        "data": cosmwasm_std::Binary::new(request.into_vec()),
    }}));
    meter.measures.one_validator = gas - base;
}

/// The first page. There was a harvest before, so that nobody is paid for the first time.
fn harvest(meter: &mut Meter) {
    let world = meter.world;
    world.begin();
    world.chain.advance(DAY);
    world.reward();
    while world.is_due(Job::Harvest) {
        world.tick(Job::Harvest);
    }
    world.chain.advance(DAY);
    world.reward();
    let receipt = world.tick(Job::Harvest);
    assert_eq!(receipt.count("wasm-vault/harvested"), 1);
    let page = u64::from(world.parameters().harvest_page).min(meter.measures.validators);
    assert_eq!(receipt.rewarded(), page);
    meter.beside("harvest", &receipt, Native::Withdraw, page);
}

/// From a fill list that is there, then with one that has to be built first.
fn invest(meter: &mut Meter) {
    let world = meter.world;
    let most = u64::from(world.parameters().max_messages_per_invest);
    let tokens = 1_000 * TOKEN * u128::from(meter.measures.validators);
    world.begin();
    world.execute(BLOCK, WHALE, &deposit(), tokens);
    world.chain.advance(DAY);
    while world.is_due(Job::Refresh) {
        world.tick(Job::Refresh); // the last one builds a list for all that is idle
    }
    world.reward();
    let receipt = world.tick(Job::Invest);
    assert_eq!(receipt.rewarded(), most);
    assert_eq!(receipt.count("delegate"), most);
    meter.beside("invest", &receipt, Native::Delegate, most);

    world.begin();
    world.reward();
    world.chain.double_sign(&world.listed[..1]);
    world.chain.advance(BLOCK);
    world.chain.advance(DAY);
    // finds the slash, which empties the list
    let receipt = world.execute(BLOCK, WHALE, &deposit(), tokens);
    assert_eq!(receipt.count("delegate"), 0);
    world.reward();
    let receipt = world.tick(Job::Invest);
    assert_eq!(receipt.rewarded(), most);
    assert_eq!(receipt.count("delegate"), most);
    meter.beside("invest_rebuild", &receipt, Native::Delegate, most);
}
