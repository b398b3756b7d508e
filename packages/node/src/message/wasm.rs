//! Messages for contracts.

use serde::Serialize;

use crate::coin::Coin;
use crate::message::Message;

/// A call of a contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContractMessage {
    /// Who calls.
    pub sender: String,
    /// Which contract.
    pub contract: String,
    /// JSON.
    pub msg: Vec<u8>,
    /// What is sent along.
    pub funds: Vec<Coin>,
}

/// Wasm to be kept by the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreCode {
    /// Who stores it.
    pub sender: String,
    /// As built, or gzip of it.
    pub wasm: Vec<u8>,
}

impl Message {
    /// A call of a contract with a message that serialises.
    pub fn execute(
        sender: &str,
        contract: &str,
        msg: &impl Serialize,
        funds: Vec<Coin>,
    ) -> Result<Self, serde_json::Error> {
        Ok(Message::Execute(ContractMessage {
            sender: sender.to_string(),
            contract: contract.to_string(),
            msg: serde_json::to_vec(msg)?,
            funds,
        }))
    }
}
