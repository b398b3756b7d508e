//! A vault on a chain.

use defenders_node::{Coin, Message, Node, NodeError};
use defenders_types::{ConfigResponse, QueryMsg};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::error::SessionError;

/// What its cw2 entry calls it.
const CONTRACT: &str = "defenders-vault";

/// A vault that answers.
pub struct Vault<'a> {
    node: &'a Node,
    /// Its address.
    pub address: String,
    /// Its settings at this moment.
    pub config: ConfigResponse,
}

impl<'a> Vault<'a> {
    /// The vault at an address. Another contract, or none, is refused.
    pub fn open(node: &'a Node, address: &str) -> Result<Self, SessionError> {
        let no_vault = |reason: String| SessionError::NoVault {
            address: address.to_string(),
            reason,
        };
        match node.contract_info(address) {
            Ok(Some(_)) => {}
            Ok(None) => {
                return Err(no_vault(format!(
                    "there is no contract there on {}",
                    node.chain_id()
                )));
            }
            Err(NodeError::Query { log, .. }) => return Err(no_vault(log)),
            Err(error) => return Err(error.into()),
        }
        let cw2 = node
            .raw_state(address, b"contract_info")?
            .unwrap_or_default();
        let name = serde_json::from_slice::<Value>(&cw2)
            .ok()
            .and_then(|value| Some(value.get("contract")?.as_str()?.to_string()));
        match name {
            Some(name) if name.ends_with(CONTRACT) => {}
            Some(name) => return Err(no_vault(format!("the contract there calls itself {name}"))),
            None => {
                return Err(no_vault(
                    "the contract there does not say what it is".to_string(),
                ));
            }
        }
        let config = node.smart(address, &json!({"config": {}}))?;
        Ok(Self {
            node,
            address: address.to_string(),
            config,
        })
    }

    /// Its answer to a question.
    pub fn ask<T: DeserializeOwned>(&self, question: &QueryMsg) -> Result<T, NodeError> {
        self.node.smart(&self.address, question)
    }

    /// A call of it.
    pub fn call(
        &self,
        sender: &str,
        msg: &impl Serialize,
        funds: Vec<Coin>,
    ) -> Result<Message, SessionError> {
        Message::execute(sender, &self.address, msg, funds)
            .map_err(|error| SessionError::Broken(error.to_string()))
    }

    /// Its answer at a height.
    pub fn ask_at<T: DeserializeOwned>(
        &self,
        question: &QueryMsg,
        height: u64,
    ) -> Result<T, NodeError> {
        self.node.smart_at(&self.address, question, Some(height))
    }
}
