//! The transactions of an account with a vault, as a node finds them.

use defenders_client::history::{Event, Side, Tx, search_of_all_calls, searches};
use defenders_node::read::Included;
use defenders_node::{Node, NodeError};

/// Those that name the account beside the vault, or move shares of it.
pub fn search_own(node: &Node, side: &Side) -> Result<Vec<Tx>, NodeError> {
    let mut found = Vec::new();
    for condition in searches(side) {
        found.extend(node.search(&condition)?.into_iter().map(read));
    }
    Ok(found)
}

/// Every call of the vault.
pub fn search_all(node: &Node, side: &Side) -> Result<Vec<Tx>, NodeError> {
    let found = node.search(&search_of_all_calls(side))?;
    Ok(found.into_iter().map(read).collect())
}

fn read(tx: Included) -> Tx {
    Tx {
        is_done: tx.is_ok(),
        hash: tx.hash,
        height: tx.height,
        index: tx.index,
        time: None,
        events: tx
            .events
            .into_iter()
            .map(|event| Event {
                kind: event.kind,
                attributes: event.attributes,
            })
            .collect(),
    }
}
