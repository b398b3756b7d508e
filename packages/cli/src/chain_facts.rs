//! Contracts and codes of a chain, as what is shared with the page knows them.

use defenders_client::chain::{CodeInfo, ContractInfo};
use defenders_node::{Node, NodeError};

/// A contract; None when there is none at the address.
pub fn read_contract(node: &Node, address: &str) -> Result<Option<ContractInfo>, NodeError> {
    let info = node.contract_info(address)?;
    Ok(info.map(|info| ContractInfo {
        code_id: info.code_id,
        admin: info.admin,
    }))
}

/// A code; None when the chain has none of that number.
pub fn read_code(node: &Node, code_id: u64) -> Result<Option<CodeInfo>, NodeError> {
    let info = node.code_info(code_id)?;
    Ok(info.map(|info| CodeInfo {
        code_id: info.code_id,
        checksum: info.checksum,
        instantiators: info.instantiators,
    }))
}
