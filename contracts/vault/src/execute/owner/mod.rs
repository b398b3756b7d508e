//! What the owner says, and whoever is to become the owner.

pub mod listing;
pub mod snapshot;
pub mod transfer;
