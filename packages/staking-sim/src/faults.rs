//! Refusals ordered by the tester: of chosen messages at chosen validators, and of queries.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::{Addr, Coin, Empty, Storage};

use crate::error::{ChainError, Outcome};
use crate::store::{
    HIDDEN_DELEGATORS, KEEPS_REWARDS, NO_AMOUNTS, NO_TIMES, QUERIES_REFUSED, REFUSALS,
    REFUSED_PATHS, Refusal,
};

/// A message that a validator can be told to refuse.
#[cw_serde]
#[derive(Copy, Eq)]
pub enum MessageKind {
    /// `MsgDelegate`.
    Delegate,
    /// `MsgUndelegate`.
    Undelegate,
    /// `MsgBeginRedelegate`, with the validator at either end.
    Redelegate,
    /// `MsgWithdrawDelegatorReward` (not the automatic payment).
    Withdraw,
    /// `MsgCancelUnbondingDelegation`.
    CancelUnbonding,
}

impl MessageKind {
    fn key(self) -> &'static str {
        match self {
            Self::Delegate => "delegate",
            Self::Undelegate => "undelegate",
            Self::Redelegate => "redelegate",
            Self::Withdraw => "withdraw",
            Self::CancelUnbonding => "cancel_unbonding",
        }
    }
}

/// Orders the refusal.
pub(crate) fn refuse(
    storage: &mut dyn Storage,
    validator: &str,
    kind: MessageKind,
    codespace: &str,
    code: u32,
) -> Outcome<()> {
    let refusal = Refusal {
        codespace: codespace.to_string(),
        code,
    };
    Ok(REFUSALS.save(storage, (validator, kind.key()), &refusal)?)
}

/// Ends the refusal.
pub(crate) fn accept(storage: &mut dyn Storage, validator: &str, kind: MessageKind) {
    REFUSALS.remove(storage, (validator, kind.key()));
}

/// An error when the validator was told to refuse this kind of message.
pub(crate) fn ensure_accepted(
    storage: &dyn Storage,
    validator: &str,
    kind: MessageKind,
) -> Outcome<()> {
    match REFUSALS.may_load(storage, (validator, kind.key()))? {
        Some(Refusal { codespace, code }) => Err(ChainError::Refused { codespace, code }),
        None => Ok(()),
    }
}

/// Switches all raw query paths off or on again.
pub(crate) fn set_queries_refused(storage: &mut dyn Storage, refused: bool) -> Outcome<()> {
    Ok(QUERIES_REFUSED.save(storage, &refused)?)
}

/// Switches one raw query path off or on again.
pub(crate) fn set_path_refused(
    storage: &mut dyn Storage,
    path: &str,
    refused: bool,
) -> Outcome<()> {
    if refused {
        REFUSED_PATHS.save(storage, path, &Empty {})?;
    } else {
        REFUSED_PATHS.remove(storage, path);
    }
    Ok(())
}

/// Switches one raw query path off or on again for those that ask it about one thing: an operator
/// or a consensus address.
pub(crate) fn set_subject_refused(
    storage: &mut dyn Storage,
    path: &str,
    subject: &str,
    refused: bool,
) -> Outcome<()> {
    set_path_refused(storage, &subject_key(path, subject), refused)
}

/// Whether the tester switched this path off for this subject.
pub(crate) fn is_subject_refused(storage: &dyn Storage, path: &str, subject: &str) -> bool {
    REFUSED_PATHS.has(storage, &subject_key(path, subject))
}

fn subject_key(path: &str, subject: &str) -> String {
    format!("{path}?{subject}")
}

/// Whether the tester switched this path off.
pub(crate) fn is_path_refused(storage: &dyn Storage, path: &str) -> Outcome<bool> {
    Ok(QUERIES_REFUSED.may_load(storage)?.unwrap_or_default() || REFUSED_PATHS.has(storage, path))
}

/// Hides a delegator's delegations from `AllDelegations`, or shows them again.
pub(crate) fn set_delegations_hidden(
    storage: &mut dyn Storage,
    delegator: &Addr,
    hidden: bool,
) -> Outcome<()> {
    if hidden {
        HIDDEN_DELEGATORS.save(storage, delegator, &Empty {})?;
    } else {
        HIDDEN_DELEGATORS.remove(storage, delegator);
    }
    Ok(())
}

/// Whether the tester hid what this account delegates.
pub(crate) fn are_delegations_hidden(storage: &dyn Storage, delegator: &Addr) -> bool {
    HIDDEN_DELEGATORS.has(storage, delegator)
}

/// Lets touches keep what delegations have earned, or pay it again.
pub(crate) fn set_rewards_kept(storage: &mut dyn Storage, kept: bool) -> Outcome<()> {
    Ok(KEEPS_REWARDS.save(storage, &kept)?)
}

/// Whether touches keep what delegations have earned.
pub(crate) fn are_rewards_kept(storage: &dyn Storage) -> Outcome<bool> {
    Ok(KEEPS_REWARDS.may_load(storage)?.unwrap_or_default())
}

/// Leaves the amount out of the answers to undelegations, or tells it again.
pub(crate) fn set_amounts_left_out(storage: &mut dyn Storage, left_out: bool) -> Outcome<()> {
    Ok(NO_AMOUNTS.save(storage, &left_out)?)
}

/// What the answer to an undelegation says of its amount.
pub(crate) fn shown_amount<'a>(
    storage: &dyn Storage,
    amount: &'a Coin,
) -> Outcome<Option<&'a Coin>> {
    let is_left_out = NO_AMOUNTS.may_load(storage)?.unwrap_or_default();
    Ok((!is_left_out).then_some(amount))
}

/// Leaves the completion time out of the answers to redelegations, or tells it again.
pub(crate) fn set_times_left_out(storage: &mut dyn Storage, left_out: bool) -> Outcome<()> {
    Ok(NO_TIMES.save(storage, &left_out)?)
}

/// Whether answers to redelegations lack their completion time, which is all that they say.
pub(crate) fn are_times_left_out(storage: &dyn Storage) -> Outcome<bool> {
    Ok(NO_TIMES.may_load(storage)?.unwrap_or_default())
}
