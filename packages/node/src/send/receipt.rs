//! What is left of a transaction that was carried out.

use crate::read::Included;

/// A transaction that was carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// As it is in its block.
    pub included: Included,
    /// It was under way already: nothing new was sent.
    pub was_under_way: bool,
}
