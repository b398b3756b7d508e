//! Messages as JSON, the way Cosmos chains write them (`--generate-only`, `tx sign`).

use serde_json::{Map, Value, json};

use crate::coin::Coin;
use crate::message::{ContractMessage, Message, StoreCode};

/// A message in JSON that is not understood here.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MessageJsonError {
    /// A kind that this program does not send.
    #[error("{type_url:?} is no message that this program knows")]
    UnknownType {
        /// As written.
        type_url: String,
    },
    /// A field that is missing or of another kind.
    #[error("{type_url}: {field} is missing or not what it should be")]
    Field {
        /// Which message.
        type_url: String,
        /// Which field.
        field: &'static str,
    },
}

impl Message {
    /// As chains write it. None for wasm to be stored: no signer of JSON takes that much.
    pub fn to_json(&self) -> Option<Value> {
        let coin = |coin: &Coin| json!({"denom": coin.denom, "amount": coin.amount.to_string()});
        let coins = |coins: &[Coin]| coins.iter().map(coin).collect::<Vec<_>>();
        let msg = |bytes: &[u8]| serde_json::from_slice::<Value>(bytes).ok();
        Some(match self {
            Message::Send {
                from,
                to,
                coins: sent,
            } => json!({
                "@type": "/cosmos.bank.v1beta1.MsgSend",
                "from_address": from, "to_address": to, "amount": coins(sent),
            }),
            Message::Delegate {
                delegator,
                validator,
                amount,
            } => json!({
                "@type": "/cosmos.staking.v1beta1.MsgDelegate",
                "delegator_address": delegator, "validator_address": validator, "amount": coin(amount),
            }),
            Message::Redelegate {
                delegator,
                source,
                destination,
                amount,
            } => json!({
                "@type": "/cosmos.staking.v1beta1.MsgBeginRedelegate",
                "delegator_address": delegator, "validator_src_address": source,
                "validator_dst_address": destination, "amount": coin(amount),
            }),
            Message::Undelegate {
                delegator,
                validator,
                amount,
            } => json!({
                "@type": "/cosmos.staking.v1beta1.MsgUndelegate",
                "delegator_address": delegator, "validator_address": validator, "amount": coin(amount),
            }),
            Message::Execute(call) => json!({
                "@type": "/cosmwasm.wasm.v1.MsgExecuteContract",
                "sender": call.sender, "contract": call.contract, "msg": msg(&call.msg)?, "funds": coins(&call.funds),
            }),
            Message::Store(StoreCode { .. }) => return None,
            Message::Instantiate {
                sender,
                admin,
                code_id,
                label,
                msg: bytes,
                funds,
                salt: None,
            } => json!({
                "@type": "/cosmwasm.wasm.v1.MsgInstantiateContract",
                "sender": sender, "admin": admin.clone().unwrap_or_default(), "code_id": code_id.to_string(),
                "label": label, "msg": msg(bytes)?, "funds": coins(funds),
            }),
            // its salt would be base64; deployments are signed by keys that are here
            Message::Instantiate { salt: Some(_), .. } => return None,
        })
    }

    /// Reads what chains write.
    pub fn from_json(value: &Value) -> Result<Self, MessageJsonError> {
        let type_url = value
            .get("@type")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_string();
        let fields = Fields {
            type_url: &type_url,
            fields: value.as_object(),
        };
        match type_url.as_str() {
            "/cosmos.bank.v1beta1.MsgSend" => Ok(Message::Send {
                from: fields.text("from_address")?,
                to: fields.text("to_address")?,
                coins: fields.coins("amount")?,
            }),
            "/cosmos.staking.v1beta1.MsgDelegate" => Ok(Message::Delegate {
                delegator: fields.text("delegator_address")?,
                validator: fields.text("validator_address")?,
                amount: fields.coin("amount")?,
            }),
            "/cosmos.staking.v1beta1.MsgBeginRedelegate" => Ok(Message::Redelegate {
                delegator: fields.text("delegator_address")?,
                source: fields.text("validator_src_address")?,
                destination: fields.text("validator_dst_address")?,
                amount: fields.coin("amount")?,
            }),
            "/cosmos.staking.v1beta1.MsgUndelegate" => Ok(Message::Undelegate {
                delegator: fields.text("delegator_address")?,
                validator: fields.text("validator_address")?,
                amount: fields.coin("amount")?,
            }),
            "/cosmwasm.wasm.v1.MsgExecuteContract" => Ok(Message::Execute(ContractMessage {
                sender: fields.text("sender")?,
                contract: fields.text("contract")?,
                msg: fields.bytes("msg")?,
                funds: fields.coins("funds")?,
            })),
            "/cosmwasm.wasm.v1.MsgInstantiateContract" => Ok(Message::Instantiate {
                sender: fields.text("sender")?,
                admin: Some(fields.text("admin")?).filter(|admin| !admin.is_empty()),
                code_id: fields
                    .text("code_id")?
                    .parse()
                    .map_err(|_| fields.wrong("code_id"))?,
                label: fields.text("label")?,
                msg: fields.bytes("msg")?,
                funds: fields.coins("funds")?,
                salt: None,
            }),
            _ => Err(MessageJsonError::UnknownType {
                type_url: type_url.clone(),
            }),
        }
    }
}

struct Fields<'a> {
    type_url: &'a str,
    fields: Option<&'a Map<String, Value>>,
}

impl Fields<'_> {
    fn wrong(&self, field: &'static str) -> MessageJsonError {
        MessageJsonError::Field {
            type_url: self.type_url.to_string(),
            field,
        }
    }

    fn value(&self, field: &'static str) -> Result<&Value, MessageJsonError> {
        let found = self.fields.and_then(|fields| fields.get(field));
        found.ok_or_else(|| self.wrong(field))
    }

    fn text(&self, field: &'static str) -> Result<String, MessageJsonError> {
        let text = self.value(field)?.as_str().map(str::to_string);
        text.ok_or_else(|| self.wrong(field))
    }

    fn bytes(&self, field: &'static str) -> Result<Vec<u8>, MessageJsonError> {
        let value = self.value(field)?;
        serde_json::to_vec(value).map_err(|_| self.wrong(field))
    }

    fn coin(&self, field: &'static str) -> Result<Coin, MessageJsonError> {
        let coin = serde_json::from_value(self.value(field)?.clone());
        coin.map_err(|_| self.wrong(field))
    }

    fn coins(&self, field: &'static str) -> Result<Vec<Coin>, MessageJsonError> {
        let coins = serde_json::from_value(self.value(field)?.clone());
        coins.map_err(|_| self.wrong(field))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let amount = Coin::new(10u128.pow(24), "aatom");
        let text = |text: &str| text.to_string();
        let all = [
            Message::Send {
                from: text("a"),
                to: text("b"),
                coins: vec![amount.clone()],
            },
            Message::Delegate {
                delegator: text("a"),
                validator: text("v"),
                amount: amount.clone(),
            },
            Message::Redelegate {
                delegator: text("a"),
                source: text("v"),
                destination: text("w"),
                amount: amount.clone(),
            },
            Message::Undelegate {
                delegator: text("a"),
                validator: text("v"),
                amount: amount.clone(),
            },
            // amino's escapes of these three are a matter of who signs: the text stays as it is
            Message::execute("a", "c", &json!({"say": "<a & b>"}), vec![amount]).unwrap(),
        ];
        for message in all {
            let json = message.to_json().unwrap();
            assert_eq!(Message::from_json(&json), Ok(message));
            assert!(!json.to_string().contains("\\u003c"), "{json}");
        }
        let error = Message::from_json(&json!({"@type": "/cosmos.gov.v1.MsgVote"})).unwrap_err();
        assert_eq!(
            error.to_string(),
            "\"/cosmos.gov.v1.MsgVote\" is no message that this program knows"
        );
    }
}
