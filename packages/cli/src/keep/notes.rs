//! What the keeper remembers across restarts.

use serde::{Deserialize, Serialize};

use super::budget::Budget;
use super::trouble::Troubles;

/// What the keeper remembers across restarts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notes {
    /// Fees of the day.
    pub budget: Budget,
    /// Jobs that fail.
    pub troubles: Troubles,
}
