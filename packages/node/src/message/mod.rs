//! What an account can tell the chain to do.

pub(crate) mod json;
pub(crate) mod raw;
mod wasm;

pub use json::MessageJsonError;
pub use wasm::{ContractMessage, StoreCode};

use crate::coin::Coin;
use crate::proto::Any;
use crate::proto::cosmos::bank::v1beta1::MsgSend;
use crate::proto::cosmos::staking::v1beta1::{MsgBeginRedelegate, MsgDelegate, MsgUndelegate};
use crate::proto::cosmwasm::wasm::v1::{
    MsgExecuteContract, MsgInstantiateContract, MsgInstantiateContract2, MsgStoreCode,
};
use crate::proto::prost::{Message as ProtoMessage, Name};

/// A message. All of one transaction are signed by the same account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// Coins to an account.
    Send {
        /// Account.
        from: String,
        /// Account.
        to: String,
        /// What is sent.
        coins: Vec<Coin>,
    },
    /// Stake.
    Delegate {
        /// Account.
        delegator: String,
        /// Operator address.
        validator: String,
        /// Of the bond denom.
        amount: Coin,
    },
    /// Stake from one validator to another.
    Redelegate {
        /// Account.
        delegator: String,
        /// Operator address.
        source: String,
        /// Operator address.
        destination: String,
        /// Of the bond denom.
        amount: Coin,
    },
    /// Stake back to coins, after the unbonding time.
    Undelegate {
        /// Account.
        delegator: String,
        /// Operator address.
        validator: String,
        /// Of the bond denom.
        amount: Coin,
    },
    /// A call of a contract.
    Execute(ContractMessage),
    /// Wasm to be kept by the chain.
    Store(StoreCode),
    /// A contract of a code.
    Instantiate {
        /// Who makes it.
        sender: String,
        /// Who may replace its code.
        admin: Option<String>,
        /// Its code.
        code_id: u64,
        /// Its label.
        label: String,
        /// JSON.
        msg: Vec<u8>,
        /// What is sent along.
        funds: Vec<Coin>,
        /// With it the address is known beforehand (`MsgInstantiateContract2`).
        salt: Option<Vec<u8>>,
    },
}

impl Message {
    /// Who has to sign it.
    pub fn signer(&self) -> &str {
        match self {
            Message::Send { from, .. } => from,
            Message::Delegate { delegator, .. }
            | Message::Redelegate { delegator, .. }
            | Message::Undelegate { delegator, .. } => delegator,
            Message::Execute(call) => &call.sender,
            Message::Store(store) => &store.sender,
            Message::Instantiate { sender, .. } => sender,
        }
    }

    /// What it takes of the coins of a denom that the signer may spend, fees aside. What is delegated is taken of
    /// coins that still vest first.
    pub fn spends(&self, denom: &str) -> u128 {
        let coins = match self {
            Message::Send { coins, .. } => coins.as_slice(),
            Message::Execute(call) => call.funds.as_slice(),
            Message::Instantiate { funds, .. } => funds.as_slice(),
            Message::Delegate { .. }
            | Message::Redelegate { .. }
            | Message::Undelegate { .. }
            | Message::Store(_) => &[],
        };
        coins
            .iter()
            .filter(|coin| coin.denom == denom)
            .fold(0, |sum, coin| sum.saturating_add(coin.amount))
    }

    /// As a transaction has it.
    pub fn to_any(&self) -> Any {
        match self.clone() {
            Message::Send { from, to, coins } => pack(&MsgSend {
                from_address: from,
                to_address: to,
                amount: coins.iter().map(Coin::to_proto).collect(),
            }),
            Message::Delegate {
                delegator,
                validator,
                amount,
            } => pack(&MsgDelegate {
                delegator_address: delegator,
                validator_address: validator,
                amount: Some(amount.to_proto()),
            }),
            Message::Redelegate {
                delegator,
                source,
                destination,
                amount,
            } => pack(&MsgBeginRedelegate {
                delegator_address: delegator,
                validator_src_address: source,
                validator_dst_address: destination,
                amount: Some(amount.to_proto()),
            }),
            Message::Undelegate {
                delegator,
                validator,
                amount,
            } => pack(&MsgUndelegate {
                delegator_address: delegator,
                validator_address: validator,
                amount: Some(amount.to_proto()),
            }),
            Message::Execute(call) => pack(&MsgExecuteContract {
                sender: call.sender,
                contract: call.contract,
                msg: call.msg,
                funds: call.funds.iter().map(Coin::to_proto).collect(),
            }),
            Message::Store(store) => pack(&MsgStoreCode {
                sender: store.sender,
                wasm_byte_code: store.wasm,
                instantiate_permission: None,
            }),
            Message::Instantiate {
                sender,
                admin,
                code_id,
                label,
                msg,
                funds,
                salt,
            } => {
                let funds = funds.iter().map(Coin::to_proto).collect();
                let admin = admin.unwrap_or_default();
                match salt {
                    None => pack(&MsgInstantiateContract {
                        sender,
                        admin,
                        code_id,
                        label,
                        msg,
                        funds,
                    }),
                    Some(salt) => pack(&MsgInstantiateContract2 {
                        sender,
                        admin,
                        code_id,
                        label,
                        msg,
                        funds,
                        salt,
                        fix_msg: false,
                    }),
                }
            }
        }
    }
}

fn pack<M: ProtoMessage + Name>(message: &M) -> Any {
    Any {
        type_url: M::type_url(),
        value: message.encode_to_vec(),
    }
}
