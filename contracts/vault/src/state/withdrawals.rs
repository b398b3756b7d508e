//! Batches of withdrawals, and whose shares are in them.

use cosmwasm_std::{Addr, Uint128};
use defenders_accounting::Batch;

use crate::store::packed::packed;
use crate::store::Map;

/// By number. Written by requests, cancels, pieces and their replies, settlements and claims.
pub const BATCHES: Map<u64, Batch> = Map::new("batch");
/// Shares by (recipient, batch). Written by requests, cancels and claims.
pub const REQUESTS: Map<(&Addr, u64), Uint128> = Map::new("request");

packed! {
    Batch {
        shares, unserved_shares, tokens, unbonding, pending, claimed, claimed_shares, opened_at,
        submitted_at, completes_at,
    }
}
