#![doc = include_str!("../README.md")]

mod address;
mod amount;
mod denom;
mod error;
mod factory;
mod messages;
mod metadata;
mod request;
mod store;

pub use error::FactoryError;
pub use factory::{DEFAULT_PREFIX, Params, SimTokenFactory};
pub use metadata::{DenomUnit, Metadata};
pub use store::{load_admin, load_metadata};
