//! Which row among the powers belongs to which validator.

use crate::store::{Item, Map};

/// Operator address by row. Written when a validator enters and when it is forgotten.
pub const VALIDATOR_BY_POWER_ROW: Map<u16, String> = Map::new("validator");
/// One more than the highest row ever taken.
pub const POWER_ROWS_EVER: Item<u32> = Item::new("validator_count");
