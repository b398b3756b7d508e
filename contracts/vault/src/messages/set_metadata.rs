//! Wallets are told what the shares' denom is called. A chain that refuses is no reason to fail.

use cosmwasm_std::{Addr, DepsMut, Response, SubMsg, SubMsgResult};

use super::reply_id::{error_of, ReplyId};
use crate::chain::token_factory::{set_metadata, Metadata};
use crate::error::ContractError;
use crate::event;
use crate::state::CONFIG;

/// The message.
#[must_use]
pub fn message(prefix: &str, vault: &Addr, metadata: &Metadata) -> SubMsg {
    let message = set_metadata(prefix, vault, metadata);
    SubMsg::reply_on_error(message, ReplyId::SetMetadata as u64)
}

/// It was refused: wallets show the bare denom.
///
/// Reads: config. Writes: nothing. Sends: nothing. Emits: `vault/metadata_refused`.
///
/// # Errors
/// When storage is damaged.
pub fn reply(deps: DepsMut, result: &SubMsgResult) -> Result<Response, Box<ContractError>> {
    let config = CONFIG.load(deps.storage)?;
    let denom = config.share_denom.map(|coins| coins.denom);
    let event = event::metadata_refused(&denom.unwrap_or_default(), &error_of(result));
    Ok(Response::new().add_event(event))
}
