//! A Cosmos SDK chain over its nodes' public interfaces: reading it, and sending each transaction once.
//!
//! Everything goes over a node's RPC: status, blocks and transactions by its own methods, all else by gRPC queries
//! that it passes on to the application (`abci_query`). So one kind of address is enough, and any number of nodes
//! of the same chain may stand in for each other. It knows no vault, and no cosmwasm-std.

mod coin;
mod disk;
mod endpoint;
mod error;
mod failures;
mod host;
pub mod http;
pub mod keys;
pub mod message;
mod node;
mod page;
mod price;
pub mod read;
pub mod send;
mod status;
mod time;
mod words;

pub use coin::{Coin, ParseCoinError};
pub use disk::write_whole;
pub use error::NodeError;
pub use message::Message;
pub use node::{Endpoints, Node};
pub use price::{GasPrice, ParsePriceError};
pub use status::Status;
pub use time::read_clock;
pub use words::tell_refusal;

pub use cosmrs::proto;
