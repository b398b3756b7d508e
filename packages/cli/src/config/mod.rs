//! Settings: `defenders.toml`, the environment, and arguments, in rising order of strength; and `defenders config`,
//! which shows them.

mod args;
mod collect;
mod error;
mod field;
mod file;
mod gas_factor;
mod origin;
mod raw;
mod report;
mod settle;
mod signer;
#[cfg(test)]
mod tests;
mod values;

pub use args::{KeyringArgs, NodeArgs, SendArgs};
pub use error::ConfigError;
pub use field::Field;
pub use gas_factor::GasFactor;
pub use origin::{Origin, Settled};
pub use report::{Args, run};
pub use settle::{Config, require};
pub use signer::{read_secret, warn_of_test_keyring};
