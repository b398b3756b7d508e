//! What the real chain's side shows, by its own queries.

use serde_json::{Value, json};

use crate::denom_sides::view_real;
use crate::real::{Real, ask, demand, list, text};
use crate::setting::DELEGATORS;
use crate::view::{UNTOLD, View, coins};
use wasmd_chain::time::unix_seconds;

fn dec_coins(value: &Value) -> String {
    let pair = |coin: &Value| (text(&coin["denom"]), text(&coin["amount"]));
    coins(list(value).iter().map(pair))
}

/// Whole coins of coins with decimals.
fn whole_coins(value: &Value) -> String {
    let whole = |coin: &Value| {
        let amount = text(&coin["amount"]);
        let units = amount.split('.').next().unwrap_or_default().to_owned();
        (text(&coin["denom"]), units)
    };
    coins(list(value).iter().map(whole))
}

impl Real {
    pub fn query(&self, query: &str, request: Value) -> Value {
        demand(&json!({
            "op": "query", "chain": self.chain, "query": query, "request": request,
        }))
    }

    /// As `query`; `None` when the query itself fails. `Redelegations` does as soon as one
    /// destination has lost its last share, or is gone.
    fn query_if_answered(&self, query: &str, request: Value) -> Option<Value> {
        let told = ask(&json!({
            "op": "query", "chain": self.chain, "query": query, "request": request,
        }));
        match told {
            Err(error) if error.is_unserved("query_failed") => None,
            told => Some(told.unwrap_or_else(|error| panic!("{error}"))),
        }
    }

    /// The state after the last block.
    pub fn view(&self) -> View {
        let mut view = View::new();
        let pool = self.query("pool", json!({}));
        view.insert("pool bonded".into(), text(&pool["pool"]["bonded_tokens"]));
        for validator in list(&self.query("validators", json!({}))["validators"]) {
            self.view_validator(&mut view, validator);
        }
        for info in list(&self.query("signing_infos", json!({}))["info"]) {
            let Some(operator) = self.consensus.get(&text(&info["address"])) else {
                continue;
            };
            let key = format!("{operator} signing");
            if view.contains_key(&format!("{operator} tokens")) {
                view.insert(key, signing(info));
            }
        }
        for (name, account) in DELEGATORS.iter().zip(&self.accounts) {
            self.view_delegator(&mut view, name, account);
        }
        view_real(&mut view, self);
        view
    }

    fn view_validator(&self, view: &mut View, validator: &Value) {
        let operator = text(&validator["operator_address"]);
        let mut put = |what: &str, value: String| view.insert(format!("{operator} {what}"), value);
        put("tokens", text(&validator["tokens"]));
        put("shares", text(&validator["delegator_shares"]));
        put("status", text(&validator["status"]));
        put("jailed", validator["jailed"].to_string());
        put("unbonding", {
            let height = text(&validator["unbonding_height"]);
            let time = unix_seconds(&text(&validator["unbonding_time"])).unwrap();
            format!("height {height} until {time}")
        });
        let request = json!({"validator_address": operator});
        let told = self.query("outstanding_rewards", request.clone());
        put("outstanding", dec_coins(&told["rewards"]["rewards"]));
        let told = self.query("commission", request);
        put("commission", dec_coins(&told["commission"]["commission"]));
    }

    fn view_delegator(&self, view: &mut View, name: &str, account: &str) {
        let mut put = |what: String, value: String| view.insert(format!("{name} {what}"), value);
        let staking = json!({"delegator_addr": account});

        let told = self.query("delegations", staking.clone());
        for found in list(&told["delegation_responses"]) {
            let validator = text(&found["delegation"]["validator_address"]);
            let shares = text(&found["delegation"]["shares"]);
            let tokens = text(&found["balance"]["amount"]);
            put(format!("at {validator}"), format!("{tokens} for {shares}"));
        }
        let told = self.query("unbondings", staking.clone());
        for pair in list(&told["unbonding_responses"]) {
            let entries = list(&pair["entries"]).iter().map(|entry| {
                let (from, until) = span(entry);
                let initial = text(&entry["initial_balance"]);
                let balance = text(&entry["balance"]);
                format!("[{from}..{until}: {balance} of {initial}]")
            });
            let validator = text(&pair["validator_address"]);
            put(format!("leaves {validator}"), entries.collect());
        }
        let told = self.query_if_answered("redelegations", staking);
        if told.is_none() {
            put("moves".into(), UNTOLD.into());
        }
        let told = told.unwrap_or_default();
        for triplet in list(&told["redelegation_responses"]) {
            let src = text(&triplet["redelegation"]["validator_src_address"]);
            let dst = text(&triplet["redelegation"]["validator_dst_address"]);
            let entries = list(&triplet["entries"]).iter().map(|entry| {
                let entry = &entry["redelegation_entry"];
                let (from, until) = span(entry);
                let initial = text(&entry["initial_balance"]);
                let shares = text(&entry["shares_dst"]);
                format!("[{from}..{until}: {initial} as {shares}]")
            });
            put(format!("moves {src} to {dst}"), entries.collect());
        }
        let told = self.query_if_answered("rewards", json!({"delegator_address": account}));
        if told.is_none() {
            put("earned".into(), UNTOLD.into());
        }
        let told = told.unwrap_or_default();
        for found in list(&told["rewards"]) {
            let validator = text(&found["validator_address"]);
            put(
                format!("earned at {validator}"),
                whole_coins(&found["reward"]),
            );
        }
        let told = self.query("balances", json!({"address": account}));
        put("owns".into(), dec_coins(&told["balances"]));
    }
}

/// Creation height and completion time of an entry.
fn span(entry: &Value) -> (String, i64) {
    let until = unix_seconds(&text(&entry["completion_time"])).unwrap();
    (text(&entry["creation_height"]), until)
}

/// The signing record, from its proto-JSON: both chains speak it.
pub fn signing(info: &Value) -> String {
    format!(
        "since {} counted {} missed {} jailed until {} tombstoned {}",
        text(&info["start_height"]),
        text(&info["index_offset"]),
        text(&info["missed_blocks_counter"]),
        text(&info["jailed_until"]),
        info["tombstoned"],
    )
}
