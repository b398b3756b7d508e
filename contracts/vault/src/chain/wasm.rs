//! x/wasm: who may replace a contract's code, and which code lies under a number.

use cosmwasm_std::{Addr, QuerierWrapper, StdError, WasmMsg, WasmQuery};
use defenders_json::{message, write};
use defenders_types::pot;

use super::answers::query;
use super::read_error::ReadError;
use crate::state::changes::NewCode;
use crate::state::contract_info::{self, ContractInfo};

message! {
    grows
    struct Contract {
        admin: Option<String>,
    }
}

message! {
    grows
    struct Code {
        checksum: String,
    }
}

message! {
    grows
    struct PotConfig {
        vault: String,
    }
}

/// Who may replace the code of a contract.
///
/// # Errors
/// When the chain does not answer.
pub fn query_admin(querier: &QuerierWrapper, contract: &Addr) -> Result<Option<String>, ReadError> {
    let question = WasmQuery::ContractInfo {
        contract_addr: contract.to_string(),
    };
    let contract: Contract = query(querier, question)?;
    Ok(contract.admin)
}

/// SHA-256 of a code as the chain keeps it, 64 hex digits in lower case.
///
/// # Errors
/// When there is no such code.
pub fn query_checksum(querier: &QuerierWrapper, code_id: u64) -> Result<String, ReadError> {
    let code: Code = query(querier, WasmQuery::CodeInfo { code_id })?;
    Ok(code.checksum)
}

/// Name and version of a contract as it wrote them down.
///
/// # Errors
/// When it wrote none.
pub fn query_contract_info(
    querier: &QuerierWrapper,
    contract: &Addr,
) -> Result<ContractInfo, ReadError> {
    let stored = querier
        .query_wasm_raw(contract, contract_info::KEY.as_bytes())
        .map_err(ReadError::new)?;
    let info = stored.as_deref().and_then(contract_info::parse);
    info.ok_or_else(|| {
        let error = format!("{contract} does not tell its name and version");
        ReadError::new(StdError::generic_err(error))
    })
}

/// Whom the pot obeys.
///
/// # Errors
/// When it does not answer as the pot.
pub fn query_vault_of_pot(querier: &QuerierWrapper, pot: &Addr) -> Result<String, ReadError> {
    let question = WasmQuery::Smart {
        contract_addr: pot.to_string(),
        msg: write(&pot::QueryMsg::Config {}).into(),
    };
    let config: PotConfig = query(querier, question)?;
    Ok(config.vault)
}

/// Replaces the code of a contract.
#[must_use]
pub fn migrate(contract: &Addr, new_code: NewCode) -> WasmMsg {
    WasmMsg::Migrate {
        contract_addr: contract.to_string(),
        new_code_id: new_code.code_id,
        msg: new_code.msg,
    }
}
