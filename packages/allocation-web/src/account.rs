//! An account's past with the vault, and how the rate of a share went.

use cosmwasm_std::{Decimal, Uint128};
use defenders_client::history::{
    Gain, Row, Side, Tx, compute_gain, csv, find_missing, lacks_something, rows,
    search_of_all_calls, searches,
};
use defenders_client::rates::{RateChange, compute_change, compute_whole_change};
use defenders_types::RateSample;
use serde::{Deserialize, Serialize};

/// What is asked of an account's past.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HistoryQuestion {
    /// Whose side.
    pub side: Side,
    /// The transactions that searches found, in any order.
    pub txs: Vec<Tx>,
    /// Later ones are left out.
    pub height: u64,
    /// Of that height, seconds.
    pub time: u64,
    /// Shares that the account has at that height.
    pub shares: Uint128,
    /// What shares and withdrawals are worth then, tokens.
    pub worth: Uint128,
    /// Symbol and decimals of the denom.
    pub symbol: String,
    /// See `symbol`.
    pub decimals: u32,
}

/// An account's past.
#[derive(Debug, Serialize)]
pub struct HistoryAnswer {
    /// Oldest first; what no transaction explains is the last.
    pub rows: Vec<Row>,
    /// The same as `defenders export` writes them.
    pub csv: String,
    /// Whether something is missing, which a search of all calls might bring.
    pub lacks: bool,
    /// What came of it, where the rows tell all.
    pub gain: Option<Gain>,
}

/// Rows, CSV and gain.
pub fn tell_history(question: &HistoryQuestion) -> HistoryAnswer {
    let (shares, worth) = (question.shares.u128(), question.worth.u128());
    let mut rows = rows(&question.txs, &question.side, question.height);
    let lacks = lacks_something(&rows, shares);
    let gain = compute_gain(&rows, shares, worth);
    if let Some(mut missing) = find_missing(&rows, shares) {
        missing.time = Some(question.time);
        rows.push(missing);
    }
    let unit = csv::Unit {
        denom: &question.side.denom,
        display: Some((&question.symbol, question.decimals)),
    };
    HistoryAnswer {
        csv: csv::render(&rows, &unit),
        rows,
        lacks,
        gain,
    }
}

/// What to search for, as the chain's index takes it.
#[derive(Debug, Serialize)]
pub struct Searches {
    /// What the index knows of the account.
    pub own: Vec<String>,
    /// Every call of the vault.
    pub all: String,
}

/// Of an account.
pub fn tell_searches(side: &Side) -> Searches {
    Searches {
        own: searches(side),
        all: search_of_all_calls(side),
    }
}

/// What is asked of the rate.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RateQuestion {
    /// Tokens of a share now.
    pub rate: Decimal,
    /// All samples, oldest first.
    pub samples: Vec<RateSample>,
    /// The chain's time, seconds.
    pub now: u64,
    /// Over how many days changes are wanted.
    pub days: Vec<u64>,
}

/// Changes of the rate.
#[derive(Debug, Serialize)]
pub struct RateAnswer {
    /// Since the oldest sample; null where there is none.
    pub whole: Option<RateChange>,
    /// In the order of `days`.
    pub changes: Vec<RateChange>,
}

/// As `defenders status` has them.
pub fn tell_rate_changes(question: &RateQuestion) -> RateAnswer {
    let RateQuestion {
        rate,
        samples,
        now,
        days,
    } = question;
    RateAnswer {
        whole: compute_whole_change(*rate, samples, *now),
        changes: days
            .iter()
            .map(|days| compute_change(*rate, samples, *now, *days))
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use crate::{answer_history, answer_rate_changes, answer_searches};
    use serde_json::{Value, json};

    fn side() -> Value {
        json!({ "account": "me", "vault": "vault", "denom": "uatom", "share_denom": null })
    }

    fn ask(door: fn(&str) -> Result<String, crate::DoorError>, question: &Value) -> Value {
        serde_json::from_str(&door(&question.to_string()).unwrap()).unwrap()
    }

    #[test]
    fn a_past_is_told_with_its_table_its_gain_and_what_is_missing() {
        let tx = json!({
            "hash": "AB", "height": 7, "index": 0, "is_done": true, "time": 1_700_000_000,
            "events": [
                { "type": "tx", "attributes": [["fee", "9uatom"], ["fee_payer", "me"]] },
                { "type": "wasm-vault/deposited", "attributes": [
                    ["_contract_address", "vault"], ["sender", "me"], ["recipient", "me"],
                    ["tokens", "1500000"], ["shares", "1000000"],
                ] },
                { "type": "transfer", "attributes": [
                    ["sender", "me"], ["recipient", "vault"], ["amount", "1500000uatom"],
                ] },
            ],
        });
        let question = |shares: &str| {
            json!({
                "side": side(), "txs": [tx, tx], "height": 8, "time": 1_700_000_009u64,
                "shares": shares, "worth": "1600000", "symbol": "ATOM", "decimals": 6,
            })
        };
        let answer = ask(answer_history, &question("1000000"));
        assert_eq!(answer["rows"].as_array().unwrap().len(), 1);
        assert_eq!(answer["rows"][0]["kind"], "deposit");
        assert_eq!(answer["rows"][0]["network_fee"], "9uatom");
        assert_eq!(answer["lacks"], false);
        assert_eq!(answer["gain"]["gain"], "100000");
        let csv = answer["csv"].as_str().unwrap();
        assert!(
            csv.contains("2023-11-14T22:13:20Z,7,AB,deposit,,-1.5,ATOM,"),
            "{csv}"
        );
        let answer = ask(answer_history, &question("1000001"));
        assert_eq!(
            (&answer["lacks"], &answer["gain"]),
            (&json!(true), &Value::Null)
        );
        assert_eq!(answer["rows"][1]["kind"], "unexplained");
    }

    #[test]
    fn searches_name_account_and_vault() {
        let answer = ask(answer_searches, &side());
        assert_eq!(answer["own"].as_array().unwrap().len(), 5);
        assert_eq!(answer["all"], "execute._contract_address = 'vault'");
    }

    #[test]
    fn changes_of_the_rate_are_told_over_days_and_as_a_whole() {
        let question = json!({
            "rate": "1.2", "now": 864_000, "days": [7, 30],
            "samples": [
                { "time": 1, "tokens_per_share": "1" },
                { "time": 86_400, "tokens_per_share": "1.1" },
            ],
        });
        let answer = ask(answer_rate_changes, &question);
        assert_eq!(answer["whole"]["change"], "0.2");
        assert_eq!(answer["whole"]["days"], 9);
        assert_eq!(answer["changes"][0]["since"], 86_400);
        assert_eq!(answer["changes"][1]["change"], Value::Null);
        assert!(answer_rate_changes("{}").is_err());
    }
}
