//! Transactions as files, for a signer elsewhere.

use serde_json::{Value, json};

use crate::message::json::MessageJsonError;
use crate::node::Node;
use crate::send::draft::{Draft, Estimate};
use crate::send::error::SendError;
use crate::send::fee::FeePolicy;

/// A file that cannot be written or sent.
#[derive(Debug, thiserror::Error)]
pub enum UnsignedError {
    /// Wasm, or a contract with an address of its own choice.
    #[error(
        "message {index} cannot be signed from a file: uploads and deployments are too large for wallets that show what they sign; use a key that is here"
    )]
    NotForFiles {
        /// From 0.
        index: usize,
    },
    /// The file is no transaction.
    #[error("this is no signed transaction: {reason}")]
    NoTransaction {
        /// What is missing.
        reason: String,
    },
    /// A message that is not known here.
    #[error(transparent)]
    Message(#[from] MessageJsonError),
    /// It was signed for another moment of the account.
    #[error(
        "it was signed as transaction {signed} of {address}, and the next is {next}: sign it anew with --sequence {next}"
    )]
    Sequence {
        /// Who signed.
        address: String,
        /// As signed.
        signed: u64,
        /// As the chain has it.
        next: u64,
    },
    /// The signature is of something else.
    #[error(
        "the signature does not fit: it was made for another chain than {chain_id}, another account number than {number}, or the file was changed since; sign it anew"
    )]
    Signature {
        /// The chain.
        chain_id: String,
        /// Of the account there.
        number: u64,
    },
    /// The key is not the one that has to sign.
    #[error("it is signed by {found}, and {expected} has to sign")]
    Signer {
        /// Whose key it is.
        found: String,
        /// Whom the messages name.
        expected: String,
    },
    /// Sending it failed.
    #[error(transparent)]
    Send(#[from] SendError),
}

impl Draft {
    /// As a file for a signer elsewhere, with the fee of an estimate.
    pub fn to_unsigned(&self, estimate: &Estimate) -> Result<Value, UnsignedError> {
        let messages = self.messages.iter().enumerate();
        let messages: Result<Vec<Value>, UnsignedError> = messages
            .map(|(index, message)| {
                message
                    .to_json()
                    .ok_or(UnsignedError::NotForFiles { index })
            })
            .collect();
        let fee = &estimate.fee;
        Ok(json!({
            "body": {
                "messages": messages?,
                "memo": self.memo,
                "timeout_height": "0",
                "extension_options": [],
                "non_critical_extension_options": [],
            },
            "auth_info": {
                "signer_infos": [],
                "fee": {
                    "amount": [{"denom": fee.denom, "amount": fee.amount.to_string()}],
                    "gas_limit": estimate.gas_limit.to_string(),
                    "payer": "",
                    "granter": "",
                },
                "tip": null,
            },
            "signatures": [],
        }))
    }

    /// Runs it for an account whose key is elsewhere.
    pub fn estimate_for(
        &self,
        node: &Node,
        address: &str,
        policy: &FeePolicy,
    ) -> Result<Estimate, SendError> {
        self.ensure_signer(address)?;
        let account = node.account(address)?;
        self.estimate(node, account.sequence, None, policy)
    }
}
