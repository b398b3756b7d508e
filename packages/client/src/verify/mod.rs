//! Whether a vault is what it says: checks of what the chain says of it.

mod checks;
mod facts;
mod report;

pub use checks::{Check, Finding, compute_all, compute_dumb};
pub use facts::{Contract, Facts};
pub use report::{Release, Report, Subject};
