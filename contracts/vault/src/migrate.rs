//! Name and version guard.

use cosmwasm_std::{DepsMut, Response};

use crate::error::ContractError;
use crate::state::{CONTRACT_NAME, CONTRACT_VERSION};

/// Takes the same contract of the same or an older version; versions are three numbers.
///
/// # Errors
/// [`ContractError::CannotMigrate`].
pub fn migrate(deps: DepsMut) -> Result<Response, ContractError> {
    let stored = cw2::get_contract_version(deps.storage)?;
    let is_older = parse_version(&stored.version) <= parse_version(CONTRACT_VERSION)
        && parse_version(&stored.version).is_some();
    if stored.contract != CONTRACT_NAME || !is_older {
        return Err(ContractError::CannotMigrate {
            from_name: stored.contract,
            from_version: stored.version,
            name: CONTRACT_NAME.to_owned(),
            version: CONTRACT_VERSION.to_owned(),
        });
    }
    cw2::set_contract_version(deps.storage, CONTRACT_NAME, CONTRACT_VERSION)?;
    Ok(Response::new())
}

fn parse_version(version: &str) -> Option<[u64; 3]> {
    let mut numbers = version.split('.').map(|part| part.parse::<u64>().ok());
    let version = [numbers.next()??, numbers.next()??, numbers.next()??];
    numbers.next().is_none().then_some(version)
}
