//! What people should know of a listed validator. No rule reads it; what rules read are its terms.

use crate::store::packed::packed;
use crate::store::Map;

/// What people should know of a listed validator.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// Who operates it.
    pub name: Option<String>,
    /// Where one reads about it.
    pub website: Option<String>,
    /// How to reach the operator.
    pub contact: Option<String>,
    /// Why it is listed.
    pub reason: Option<String>,
    /// When it was listed, seconds.
    pub listed_at: u64,
}

/// By operator address. Written by the owner's lists.
pub const LISTINGS: Map<&str, Listing> = Map::new("listing");

packed! {
    Listing { name, website, contact, reason, listed_at }
}
