//! What the chain is told: one file per message, with its payload, how it is sent, and what its reply
//! does. Each is its own submessage. Delegations and undelegations change the book before they are sent,
//! so that an error's reply only puts back the very numbers in the payload: differences, never a state
//! of before. The others change it in their reply, or not at all.

pub mod create_denom;
pub mod create_pot;
pub mod delegate;
pub mod pay_fee;
pub mod redelegate;
pub mod reply_id;
pub mod set_metadata;
pub mod sweep_pot;
pub mod test_chain;
pub mod undelegate;
pub mod upgrade;
pub mod withdraw_rewards;

use cosmwasm_std::{DepsMut, Env, Reply, Response};

use crate::error::ContractError;
use reply_id::{payload_of, ReplyId};

/// What became of a message.
///
/// # Errors
/// Whatever makes the book wrong: then the whole call reverts.
pub fn reply(deps: DepsMut, env: Env, reply: Reply) -> Result<Response, Box<ContractError>> {
    match ReplyId::from_id(reply.id)? {
        ReplyId::CreatePot => create_pot::reply(deps, &env, reply.result),
        ReplyId::Delegate => delegate::reply(deps, &env, payload_of(&reply)?, reply.result),
        ReplyId::Undelegate => undelegate::reply(deps, &env, payload_of(&reply)?, reply.result),
        ReplyId::Redelegate => redelegate::reply(deps, &env, payload_of(&reply)?, reply.result),
        ReplyId::WithdrawRewards => Ok(withdraw_rewards::reply(payload_of(&reply)?, &reply.result)),
        ReplyId::SweepPot => sweep_pot::reply(deps, &env, payload_of(&reply)?, reply.result),
        ReplyId::PayFee => pay_fee::reply(deps, payload_of(&reply)?),
        ReplyId::Upgrade => upgrade::reply(deps, &env, payload_of(&reply)?),
        ReplyId::CreateDenom => create_denom::reply(deps, &env, payload_of(&reply)?),
        ReplyId::SetMetadata => set_metadata::reply(deps, &reply.result),
        ReplyId::TestChain => test_chain::reply(deps, &env, payload_of(&reply)?, reply.result),
    }
}
