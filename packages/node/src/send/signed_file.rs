//! A signed transaction as a file, read.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use k256::ecdsa::VerifyingKey;
use serde_json::Value;

use crate::message::{Message, json::MessageJsonError};
use crate::proto::Any;
use crate::proto::cosmos::crypto::secp256k1::PubKey;
use crate::proto::cosmos::tx::v1beta1::{AuthInfo, Fee, ModeInfo, SignerInfo, TxRaw, mode_info};
use crate::proto::prost::Message as ProtoMessage;
use crate::send::draft::Draft;
use crate::send::unsigned::UnsignedError;

/// Signs the bytes themselves.
pub(super) const DIRECT: i32 = 1;
/// Signs JSON, as hardware wallets do.
pub(super) const AMINO_JSON: i32 = 127;

/// A signed transaction that was read from a file.
#[derive(Debug, Clone, PartialEq)]
pub struct SignedFile {
    /// What it is to do.
    pub draft: Draft,
    pub(super) body: Vec<u8>,
    pub(super) auth: Vec<u8>,
    pub(super) signature: Vec<u8>,
    pub(super) key: Vec<u8>,
    pub(super) mode: i32,
    /// As signed.
    pub sequence: u64,
    /// The last height at which it may get into a block; 0 when there is no bound.
    pub timeout_height: u64,
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

    /// As nodes take it.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let raw = TxRaw {
            body_bytes: self.body.clone(),
            auth_info_bytes: self.auth.clone(),
            signatures: vec![self.signature.clone()],
        };
        raw.encode_to_vec()
    }
}
