//! A validator's rewards go to the pot. A refusal stops nothing.

use cosmwasm_std::{Response, SubMsg, SubMsgResult, Uint128};

use super::reply_id::{error_of, ReplyId};
use crate::call::Call;
use crate::chain::staking;
use crate::event;
use crate::store::packed::{pack, packed};

/// A withdrawal of rewards in flight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RewardWithdrawal {
    /// Operator address.
    pub validator: String,
}

packed! {
    RewardWithdrawal { validator }
}

/// Sends it; the book does not change.
pub fn send(call: &mut Call, validator: String) {
    let message = staking::withdraw_rewards(&validator);
    let message = SubMsg::reply_on_error(message, ReplyId::WithdrawRewards as u64);
    call.send(message.with_payload(pack(&RewardWithdrawal { validator })));
}

/// It was refused. Emits: `vault/refused`.
#[must_use]
pub fn reply(withdrawal: RewardWithdrawal, result: &SubMsgResult) -> Response {
    Response::new().add_event(event::refused(
        "withdraw_rewards",
        &withdrawal.validator,
        Uint128::zero(),
        &error_of(result),
    ))
}
