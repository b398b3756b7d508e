//! The real chain with its gas: what the suite's backend does not tell, asked of the same chain.

use serde_json::{Value, json};
use wasmd_chain::Program;

/// What every transaction here pays.
const FEE: &str = "5000ustake";
/// The limit of a query whose cost is to be told even beyond what nodes allow.
const QUERY_GAS: u64 = 1_000_000_000;

/// A chain of the program, by name.
#[derive(Clone)]
pub struct Chain {
    name: String,
}

/// A transaction that the chain has accepted.
#[derive(Clone, Debug)]
pub struct Receipt {
    /// Gas used.
    pub gas: u64,
    events: Vec<Value>,
}

impl Chain {
    /// The chain of this name, which exists.
    pub fn named(name: &str) -> Self {
        Self { name: name.into() }
    }

    fn demand(&self, op: &str, mut request: Value) -> Value {
        request["op"] = op.into();
        request["chain"] = self.name.as_str().into();
        let program = Program::shared();
        let told = program.and_then(|program| program.ask(&request));
        told.unwrap_or_else(|error| panic!("{error}"))
    }

    /// One block, `seconds` after the last, whose only transaction is this one. A refusal ends
    /// the program: what is refused cannot be measured.
    pub fn tx(&self, seconds: u64, signer: &str, messages: &[Value]) -> Receipt {
        self.paid_tx(seconds, signer, FEE, messages)
    }

    /// As `tx`, with another fee.
    pub fn paid_tx(&self, seconds: u64, signer: &str, fee: &str, messages: &[Value]) -> Receipt {
        let tx = json!({"signer": signer, "fee": fee, "msgs": messages});
        let told = self.demand("block", json!({"advance": seconds, "txs": [tx]}));
        let result = &told["txs"][0];
        assert_eq!(
            result["code"],
            0,
            "{signer}'s {} message(s): {}",
            messages.len(),
            result["log"]
        );
        Receipt {
            gas: result["gas_used"].as_u64().unwrap(),
            events: result["events"].as_array().cloned().unwrap_or_default(),
        }
    }

    /// An empty block.
    pub fn advance(&self, seconds: u64) {
        self.demand("block", json!({"advance": seconds}));
    }

    /// Of the last block.
    pub fn height(&self) -> u64 {
        self.demand("status", json!({}))["height"].as_u64().unwrap()
    }

    /// A block that tells of a double sign at the block before for each of these validators.
    pub fn double_sign(&self, validators: &[String]) {
        let height = self.height();
        let evidence: Vec<Value> = validators
            .iter()
            .map(|validator| json!({"validator": validator, "height": height}))
            .collect();
        self.demand("block", json!({"advance": 6, "evidence": evidence}));
    }

    /// The whole chain, kept.
    pub fn snapshot(&self) -> Value {
        self.demand("snapshot", json!({}))["snapshot"].take()
    }

    /// Back to a snapshot.
    pub fn restore(&self, snapshot: &Value) {
        self.demand("restore", json!({"snapshot": snapshot}));
    }

    /// Asks the chain itself.
    pub fn query(&self, query: &str, request: Value) -> Value {
        self.demand("query", json!({"query": query, "request": request}))
    }

    /// Asks a contract: the answer and its gas.
    pub fn smart(&self, contract: &str, msg: &Value) -> (Value, u64) {
        let request = json!({"contract": contract, "msg": msg, "gas": QUERY_GAS});
        let mut told = self.demand("smart", request);
        let gas = told["gas_used"].as_u64().unwrap();
        (told["data"].take(), gas)
    }

    /// Stores a wasm file, and makes one contract of it that needs no message.
    pub fn plain_contract(&self, signer: &str, sender: &str, path: &str) -> String {
        let stored = self.demand(
            "store",
            json!({"signer": signer, "path": path, "fee": FEE, "advance": 1}),
        );
        let message = json!({
            "@type": "/cosmwasm.wasm.v1.MsgInstantiateContract",
            "sender": sender,
            "admin": "",
            "code_id": stored["code_id"].to_string(),
            "label": "plain",
            "msg": {},
            "funds": [],
        });
        let receipt = self.tx(1, signer, &[message]);
        receipt.attribute("instantiate", "_contract_address")
    }
}

impl Receipt {
    fn named<'a>(&'a self, event: &'a str) -> impl Iterator<Item = &'a Value> {
        self.events.iter().filter(move |told| told["type"] == event)
    }

    /// How many events of this type there are.
    pub fn count(&self, event: &str) -> u64 {
        self.named(event).count().try_into().unwrap()
    }

    /// How many delegations were paid at least one unit of reward.
    pub fn rewarded(&self) -> u64 {
        let events = self.named("withdraw_rewards");
        // x/distribution tells of nothing as `0ustake`
        let paid = events.filter(|event| {
            let amount = attribute_of(event, "amount");
            !amount.is_empty() && !amount.starts_with('0')
        });
        paid.count().try_into().unwrap()
    }

    /// An attribute of the first event of a type.
    pub fn attribute(&self, event: &str, key: &str) -> String {
        let first = self.named(event).next();
        let first = first.unwrap_or_else(|| panic!("no event {event}: {:?}", self.events));
        attribute_of(first, key)
    }

    /// An attribute that is a number.
    pub fn number(&self, event: &str, key: &str) -> u64 {
        self.attribute(event, key).parse().unwrap()
    }
}

fn attribute_of(event: &Value, key: &str) -> String {
    let attributes = event["attributes"].as_array();
    let found = attributes.and_then(|all| all.iter().find(|one| one["key"] == key));
    let value = found.and_then(|one| one["value"].as_str());
    value.unwrap_or_default().to_owned()
}
