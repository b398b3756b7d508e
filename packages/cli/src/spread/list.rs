//! Over whom to spread: the list of a vault, or one of one's own.

use std::path::Path;

use defenders_client::spread::{ListedValidator, Situation, read_list, select_listed};
use defenders_types::{QueryMsg, ValidatorsResponse};
use serde::Serialize;

use crate::input::{FileError, read_text};
use crate::proposal::parse_address;
use crate::session::{Session, SessionError};

/// Validators that a vault tells in one answer.
const PAGE: u32 = 30;

/// Where a list comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ListSource {
    /// The address of a vault.
    Vault(String),
    /// The file as named.
    File(String),
}

impl ListSource {
    /// What an argument means: an address, or else a file.
    pub fn of(text: &str) -> Self {
        match parse_address(text) {
            Ok(address) => ListSource::Vault(address),
            Err(_) => ListSource::File(text.to_string()),
        }
    }
}

/// Reads the list.
pub fn load(
    source: &ListSource,
    session: &Session,
    situation: &Situation,
) -> Result<Vec<ListedValidator>, SessionError> {
    match source {
        ListSource::Vault(address) => load_vault(session, address, situation.now),
        ListSource::File(file) => Ok(load_file(Path::new(file), situation)?),
    }
}

/// Whom the vault lists now.
fn load_vault(
    session: &Session,
    address: &str,
    now: u64,
) -> Result<Vec<ListedValidator>, SessionError> {
    let vault = session.vault(Some(address))?;
    let mut rows = Vec::new();
    let mut start_after = None;
    loop {
        let page: ValidatorsResponse = vault.ask(&QueryMsg::Validators {
            start_after,
            limit: Some(PAGE),
        })?;
        let is_last = page.validators.len() < PAGE as usize;
        rows.extend(page.validators);
        start_after = rows.last().map(|info| info.validator.clone());
        if is_last {
            return Ok(select_listed(rows, now));
        }
    }
}

/// A list of one's own: operator addresses, each of which the chain knows.
fn load_file(file: &Path, situation: &Situation) -> Result<Vec<ListedValidator>, FileError> {
    read_text(file)
        .and_then(|text| read_list(&text, &situation.validators))
        .map_err(|error| error.in_file(file))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_vault_and_all_else_a_file() {
        let address = "cosmos1qypqxpq9qcrsszg2pvxq6rs0zqg3yyc5lzv7xu";
        assert_eq!(ListSource::of(address), ListSource::Vault(address.into()));
        for file in ["list.csv", "-", "cosmos1.csv"] {
            assert_eq!(ListSource::of(file), ListSource::File(file.into()));
        }
    }
}
