//! Values before they are understood.

use std::collections::BTreeMap;

use super::field::Field;
use super::origin::Settled;

/// A value as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Raw {
    /// One text.
    One(String),
    /// Several: of nodes.
    Many(Vec<String>),
}

/// Values by setting, as they were written.
pub type RawValues = BTreeMap<Field, Settled<Raw>>;
