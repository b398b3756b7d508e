//! What the vault says to the chain and asks of it: the only files that know x/staking,
//! x/distribution and where voting power is read. Balances of accounts are asked here as well.

pub mod address;
mod answers;
pub mod bank;
pub mod power;
pub mod read_error;
pub mod staking;
pub mod token_factory;
pub mod wasm;

pub use read_error::ReadError;
