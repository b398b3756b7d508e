//! Strict reading of files that a person writes: whatever is not exactly as specified is refused
//! with its path.

mod error;
mod json;
pub mod listing;
mod node;
pub mod numbers;
mod read;
mod rows;

pub use error::{FileError, InputError};
pub use node::{Node, Object};
pub use read::load;
pub use rows::load_rows;
