//! Strict reading of files that a person writes: whatever is not exactly as specified is refused
//! with its path, and with what it looks like.

mod error;
pub mod listing;
mod node;
pub mod numbers;
mod read;
mod rows;
pub mod shape;

pub use defenders_client::json::Json;
pub use defenders_client::nearest::{hint, tell_all};
pub use error::{FileError, InputError};
pub use node::{Node, Object};
pub use read::{file_name, is_standard_input, load, parse_json, read_text};
pub use rows::load_rows;
