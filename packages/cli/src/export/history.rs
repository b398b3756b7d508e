//! The transactions of an account with a vault.

use std::collections::BTreeMap;

use defenders_node::read::Included;
use defenders_node::{Node, NodeError};

use super::explain::{Side, explain};
use super::row::{Kind, Row, Signed, rate};

/// Transactions by block and place.
#[derive(Default)]
pub struct History(BTreeMap<(u64, u32), Included>);

impl History {
    /// Those that name the account beside the vault, or move shares of it.
    pub fn of_account(node: &Node, side: &Side) -> Result<Self, NodeError> {
        let Side { account, vault, .. } = side;
        let mut conditions = vec![
            format!("message.sender = '{account}' AND execute._contract_address = '{vault}'"),
            format!("transfer.sender = '{account}' AND transfer.recipient = '{vault}'"),
            format!("transfer.recipient = '{account}' AND transfer.sender = '{vault}'"),
        ];
        conditions.extend(match &side.share_denom {
            None => ["from", "to"].map(|key| {
                format!("wasm.{key} = '{account}' AND wasm._contract_address = '{vault}'")
            }),
            // a bank's event has all coins of a transfer in one text
            Some(_) => ["sender", "recipient"].map(|key| format!("transfer.{key} = '{account}'")),
        });
        let mut history = Self::default();
        for condition in conditions {
            history.add(node, &condition)?;
        }
        Ok(history)
    }

    /// Every call of the vault as well: in a deposit that somebody else made for the account nothing that nodes index
    /// names it.
    pub fn add_all_calls(&mut self, node: &Node, side: &Side) -> Result<(), NodeError> {
        self.add(
            node,
            &format!("execute._contract_address = '{}'", side.vault),
        )
    }

    fn add(&mut self, node: &Node, condition: &str) -> Result<(), NodeError> {
        for tx in node.search(condition)? {
            self.0.insert((tx.height, tx.index), tx);
        }
        Ok(())
    }

    /// What they did, up to a height, oldest first. Claims get the rate of what was requested in their batch.
    pub fn rows(&self, side: &Side, until: u64) -> Vec<Row> {
        let txs = self.0.values().filter(|tx| tx.height <= until);
        let mut rows: Vec<Row> = txs.flat_map(|tx| explain(tx, side)).collect();
        price_claims(&mut rows);
        rows
    }
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
}
