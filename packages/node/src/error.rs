//! What can go wrong between here and a chain.

/// A node did not answer, or not what was asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NodeError {
    /// An address of a node that is none.
    #[error(
        "{url} is no address of a node: {reason}; give an RPC address as http://127.0.0.1:26657"
    )]
    BadAddress {
        /// As given.
        url: String,
        /// What is wrong with it.
        reason: String,
    },
    /// No address at all.
    #[error("no node is named: give one with --node, or `nodes` in defenders.toml")]
    NoAddress,
    /// The node answered with another HTTP status than 200.
    #[error("HTTP {status} from {host}{advice}")]
    Http {
        /// HTTP status.
        status: u16,
        /// Host and port.
        host: String,
        /// What to do, after a separator; empty when nothing helps but another node.
        advice: &'static str,
    },
    /// Nobody answered there.
    #[error("{host} does not answer: {reason}")]
    Unreachable {
        /// Host and port.
        host: String,
        /// Why.
        reason: String,
    },
    /// What came is not what the method answers.
    #[error("{host} answered {method} with something else: {reason}")]
    Undecodable {
        /// Host and port.
        host: String,
        /// What was asked.
        method: String,
        /// Why it cannot be read.
        reason: String,
    },
    /// The node refused the call itself.
    #[error("{host} refused {method}: {reason}")]
    Refused {
        /// Host and port.
        host: String,
        /// What was asked.
        method: String,
        /// In the node's words.
        reason: String,
    },
    /// The application refused a query.
    #[error("the chain refused {path}: {log}")]
    Query {
        /// The gRPC method.
        path: String,
        /// Of the module that refused.
        codespace: String,
        /// Not 0.
        code: u32,
        /// In the chain's words.
        log: String,
    },
    /// The state of that height is not kept.
    #[error(
        "history unavailable: {host} has no state of height {height}{}; ask a node that keeps it",
        .begins_at.map_or(String::new(), |from| format!(" (it begins at {from})"))
    )]
    History {
        /// Host and port.
        host: String,
        /// What was asked for.
        height: u64,
        /// From where on it has state, when it says so.
        begins_at: Option<u64>,
    },
    /// The node keeps no index of transactions.
    #[error("{host} keeps no index of transactions: name a node that does with --node")]
    NoIndex {
        /// Host and port.
        host: String,
    },
    /// A node of another chain.
    #[error("{host} is a node of {found}, not of {expected}: check --node and --chain-id")]
    WrongChain {
        /// Host and port.
        host: String,
        /// As configured.
        expected: String,
        /// As the node says.
        found: String,
    },
    /// None of several nodes answered.
    #[error("none of {count} nodes answered:{told}")]
    NoneAnswered {
        /// How many were asked.
        count: usize,
        /// What each said, a line each.
        told: String,
    },
    /// An account that is not on the chain.
    #[error("{address} is not on {chain_id} yet: it has never received anything")]
    NoAccount {
        /// Its address.
        address: String,
        /// The chain.
        chain_id: String,
    },
    /// An account of a type that is not known here.
    #[error("{address} is an account of type {type_url}, which this program cannot read")]
    AccountType {
        /// Its address.
        address: String,
        /// As the chain says.
        type_url: String,
    },
}

/// What Go and the SDK say of a question that was broken off.
const UNFINISHED: [&str; 4] = [
    "context deadline exceeded",
    "context canceled",
    "timed out",
    "query gas limit exceeded",
];

impl NodeError {
    /// Whether another node may do better.
    pub fn is_of_node(&self) -> bool {
        matches!(
            self,
            NodeError::Http { .. }
                | NodeError::Unreachable { .. }
                | NodeError::Undecodable { .. }
                | NodeError::History { .. }
                | NodeError::NoIndex { .. }
                | NodeError::WrongChain { .. }
                | NodeError::NoneAnswered { .. }
        )
    }

    /// Whether only the user can mend it: what is asked for is not there, at any node.
    pub fn is_of_user(&self) -> bool {
        matches!(
            self,
            NodeError::BadAddress { .. }
                | NodeError::NoAddress
                | NodeError::WrongChain { .. }
                | NodeError::NoAccount { .. }
                | NodeError::AccountType { .. }
        )
    }

    /// Whether the application had no time or no gas to answer: that says nothing of what was asked.
    pub fn is_unfinished(&self) -> bool {
        matches!(self, NodeError::Query { log, .. } if UNFINISHED.iter().any(|words| log.contains(words)))
    }

    /// Whether the chain answered that there is no such thing.
    pub fn is_not_found(&self) -> bool {
        match self {
            NodeError::Query {
                codespace,
                code,
                log,
                ..
            } => {
                (matches!(codespace.as_str(), "sdk" | "wasm") && *code == 22)
                    || log.contains("not found")
                    || log.contains("NotFound")
                    || log.contains("no such c")
            }
            _ => false,
        }
    }
}
