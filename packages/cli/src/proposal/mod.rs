//! What `propose` and `inspect` share: what is known of the vault, addresses, times.

mod address;
mod context;

pub use address::{read_account, read_operator, read_prefix};
pub use context::{ContextArgs, load_context, load_context_with};
pub use defenders_client::address::{Prefix, parse_address};
pub use defenders_client::chain::account_of_operator;
pub use defenders_client::inspect::Context;
pub use defenders_client::words::{tell_minute, tell_time};
