//! Which message a reply answers, and what it carries.

use cosmwasm_std::{Reply, StdError, SubMsgResult};

use crate::error::ContractError;
use crate::store::packed::{unpack, Packed};

macro_rules! reply_ids {
    ($($(#[$doc:meta])* $id:ident = $number:literal),+ $(,)?) => {
        /// Which message a reply answers.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u64)]
        pub enum ReplyId {
            $($(#[$doc])* $id = $number,)+
        }

        impl ReplyId {
            /// The message that a reply answers.
            ///
            /// # Errors
            /// [`ContractError::UnknownReply`].
            pub fn from_id(id: u64) -> Result<Self, Box<ContractError>> {
                match id {
                    $($number => Ok(Self::$id),)+
                    _ => Err(ContractError::UnknownReply { id }.into()),
                }
            }
        }
    };
}

// In flight within one transaction only; still, a number is never given to another message.
reply_ids! {
    /// The pot exists. No payload.
    CreatePot = 1,
    /// A delegation was refused.
    Delegate = 2,
    /// An undelegation was answered.
    Undelegate = 3,
    /// A withdrawal of rewards was refused.
    WithdrawRewards = 4,
    /// The pot was swept.
    SweepPot = 5,
    /// Fee or bounty was refused.
    PayFee = 6,
    /// The undelegation that tests the chain was accepted.
    TestChain = 7,
    /// A redelegation was answered.
    Redelegate = 8,
    /// Other code took over, and answers.
    Upgrade = 9,
    /// The shares' denom exists.
    CreateDenom = 10,
    /// What wallets show was refused. No payload.
    SetMetadata = 11,
}

/// What the message carried for its reply.
///
/// # Errors
/// [`ContractError::DamagedPayload`].
pub fn payload_of<T: Packed>(reply: &Reply) -> Result<T, Box<ContractError>> {
    let damaged = || ContractError::DamagedPayload {
        id: reply.id,
        bytes: reply.payload.len(),
    };
    Ok(unpack(&reply.payload).ok_or_else(damaged)?)
}

/// The first line: what follows may be a backtrace of a test chain.
#[must_use]
pub fn error_of(result: &SubMsgResult) -> String {
    match result {
        SubMsgResult::Ok(_) => String::new(),
        SubMsgResult::Err(error) => error.lines().next().unwrap_or_default().to_owned(),
    }
}

/// What a contract answered.
///
/// # Errors
/// When it failed.
pub fn answer_data(result: SubMsgResult) -> Result<Vec<u8>, Box<ContractError>> {
    let response = result.into_result().map_err(StdError::generic_err)?;
    let first = response.msg_responses.into_iter().next();
    #[allow(deprecated)] // chains before CosmWasm 2.0 answer here
    let data = first.map(|answer| answer.value).or(response.data);
    Ok(data.unwrap_or_default().into())
}
