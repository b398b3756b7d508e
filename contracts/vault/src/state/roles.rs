//! Who may take the owner's place. The roles themselves are in the configuration.

use cosmwasm_std::Addr;

use crate::store::packed::packed;
use crate::store::Item;

/// Who may take the owner's place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingOwner {
    /// May accept.
    pub owner: Addr,
    /// From then on it may not, seconds.
    pub expires_at: u64,
}

/// Written by the messages of ownership; absent when no transfer is under way.
pub const PENDING_OWNER: Item<PendingOwner> = Item::new("pending_owner");

/// Whether the guardian has put the brake on since the owner armed it. Written by the messages of the brake.
pub const BRAKE_USED: Item<bool> = Item::new("brake_used");

packed! {
    PendingOwner { owner, expires_at }
}
