//! Own coins and own stake over small validators, for whoever wants no vault: what goes where.

mod compute;
mod draft;
mod groups;
mod list;
mod network;
mod situation;
#[cfg(test)]
mod tests;

pub use compute::{Blocked, Spread, WhyBlocked, Wish, compute_spread};
pub use draft::{Candidate, is_bonded};
pub use list::{ListedValidator, read_list, select_listed};
pub use network::compute_networks;
pub use situation::{ChainValidator, Redelegation, Situation, ValidatorStatus};

/// Most messages of one transaction.
pub const MOST_MESSAGES: usize = 20;
/// Most messages of one that a hardware wallet signs: it takes no more.
pub const MOST_MESSAGES_ON_DEVICE: usize = 5;
