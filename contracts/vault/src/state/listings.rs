//! What people should know of a listed validator.

use crate::store::packed::packed;
use crate::store::Map;

/// What people should know of a listed validator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    /// Why it is listed.
    pub note: Option<String>,
    /// When it was listed, seconds.
    pub listed_at: u64,
}

/// By operator address. Written by the owner's lists.
pub const LISTINGS: Map<&str, Listing> = Map::new("listing");

packed! {
    Listing { note, listed_at }
}
