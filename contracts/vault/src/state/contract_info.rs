//! Name and version of the code, as cw2 has them: explorers read this item as it lies, so it is JSON.

use cosmwasm_std::Storage;

use crate::store::{damaged, missing, StoreError};

/// Name for cw2.
pub const CONTRACT_NAME: &str = "crates.io:defenders-vault";
/// Version for cw2.
pub const CONTRACT_VERSION: &str = env!("CARGO_PKG_VERSION");

/// Where it lies, as cw2 has it.
pub const KEY: &str = "contract_info";

// neither name nor version has anything to escape
const BEFORE_NAME: &str = r#"{"contract":""#;
const BEFORE_VERSION: &str = r#"","version":""#;
const AFTER_VERSION: &str = r#""}"#;

/// Name and version that are stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContractInfo {
    /// Of the contract.
    pub name: String,
    /// Of its code.
    pub version: String,
}

/// Name and version of this code. Written by the instantiation and by migrations.
pub fn save(storage: &mut dyn Storage) {
    let parts = [
        BEFORE_NAME,
        CONTRACT_NAME,
        BEFORE_VERSION,
        CONTRACT_VERSION,
        AFTER_VERSION,
    ];
    storage.set(KEY.as_bytes(), parts.concat().as_bytes());
}

/// What is stored, if it is written as cw2 writes it.
///
/// # Errors
/// When it is missing or written otherwise.
pub fn load(storage: &dyn Storage) -> Result<ContractInfo, Box<StoreError>> {
    let Some(stored) = storage.get(KEY.as_bytes()) else {
        return Err(missing(KEY.as_bytes()));
    };
    parse(&stored).ok_or_else(|| damaged(KEY.as_bytes(), stored.len()))
}

/// What is written as cw2 writes it.
#[must_use]
pub fn parse(stored: &[u8]) -> Option<ContractInfo> {
    let stored = std::str::from_utf8(stored).ok()?;
    let stored = stored.strip_prefix(BEFORE_NAME)?;
    let stored = stored.strip_suffix(AFTER_VERSION)?;
    let (name, version) = stored.split_once(BEFORE_VERSION)?;
    Some(ContractInfo {
        name: name.to_owned(),
        version: version.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use cosmwasm_std::testing::MockStorage;

    use super::*;

    #[test]
    fn cw2_reads_what_is_written_and_finds_its_own_bytes() {
        let mut storage = MockStorage::new();
        save(&mut storage);
        let info = cw2::get_contract_version(&storage).unwrap();
        assert_eq!(info.contract, CONTRACT_NAME);
        assert_eq!(info.version, CONTRACT_VERSION);

        let mut by_cw2 = MockStorage::new();
        cw2::set_contract_version(&mut by_cw2, CONTRACT_NAME, CONTRACT_VERSION).unwrap();
        assert_eq!(
            storage.get(b"contract_info"),
            by_cw2.get(b"contract_info"),
            "byte by byte"
        );
    }

    #[test]
    fn what_cw2_has_written_is_read() {
        let mut storage = MockStorage::new();
        cw2::set_contract_version(&mut storage, "crates.io:another", "1.2.3-rc.1").unwrap();
        let info = ContractInfo {
            name: "crates.io:another".to_owned(),
            version: "1.2.3-rc.1".to_owned(),
        };
        assert_eq!(load(&storage), Ok(info));
    }

    #[test]
    fn what_is_missing_or_written_otherwise_is_an_error() {
        let mut storage = MockStorage::new();
        let key = || "contract_info".to_owned();
        assert_eq!(
            load(&storage),
            Err(StoreError::Missing { key: key() }.into())
        );
        for text in [
            "{}",
            r#"{"contract":"a"}"#,
            r#"{"version":"1","contract":"a"}"#,
            r#"{"contract":"a","version":"1"} "#,
        ] {
            storage.set(b"contract_info", text.as_bytes());
            let error = StoreError::Damaged {
                key: key(),
                bytes: text.len(),
            };
            assert_eq!(load(&storage), Err(error.into()));
        }
    }
}
