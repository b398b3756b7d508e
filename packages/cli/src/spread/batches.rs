//! Messages, as many in a transaction as gas allows.

use defenders_client::spread::Spread;
use defenders_node::send::{Draft, Estimate};
use defenders_node::{Coin, Message};

/// A transaction, and what it would cost.
#[derive(Clone, Debug)]
pub struct Batch {
    /// The transaction.
    pub draft: Draft,
    /// What a trial run said.
    pub estimate: Estimate,
}

/// Coins first, then stake.
pub fn to_messages(spread: &Spread<'_>, delegator: &str, denom: &str) -> Vec<Message> {
    let address = |index: usize| {
        let found = spread.candidates.get(index);
        found.map_or(String::new(), |candidate| candidate.address.to_string())
    };
    let coins = spread
        .delegations
        .iter()
        .map(|(to, tokens)| Message::Delegate {
            delegator: delegator.to_string(),
            validator: address(*to),
            amount: Coin::new(*tokens, denom),
        });
    let stake = spread
        .redelegations
        .iter()
        .map(|(from, to, tokens)| Message::Redelegate {
            delegator: delegator.to_string(),
            source: address(*from),
            destination: address(*to),
            amount: Coin::new(*tokens, denom),
        });
    coins.chain(stake).collect()
}

/// Splits messages so that each transaction has at most `most` of them and takes at most half of a block's gas:
/// others want to get into it too. `estimate` is a trial run.
pub fn split<E>(
    messages: &[Message],
    memo: &str,
    most: usize,
    block_gas: Option<u64>,
    mut estimate: impl FnMut(&Draft) -> Result<Estimate, E>,
) -> Result<Vec<Batch>, E> {
    let mut batches = Vec::new();
    let mut rest = messages;
    while !rest.is_empty() {
        let mut count = most.clamp(1, rest.len());
        loop {
            let (taken, left) = rest.split_at(count);
            let mut draft = Draft::new(tell(taken), taken.to_vec());
            draft.memo = memo.to_string();
            let estimate = estimate(&draft)?;
            let is_too_much = block_gas.is_some_and(|gas| estimate.gas_limit > gas / 2);
            if is_too_much && count > 1 {
                count = count.div_ceil(2).min(count - 1);
                continue;
            }
            batches.push(Batch { draft, estimate });
            rest = left;
            break;
        }
    }
    Ok(batches)
}

/// What a transaction is for.
fn tell(messages: &[Message]) -> String {
    let redelegations = messages
        .iter()
        .filter(|message| matches!(message, Message::Redelegate { .. }))
        .count();
    let delegations = messages.len() - redelegations;
    let count = crate::terminal::count;
    match (delegations, redelegations) {
        (_, 0) => format!(
            "Spread: {}",
            count(delegations, "delegation", "delegations")
        ),
        (0, _) => format!(
            "Spread: {}",
            count(redelegations, "redelegation", "redelegations")
        ),
        _ => format!(
            "Spread: {} and {}",
            count(delegations, "delegation", "delegations"),
            count(redelegations, "redelegation", "redelegations")
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(count: usize) -> Vec<Message> {
        let delegate = |index: usize| Message::Delegate {
            delegator: "a".to_string(),
            validator: format!("v{index}"),
            amount: Coin::new(1, "uatom"),
        };
        (0..count).map(delegate).collect()
    }

    /// Sizes of the batches, where a message takes 100 units of gas.
    fn sizes(count: usize, most: usize, block_gas: Option<u64>) -> Vec<usize> {
        let all = messages(count);
        let batches = split(&all, "m", most, block_gas, |draft| {
            let gas = 100 * draft.messages.len() as u64;
            Ok::<_, ()>(Estimate {
                gas_used: gas,
                gas_limit: gas,
                fee: Coin::new(1, "uatom"),
                events: Vec::new(),
            })
        })
        .unwrap();
        let sent: Vec<Message> = batches
            .iter()
            .flat_map(|batch| batch.draft.messages.clone())
            .collect();
        assert_eq!(sent, all, "each message is in one batch, in order");
        assert!(batches.iter().all(|batch| batch.draft.memo == "m"));
        batches
            .iter()
            .map(|batch| batch.draft.messages.len())
            .collect()
    }

    #[test]
    fn as_many_messages_as_gas_allows_are_in_a_transaction() {
        assert_eq!(sizes(45, 20, None), [20, 20, 5]);
        // half of a block is for others
        assert_eq!(sizes(12, 20, Some(1_000)), [3, 5, 4]);
        // what no block would take is left to the chain to refuse
        assert_eq!(sizes(2, 20, Some(100)), [1, 1]);
        assert_eq!(sizes(0, 20, Some(1_000)), [0usize; 0]);
    }

    #[test]
    fn transactions_say_what_they_are_for() {
        let mut all = messages(2);
        assert_eq!(tell(&all), "Spread: 2 delegations");
        all.push(Message::Redelegate {
            delegator: "a".to_string(),
            source: "v".to_string(),
            destination: "w".to_string(),
            amount: Coin::new(1, "uatom"),
        });
        assert_eq!(tell(&all), "Spread: 2 delegations and 1 redelegation");
        assert_eq!(tell(&all[2..]), "Spread: 1 redelegation");
    }
}
