//! Validators from which unbonding entries are on their way, and how their tokens per share fell.

use defenders_accounting::Watch;

use crate::store::packed::packed;
use crate::store::Map;

/// A validator from which unbonding entries are on their way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watched {
    /// Its tokens per share.
    pub watch: Watch,
    /// Rows of the ledger there that are marked and have a part for restaking.
    pub restaking_rows: u32,
    /// When a piece last asked for it, seconds; 0 while every piece asks for all.
    pub asked_at: u64,
    /// Height at which it was first shown to have lost half or more: believed when a later block shows it.
    pub doubted_at: Option<u64>,
}

/// By operator address; there while the ledger has a row of it. Written by replies, `refresh`, `submit`, a
/// sync that books a loss, and settlements.
pub const WATCHES: Map<&str, Watched> = Map::new("watch");

packed! {
    Watched { watch, restaking_rows, asked_at, doubted_at }
    Watch { tokens_per_share, kept }
}
