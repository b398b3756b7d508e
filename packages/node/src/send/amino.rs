//! What hardware wallets sign: a transaction as sorted JSON (`SIGN_MODE_LEGACY_AMINO_JSON`).

use serde_json::{Map, Value, json};

use crate::coin::Coin;
use crate::message::{ContractMessage, Message};
use crate::proto::cosmos::tx::v1beta1::AuthInfo;
use crate::proto::prost::Message as ProtoMessage;
use crate::send::signed_file::SignedFile;

/// Above this Go's JSON no longer tells numbers apart.
const LARGEST_NUMBER: u64 = 1 << 53;

impl SignedFile {
    /// What its signer signs on a chain, as amino JSON. None when it holds what cannot be written so here: a message
    /// that wallets do not sign, or a number that Go's JSON would change.
    pub fn amino_sign_bytes(&self, chain_id: &str, account_number: u64) -> Option<Vec<u8>> {
        let fee = AuthInfo::decode(self.auth.as_slice()).ok()?.fee?;
        let amount = fee
            .amount
            .iter()
            .map(|coin| json!({"amount": coin.amount, "denom": coin.denom}));
        let mut fee_doc = json!({
            "amount": amount.collect::<Vec<_>>(),
            "gas": fee.gas_limit.to_string(),
        });
        let fields = fee_doc.as_object_mut()?;
        insert_text(fields, "granter", &fee.granter);
        insert_text(fields, "payer", &fee.payer);
        let messages = self.draft.messages.iter().map(to_amino);
        let mut doc = json!({
            "account_number": account_number.to_string(),
            "chain_id": chain_id,
            "fee": fee_doc,
            "memo": self.draft.memo,
            "msgs": messages.collect::<Option<Vec<_>>>()?,
            "sequence": self.sequence.to_string(),
        });
        if self.timeout_height > 0 {
            let height = self.timeout_height.to_string();
            insert_text(doc.as_object_mut()?, "timeout_height", &height);
        }
        let mut text = String::new();
        write_sorted(&doc, &mut text)?;
        Some(text.into_bytes())
    }
}

/// Empty texts are left out.
fn insert_text(fields: &mut Map<String, Value>, name: &str, text: &str) {
    if !text.is_empty() {
        fields.insert(name.to_string(), text.into());
    }
}

fn to_amino(message: &Message) -> Option<Value> {
    let coin = |coin: &Coin| json!({"amount": coin.amount.to_string(), "denom": coin.denom});
    let coins = |coins: &[Coin]| coins.iter().map(coin).collect::<Vec<_>>();
    let (kind, value) = match message {
        Message::Send {
            from,
            to,
            coins: sent,
        } => (
            "cosmos-sdk/MsgSend",
            json!({"amount": coins(sent), "from_address": from, "to_address": to}),
        ),
        Message::Delegate {
            delegator,
            validator,
            amount,
        } => (
            "cosmos-sdk/MsgDelegate",
            json!({"amount": coin(amount), "delegator_address": delegator, "validator_address": validator}),
        ),
        Message::Redelegate {
            delegator,
            source,
            destination,
            amount,
        } => (
            "cosmos-sdk/MsgBeginRedelegate",
            json!({
                "amount": coin(amount), "delegator_address": delegator,
                "validator_dst_address": destination, "validator_src_address": source,
            }),
        ),
        Message::Undelegate {
            delegator,
            validator,
            amount,
        } => (
            "cosmos-sdk/MsgUndelegate",
            json!({"amount": coin(amount), "delegator_address": delegator, "validator_address": validator}),
        ),
        Message::Execute(ContractMessage {
            sender,
            contract,
            msg,
            funds,
        }) => (
            "wasm/MsgExecuteContract",
            json!({
                "contract": contract, "funds": coins(funds),
                "msg": serde_json::from_slice::<Value>(msg).ok()?, "sender": sender,
            }),
        ),
        Message::Instantiate { .. } | Message::Store(_) => return None,
    };
    Some(json!({"type": kind, "value": value}))
}

/// Names in ascending order, no spaces, and escaped as Go's JSON does for web pages.
fn write_sorted(value: &Value, text: &mut String) -> Option<()> {
    match value {
        Value::Null | Value::Bool(_) => *text += &value.to_string(),
        Value::Number(number) => {
            let size = number.as_i64().map(i64::unsigned_abs).or(number.as_u64())?;
            if size > LARGEST_NUMBER {
                return None;
            }
            *text += &number.to_string();
        }
        Value::String(string) => *text += &escape(string)?,
        Value::Array(values) => {
            text.push('[');
            for (index, value) in values.iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                write_sorted(value, text)?;
            }
            text.push(']');
        }
        Value::Object(fields) => {
            let mut fields: Vec<_> = fields.iter().collect();
            fields.sort_by_key(|(name, _)| *name);
            text.push('{');
            for (index, (name, value)) in fields.into_iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                *text += &escape(name)?;
                text.push(':');
                write_sorted(value, text)?;
            }
            text.push('}');
        }
    }
    Some(())
}

fn escape(text: &str) -> Option<String> {
    let quoted = serde_json::to_string(text).ok()?;
    let mut escaped = String::with_capacity(quoted.len());
    for letter in quoted.chars() {
        match letter {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                escaped += &format!("\\u{:04x}", u32::from(letter));
            }
            letter => escaped.push(letter),
        }
    }
    Some(escaped)
}
