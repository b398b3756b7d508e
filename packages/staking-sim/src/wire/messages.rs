//! Messages that arrive as `CosmosMsg::Any` or `CosmosMsg::Stargate`.

use anybuf::Bufany;
use cosmwasm_std::{Addr, Api, MsgResponse};

use super::responses;
use super::types::decode_coin;
use crate::distribution::{fund_community_pool, set_withdraw_address, withdraw_reward};
use crate::env::Env;
use crate::error::{ChainError, Outcome};
use crate::faults::{are_times_left_out, shown_amount};
use crate::staking::{cancel_unbonding, delegate, redelegate, undelegate};

const DELEGATE: &str = "/cosmos.staking.v1beta1.MsgDelegate";
const UNDELEGATE: &str = "/cosmos.staking.v1beta1.MsgUndelegate";
const REDELEGATE: &str = "/cosmos.staking.v1beta1.MsgBeginRedelegate";
const CANCEL_UNBONDING: &str = "/cosmos.staking.v1beta1.MsgCancelUnbondingDelegation";
const WITHDRAW: &str = "/cosmos.distribution.v1beta1.MsgWithdrawDelegatorReward";
const SET_WITHDRAW_ADDRESS: &str = "/cosmos.distribution.v1beta1.MsgSetWithdrawAddress";
const FUND_COMMUNITY_POOL: &str = "/cosmos.distribution.v1beta1.MsgFundCommunityPool";

/// Whether this crate carries the message out. All others are another handler's.
pub(super) fn is_known(type_url: &str) -> bool {
    [
        DELEGATE,
        UNDELEGATE,
        REDELEGATE,
        CANCEL_UNBONDING,
        WITHDRAW,
        SET_WITHDRAW_ADDRESS,
        FUND_COMMUNITY_POOL,
    ]
    .contains(&type_url)
}

/// Runs the message; answers with its typed response.
pub(super) fn execute(
    env: &mut Env<'_>,
    api: &dyn Api,
    sender: &Addr,
    type_url: &str,
    value: &[u8],
) -> Outcome<MsgResponse> {
    let message = Bufany::deserialize(value).map_err(|_| ChainError::InvalidRequest {
        reason: "malformed message",
    })?;
    // in all but FundCommunityPool the signer is the first field
    let text = |field: u32| message.string(field).unwrap_or_default();
    let ensure_sender = |field: u32| ensure_signed_by(sender, &text(field));
    let data = match type_url {
        DELEGATE => {
            ensure_sender(1)?;
            delegate(env, sender, &text(2), &decode_coin(&message, 3)?)?;
            responses::delegated()
        }
        UNDELEGATE => {
            ensure_sender(1)?;
            let done = undelegate(env, sender, &text(2), &decode_coin(&message, 3)?)?;
            let amount = shown_amount(env.storage, &done.amount)?;
            responses::undelegated(done.completion_time, amount)
        }
        REDELEGATE => {
            ensure_sender(1)?;
            let amount = decode_coin(&message, 4)?;
            let completion = redelegate(env, sender, &text(2), &text(3), &amount)?;
            match are_times_left_out(env.storage)? {
                true => responses::empty(),
                false => responses::redelegated(completion),
            }
        }
        CANCEL_UNBONDING => {
            ensure_sender(1)?;
            let amount = decode_coin(&message, 3)?;
            let height = message.int64(4).unwrap_or_default();
            let height = u64::try_from(height).unwrap_or_default();
            cancel_unbonding(env, sender, &text(2), &amount, height)?;
            responses::empty()
        }
        WITHDRAW => {
            ensure_sender(1)?;
            responses::withdrawn(&withdraw_reward(env, sender, &text(2))?)
        }
        SET_WITHDRAW_ADDRESS => {
            ensure_sender(1)?;
            let address = text(2);
            let address = api
                .addr_validate(&address)
                .map_err(|_| ChainError::InvalidAddress { address })?;
            set_withdraw_address(env, sender, &address)?;
            responses::empty()
        }
        FUND_COMMUNITY_POOL => {
            ensure_sender(2)?;
            fund_community_pool(env, sender, &[decode_coin(&message, 1)?])?;
            responses::empty()
        }
        _ => {
            return Err(ChainError::unregistered(format!(
                "unknown message {type_url}"
            )));
        }
    };
    let type_url = format!("{type_url}Response");
    Ok(MsgResponse {
        type_url,
        value: data.into(),
    })
}

/// wasmd lets a contract sign for itself only.
fn ensure_signed_by(sender: &Addr, signer: &str) -> Outcome<()> {
    if sender.as_str() == signer {
        Ok(())
    } else {
        Err(ChainError::Unauthorized {
            address: signer.to_string(),
        })
    }
}
