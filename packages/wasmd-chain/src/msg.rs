//! Messages in proto-JSON, as transactions carry them. Who sends them is an address, not a name.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use serde_json::{Value, json};

use crate::coin::{Coin, one_to_json, to_json};
use crate::error::{Error, Outcome};

/// A contract's message as JSON.
pub(crate) fn to_value(msg: &impl Serialize) -> Outcome<Value> {
    serde_json::to_value(msg).map_err(|source| Error::Json {
        what: "a contract's message",
        source,
    })
}

/// `MsgInstantiateContract`, with nobody or somebody who may migrate it.
pub fn instantiate(
    sender: &str,
    code_id: u64,
    admin: Option<&str>,
    msg: &impl Serialize,
    funds: &[Coin],
) -> Outcome<Value> {
    Ok(json!({
        "@type": "/cosmwasm.wasm.v1.MsgInstantiateContract",
        "sender": sender,
        "admin": admin.unwrap_or_default(),
        "code_id": code_id.to_string(),
        "label": "test",
        "msg": to_value(msg)?,
        "funds": to_json(funds),
    }))
}

/// `MsgInstantiateContract2`: the address follows from code, sender and salt.
pub fn instantiate2(
    sender: &str,
    code_id: u64,
    admin: Option<&str>,
    salt: &[u8],
    msg: &impl Serialize,
    funds: &[Coin],
) -> Outcome<Value> {
    let mut message = instantiate(sender, code_id, admin, msg, funds)?;
    message["@type"] = json!("/cosmwasm.wasm.v1.MsgInstantiateContract2");
    message["salt"] = json!(STANDARD.encode(salt));
    message["fix_msg"] = json!(false);
    Ok(message)
}

/// `MsgUpdateAdmin`.
pub fn update_admin(sender: &str, contract: &str, admin: &str) -> Value {
    json!({
        "@type": "/cosmwasm.wasm.v1.MsgUpdateAdmin",
        "sender": sender,
        "new_admin": admin,
        "contract": contract,
    })
}

/// `MsgExecuteContract`.
pub fn execute(
    sender: &str,
    contract: &str,
    msg: &impl Serialize,
    funds: &[Coin],
) -> Outcome<Value> {
    Ok(json!({
        "@type": "/cosmwasm.wasm.v1.MsgExecuteContract",
        "sender": sender,
        "contract": contract,
        "msg": to_value(msg)?,
        "funds": to_json(funds),
    }))
}

/// `MsgMigrateContract`.
pub fn migrate(sender: &str, contract: &str, code_id: u64, msg: &impl Serialize) -> Outcome<Value> {
    Ok(json!({
        "@type": "/cosmwasm.wasm.v1.MsgMigrateContract",
        "sender": sender,
        "contract": contract,
        "code_id": code_id.to_string(),
        "msg": to_value(msg)?,
    }))
}

/// `MsgSend` of x/bank.
pub fn send(from: &str, to: &str, coins: &[Coin]) -> Value {
    json!({
        "@type": "/cosmos.bank.v1beta1.MsgSend",
        "from_address": from,
        "to_address": to,
        "amount": to_json(coins),
    })
}

/// `MsgDelegate`.
pub fn delegate(delegator: &str, validator: &str, amount: &Coin) -> Value {
    json!({
        "@type": "/cosmos.staking.v1beta1.MsgDelegate",
        "delegator_address": delegator,
        "validator_address": validator,
        "amount": one_to_json(amount),
    })
}

/// `MsgUndelegate`.
pub fn undelegate(delegator: &str, validator: &str, amount: &Coin) -> Value {
    json!({
        "@type": "/cosmos.staking.v1beta1.MsgUndelegate",
        "delegator_address": delegator,
        "validator_address": validator,
        "amount": one_to_json(amount),
    })
}

/// `MsgBeginRedelegate`.
pub fn redelegate(
    delegator: &str,
    src_validator: &str,
    dst_validator: &str,
    amount: &Coin,
) -> Value {
    json!({
        "@type": "/cosmos.staking.v1beta1.MsgBeginRedelegate",
        "delegator_address": delegator,
        "validator_src_address": src_validator,
        "validator_dst_address": dst_validator,
        "amount": one_to_json(amount),
    })
}

/// `MsgCancelUnbondingDelegation` of the entry begun at this height.
pub fn cancel_unbonding(
    delegator: &str,
    validator: &str,
    amount: &Coin,
    creation_height: u64,
) -> Value {
    json!({
        "@type": "/cosmos.staking.v1beta1.MsgCancelUnbondingDelegation",
        "delegator_address": delegator,
        "validator_address": validator,
        "amount": one_to_json(amount),
        "creation_height": creation_height.to_string(),
    })
}

/// `MsgWithdrawDelegatorReward`.
pub fn withdraw_rewards(delegator: &str, validator: &str) -> Value {
    json!({
        "@type": "/cosmos.distribution.v1beta1.MsgWithdrawDelegatorReward",
        "delegator_address": delegator,
        "validator_address": validator,
    })
}

/// `MsgSetWithdrawAddress`.
pub fn set_withdraw_address(delegator: &str, withdraw_address: &str) -> Value {
    json!({
        "@type": "/cosmos.distribution.v1beta1.MsgSetWithdrawAddress",
        "delegator_address": delegator,
        "withdraw_address": withdraw_address,
    })
}

/// `MsgEditValidator` with another rate, decimal text, and nothing else, which the operator's account
/// signs. x/staking takes one change a day.
pub fn edit_commission(validator: &str, rate: &str) -> Value {
    let same = "[do-not-modify]";
    json!({
        "@type": "/cosmos.staking.v1beta1.MsgEditValidator",
        "description": {
            "moniker": same,
            "identity": same,
            "website": same,
            "security_contact": same,
            "details": same,
        },
        "validator_address": validator,
        "commission_rate": rate,
        "min_self_delegation": null,
    })
}

/// `MsgSubmitProposal` of x/gov: what its account is to do. Enough deposit opens the vote at once.
pub fn submit_proposal(proposer: &str, messages: &[Value], deposit: &[Coin]) -> Value {
    json!({
        "@type": "/cosmos.gov.v1.MsgSubmitProposal",
        "messages": messages,
        "initial_deposit": to_json(deposit),
        "proposer": proposer,
        "metadata": "none",
        "title": "test",
        "summary": "test",
    })
}

/// `MsgVote` of x/gov.
pub fn vote(voter: &str, proposal_id: u64, agrees: bool) -> Value {
    json!({
        "@type": "/cosmos.gov.v1.MsgVote",
        "proposal_id": proposal_id.to_string(),
        "voter": voter,
        "option": if agrees { "VOTE_OPTION_YES" } else { "VOTE_OPTION_NO" },
    })
}

/// `MsgUnjail`, which the operator's account signs.
pub fn unjail(validator: &str) -> Value {
    json!({"@type": "/cosmos.slashing.v1beta1.MsgUnjail", "validator_addr": validator})
}
