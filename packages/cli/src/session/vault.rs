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
            Err(NodeError::Query { log, .. }) if is_about_address(&log) => {
                return Err(no_vault(log));
            }
            Err(NodeError::Query { log, .. }) if is_about_no_contracts(&log) => {
                let reason = format!("{} runs no contracts", node.chain_id());
                return Err(no_vault(reason));
            }
            // out of time, out of gas, out of order: that says nothing of the address
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

/// Whether the chain refused the address itself.
fn is_about_address(log: &str) -> bool {
    let log = log.to_lowercase();
    log.contains("bech32") || log.contains("invalid address") || log.contains("empty address")
}

/// Whether the chain has no such question.
fn is_about_no_contracts(log: &str) -> bool {
    log.contains("unknown query path") || log.contains("unknown service")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What says nothing of an address must not be said of it.
    #[test]
    fn only_what_is_about_the_address_makes_it_no_vault() {
        for log in [
            "decoding bech32 failed: invalid checksum (expected a got b)",
            "invalid Bech32 prefix; expected wasm, got cosmos",
        ] {
            assert!(is_about_address(log), "{log}");
        }
        for log in [
            "context deadline exceeded",
            "out of gas in location: Loading CosmWasm module; gasWanted: 3000000",
            "post failed",
            "codespace sdk code 18: invalid request: failed to load state at height 9",
        ] {
            assert!(
                !is_about_address(log) && !is_about_no_contracts(log),
                "{log}"
            );
        }
        assert!(is_about_no_contracts("unknown query path: unknown request"));
    }
}
