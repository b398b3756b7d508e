//! Validators from which unbonding entries are on their way, and how their tokens per share fell.

use defenders_accounting::Watch;

use crate::store::packed::packed;
use crate::store::Map;

/// By operator address; there while a row of the ledger that was seen at its entry is. Written by
/// replies, `refresh`, a sync that books a loss, and settlements.
pub const WATCHES: Map<&str, Watch> = Map::new("watch");

packed! {
    Watch { tokens_per_share, kept }
}
