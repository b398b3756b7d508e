//! What users do: deposits, requests, claims, transfers. Each from the world's beginning, so that
//! no matured entry is in the way.

use cosmwasm_std::Uint128;
use defenders_suite::messages::{claim, deposit, request_withdrawal};
use defenders_suite::{BLOCK, DAY, TOKEN};
use defenders_types::{BatchState, ExecuteMsg, Job, PositionResponse, QueryMsg};

use super::chain::Receipt;
use super::measures::Meter;
use super::natives::Native;
use super::world::{ALICE, BOB, WHALE, World};

/// Tokens of a deposit that is too small to be delegated.
const SMALL: u128 = TOKEN / 10;
/// Tokens of a deposit that is delegated.
const LARGE: u128 = 5 * TOKEN;
/// Shares of requests and transfers.
const SHARES: u128 = 5 * TOKEN;

/// Measures all of them.
pub fn measure(meter: &mut Meter) {
    let world = meter.world;
    let receipt = deposit_by(world, ALICE, SMALL, 0);
    meter.beside("deposit_mint", &receipt, Native::Delegate, 1);

    let receipt = deposit_by(world, ALICE, LARGE, 1);
    assert_eq!(receipt.rewarded(), 1);
    meter.beside("deposit_delegate", &receipt, Native::Delegate, 1);

    let receipt = deposit_by(world, BOB, SMALL, 0);
    meter.beside("deposit_first", &receipt, Native::Delegate, 1);

    world.begin();
    world.chain.advance(DAY + BLOCK);
    world.reward();
    let receipt = world.execute(BLOCK, ALICE, &deposit(), SMALL);
    assert_eq!(receipt.count("wasm-vault/synced"), 1);
    assert_eq!(receipt.count("delegate"), 0);
    meter.beside("deposit_stale", &receipt, Native::Delegate, 1);

    world.begin();
    world.reward();
    let request = request_withdrawal(SHARES);
    let receipt = world.execute(BLOCK, ALICE, &request, 0);
    meter.beside("request_opening", &receipt, Native::Undelegate, 1);

    world.begin();
    world.execute(BLOCK, WHALE, &request, 0);
    world.reward();
    let receipt = world.execute(BLOCK, ALICE, &request, 0);
    let batch_id = receipt.number("wasm-vault/withdrawal_requested", "batch_id");
    meter.beside("request", &receipt, Native::Undelegate, 1);

    world.begin();
    world.execute(BLOCK, WHALE, &request, 0);
    world.execute(BLOCK, ALICE, &request, 0);
    world.reward();
    let cancel = ExecuteMsg::CancelWithdrawal { batch_id };
    let receipt = world.execute(BLOCK, ALICE, &cancel, 0);
    assert_eq!(receipt.count("wasm-vault/withdrawal_cancelled"), 1);
    meter.beside("cancel", &receipt, Native::CancelUndelegation, 1);

    let receipt = claim_of(world);
    meter.beside("claim", &receipt, Native::Undelegate, 1);

    world.begin();
    world.reward();
    let transfer = ExecuteMsg::Transfer {
        recipient: world.whale.clone(),
        amount: Uint128::new(SHARES),
    };
    let receipt = world.execute(BLOCK, ALICE, &transfer, 0);
    meter.beside("transfer", &receipt, Native::Send, 1);
}

/// Measures what shares have to do with, of a vault whose shares are coins.
pub fn measure_coins(meter: &mut Meter) {
    let world = meter.world;
    let receipt = deposit_by(world, ALICE, SMALL, 0);
    meter.beside("coins_deposit_mint", &receipt, Native::Delegate, 1);

    let receipt = deposit_by(world, ALICE, LARGE, 1);
    meter.beside("coins_deposit_delegate", &receipt, Native::Delegate, 1);

    let receipt = deposit_by(world, BOB, SMALL, 0);
    meter.beside("coins_deposit_first", &receipt, Native::Delegate, 1);

    let request = request_withdrawal(SHARES);
    world.begin();
    world.reward();
    let receipt = world.execute(BLOCK, ALICE, &request, 0);
    meter.beside("coins_request_opening", &receipt, Native::Undelegate, 1);

    world.begin();
    world.execute(BLOCK, WHALE, &request, 0);
    world.reward();
    let receipt = world.execute(BLOCK, ALICE, &request, 0);
    let batch_id = receipt.number("wasm-vault/withdrawal_requested", "batch_id");
    meter.beside("coins_request", &receipt, Native::Undelegate, 1);

    world.reward();
    let cancel = ExecuteMsg::CancelWithdrawal { batch_id };
    let receipt = world.execute(BLOCK, ALICE, &cancel, 0);
    assert_eq!(receipt.count("wasm-vault/withdrawal_cancelled"), 1);
    meter.beside("coins_cancel", &receipt, Native::CancelUndelegation, 1);

    let receipt = claim_of(world);
    meter.beside("coins_claim", &receipt, Native::Undelegate, 1);
}

/// A deposit on a fresh book, and how many delegations it must lead to.
fn deposit_by(world: &World, name: &str, tokens: u128, delegations: u64) -> Receipt {
    world.begin();
    world.reward();
    let receipt = world.execute(BLOCK, name, &deposit(), tokens);
    assert_eq!(receipt.count("wasm-vault/synced"), 0, "the book is fresh");
    assert_eq!(receipt.count("delegate"), delegations, "{name}'s deposit");
    receipt
}

/// A claim of one's part of a batch with several users, all of it settled, by one who holds shares
/// still.
fn claim_of(world: &World) -> Receipt {
    world.begin();
    let request = request_withdrawal(SHARES);
    world.execute(BLOCK, WHALE, &request, 0);
    let receipt = world.execute(BLOCK, ALICE, &request, 0);
    let batch_id = receipt.number("wasm-vault/withdrawal_requested", "batch_id");
    while world.is_due(Job::Submit) {
        world.tick(Job::Submit);
    }
    world.chain.advance(22 * DAY);
    world.chain.advance(BLOCK);
    while world.is_due(Job::Settle) {
        world.tick(Job::Settle);
    }
    let position: PositionResponse = world.ask(&QueryMsg::Position {
        owner: world.alice.clone(),
        start_after: None,
        limit: None,
    });
    assert_eq!(position.withdrawals[0].state, BatchState::Claimable);
    world.reward();
    let receipt = world.execute(BLOCK, ALICE, &claim(batch_id), 0);
    assert_eq!(receipt.count("wasm-vault/claimed"), 1);
    assert_eq!(receipt.count("wasm-vault/settled"), 0);
    receipt
}
