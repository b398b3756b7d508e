//! What the owner says, and whoever is to become the owner.

pub mod listing;
pub mod listing_wait;
pub mod settings;
pub mod snapshot;
pub mod transfer;
pub mod upgrade;
