//! Strict reading of files that a person writes: whatever is not exactly as specified is refused
//! with its path, and with what it looks like. The files themselves are opened elsewhere.

// letters and lines of a text that is in memory are counted: no number here comes near its bound
#![allow(clippy::arithmetic_side_effects)]

mod decode;
mod error;
pub mod json;
pub mod listing;
mod nearest;
mod node;
pub mod numbers;
mod rows;
pub mod shape;

pub use decode::{decode, parse_json};
pub use error::{FileError, InputError, file_name, is_standard_input};
pub use json::Json;
pub use nearest::{hint, tell_all};
pub use node::{Node, Object};
pub use rows::read_rows;
