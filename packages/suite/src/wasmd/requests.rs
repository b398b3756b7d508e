//! Requests about one chain, and its blocks.

use serde_json::{Value, json};

use super::wire::{list, number};
use super::{Wasmd, client};

impl Wasmd {
    /// What requests call this chain: whoever asks the program for more than `TestChain` can, such
    /// as gas, needs it.
    pub fn name(&self) -> &str {
        &self.chain
    }

    /// Sends a request about this chain, which must be served.
    pub(super) fn demand(&self, op: &str, request: Value) -> Value {
        client::demand(&self.request(op, request))
    }

    pub(super) fn request(&self, op: &str, mut request: Value) -> Value {
        request["op"] = op.into();
        request["chain"] = self.chain.as_str().into();
        request
    }

    /// A query of the chain itself.
    pub(super) fn native(&self, query: &str, request: Value) -> Value {
        self.demand("query", json!({"query": query, "request": request}))
    }

    pub(super) fn stands_at(&mut self, told: &Value) {
        self.height = number(&told["height"]);
        self.time = number(&told["time_seconds"]);
    }

    /// The name that can sign for an account. Contracts have none.
    pub(super) fn name_of(&self, address: &str) -> Option<String> {
        self.names.borrow().get(address).cloned()
    }

    /// A block of a second that nobody asked for, before the next that somebody does.
    pub(super) fn between(&mut self, acts: Value, txs: Vec<Value>) -> Vec<Value> {
        self.borrowed += 1;
        self.make(1, acts, txs)
    }

    pub(super) fn make(&mut self, seconds: u64, acts: Value, txs: Vec<Value>) -> Vec<Value> {
        let evidence: Value = std::mem::take(&mut self.evidence).into();
        let request = json!({
            "advance": seconds,
            "absent": self.absent,
            "txs": txs,
            "acts": acts,
            "evidence": evidence,
        });
        let mut request = self.request("block", request);
        let told = match client::ask(&request) {
            // who had no vote at a height cannot have signed it twice: no engine says so
            Err(unserved) if unserved.name == "bad_evidence" => {
                request["evidence"] = json!([]);
                client::demand(&request)
            }
            told => told.unwrap_or_else(|unserved| panic!("{unserved}")),
        };
        self.stands_at(&told);
        list(&told["txs"]).to_vec()
    }
}
