//! A chain, through any of several nodes.

use std::cell::{Cell, RefCell};
use std::time::Duration;

use tendermint_rpc::endpoint::abci_query::AbciQuery;
use tendermint_rpc::{Client, HttpClient};
use tokio::runtime::{Builder, Runtime};

use crate::endpoint::{Endpoint, height_of};
use crate::error::NodeError;
use crate::failures::{name_history, read_query_error, tell_refused};
use crate::proto::prost::Message as ProtoMessage;
use crate::status::Status;

/// How often the state after the latest block is asked for, and how long after.
const TRIES_OF_LATEST: u32 = 10;
const TRY_AGAIN_AFTER: Duration = Duration::from_millis(200);

/// Where the nodes of a chain are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Endpoints {
    /// RPC addresses, tried in this order.
    pub nodes: Vec<String>,
    /// What they have to be nodes of; whatever the first one says when None.
    pub chain_id: Option<String>,
}

/// A chain through its nodes: the first that answers is asked until it does not.
pub struct Node {
    runtime: Runtime,
    endpoints: Vec<Endpoint>,
    current: Cell<usize>,
    chain_id: String,
    warnings: RefCell<Vec<String>>,
    listener: Option<fn(&str)>,
}

impl Node {
    /// Finds a node of the chain that answers. Nodes of another chain are passed over and warned of; when there is
    /// no other, that is the error.
    pub fn connect(endpoints: &Endpoints) -> Result<Self, NodeError> {
        if endpoints.nodes.is_empty() {
            return Err(NodeError::NoAddress);
        }
        let runtime = Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| NodeError::Unreachable {
                host: "this machine".to_string(),
                reason: error.to_string(),
            })?;
        let all: Result<Vec<Endpoint>, NodeError> = endpoints
            .nodes
            .iter()
            .map(|url| Endpoint::new(url))
            .collect();
        let mut node = Self {
            runtime,
            endpoints: all?,
            current: Cell::new(0),
            chain_id: endpoints.chain_id.clone().unwrap_or_default(),
            warnings: RefCell::new(Vec::new()),
            listener: None,
        };
        if let Some(chain_id) = &endpoints.chain_id {
            node.expect_chain(chain_id);
        }
        let status = node.status()?;
        node.chain_id = status.chain_id.clone();
        node.expect_chain(&status.chain_id);
        Ok(node)
    }

    fn expect_chain(&self, chain_id: &str) {
        for endpoint in &self.endpoints {
            endpoint.expect_chain(chain_id);
        }
    }

    /// The chain.
    pub fn chain_id(&self) -> &str {
        &self.chain_id
    }

    /// The RPC address that is asked at present.
    pub fn url(&self) -> &str {
        self.endpoints
            .get(self.current.get())
            .map_or("", |endpoint| endpoint.url.as_str())
    }

    /// Host and port of the same: what errors and warnings say of it.
    pub fn host(&self) -> &str {
        self.endpoints
            .get(self.current.get())
            .map_or("", |endpoint| endpoint.host.as_str())
    }

    /// Asks the next node from here on, if there is another: for whoever finds that this one is behind.
    pub fn move_on(&self) {
        let next = (self.current.get() + 1) % self.endpoints.len().max(1);
        self.current.set(next);
    }

    /// How many nodes there are to ask.
    pub fn node_count(&self) -> usize {
        self.endpoints.len()
    }

    /// What a user should know of the nodes; each is given once.
    pub fn take_warnings(&self) -> Vec<String> {
        self.warnings.take()
    }

    /// Who is told, while a call lasts, what it waits for.
    pub fn listen(&mut self, listener: fn(&str)) {
        self.listener = Some(listener);
    }

    pub(crate) fn tell_listener(&self, words: &str) {
        if let Some(listener) = self.listener {
            listener(words);
        }
    }

    /// What the node says of itself. A node of another chain than the one connected to is an error.
    pub fn status(&self) -> Result<Status, NodeError> {
        self.ask(
            "status",
            async |client: &HttpClient| client.status().await,
            |endpoint, answer| {
                endpoint.learn_version(&answer);
                let status = Status::read(&endpoint.url, &answer);
                if !self.chain_id.is_empty() && status.chain_id != self.chain_id {
                    return Err(NodeError::WrongChain {
                        host: endpoint.host.clone(),
                        expected: self.chain_id.clone(),
                        found: status.chain_id,
                    });
                }
                Ok(status)
            },
        )
    }

    /// Asks the application by gRPC method, at a height or at the latest.
    pub fn query<Q: ProtoMessage, A: ProtoMessage + Default>(
        &self,
        path: &str,
        request: &Q,
        height: Option<u64>,
    ) -> Result<A, NodeError> {
        self.query_with_height(path, request, height)
            .map(|(answer, _)| answer)
    }

    /// The same, with the height of the state that was asked: behind one address there may be nodes that are not
    /// equally far.
    pub(crate) fn query_with_height<Q: ProtoMessage, A: ProtoMessage + Default>(
        &self,
        path: &str,
        request: &Q,
        height: Option<u64>,
    ) -> Result<(A, u64), NodeError> {
        let data = request.encode_to_vec();
        let at = height.map(height_of);
        let call = async |client: &HttpClient| {
            client
                .abci_query(Some(path.to_string()), data.clone(), at, false)
                .await
        };
        let read = |endpoint: &Endpoint, answer: AbciQuery| {
            if answer.code.is_err() {
                return Err(read_query_error(endpoint, path, height, &answer));
            }
            let decoded =
                A::decode(answer.value.as_slice()).map_err(|error| NodeError::Undecodable {
                    host: endpoint.host.clone(),
                    method: path.to_string(),
                    reason: error.to_string(),
                })?;
            Ok((decoded, answer.height.value()))
        };
        let mut answer = self.ask(path, call, read);
        if let Err(NodeError::History { height, .. }) = answer
            && self.is_latest(height)
        {
            for _ in 1..TRIES_OF_LATEST {
                std::thread::sleep(TRY_AGAIN_AFTER);
                answer = self.ask(path, call, read);
                if !matches!(answer, Err(NodeError::History { .. })) {
                    break;
                }
            }
        }
        answer
    }

    /// A node tells of a block a moment before the state after it is there.
    fn is_latest(&self, height: u64) -> bool {
        let latest = self.status().map(|status| status.height);
        latest.is_ok_and(|latest| (height..=height.saturating_add(1)).contains(&latest))
    }

    /// Asks by one of the node's own methods. What `read` says is the node's fault, another node is asked for.
    pub(crate) fn ask<T, A>(
        &self,
        method: &str,
        call: impl AsyncFn(&HttpClient) -> Result<A, tendermint_rpc::Error>,
        read: impl Fn(&Endpoint, A) -> Result<T, NodeError>,
    ) -> Result<T, NodeError> {
        self.ask_each(method, call, read, |error| error)
    }

    /// The same of what is kept by height: of nodes that no longer have it the next is asked.
    pub(crate) fn ask_at<T, A>(
        &self,
        height: u64,
        method: &str,
        call: impl AsyncFn(&HttpClient) -> Result<A, tendermint_rpc::Error>,
        read: impl Fn(&Endpoint, A) -> Result<T, NodeError>,
    ) -> Result<T, NodeError> {
        self.ask_each(method, call, read, |error| name_history(error, height))
    }

    fn ask_each<T, A>(
        &self,
        method: &str,
        call: impl AsyncFn(&HttpClient) -> Result<A, tendermint_rpc::Error>,
        read: impl Fn(&Endpoint, A) -> Result<T, NodeError>,
        name: impl Fn(NodeError) -> NodeError,
    ) -> Result<T, NodeError> {
        let count = self.endpoints.len();
        let first = self.current.get();
        let mut refused = Vec::new();
        for step in 0..count {
            let index = (first + step) % count;
            let Some(endpoint) = self.endpoints.get(index) else {
                continue;
            };
            let answer = endpoint
                .ask(&self.runtime, method, &call)
                .map_err(&name)
                .and_then(|answer| read(endpoint, answer));
            match answer {
                Err(error) if error.is_of_node() => refused.push(error),
                answer => {
                    self.move_to(index, &refused);
                    self.hear_of(endpoint);
                    return answer;
                }
            }
        }
        Err(tell_refused(refused))
    }

    /// Tells one node something, that which is asked at present; no other node is told in its place.
    pub(crate) fn tell<A>(
        &self,
        method: &str,
        call: impl AsyncFn(&HttpClient) -> Result<A, tendermint_rpc::Error>,
    ) -> Result<A, NodeError> {
        let endpoint = self
            .endpoints
            .get(self.current.get())
            .ok_or(NodeError::NoAddress)?;
        let answer = endpoint.tell(&self.runtime, method, &call);
        self.hear_of(endpoint);
        answer
    }

    /// What the chain left out of an answer: nothing is put in its place.
    pub(crate) fn missing(&self, method: &str, what: &str) -> NodeError {
        NodeError::Undecodable {
            host: self.host().to_string(),
            method: method.to_string(),
            reason: format!("{what} is missing or not what it should be"),
        }
    }

    fn hear_of(&self, endpoint: &Endpoint) {
        if let Some(warning) = endpoint.take_warning() {
            self.warn(warning);
        }
    }

    fn move_to(&self, index: usize, refused: &[NodeError]) {
        if index != self.current.replace(index) {
            let reasons: Vec<String> = refused.iter().map(ToString::to_string).collect();
            self.warn(format!(
                "{}; asking {} from here on",
                reasons.join("; "),
                self.host()
            ));
        }
    }

    fn warn(&self, warning: String) {
        self.warnings.borrow_mut().push(warning);
    }
}
