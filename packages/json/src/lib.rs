#![doc = include_str!("../README.md")]
#![deny(clippy::arithmetic_side_effects)]

mod cw20;
mod declare;
mod error;
mod fields;
mod from_json;
mod json;
mod to_json;
mod types;

pub use error::JsonError;
pub use fields::{Fields, Variant};
pub use from_json::{read, Errors, FromJson};
pub use json::Json;
pub use to_json::{write, write_bare_variant, write_object, write_variant, Object, ToJson};

/// What the macros expand to, for crates that do not name these themselves.
#[doc(hidden)]
pub mod export {
    pub use cosmwasm_schema;
    pub use cosmwasm_schema::serde;
}
