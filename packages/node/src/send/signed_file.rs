//! A signed transaction as a file, read.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use k256::ecdsa::VerifyingKey;
use serde_json::Value;

use crate::message::raw::{Letters, compact, find_text};
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
    /// The same as signers may have spelt it: chains' own programs escape letters of contracts' messages.
    pub(super) spellings: Vec<Vec<u8>>,
    pub(super) auth: Vec<u8>,
    pub(super) signature: Vec<u8>,
    pub(super) key: Vec<u8>,
    pub(super) mode: i32,
    /// As signed.
    pub sequence: u64,
    /// What it pays.
    pub fee: SignedFee,
    /// The last height at which it may get into a block; 0 when there is no bound.
    pub timeout_height: u64,
}

/// What a signed transaction pays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedFee {
    /// Coins.
    pub coins: Vec<crate::Coin>,
    /// Units of gas at most.
    pub gas_limit: u64,
    /// Who pays instead of the signer, where somebody does.
    pub payer: Option<String>,
    /// Whose allowance pays, where one does.
    pub granter: Option<String>,
}

impl SignedFile {
    /// Reads what a signer wrote (`tx sign`).
    pub fn read(file: &str) -> Result<Self, UnsignedError> {
        let source = file;
        let file: Value =
            serde_json::from_str(source).map_err(|error| UnsignedError::NoTransaction {
                reason: format!("it is no JSON: {error}"),
            })?;
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
        let messages = messages?;
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
            messages,
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
        let some = |text: &str| (!text.is_empty()).then(|| text.to_string());
        let told = SignedFee {
            coins,
            gas_limit: fee.gas_limit,
            payer: some(&fee.payer),
            granter: some(&fee.granter),
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
        let mut spellings: Vec<Vec<u8>> = Vec::new();
        for letters in Letters::ALL {
            let body = spell(&draft, source, letters).body(timeout_height);
            spellings.push(body.encode_to_vec());
        }
        spellings.push(draft.body(timeout_height).encode_to_vec());
        Ok(Self {
            body: spellings.first().cloned().unwrap_or_default(),
            spellings,
            auth: auth.encode_to_vec(),
            signature: bytes("/signatures/0")?,
            key,
            mode,
            sequence,
            fee: told,
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

/// With contracts' messages as they stand in the file.
fn spell(draft: &Draft, source: &str, letters: Letters) -> Draft {
    let mut draft = draft.clone();
    for (index, message) in draft.messages.iter_mut().enumerate() {
        let bytes = match message {
            Message::Execute(call) => &mut call.msg,
            Message::Instantiate { msg, .. } => msg,
            _ => continue,
        };
        let path = ["body", "messages", &index.to_string(), "msg"];
        if let Some(text) = find_text(source, &path) {
            *bytes = compact(text, letters).into_bytes();
        }
    }
    draft
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Made by Go: `tests/wasmd/sign_bytes_test.go` keeps it true.
    const VECTORS: &str = include_str!("../../testdata/sign_bytes.json");

    /// Letters that amino JSON escapes, in memos and in contracts' messages; and numbers of 0.
    #[test]
    fn lesson_15_sign_bytes_are_those_that_go_makes() {
        let vectors: Vec<Value> = serde_json::from_str(VECTORS).unwrap();
        assert_eq!(vectors.len(), 14);
        for (index, vector) in vectors.iter().enumerate() {
            let name = vector["name"].as_str().unwrap();
            let source = find_text(VECTORS, &[&index.to_string(), "file"]).unwrap();
            let mut signed = SignedFile::read(source).unwrap();
            let chain_id = vector["chain_id"].as_str().unwrap();
            let number = vector["account_number"].as_u64().unwrap();
            assert!(!signed.is_signed_for("vectors-2", number), "{name}");
            assert!(!signed.is_signed_for(chain_id, number + 1), "{name}");
            assert!(signed.is_signed_for(chain_id, number), "{name}");
            let bytes = match signed.mode {
                DIRECT => signed.sign_bytes(chain_id, number),
                _ => signed.amino_sign_bytes(chain_id, number).unwrap(),
            };
            let expected = vector["sign_bytes_hex"].as_str().unwrap();
            assert_eq!(crate::read::hex(&bytes), expected, "{name}");
            // what is sent is the body as signed, and no memo is ever escaped
            let memo = vector["file"]["body"]["memo"].as_str().unwrap();
            let raw = String::from_utf8_lossy(&signed.to_bytes()).into_owned();
            assert!(raw.contains(memo), "{name}");
        }
    }
}
