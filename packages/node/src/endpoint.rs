//! One node, asked over its RPC.

use std::cell::{Cell, OnceCell};
use std::time::Duration;

use cosmrs::tendermint::block::Height;
use tendermint_rpc::client::CompatMode;
use tendermint_rpc::endpoint::status;
use tendermint_rpc::error::ErrorDetail;
use tendermint_rpc::{Client, HttpClient, HttpClientUrl};
use tokio::runtime::Runtime;

use crate::error::NodeError;
use crate::host::host_of;
use crate::status::Status;

const USER_AGENT: &str = concat!("defenders/", env!("CARGO_PKG_VERSION"));
const TIMEOUT: Duration = Duration::from_secs(20);
/// How long to wait after a node's "too many requests", first, second and third time.
const BACK_OFF: [Duration; 3] = [
    Duration::from_millis(500),
    Duration::from_secs(2),
    Duration::from_secs(5),
];

/// What the library puts before an error's cause.
const KINDS: [&str; 4] = [
    "HTTP error: ",
    "I/O error: ",
    "serde parse error: ",
    "tendermint error: ",
];

/// One node.
pub(crate) struct Endpoint {
    /// Host and port, as errors name it.
    pub host: String,
    /// As given.
    pub url: String,
    client: HttpClient,
    /// The protocol's version there; read again when an answer cannot be decoded.
    mode: Cell<Option<CompatMode>>,
    /// The chain that it has to be of, once that is known.
    chain_id: OnceCell<String>,
    /// What a user should know of it.
    warning: Cell<Option<String>>,
}

impl Endpoint {
    /// A node at an address; nothing is asked yet.
    pub fn new(url: &str) -> Result<Self, NodeError> {
        let bad = |reason: String| NodeError::BadAddress {
            url: url.to_string(),
            reason,
        };
        let address: HttpClientUrl = url.parse().map_err(|error| bad(short(&error)))?;
        let host = host_of(url);
        // a connection that idles between two calls is closed by the node without a word
        let inner = reqwest::Client::builder()
            .user_agent(USER_AGENT)
            .timeout(TIMEOUT)
            .pool_max_idle_per_host(0)
            .build()
            .map_err(|error| bad(error.to_string()))?;
        let client = HttpClient::builder(address)
            .client(inner)
            .build()
            .map_err(|error| bad(short(&error)))?;
        Ok(Self {
            host,
            url: url.to_string(),
            client,
            mode: Cell::new(None),
            chain_id: OnceCell::new(),
            warning: Cell::new(None),
        })
    }

    /// It has to be of this chain: one of another is refused at the first question.
    pub fn expect_chain(&self, chain_id: &str) {
        let _ = self.chain_id.set(chain_id.to_string());
    }

    /// Asks, in the protocol's version that the node speaks. A node may have been replaced by one of another
    /// version: what cannot be decoded is asked for once more after its version was read again.
    pub fn ask<T>(
        &self,
        runtime: &Runtime,
        method: &str,
        call: impl AsyncFn(&HttpClient) -> Result<T, tendermint_rpc::Error>,
    ) -> Result<T, NodeError> {
        let is_fresh = self.mode.get().is_none();
        let client = self.client_of_version(runtime)?;
        let answer = self.with_patience(runtime, method, &client, &call);
        if is_fresh || !matches!(answer, Err(NodeError::Undecodable { .. })) {
            return answer;
        }
        self.mode.set(None);
        let client = self.client_of_version(runtime)?;
        self.with_patience(runtime, method, &client, &call)
    }

    /// Tells the node something, once: what it heard may have had its effect although no answer came.
    pub fn tell<T>(
        &self,
        runtime: &Runtime,
        method: &str,
        call: impl AsyncFn(&HttpClient) -> Result<T, tendermint_rpc::Error>,
    ) -> Result<T, NodeError> {
        let client = self.client_of_version(runtime)?;
        self.with_patience(runtime, method, &client, &call)
    }

    /// The protocol's version there, as it says itself: it may have been replaced since it was asked last.
    pub fn learn_version(&self, status: &status::Response) -> CompatMode {
        let version = status.node_info.version.clone();
        let mode = CompatMode::from_version(version).unwrap_or_default();
        self.mode.set(Some(mode));
        mode
    }

    /// What a user should know of it, once.
    pub fn take_warning(&self) -> Option<String> {
        self.warning.take()
    }

    fn client_of_version(&self, runtime: &Runtime) -> Result<HttpClient, NodeError> {
        let mut client = self.client.clone();
        let mode = match self.mode.get() {
            Some(mode) => mode,
            None => {
                let status = self.with_patience(
                    runtime,
                    "status",
                    &client,
                    &async |client: &HttpClient| client.status().await,
                )?;
                let found = status.node_info.network.to_string();
                if let Some(expected) = self.chain_id.get().filter(|id| **id != found) {
                    return Err(NodeError::WrongChain {
                        host: self.host.clone(),
                        expected: expected.clone(),
                        found,
                    });
                }
                self.warning
                    .set(Status::read(&self.url, &status).tell_behind());
                self.learn_version(&status)
            }
        };
        client.set_compat_mode(mode);
        Ok(client)
    }

    fn with_patience<T>(
        &self,
        runtime: &Runtime,
        method: &str,
        client: &HttpClient,
        call: &impl AsyncFn(&HttpClient) -> Result<T, tendermint_rpc::Error>,
    ) -> Result<T, NodeError> {
        let mut waits = BACK_OFF.iter();
        loop {
            let error = match runtime.block_on(call(client)) {
                Ok(answer) => return Ok(answer),
                Err(error) => self.read_error(method, &error),
            };
            match (&error, waits.next()) {
                (NodeError::Http { status: 429, .. }, Some(wait)) => std::thread::sleep(*wait),
                _ => return Err(error),
            }
        }
    }

    fn read_error(&self, method: &str, error: &tendermint_rpc::Error) -> NodeError {
        let host = self.host.clone();
        let method = method.to_string();
        match error.detail() {
            ErrorDetail::HttpRequestFailed(failed) => {
                let status = failed.status.as_u16();
                let advice = advice_for(status);
                NodeError::Http {
                    status,
                    host,
                    advice,
                }
            }
            ErrorDetail::Http(_) | ErrorDetail::Io(_) | ErrorDetail::Timeout(_) => {
                let reason = short(error);
                NodeError::Unreachable { host, reason }
            }
            ErrorDetail::Response(answer) => {
                let reason = match (answer.source.message(), answer.source.data()) {
                    ("Internal error", Some(data)) => data.to_string(),
                    (message, Some(data)) => format!("{message}: {data}"),
                    (message, None) => message.to_string(),
                };
                match reason.contains("indexing is disabled") {
                    true => NodeError::NoIndex { host },
                    false => NodeError::Refused {
                        host,
                        method,
                        reason,
                    },
                }
            }
            _ => NodeError::Undecodable {
                host,
                method,
                reason: short(error),
            },
        }
    }
}

fn advice_for(status: u16) -> &'static str {
    match status {
        401 | 403 => ": it does not serve this address; name another node",
        404 => ": no RPC there; the path may be missing",
        429 => ": too many requests; wait, or name another node",
        500..=599 => {
            ": the node or what stands before it is out of order; try again, or name another node"
        }
        _ => "",
    }
}

/// The first line of what an error says, without what kinds of errors the library tells apart.
fn short(error: &tendermint_rpc::Error) -> String {
    // the trace shown plainly: the error itself shows it as a Rust value
    let text = error.trace().to_string();
    let line = text.lines().next().unwrap_or_default();
    let mut line = line.trim_start_matches("StringTracer: ");
    while let Some(rest) = KINDS.iter().find_map(|kind| line.strip_prefix(kind)) {
        line = rest;
    }
    tell_cause(&without_address(line))
        .chars()
        .take(300)
        .collect()
}

/// What failed in the end: the layers above it say nothing to a person.
fn tell_cause(line: &str) -> &str {
    let last = line.rsplit("tcp connect error: ").next();
    without_number(last.unwrap_or(line))
}

/// The operating system's numbers of errors stand behind its words.
fn without_number(line: &str) -> &str {
    match line.rsplit_once(" (os error ") {
        Some((words, number)) if number.ends_with(')') => words,
        _ => line,
    }
}

/// Addresses hold passwords and keys of providers: the client's errors say them in whole.
fn without_address(line: &str) -> String {
    let parts = line.split_once(" for url (").and_then(|(before, rest)| {
        let (_, after) = rest.split_once(')')?;
        Some(format!("{before}{after}"))
    });
    parts.unwrap_or_else(|| line.to_string())
}

/// A height as CometBFT has it; the greatest there is for what is beyond.
pub(crate) fn height_of(height: u64) -> Height {
    Height::try_from(height).unwrap_or_else(|_| Height::from(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cause_is_told_without_layers_and_numbers() {
        let line = "error sending request: error trying to connect: tcp connect error: Connection refused (os error 111)";
        assert_eq!(tell_cause(line), "Connection refused");
        assert_eq!(tell_cause("operation timed out"), "operation timed out");
    }

    #[test]
    fn an_address_stays_out_of_it() {
        let line = "error sending request for url (https://key@host/secret): timed out";
        assert_eq!(without_address(line), "error sending request: timed out");
    }
}
