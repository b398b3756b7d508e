//! What can be said of a signed transaction from the chain alone. Nothing is sent here.

use crate::error::NodeError;
use crate::node::Node;
use crate::read::Included;
use crate::send::error::SendError;
use crate::send::journal::Pending;
use crate::send::searched::Searched;

/// What can be said of a signed transaction.
#[derive(Debug)]
pub enum Outlook {
    /// A block has it: what came of it is certain.
    InBlock(Included),
    /// It may still get into a block.
    MayGetIn,
    /// No block has it, and none will: `SendError::Expired` or `SendError::Displaced`.
    Never(SendError),
    /// Its place is used, and these nodes do not have all blocks in which it may be.
    CannotBeTold(Searched),
}

/// Looks a signed transaction of an account up; where one node cannot tell, with all of them. An error says nothing of
/// the transaction.
pub fn look_up(node: &Node, pending: &Pending, address: &str) -> Result<Outlook, NodeError> {
    for _ in 1..node.node_count() {
        match look_up_once(node, pending, address)? {
            // another one's index may go back further
            Outlook::CannotBeTold(_) => node.move_on(),
            outlook => return Ok(outlook),
        }
    }
    look_up_once(node, pending, address)
}

/// Behind one address there may be nodes that are not equally far: each conclusion is drawn from one height.
fn look_up_once(node: &Node, pending: &Pending, address: &str) -> Result<Outlook, NodeError> {
    match node.tx(&pending.hash) {
        // the same bytes can be in two blocks: the first carried them out, the second failed, and is the one indexed
        Ok(Some(found)) if found.is_wrong_sequence() => {
            return find_taker(node, pending, address, found.height);
        }
        Ok(Some(found)) => return Ok(Outlook::InBlock(found)),
        // without an index account and blocks tell what they can
        Ok(None) | Err(_) => {}
    }
    let (account, height) = node.account_with_height(address)?;
    if height < pending.height {
        // older than the signature, or no height at all: nothing follows from it
        return Ok(Outlook::MayGetIn);
    }
    if account.sequence > pending.sequence {
        return find_taker(node, pending, address, height);
    }
    // its place is free at this height: so it is in no block up to here
    Ok(match pending.last_height {
        Some(last_height) if height > last_height => Outlook::Never(SendError::Expired {
            hash: pending.hash.clone(),
            last_height,
        }),
        Some(_) | None => Outlook::MayGetIn,
    })
}

/// Which transaction used the place, in a block up to `latest`: this one, where the index lags behind, or another.
fn find_taker(
    node: &Node,
    pending: &Pending,
    address: &str,
    latest: u64,
) -> Result<Outlook, NodeError> {
    let displaced = |by: Option<String>| {
        Outlook::Never(SendError::Displaced {
            hash: pending.hash.clone(),
            address: address.to_string(),
            sequence: pending.sequence,
            by,
        })
    };
    // the SDK notes account and sequence of whatever used a place; an index may outlive the blocks
    let place = format!("tx.acc_seq='{address}/{}'", pending.sequence);
    let found = node.search(&place).unwrap_or_default();
    let taker = found.into_iter().find(|tx| !tx.is_wrong_sequence());
    if let Some(taker) = taker {
        return Ok(match taker.hash == pending.hash {
            true => Outlook::InBlock(taker),
            false => displaced(Some(taker.hash)),
        });
    }
    let to = pending
        .last_height
        .map_or(latest, |last_height| last_height.min(latest));
    let (found, searched) = search_blocks(node, pending, to)?;
    Ok(match found {
        Some(found) => Outlook::InBlock(found),
        None if searched.missing.is_empty() => displaced(None),
        None => Outlook::CannotBeTold(searched),
    })
}

/// The block that used the place for these bytes. Blocks that no node has are told.
fn search_blocks(
    node: &Node,
    pending: &Pending,
    to: u64,
) -> Result<(Option<Included>, Searched), NodeError> {
    let bytes = unhex(&pending.bytes);
    let mut searched = Searched {
        from: pending.height,
        to,
        missing: Vec::new(),
    };
    let mut height = pending.height;
    while height <= to {
        let found = match find_in_block(node, pending, &bytes, height) {
            Ok(found) => found,
            Err(NodeError::History { begins_at, .. }) => {
                let next = begins_at.unwrap_or(0).max(height.saturating_add(1));
                add_missing(
                    &mut searched.missing,
                    height,
                    next.saturating_sub(1).min(to),
                );
                height = next;
                continue;
            }
            Err(error) => return Err(error),
        };
        if found.as_ref().is_some_and(|tx| !tx.is_wrong_sequence()) {
            return Ok((found, searched));
        }
        height = height.saturating_add(1);
    }
    Ok((None, searched))
}

fn find_in_block(
    node: &Node,
    pending: &Pending,
    bytes: &[u8],
    height: u64,
) -> Result<Option<Included>, NodeError> {
    let block = node.block(height)?;
    let Some(index) = block.txs.iter().position(|tx| tx == bytes) else {
        return Ok(None);
    };
    let mut results = node.block_results(height)?;
    if index >= results.txs.len() {
        return Err(NodeError::Undecodable {
            host: node.host().to_string(),
            method: "block_results".to_string(),
            reason: format!("block {height} has transaction {index}, its results do not"),
        });
    }
    let outcome = results.txs.swap_remove(index);
    Ok(Some(Included {
        hash: pending.hash.clone(),
        height,
        index: u32::try_from(index).unwrap_or(u32::MAX),
        code: outcome.code,
        codespace: outcome.codespace,
        log: outcome.log,
        gas_wanted: outcome.gas_wanted,
        gas_used: outcome.gas_used,
        events: outcome.events,
        bytes: bytes.to_vec(),
    }))
}

fn add_missing(missing: &mut Vec<(u64, u64)>, first: u64, last: u64) {
    match missing.last_mut() {
        Some(row) if row.1.saturating_add(1) == first => row.1 = last,
        _ => missing.push((first, last)),
    }
}

pub(crate) fn unhex(text: &str) -> Vec<u8> {
    let digit = |index: usize| {
        text.get(index..index.saturating_add(2))
            .and_then(|pair| u8::from_str_radix(pair, 16).ok())
    };
    (0..text.len()).step_by(2).map_while(digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_blocks_are_told_in_rows() {
        let mut missing = Vec::new();
        for (first, last) in [(3, 9), (10, 10), (14, 14)] {
            add_missing(&mut missing, first, last);
        }
        let searched = Searched {
            from: 3,
            to: 20,
            missing,
        };
        assert_eq!(
            searched.to_string(),
            "of blocks 3 to 20 they lack 3 to 10, 14"
        );
    }
}
