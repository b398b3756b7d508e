//! How messages are sent so that a refusal stops nothing: each is its own submessage, and its
//! payload carries the very numbers that its reply may have to put back.

use cosmwasm_std::{to_json_binary, Addr, BankMsg, Coin, StdResult, SubMsg, Uint128, WasmMsg};
use defenders_types::{pot, Purpose};

use crate::error::ContractError;
use crate::packed::{pack, packed};
use crate::staking;

/// Which message a reply answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u64)]
pub enum ReplyId {
    /// The pot exists. No payload.
    PotInstantiated = 1,
    /// A delegation was refused. Payload: [`Delegation`].
    Delegated = 2,
    /// An undelegation was answered. Payload: [`Undelegation`].
    Undelegated = 3,
    /// A withdrawal of rewards was refused. Payload: [`Withdrawal`].
    RewardsWithdrawn = 4,
    /// The pot was swept. Payload: [`Sweep`].
    PotReleased = 5,
    /// Fee or bounty was refused. Payload: [`FeePayment`].
    FeePaid = 6,
}

/// A delegation in flight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delegation {
    /// Operator address.
    pub validator: String,
    /// Tokens moved from idle to bonded.
    pub tokens: Uint128,
}

/// An undelegation in flight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undelegation {
    /// Operator address.
    pub validator: String,
    /// Tokens taken from its holding.
    pub tokens: Uint128,
    /// Shares burnt for them; 0 when restaking.
    pub shares: Uint128,
    /// What they are for.
    pub purpose: Purpose,
}

/// A withdrawal of rewards in flight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withdrawal {
    /// Operator address.
    pub validator: String,
}

/// A sweep of the pot in flight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sweep {
    /// Gets the bounty.
    pub caller: Addr,
    /// The harvest's first page spreads its profit over so many seconds; later pages add to it.
    pub first_page_period: Option<u64>,
}

/// A payment of fee or bounty in flight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeePayment {
    /// Who is paid.
    pub recipient: Addr,
    /// Tokens.
    pub tokens: Uint128,
}

packed! {
    Delegation { validator, tokens }
    Undelegation { validator, tokens, shares, purpose }
    Withdrawal { validator }
    Sweep { caller, first_page_period }
    FeePayment { recipient, tokens }
}

impl ReplyId {
    const ALL: [ReplyId; 6] = [
        ReplyId::PotInstantiated,
        ReplyId::Delegated,
        ReplyId::Undelegated,
        ReplyId::RewardsWithdrawn,
        ReplyId::PotReleased,
        ReplyId::FeePaid,
    ];

    /// The message that a reply answers.
    ///
    /// # Errors
    /// [`ContractError::UnknownReply`].
    pub fn from_id(id: u64) -> Result<Self, ContractError> {
        Self::ALL
            .into_iter()
            .find(|reply| *reply as u64 == id)
            .ok_or(ContractError::UnknownReply { id })
    }
}

/// A delegation whose refusal leaves the tokens idle.
#[must_use]
pub fn delegate_or_put_back(denom: &str, delegation: &Delegation) -> SubMsg {
    let message = staking::delegate(&delegation.validator, denom, delegation.tokens);
    SubMsg::reply_on_error(message, ReplyId::Delegated as u64).with_payload(pack(delegation))
}

/// An undelegation whose refusal leaves the stake where it is, and whose success goes into the
/// ledger.
#[must_use]
pub fn undelegate_into_ledger(denom: &str, undelegation: &Undelegation) -> SubMsg {
    let message = staking::undelegate(&undelegation.validator, denom, undelegation.tokens);
    SubMsg::reply_always(message, ReplyId::Undelegated as u64).with_payload(pack(undelegation))
}

/// A withdrawal of rewards whose refusal stops nothing.
#[must_use]
pub fn withdraw_rewards_or_tell(validator: &str) -> SubMsg {
    let payload = Withdrawal {
        validator: validator.to_owned(),
    };
    let message = staking::withdraw_rewards(validator);
    SubMsg::reply_on_error(message, ReplyId::RewardsWithdrawn as u64).with_payload(pack(&payload))
}

/// A sweep of the pot.
///
/// # Errors
/// When the message cannot be written.
pub fn sweep_pot(pot: &Addr, sweep: &Sweep) -> StdResult<SubMsg> {
    let message = WasmMsg::Execute {
        contract_addr: pot.to_string(),
        msg: to_json_binary(&pot::ExecuteMsg::Release {})?,
        funds: vec![],
    };
    let message = SubMsg::reply_on_success(message, ReplyId::PotReleased as u64);
    Ok(message.with_payload(pack(sweep)))
}

/// A payment of fee or bounty whose refusal leaves it owed.
#[must_use]
pub fn pay_fee_or_owe(denom: &str, payment: &FeePayment) -> SubMsg {
    let message = BankMsg::Send {
        to_address: payment.recipient.to_string(),
        amount: vec![Coin::new(payment.tokens, denom)],
    };
    SubMsg::reply_on_error(message, ReplyId::FeePaid as u64).with_payload(pack(payment))
}
