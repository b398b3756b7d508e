#![doc = include_str!("../README.md")]

mod address;
mod amount;
mod denom;
mod error;
mod factory;
mod messages;
mod metadata;
mod params;
mod request;
mod store;

pub use error::FactoryError;
pub use factory::{DEFAULT_PREFIX, SimTokenFactory};
pub use metadata::{DenomUnit, Metadata};
pub use params::Params;
pub use store::{load_admin, load_metadata};
