//! What nodes and their application say when they have no answer, read.

use tendermint_rpc::endpoint::abci_query::AbciQuery;

use crate::endpoint::Endpoint;
use crate::error::NodeError;

/// What several nodes said, when none had what was asked for.
pub(crate) fn tell_refused(mut refused: Vec<NodeError>) -> NodeError {
    // that nobody has a height is one answer: that of who has most
    let begins = |error: &NodeError| match error {
        NodeError::History { begins_at, .. } => Some(begins_at.unwrap_or(u64::MAX)),
        _ => None,
    };
    let ends = refused.iter().map(begins).collect::<Option<Vec<_>>>();
    let most = ends.and_then(|ends| (0..ends.len()).min_by_key(|index| ends.get(*index).copied()));
    match (most, refused.len()) {
        (Some(most), _) => refused.swap_remove(most),
        (None, 1) => refused.swap_remove(0),
        (None, count) => NodeError::NoneAnswered {
            count,
            told: refused.iter().map(|error| format!("\n  {error}")).collect(),
        },
    }
}

/// What a node says of a height that it does not keep.
pub(crate) fn name_history(error: NodeError, height: u64) -> NodeError {
    match &error {
        NodeError::Refused { host, reason, .. }
            if reason.contains("is not available") || reason.contains("could not find results") =>
        {
            let from = reason.rsplit_once("lowest height is ");
            NodeError::History {
                host: host.clone(),
                height,
                begins_at: from.and_then(|(_, from)| from.trim().parse().ok()),
            }
        }
        _ => error,
    }
}

/// What the application said, when it refused a query.
pub(crate) fn read_query_error(
    endpoint: &Endpoint,
    path: &str,
    height: Option<u64>,
    answer: &AbciQuery,
) -> NodeError {
    let log = answer.log.clone();
    match height {
        Some(height) if is_about_pruning(&log) => NodeError::History {
            host: endpoint.host.clone(),
            height,
            begins_at: None,
        },
        _ => NodeError::Query {
            path: path.to_string(),
            codespace: answer.codespace.clone(),
            code: answer.code.value(),
            log,
        },
    }
}

/// What the SDK and its stores say of heights that are gone or not there yet.
fn is_about_pruning(log: &str) -> bool {
    [
        "failed to load state at height",
        "version does not exist",
        "version mismatch",
        "pruned",
        "cannot query with height in the future",
        "no commit info found",
    ]
    .iter()
    .any(|words| log.contains(words))
}
