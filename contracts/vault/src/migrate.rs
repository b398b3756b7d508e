//! Name and version guard.

use cosmwasm_std::{DepsMut, Response};

use crate::error::ContractError;
use crate::state::{contract_info, CONTRACT_NAME, CONTRACT_VERSION};

/// Takes the same contract of the same or an older version; versions are three numbers.
///
/// # Errors
/// [`ContractError::CannotMigrate`].
pub fn migrate(deps: DepsMut) -> Result<Response, Box<ContractError>> {
    let stored = contract_info::load(deps.storage)?;
    let is_older = parse_version(&stored.version) <= parse_version(CONTRACT_VERSION)
        && parse_version(&stored.version).is_some();
    if stored.name != CONTRACT_NAME || !is_older {
        return Err(ContractError::CannotMigrate {
            from_name: stored.name,
            from_version: stored.version,
            name: CONTRACT_NAME.to_owned(),
            version: CONTRACT_VERSION.to_owned(),
        }
        .into());
    }
    contract_info::save(deps.storage);
    Ok(Response::new())
}

/// Its three numbers.
#[must_use]
pub fn parse_version(version: &str) -> Option<[u64; 3]> {
    let mut numbers = version.split('.').map(|part| part.parse::<u64>().ok());
    let version = [numbers.next()??, numbers.next()??, numbers.next()??];
    numbers.next().is_none().then_some(version)
}

#[cfg(test)]
mod tests {
    use cosmwasm_std::testing::mock_dependencies;

    use super::*;

    /// Migrates what another version left.
    fn migrate_from(name: &str, version: &str) -> Result<String, Box<ContractError>> {
        let mut deps = mock_dependencies();
        cw2::set_contract_version(&mut deps.storage, name, version).unwrap();
        migrate(deps.as_mut())?;
        Ok(cw2::get_contract_version(&deps.storage).unwrap().version)
    }

    fn refused(name: &str, version: &str) -> Result<String, Box<ContractError>> {
        Err(ContractError::CannotMigrate {
            from_name: name.to_owned(),
            from_version: version.to_owned(),
            name: CONTRACT_NAME.to_owned(),
            version: CONTRACT_VERSION.to_owned(),
        }
        .into())
    }

    #[test]
    fn the_same_and_older_versions_are_taken_over() {
        for version in [CONTRACT_VERSION, "0.0.0", "0.0.99"] {
            let migrated = migrate_from(CONTRACT_NAME, version);
            assert_eq!(migrated, Ok(CONTRACT_VERSION.to_owned()), "{version}");
        }
    }

    #[test]
    fn newer_versions_are_refused_by_number_not_by_text() {
        let [major, minor, patch] = parse_version(CONTRACT_VERSION).unwrap();
        for [major, minor, patch] in [
            [major + 1, 0, 0],
            [major, minor + 1, 0],
            [major, minor, patch + 1],
            // as text "0.10.0" comes before "0.9.0"
            [major, minor * 10 + 10, 0],
        ] {
            let version = format!("{major}.{minor}.{patch}");
            assert_eq!(
                migrate_from(CONTRACT_NAME, &version),
                refused(CONTRACT_NAME, &version)
            );
        }
    }

    #[test]
    fn what_is_no_version_of_three_numbers_is_refused() {
        for version in ["", "0", "0.0", "0.0.0.0", "0.0.x", "v0.0.0", "0.0.0-rc1"] {
            assert_eq!(
                migrate_from(CONTRACT_NAME, version),
                refused(CONTRACT_NAME, version)
            );
        }
    }

    #[test]
    fn another_contract_is_refused() {
        let other = "crates.io:another-vault";
        assert_eq!(migrate_from(other, "0.0.0"), refused(other, "0.0.0"));
    }
}
