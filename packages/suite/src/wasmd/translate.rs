//! The suite's transactions as the chain's messages, and the chain's answers as the suite's.

use cosmwasm_std::{Event, StakingMsg};
use serde_json::Value;
use wasmd_chain::{Coin, Receipt, Refused, coin, msg};

use super::genesis::{FEE, FEE_DENOM};
use crate::chain::{GovMsg, Outcome, Refusal, Tx};

/// Coins as the chain's client has them.
pub fn coins(coins: &[cosmwasm_std::Coin]) -> Vec<Coin> {
    coins.iter().map(one).collect()
}

fn one(from: &cosmwasm_std::Coin) -> Coin {
    coin(from.amount.u128(), &from.denom)
}

/// A transaction with the fee that nobody notices.
pub fn cheap(signer: &str, msgs: impl Into<Vec<Value>>) -> wasmd_chain::Tx {
    wasmd_chain::Tx::new(signer, msgs).fee(&[coin(FEE, FEE_DENOM)])
}

/// Who signs a transaction, and its message.
pub fn message(tx: &Tx) -> (&str, Value) {
    match tx {
        Tx::Instantiate {
            code_id,
            sender,
            admin,
            salt,
            msg,
            funds,
        } => {
            let (admin, msg, funds) = (admin.as_deref(), parsed(msg), coins(funds));
            let message = match salt {
                None => msg::instantiate(sender, *code_id, admin, &msg, &funds),
                Some(salt) => {
                    let salt = salt.as_bytes();
                    msg::instantiate2(sender, *code_id, admin, salt, &msg, &funds)
                }
            };
            (sender, message.unwrap())
        }
        Tx::UpdateAdmin {
            sender,
            contract,
            admin,
        } => (sender, msg::update_admin(sender, contract, admin)),
        Tx::Migrate {
            sender,
            contract,
            code_id,
            msg,
        } => {
            let message = msg::migrate(sender, contract, *code_id, &parsed(msg)).unwrap();
            (sender, message)
        }
        Tx::Execute {
            sender,
            contract,
            msg,
            funds,
        } => {
            let message = msg::execute(sender, contract, &parsed(msg), &coins(funds)).unwrap();
            (sender, message)
        }
        Tx::Send {
            sender,
            recipient,
            coins: sent,
        } => (sender, msg::send(sender, recipient, &coins(sent))),
        Tx::Stake { sender, msg } => (sender, stake(sender, msg)),
        Tx::Gov { sender, msg } => (sender, gov(sender, msg)),
    }
}

fn gov(sender: &str, msg: &GovMsg) -> Value {
    match msg {
        GovMsg::Propose { messages, deposit } => {
            let messages: Vec<Value> = messages.iter().map(|it| parsed(it)).collect();
            msg::submit_proposal(sender, &messages, &coins(deposit))
        }
        GovMsg::Vote {
            proposal_id,
            agrees,
        } => msg::vote(sender, *proposal_id, *agrees),
    }
}

fn stake(delegator: &str, msg: &StakingMsg) -> Value {
    match msg {
        StakingMsg::Delegate { validator, amount } => {
            msg::delegate(delegator, validator, &one(amount))
        }
        StakingMsg::Undelegate { validator, amount } => {
            msg::undelegate(delegator, validator, &one(amount))
        }
        StakingMsg::Redelegate {
            src_validator,
            dst_validator,
            amount,
        } => msg::redelegate(delegator, src_validator, dst_validator, &one(amount)),
        other => panic!("{other:?} is of no kind known here"),
    }
}

/// JSON text as a value.
pub fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// What became of a transaction.
pub fn outcome(result: &Result<Receipt, Refused>) -> Result<Outcome, Refusal> {
    match result {
        Ok(receipt) => Ok(Outcome {
            events: receipt.events.iter().map(event).collect(),
            gas_used: receipt.gas_used,
        }),
        Err(refused) => Err(Refusal {
            text: refused.to_string(),
        }),
    }
}

fn event(told: &wasmd_chain::Event) -> Event {
    let attributes = told.attributes.iter();
    attributes.fold(Event::new(&told.kind), |event, (key, value)| {
        event.add_attribute(key, value)
    })
}
