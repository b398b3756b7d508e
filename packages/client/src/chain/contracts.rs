//! Contracts and their code.

use serde::{Deserialize, Serialize};

/// What the chain says of a contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContractInfo {
    /// Its code.
    pub code_id: u64,
    /// Who may replace its code; None when nobody may.
    pub admin: Option<String>,
}

/// What the chain says of a code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeInfo {
    /// Its number.
    pub code_id: u64,
    /// SHA-256 of the wasm, lower case hex.
    pub checksum: String,
    /// Who may make contracts of it; None when everybody may, empty when nobody may.
    pub instantiators: Option<Vec<String>>,
}
