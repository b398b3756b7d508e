//! Transactions that are in blocks.

use cosmrs::tendermint::{Hash, abci};
use tendermint_rpc::{Client, HttpClient, Order};

use crate::endpoint::Endpoint;
use crate::error::NodeError;
use crate::message::Message;
use crate::node::Node;
use crate::proto::cosmos::tx::v1beta1::{TxBody, TxRaw};
use crate::proto::prost::Message as ProtoMessage;

/// An event: its type and attributes in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its type.
    pub kind: String,
    /// Keys and values.
    pub attributes: Vec<(String, String)>,
}

impl Event {
    /// The first value of a key.
    pub fn value(&self, key: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(name, _)| name == key);
        found.map(|(_, value)| value.as_str())
    }
}

/// A transaction in a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Included {
    /// SHA-256 of its bytes, upper case hex.
    pub hash: String,
    /// Of its block.
    pub height: u64,
    /// Its place in the block, from 0.
    pub index: u32,
    /// 0 when it was carried out.
    pub code: u32,
    /// Of the module that refused.
    pub codespace: String,
    /// What was said when it was refused.
    pub log: String,
    /// Its limit.
    pub gas_wanted: i64,
    /// What it used.
    pub gas_used: i64,
    /// What it told.
    pub events: Vec<Event>,
    /// As signed.
    pub bytes: Vec<u8>,
}

impl Included {
    /// Whether the chain carried it out.
    pub fn is_ok(&self) -> bool {
        self.code == 0
    }

    /// Whether it failed because its place among the account's transactions was used, or not free yet.
    pub fn is_wrong_sequence(&self) -> bool {
        self.codespace == "sdk" && self.code == 32
    }

    /// Whether it said just this.
    pub fn says(&self, messages: &[Message]) -> bool {
        let body = TxRaw::decode(self.bytes.as_slice())
            .and_then(|raw| TxBody::decode(raw.body_bytes.as_slice()));
        let expected = messages.iter().map(Message::to_any);
        body.is_ok_and(|body| body.messages.into_iter().eq(expected))
    }

    /// The first value of a key in events of a type.
    pub fn value(&self, kind: &str, key: &str) -> Option<&str> {
        let events = self.events.iter().filter(|event| event.kind == kind);
        events.into_iter().find_map(|event| event.value(key))
    }
}

impl Node {
    /// The transaction with this hash (hex); None when no block has it, as far as this node has indexed.
    pub fn tx(&self, hash: &str) -> Result<Option<Included>, NodeError> {
        let Ok(parsed) = hash.parse::<Hash>() else {
            return Ok(None);
        };
        let call = async |client: &HttpClient| client.tx(parsed, false).await;
        match self.ask("tx", call, |_, answer| Ok(read(answer))) {
            Ok(found) => Ok(Some(found)),
            Err(NodeError::Refused { reason, .. }) if reason.contains("not found") => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// All transactions whose events fit a condition in CometBFT's words, as `message.sender='cosmos1...'`; oldest
    /// first.
    pub fn search(&self, condition: &str) -> Result<Vec<Included>, NodeError> {
        let mut all: Vec<Included> = Vec::new();
        for page in 1.. {
            let query: tendermint_rpc::query::Query =
                condition.parse().map_err(|_| NodeError::Refused {
                    host: "this program".to_string(),
                    method: "tx_search".to_string(),
                    reason: format!("{condition} is no condition"),
                })?;
            let call = async |client: &HttpClient| {
                client
                    .tx_search(query.clone(), false, page, 100, Order::Ascending)
                    .await
            };
            let found = self.ask("tx_search", call, |_: &Endpoint, answer| {
                let txs = answer.txs.into_iter().map(read).collect::<Vec<_>>();
                Ok((txs, usize::try_from(answer.total_count).unwrap_or(0)))
            });
            let (txs, total) = match found {
                Ok(found) => found,
                // the page behind the last
                Err(NodeError::Refused { reason, .. })
                    if page > 1 && reason.contains("page should be") =>
                {
                    break;
                }
                Err(error) => return Err(error),
            };
            let is_last = txs.len() < 100;
            for tx in txs {
                if !all
                    .iter()
                    .any(|known| known.hash == tx.hash && known.height == tx.height)
                {
                    all.push(tx);
                }
            }
            if is_last || (total > 0 && all.len() >= total) {
                break;
            }
        }
        Ok(all)
    }
}

fn read(answer: tendermint_rpc::endpoint::tx::Response) -> Included {
    let result = answer.tx_result;
    Included {
        hash: answer.hash.to_string(),
        height: answer.height.value(),
        index: answer.index,
        code: result.code.value(),
        codespace: result.codespace,
        log: result.log,
        gas_wanted: result.gas_wanted,
        gas_used: result.gas_used,
        events: read_events(&result.events),
        bytes: answer.tx,
    }
}

pub(crate) fn read_events(events: &[abci::Event]) -> Vec<Event> {
    let attribute = |attribute: &abci::EventAttribute| {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (text(attribute.key_bytes()), text(attribute.value_bytes()))
    };
    events
        .iter()
        .map(|event| Event {
            kind: event.kind.clone(),
            attributes: event.attributes.iter().map(attribute).collect(),
        })
        .collect()
}
