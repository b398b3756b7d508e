//! Transactions, and what becomes of them.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::answer::{list, or_default, read};
use crate::coin::{Coin, to_text};
use crate::error::{Outcome, Refused};

/// What the chain adds to the attributes of a transaction's events.
const MESSAGE_INDEX: &str = "msg_index";

/// A limit of gas.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Gas {
    /// A hundred million, or the block's.
    #[default]
    Plenty,
    /// So much.
    Limit(u64),
    /// The block is rehearsed, and the limit is what was used plus 2 %.
    Rehearsed,
}

/// A transaction that a named account signs.
#[derive(Clone, Debug)]
pub struct Tx {
    signer: String,
    msgs: Vec<Value>,
    fee: Option<String>,
    gas: Gas,
    memo: String,
}

impl Tx {
    /// Of these messages, with a fee of at least one unit of the staking denom.
    pub fn new(signer: impl Into<String>, msgs: impl Into<Vec<Value>>) -> Self {
        Self {
            signer: signer.into(),
            msgs: msgs.into(),
            fee: None,
            gas: Gas::default(),
            memo: String::new(),
        }
    }

    /// With this fee. A large one is how rewards come to validators: the next block shares it out.
    pub fn fee(mut self, coins: &[Coin]) -> Self {
        self.fee = Some(to_text(coins));
        self
    }

    /// With this limit of gas.
    pub fn gas(mut self, gas: Gas) -> Self {
        self.gas = gas;
        self
    }

    /// With this memo.
    pub fn memo(mut self, memo: impl Into<String>) -> Self {
        self.memo = memo.into();
        self
    }

    pub(crate) fn to_request(&self) -> Value {
        let mut request = json!({"signer": self.signer, "msgs": self.msgs, "memo": self.memo});
        if let Some(fee) = &self.fee {
            request["fee"] = fee.as_str().into();
        }
        match self.gas {
            Gas::Plenty => {}
            Gas::Limit(gas) => request["gas"] = gas.into(),
            Gas::Rehearsed => request["gas"] = "auto".into(),
        }
        request
    }
}

/// An event of a transaction, without the index of its message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Such as `transfer`; a contract's begin with `wasm`.
    pub kind: String,
    /// Keys and values, in the chain's order.
    pub attributes: Vec<(String, String)>,
}

impl Event {
    /// The first attribute of this key.
    pub fn attribute(&self, key: &str) -> Option<&str> {
        let mut attributes = self.attributes.iter();
        attributes
            .find(|(known, _)| known == key)
            .map(|(_, value)| value.as_str())
    }
}

/// What an accepted transaction left behind.
#[derive(Clone, Debug, PartialEq)]
pub struct Receipt {
    /// Of the transaction.
    pub hash: String,
    /// Gas used, all of it: ante handlers, signature, storage.
    pub gas_used: u64,
    /// The limit.
    pub gas_wanted: u64,
    /// In order.
    pub events: Vec<Event>,
    /// A message's typed response each, in proto-JSON.
    pub responses: Vec<Value>,
}

impl Receipt {
    /// The events of this kind.
    pub fn events_of<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a Event> {
        self.events.iter().filter(move |event| event.kind == kind)
    }
}

#[derive(Deserialize)]
struct TxResult {
    #[serde(default)]
    hash: String,
    #[serde(default)]
    code: u32,
    #[serde(default)]
    codespace: String,
    #[serde(default)]
    log: String,
    #[serde(default)]
    gas_used: u64,
    #[serde(default)]
    gas_wanted: u64,
    #[serde(default, deserialize_with = "or_default")]
    events: Vec<EventResult>,
    #[serde(default, deserialize_with = "or_default")]
    responses: Vec<Value>,
}

#[derive(Deserialize)]
struct EventResult {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default, deserialize_with = "or_default")]
    attributes: Vec<AttributeResult>,
}

#[derive(Deserialize)]
struct AttributeResult {
    key: String,
    #[serde(default)]
    value: String,
}

/// What became of the transactions of a block.
pub(crate) fn results(told: &Value) -> Outcome<Vec<Result<Receipt, Refused>>> {
    list(told).iter().map(result).collect()
}

fn result(told: &Value) -> Outcome<Result<Receipt, Refused>> {
    let told: TxResult = read("a transaction's result", told)?;
    if told.code != 0 {
        return Ok(Err(Refused {
            codespace: told.codespace,
            code: told.code,
            log: told.log,
            gas_used: told.gas_used,
        }));
    }
    Ok(Ok(Receipt {
        hash: told.hash,
        gas_used: told.gas_used,
        gas_wanted: told.gas_wanted,
        events: told.events.into_iter().map(event).collect(),
        responses: told.responses,
    }))
}

pub(crate) fn events(told: &Value) -> Outcome<Vec<Event>> {
    let all = list(told).iter();
    all.map(|one| read("an event", one).map(event)).collect()
}

fn event(told: EventResult) -> Event {
    let attributes = told.attributes.into_iter();
    let own = attributes.filter(|attribute| attribute.key != MESSAGE_INDEX);
    Event {
        kind: told.kind,
        attributes: own
            .map(|attribute| (attribute.key, attribute.value))
            .collect(),
    }
}
