//! Transactions as files: written for a signer elsewhere, and sent once they come back signed.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use cosmrs::crypto::secp256k1::{Signature, VerifyingKey};
use serde_json::{Value, json};

use crate::message::{Message, json::MessageJsonError};
use crate::node::Node;
use crate::proto::Any;
use crate::proto::cosmos::crypto::secp256k1::PubKey;
use crate::proto::cosmos::tx::v1beta1::{
    AuthInfo, Fee, ModeInfo, SignDoc, SignerInfo, TxRaw, mode_info,
};
use crate::proto::prost::Message as ProtoMessage;
use crate::send::draft::{Draft, Estimate};
use crate::send::error::SendError;
use crate::send::fee::FeePolicy;
use crate::send::journal::{Journal, Pending};
use crate::send::sender::{Receipt, hash_of};
use crate::send::settle::{Attempt, settle};

/// Signs the bytes themselves.
const DIRECT: i32 = 1;
/// Signs JSON, as hardware wallets do.
const AMINO_JSON: i32 = 127;

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

/// A signed transaction that was read from a file.
#[derive(Debug, Clone, PartialEq)]
pub struct SignedFile {
    /// What it is to do.
    pub draft: Draft,
    body: Vec<u8>,
    auth: Vec<u8>,
    signature: Vec<u8>,
    key: Vec<u8>,
    mode: i32,
    /// As signed.
    pub sequence: u64,
    timeout_height: u64,
}

impl SignedFile {
    /// Reads what a signer wrote (`tx sign`).
    pub fn read(file: &Value) -> Result<Self, UnsignedError> {
        let missing = |what: &str| UnsignedError::NoTransaction {
            reason: format!("{what} is missing or wrong"),
        };
        let text = |path: &str| file.pointer(path).and_then(Value::as_str);
        let number = |path: &str| -> Result<u64, UnsignedError> {
            text(path)
                .and_then(|text| text.parse().ok())
                .ok_or_else(|| missing(path))
        };
        let bytes = |path: &str| -> Result<Vec<u8>, UnsignedError> {
            text(path)
                .and_then(|text| STANDARD.decode(text).ok())
                .ok_or_else(|| missing(path))
        };
        let messages = file
            .pointer("/body/messages")
            .and_then(Value::as_array)
            .ok_or_else(|| missing("/body/messages"))?;
        let messages: Result<Vec<Message>, MessageJsonError> =
            messages.iter().map(Message::from_json).collect();
        let signatures = file
            .pointer("/signatures")
            .and_then(Value::as_array)
            .map_or(0, Vec::len);
        if signatures != 1 {
            let reason = match signatures {
                0 => "it is not signed yet".to_string(),
                count => format!("it has {count} signatures, and one is needed"),
            };
            return Err(UnsignedError::NoTransaction { reason });
        }
        let draft = Draft {
            messages: messages?,
            memo: text("/body/memo").unwrap_or_default().to_string(),
            what: "a signed file".to_string(),
            wish: None,
        };
        let mode = match text("/auth_info/signer_infos/0/mode_info/single/mode") {
            Some("SIGN_MODE_DIRECT") => DIRECT,
            Some("SIGN_MODE_LEGACY_AMINO_JSON") => AMINO_JSON,
            _ => return Err(missing("the sign mode (direct or amino JSON)")),
        };
        let key = bytes("/auth_info/signer_infos/0/public_key/key")?;
        let sequence = number("/auth_info/signer_infos/0/sequence")?;
        let coins: Vec<crate::Coin> = file
            .pointer("/auth_info/fee/amount")
            .cloned()
            .and_then(|amount| serde_json::from_value(amount).ok())
            .ok_or_else(|| missing("/auth_info/fee/amount"))?;
        let fee = Fee {
            amount: coins.iter().map(crate::Coin::to_proto).collect(),
            gas_limit: number("/auth_info/fee/gas_limit")?,
            payer: text("/auth_info/fee/payer").unwrap_or_default().to_string(),
            granter: text("/auth_info/fee/granter")
                .unwrap_or_default()
                .to_string(),
        };
        let public_key = Any {
            type_url: "/cosmos.crypto.secp256k1.PubKey".to_string(),
            value: PubKey { key: key.clone() }.encode_to_vec(),
        };
        let single = mode_info::Single { mode };
        let auth = AuthInfo {
            signer_infos: vec![SignerInfo {
                public_key: Some(public_key),
                mode_info: Some(ModeInfo {
                    sum: Some(mode_info::Sum::Single(single)),
                }),
                sequence,
            }],
            fee: Some(fee),
            ..AuthInfo::default()
        };
        let timeout_height = number("/body/timeout_height")?;
        Ok(Self {
            body: draft.body(timeout_height).encode_to_vec(),
            auth: auth.encode_to_vec(),
            signature: bytes("/signatures/0")?,
            key,
            mode,
            sequence,
            timeout_height,
            draft,
        })
    }

    /// Who signed, on a chain with this address prefix.
    pub fn signer(&self, prefix: &str) -> Result<String, UnsignedError> {
        let wrong = |reason: String| UnsignedError::NoTransaction { reason };
        let key =
            VerifyingKey::from_sec1_bytes(&self.key).map_err(|error| wrong(error.to_string()))?;
        let key = cosmrs::crypto::PublicKey::from(key);
        let id = key
            .account_id(prefix)
            .map_err(|error| wrong(error.to_string()))?;
        Ok(id.to_string())
    }

    /// Sends it: sequence, signer and signature are compared with the chain first.
    pub fn send(&self, node: &Node, folder: &std::path::Path) -> Result<Receipt, UnsignedError> {
        let expected = self
            .draft
            .messages
            .first()
            .map_or("", Message::signer)
            .to_string();
        let prefix = expected.rsplit_once('1').map_or("", |(prefix, _)| prefix);
        let found = self.signer(prefix)?;
        if found != expected {
            return Err(UnsignedError::Signer { found, expected });
        }
        let bytes = self.to_bytes();
        let journal = Journal::open(folder, node.chain_id(), &found).map_err(SendError::from)?;
        if let Some(pending) = journal.load().map_err(SendError::from)? {
            let is_same = pending.bytes == crate::read::hex(&bytes);
            let ended = settle(node, &journal, pending, &found, Attempt::Later);
            if is_same {
                let included = ended?;
                return Ok(Receipt {
                    included,
                    was_under_way: true,
                });
            }
            if let Err(error @ (SendError::Waiting { .. } | SendError::Node(_))) = ended {
                return Err(error.into());
            }
        }
        self.ensure_fits(node, &found)?;
        let height = node.status().map_err(SendError::from)?.height;
        let pending = Pending {
            hash: hash_of(&bytes),
            bytes: crate::read::hex(&bytes),
            intention: self.draft.intention(),
            what: self.draft.what.clone(),
            sequence: self.sequence,
            height,
            last_height: match self.timeout_height {
                0 => height.saturating_add(10_000),
                last => last,
            },
            included: None,
        };
        journal.save(&pending).map_err(SendError::from)?;
        let included = settle(node, &journal, pending, &found, Attempt::First)?;
        Ok(Receipt {
            included,
            was_under_way: false,
        })
    }

    /// The result was told.
    pub fn forget(&self, node: &Node, folder: &std::path::Path) -> Result<(), UnsignedError> {
        let address = self.draft.messages.first().map_or("", Message::signer);
        let journal = Journal::open(folder, node.chain_id(), address).map_err(SendError::from)?;
        let hash = hash_of(&self.to_bytes());
        Ok(journal.clear_of(&hash).map_err(SendError::from)?)
    }

    /// What its signer signs on a chain, in `SIGN_MODE_DIRECT`.
    pub fn sign_bytes(&self, chain_id: &str, account_number: u64) -> Vec<u8> {
        let doc = SignDoc {
            body_bytes: self.body.clone(),
            auth_info_bytes: self.auth.clone(),
            chain_id: chain_id.to_string(),
            account_number,
        };
        doc.encode_to_vec()
    }

    fn ensure_fits(&self, node: &Node, address: &str) -> Result<(), UnsignedError> {
        let account = node.account(address).map_err(SendError::from)?;
        if account.sequence != self.sequence {
            return Err(UnsignedError::Sequence {
                address: address.to_string(),
                signed: self.sequence,
                next: account.sequence,
            });
        }
        // of JSON that was signed only the chain can say whether it fits
        if self.mode == DIRECT && !self.is_signed_for(node.chain_id(), account.number) {
            return Err(UnsignedError::Signature {
                chain_id: node.chain_id().to_string(),
                number: account.number,
            });
        }
        Ok(())
    }

    fn is_signed_for(&self, chain_id: &str, account_number: u64) -> bool {
        let key = VerifyingKey::from_sec1_bytes(&self.key);
        let signature = Signature::from_slice(&self.signature);
        match (key, signature) {
            (Ok(key), Ok(signature)) => {
                verify(&key, &self.sign_bytes(chain_id, account_number), &signature)
            }
            _ => false,
        }
    }

    fn to_bytes(&self) -> Vec<u8> {
        let raw = TxRaw {
            body_bytes: self.body.clone(),
            auth_info_bytes: self.auth.clone(),
            signatures: vec![self.signature.clone()],
        };
        raw.encode_to_vec()
    }
}

fn verify(key: &VerifyingKey, message: &[u8], signature: &Signature) -> bool {
    use k256::ecdsa::signature::Verifier;
    key.verify(message, signature).is_ok()
}
