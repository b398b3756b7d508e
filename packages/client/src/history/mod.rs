//! What an account did with a vault, of the transactions that a node has.

pub mod csv;
mod explain;
mod row;
mod tx;

use std::collections::BTreeMap;

use serde::Serialize;

use explain::explain;
use row::rate;
pub use row::{Kind, Row, Signed};
pub use tx::{Event, Side, Tx};

/// The type of a call of a contract.
const CALL: &str = "/cosmwasm.wasm.v1.MsgExecuteContract";

/// What to search a node's transactions for: the account's calls of contracts, and what moved tokens or shares between
/// it and the vault, or shares. An index looks for all parts of a condition in one event, and the events of a call name
/// sender and contract apart: so calls of other contracts are found too.
pub fn searches(side: &Side) -> Vec<String> {
    let Side { account, vault, .. } = side;
    let mut conditions = vec![
        format!("message.action = '{CALL}' AND message.sender = '{account}'"),
        format!("transfer.sender = '{account}' AND transfer.recipient = '{vault}'"),
        format!("transfer.recipient = '{account}' AND transfer.sender = '{vault}'"),
    ];
    conditions.extend(match &side.share_denom {
        None => ["from", "to"]
            .map(|key| format!("wasm.{key} = '{account}' AND wasm._contract_address = '{vault}'")),
        // a bank's event has all coins of a transfer in one text
        Some(_) => ["sender", "recipient"].map(|key| format!("transfer.{key} = '{account}'")),
    });
    conditions
}

/// Every call of the vault: in a deposit that somebody else made for the account nothing that nodes index names it.
pub fn search_of_all_calls(side: &Side) -> String {
    format!("execute._contract_address = '{}'", side.vault)
}

/// What transactions did, up to a height, oldest first; each counts once. Claims get the rate of what was requested in
/// their batch.
pub fn rows(txs: &[Tx], side: &Side, until: u64) -> Vec<Row> {
    let by_place: BTreeMap<(u64, u32, &str), &Tx> = txs
        .iter()
        .filter(|tx| tx.height <= until)
        .map(|tx| ((tx.height, tx.index, tx.hash.as_str()), tx))
        .collect();
    let mut rows: Vec<Row> = by_place.values().flat_map(|tx| explain(tx, side)).collect();
    price_claims(&mut rows);
    rows
}

/// Shares by batch, of which the account is paid.
fn price_claims(rows: &mut [Row]) {
    let mut requested: BTreeMap<u64, u128> = BTreeMap::new();
    for row in rows.iter_mut() {
        let Some(batch_id) = row.batch_id else {
            continue;
        };
        let shares = requested.entry(batch_id).or_default();
        match row.kind {
            Kind::WithdrawalRequest => *shares = shares.saturating_add(row.paid_shares),
            // all at once
            Kind::WithdrawalCancel => *shares = 0,
            Kind::Claim => {
                row.tokens_per_share = rate(row.tokens.amount(), *shares);
                row.note = match *shares {
                    0 => "the request was not found".to_string(),
                    shares => format!("for {shares} shares"),
                };
            }
            _ => {}
        }
    }
}

/// What is missing, when the account has other shares than its rows add up to.
pub fn find_missing(rows: &[Row], shares: u128) -> Option<Row> {
    let sum = rows
        .iter()
        .fold(Signed::default(), |sum, row| sum.plus(row.shares));
    let missing = Signed::came(shares).minus(sum);
    (!missing.is_zero()).then(|| Row {
        shares: missing,
        note: "shares that no transaction explains which this node could find".to_string(),
        ..Row::new(Kind::Unexplained)
    })
}

/// Whether something is known to be missing.
pub fn lacks_something(rows: &[Row], shares: u128) -> bool {
    let is_odd = |row: &Row| match row.kind {
        Kind::Claim => row.tokens_per_share.is_none(),
        kind => kind == Kind::Unexplained,
    };
    rows.iter().any(is_odd) || find_missing(rows, shares).is_some()
}

/// What came of an account's deposits, where its rows tell all of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Gain {
    /// Paid in, tokens.
    pub paid_in: Signed,
    /// Came back by claims, tokens.
    pub came_back: Signed,
    /// What is there now and what came back, less what was paid in: tokens, without the chain's fees.
    pub gain: Signed,
    /// Of the first deposit, seconds.
    pub since: Option<u64>,
}

/// Of all rows, and what shares and withdrawals are worth now. None where shares or tokens went another way than by
/// the account's own deposits and claims: then no row says what they had cost.
pub fn compute_gain(rows: &[Row], shares: u128, worth: u128) -> Option<Gain> {
    let is_own = |row: &Row| match row.kind {
        Kind::Deposit | Kind::WithdrawalRequest => row.other.is_none(),
        Kind::WithdrawalCancel | Kind::Claim | Kind::Fee => true,
        Kind::SharesIn | Kind::SharesOut | Kind::Seed | Kind::Unexplained => false,
    };
    let first = rows.iter().find(|row| row.kind == Kind::Deposit)?;
    if !rows.iter().all(is_own) || lacks_something(rows, shares) {
        return None;
    }
    let sum = |kind: Kind| {
        let of_kind = rows.iter().filter(|row| row.kind == kind);
        of_kind.fold(Signed::default(), |sum, row| sum.plus(row.tokens))
    };
    let (deposits, came_back) = (sum(Kind::Deposit), sum(Kind::Claim));
    Some(Gain {
        paid_in: Signed::default().minus(deposits),
        came_back,
        gain: Signed::came(worth).plus(came_back).plus(deposits),
        since: first.time,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(batch_id: u64, shares: u128) -> Row {
        Row {
            batch_id: Some(batch_id),
            shares: Signed::went(shares),
            paid_shares: shares,
            ..Row::new(Kind::WithdrawalRequest)
        }
    }

    fn claim(batch_id: u64, tokens: u128) -> Row {
        Row {
            batch_id: Some(batch_id),
            tokens: Signed::came(tokens),
            ..Row::new(Kind::Claim)
        }
    }

    #[test]
    fn claims_have_the_rate_of_all_that_was_requested_in_their_batch() {
        let cancel = Row {
            batch_id: Some(2),
            shares: Signed::came(9),
            ..Row::new(Kind::WithdrawalCancel)
        };
        let mut rows = vec![
            request(1, 3),
            request(1, 5),
            request(2, 9),
            cancel,
            request(2, 4),
            claim(1, 12),
            claim(2, 5),
            claim(3, 5),
        ];
        price_claims(&mut rows);
        let rates: Vec<Option<String>> = rows
            .iter()
            .filter(|row| row.kind == Kind::Claim)
            .map(|row| row.tokens_per_share.map(|rate| rate.to_string()))
            .collect();
        assert_eq!(rates, [Some("1.5".into()), Some("1.25".into()), None]);
        assert!(lacks_something(&rows, 0));
    }

    #[test]
    fn lesson_35_shares_that_nothing_explains_are_a_row() {
        let deposit = Row {
            shares: Signed::came(20),
            ..Row::new(Kind::Deposit)
        };
        let rows = vec![deposit, request(1, 5)];
        assert_eq!(find_missing(&rows, 15), None);
        assert!(!lacks_something(&rows, 15));
        let more = find_missing(&rows, 18).unwrap();
        assert_eq!(
            (more.kind, more.shares),
            (Kind::Unexplained, Signed::came(3))
        );
        assert_eq!(find_missing(&rows, 10).unwrap().shares, Signed::went(5));
    }

    fn deposit(tokens: u128, shares: u128) -> Row {
        Row {
            time: Some(5),
            tokens: Signed::went(tokens),
            shares: Signed::came(shares),
            ..Row::new(Kind::Deposit)
        }
    }

    #[test]
    fn a_gain_is_told_of_own_deposits_and_claims_only() {
        let mut rows = vec![deposit(100, 100), request(1, 40), claim(1, 44)];
        price_claims(&mut rows);
        let gain = compute_gain(&rows, 60, 69).unwrap();
        assert_eq!(
            (gain.paid_in, gain.came_back, gain.gain, gain.since),
            (
                Signed::came(100),
                Signed::came(44),
                Signed::came(13),
                Some(5)
            )
        );
        let loss = compute_gain(&rows, 60, 50).unwrap();
        assert_eq!(loss.gain, Signed::went(6));
        assert_eq!(compute_gain(&rows, 61, 69), None, "a share nobody knows of");
        assert_eq!(compute_gain(&[], 0, 0), None);
        for kind in [Kind::SharesIn, Kind::SharesOut, Kind::Unexplained] {
            let more = [rows.clone(), vec![Row::new(kind)]].concat();
            assert_eq!(compute_gain(&more, 60, 69), None, "{kind:?}");
        }
        let other = Row {
            other: Some("somebody".to_string()),
            ..deposit(0, 0)
        };
        assert_eq!(compute_gain(&[rows, vec![other]].concat(), 60, 69), None);
    }

    #[test]
    fn a_transaction_that_several_searches_found_counts_once_and_later_ones_not_at_all() {
        let side = Side {
            account: "me".to_string(),
            vault: "vault".to_string(),
            denom: "uatom".to_string(),
            share_denom: None,
        };
        let pair = |key: &str, value: &str| (key.to_string(), value.to_string());
        let tx = |hash: &str, height: u64| Tx {
            hash: hash.to_string(),
            height,
            index: 0,
            is_done: true,
            time: Some(height),
            events: vec![
                Event {
                    kind: "tx".to_string(),
                    attributes: vec![pair("fee", "7uatom"), pair("fee_payer", "me")],
                },
                Event {
                    kind: "wasm-vault/withdrawal_cancelled".to_string(),
                    attributes: vec![
                        pair("_contract_address", "vault"),
                        pair("recipient", "me"),
                        pair("shares", "3"),
                    ],
                },
            ],
        };
        let rows = rows(&[tx("B", 9), tx("A", 9), tx("B", 9), tx("C", 10)], &side, 9);
        let hashes: Vec<_> = rows.iter().filter_map(|row| row.tx.as_deref()).collect();
        assert_eq!(hashes, ["A", "B"]);
        assert!(
            rows.iter()
                .all(|row| row.network_fee.as_deref() == Some("7uatom"))
        );
    }
}
