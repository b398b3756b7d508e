#![doc = include_str!("../README.md")]

pub mod answer;
mod block;
mod chain;
mod coin;
pub mod denom;
mod error;
mod faults;
mod genesis;
pub mod ibc;
pub mod msg;
mod program;
mod query;
pub mod time;
mod tx;

pub use block::{Act, Block, Made};
pub use chain::{Chain, Snapshot};
pub use coin::{Coin, coin, to_text};
pub use error::{Error, Outcome, Refused};
pub use faults::{Faults, MessageKind, RefusedMessage};
pub use genesis::{AcceptList, Genesis, Params, Validator};
pub use program::{Addresses, Program};
pub use query::{UnbondingEntry, ValidatorState};
pub use tx::{Event, Gas, Receipt, Tx};
