//! What a proposal is judged by.

use std::collections::BTreeMap;

use super::context::Context;
use crate::chain::CodeInfo;

/// What a proposal is judged by.
#[derive(Debug)]
pub struct Known {
    /// What the vault answers.
    pub context: Context,
    /// Its address.
    pub vault: Option<String>,
    /// Of the releases.
    pub checksums: Option<Vec<ListedCode>>,
    /// Code on the chain; None when no node is asked.
    pub codes: Option<Codes>,
}

/// Code that the chain keeps.
#[derive(Debug, Default)]
pub struct Codes {
    /// What the vault runs.
    pub vault: Option<CodeInfo>,
    /// What its pot runs.
    pub reward_pot: Option<CodeInfo>,
    /// What is proposed, by number; None where there is none of that number.
    pub proposed: BTreeMap<u64, Option<CodeInfo>>,
}

/// A line of a release's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedCode {
    /// SHA-256, small hexadecimal letters.
    pub checksum: String,
    /// Of this file; None where the line does not say.
    pub file: Option<String>,
}
