//! What `propose` and `inspect` share: what is known of the vault, addresses, times.

mod address;
mod context;

pub use address::{Prefix, parse_address};
pub use context::{Context, ContextArgs};
pub use defenders_client::chain::account_of_operator;
pub use defenders_client::words::{tell_minute, tell_time};
