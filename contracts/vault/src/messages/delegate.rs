//! Idle tokens are delegated. A refusal leaves them idle.

use cosmwasm_std::{DepsMut, Env, Response, SubMsg, SubMsgResult, Uint128};

use super::reply_id::{error_of, ReplyId};
use crate::call::Call;
use crate::chain::staking;
use crate::error::ContractError;
use crate::event;
use crate::state::{Holding, BOOK, CONFIG, HOLDINGS};
use crate::store::packed::{pack, packed};

/// A delegation in flight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delegation {
    /// Operator address.
    pub validator: String,
    /// Tokens moved from idle to bonded.
    pub tokens: Uint128,
    /// The holding said so before, and does again if this is refused.
    pub leave_one_unit: bool,
    /// The same.
    pub redelegation_refused: bool,
}

packed! {
    Delegation { validator, tokens, leave_one_unit, redelegation_refused }
}

/// Books it and sends it. The fill list gave the tokens, so it still fits.
///
/// Writes: book, holding. Emits: `vault/delegated`.
///
/// # Errors
/// When there is less idle.
pub fn send(
    call: &mut Call,
    mut holding: Holding,
    validator: String,
    tokens: Uint128,
) -> Result<(), Box<ContractError>> {
    holding.delegated = holding.delegated.checked_add(tokens)?;
    // new stake makes untrue what refusals told; a reply on success would cost every deposit more
    let leave_one_unit = std::mem::take(&mut holding.leave_one_unit);
    let redelegation_refused = std::mem::take(&mut holding.redelegation_refused);
    call.book.money.delegate(tokens)?;
    call.save_holding_keeping_fill_list(&validator, holding);

    let message = staking::delegate(&validator, &call.config.denom, tokens);
    let message = SubMsg::reply_on_error(message, ReplyId::Delegate as u64);
    call.emit(event::delegated(&validator, tokens));
    let delegation = Delegation {
        validator,
        tokens,
        leave_one_unit,
        redelegation_refused,
    };
    call.send(message.with_payload(pack(&delegation)));
    Ok(())
}

/// It was refused: its tokens are idle again, and its validator is left alone for a while. The other
/// slots of the fill list still fit: there is only less stake than they were made for.
///
/// Reads: config, book, holding. Writes: book, holding. Sends: nothing. Emits: `vault/refused`.
///
/// # Errors
/// When storage is damaged or there is less bonded.
pub fn reply(
    deps: DepsMut,
    env: &Env,
    delegation: Delegation,
    result: SubMsgResult,
) -> Result<Response, Box<ContractError>> {
    let config = CONFIG.load(deps.storage)?;
    let mut book = BOOK.load(deps.storage)?;
    let Delegation {
        validator,
        tokens,
        leave_one_unit,
        redelegation_refused,
    } = delegation;
    let mut holding = HOLDINGS.load(deps.storage, &validator)?;
    let now = env.block.time.seconds();

    book.money.undo_delegate(tokens)?;
    holding.delegated = holding.delegated.checked_sub(tokens)?;
    holding.leave_one_unit |= leave_one_unit;
    holding.redelegation_refused |= redelegation_refused;
    holding.retry_at = now.saturating_add(config.parameters.retry_after);
    book.deposits.idle_since = book.deposits.idle_since.or(Some(now));

    HOLDINGS.save(deps.storage, &validator, &holding);
    BOOK.save(deps.storage, &book);
    let error = error_of(&result);
    Ok(Response::new().add_event(event::refused("delegate", &validator, tokens, &error)))
}
