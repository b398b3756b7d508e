//! What a command wants sent, and how that ended.

use std::path::PathBuf;

use defenders_node::read::Included;
use defenders_node::send::{Draft, Estimate, Receipt};

/// What a command wants sent.
pub struct Errand {
    /// The transaction.
    pub draft: Draft,
    /// What comes of it, a line each, for whoever confirms it.
    pub effects: Vec<String>,
}

/// How that ended.
#[derive(Debug)]
pub enum Ended {
    /// It is carried out.
    Sent(Receipt),
    /// It would be.
    WouldWork(Estimate),
    /// It was written to a file, to be signed elsewhere.
    Written(PathBuf),
}

impl Ended {
    /// The transaction in its block, if it is carried out.
    pub fn included(&self) -> Option<&Included> {
        match self {
            Ended::Sent(receipt) => Some(&receipt.included),
            Ended::WouldWork(_) | Ended::Written(_) => None,
        }
    }
}
