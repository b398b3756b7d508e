//! The pot gives what it has to the vault: fee and bounty leave, the rest is idle and locked.

use anybuf::Bufany;
use cosmwasm_std::{
    from_json, Addr, DepsMut, Env, Response, SubMsg, SubMsgResult, Uint128, WasmMsg,
};
use defenders_accounting::compute_fee_floor;
use defenders_json::write;
use defenders_types::pot;

use super::pay_fee::{self, FeePayment};
use super::reply_id::{answer_data, ReplyId};
use crate::call::Call;
use crate::chain::bank;
use crate::error::ContractError;
use crate::event;
use crate::state::unbonding::is_any_unsettled;
use crate::state::{BOOK, CONFIG};
use crate::store::packed::{pack, packed};

/// A sweep of the pot in flight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sweep {
    /// Gets the bounty.
    pub caller: Addr,
    /// The harvest's first page spreads its profit over so many seconds; later pages add to it.
    pub first_page_period: Option<u64>,
}

packed! {
    Sweep { caller, first_page_period }
}

/// Sends it; the book changes when the pot has answered.
///
/// # Errors
/// When the message cannot be written.
pub fn send(call: &mut Call, first_page_period: Option<u64>) -> Result<(), Box<ContractError>> {
    let sweep = Sweep {
        caller: call.sender.clone(),
        first_page_period,
    };
    let message = WasmMsg::Execute {
        contract_addr: call.config.reward_pot.to_string(),
        msg: write(&pot::ExecuteMsg::Release {}).into(),
        funds: vec![],
    };
    let message = SubMsg::reply_on_success(message, ReplyId::SweepPot as u64);
    call.send(message.with_payload(pack(&sweep)));
    Ok(())
}

/// The pot was swept.
///
/// Reads: config, book, ledger, own balance. Writes: book. Sends: fee, bounty.
/// Emits: `vault/harvested`.
///
/// # Errors
/// [`ContractError::PotAnswer`]; when it says something else, or the bank does not answer.
pub fn reply(
    deps: DepsMut,
    env: &Env,
    sweep: Sweep,
    result: SubMsgResult,
) -> Result<Response, Box<ContractError>> {
    let config = CONFIG.load(deps.storage)?;
    let mut book = BOOK.load(deps.storage)?;
    let data = answer_data(result)?;
    let said = said(&data)?;
    let released: pot::Released = match said.is_empty() {
        false => from_json(said)?,
        true => pot::Released {
            tokens: Uint128::zero(),
        },
    };
    let balance = bank::query_balance(&deps.querier, &env.contract.address, &config.denom)?;
    let is_surplus_free = !is_any_unsettled(deps.storage, &book, env.block.time)?;

    let rewards = released.tokens;
    // coins that may belong to an entry past its completion time are nobody's profit
    let surplus = if is_surplus_free {
        book.money.surplus(balance.checked_sub(rewards)?)?
    } else {
        Uint128::zero()
    };
    let fee = compute_fee_floor(
        rewards,
        config.performance_fee_rate,
        config.keeper_bounty_share,
    )?;
    let profit = fee.profit.checked_add(surplus)?;
    let now = env.block.time.seconds();
    book.money
        .receive_profit(now, profit, sweep.first_page_period)?;

    BOOK.save(deps.storage, &book);
    let mut response = Response::new();
    for (recipient, tokens) in [(config.fee_recipient, fee.fee), (sweep.caller, fee.bounty)] {
        if !tokens.is_zero() {
            let payment = FeePayment { recipient, tokens };
            response = response.add_submessage(pay_fee::message(&config.denom, &payment));
        }
    }
    Ok(response.add_event(event::harvested(rewards, surplus, fee.fee, fee.bounty)))
}

/// What the pot said: the chain wraps it.
fn said(data: &[u8]) -> Result<Vec<u8>, Box<ContractError>> {
    let answer = Bufany::deserialize(data).ok();
    let said = answer.and_then(|answer| answer.bytes(1));
    Ok(said.ok_or(ContractError::PotAnswer {
        bytes: data.len(),
        field: "data",
    })?)
}
