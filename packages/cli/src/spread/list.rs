//! Over whom to spread: the list of a vault, or one of one's own.

use std::collections::BTreeSet;
use std::path::Path;

use defenders_node::read::ValidatorInfo;
use defenders_types::{QueryMsg, ValidatorsResponse};
use serde::Serialize;

use crate::input::listing::Names;
use crate::input::load_rows;
use crate::proposal::parse_address;
use crate::session::{Session, SessionError};
use crate::validator_set::clean_name;

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

/// A validator of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListedValidator {
    /// Operator address.
    pub address: String,
    /// As the list calls it.
    pub name: Option<String>,
    /// Who operates it, where that is told.
    pub operator: Option<String>,
    /// Its hosting provider, where that is told.
    pub hosting: Option<String>,
    /// Its jurisdiction, where that is told.
    pub jurisdiction: Option<String>,
}

/// Reads the list.
pub fn load(
    source: &ListSource,
    session: &Session,
    validators: &[ValidatorInfo],
    now: u64,
) -> Result<Vec<ListedValidator>, SessionError> {
    match source {
        ListSource::Vault(address) => load_vault(session, address, now),
        ListSource::File(file) => load_file(Path::new(file), validators),
    }
}

/// Whom the vault lists now: neither draining nor over. Maxima are about the vault's stake, and left aside.
fn load_vault(
    session: &Session,
    address: &str,
    now: u64,
) -> Result<Vec<ListedValidator>, SessionError> {
    let vault = session.vault(Some(address))?;
    let mut listed = Vec::new();
    let mut start_after = None;
    loop {
        let page: ValidatorsResponse = vault.ask(&QueryMsg::Validators {
            start_after,
            limit: Some(PAGE),
        })?;
        let Some(last) = page.validators.last() else {
            return Ok(listed);
        };
        start_after = Some(last.validator.clone());
        let is_last = page.validators.len() < PAGE as usize;
        for info in page.validators {
            let listing = info.listing.filter(|listing| {
                info.listed && listing.ends_at.is_none_or(|ends_at| now < ends_at)
            });
            if let Some(listing) = listing {
                listed.push(ListedValidator {
                    address: info.validator,
                    name: listing.name.as_deref().and_then(clean_name),
                    operator: listing.operator,
                    hosting: listing.hosting,
                    jurisdiction: listing.jurisdiction,
                });
            }
        }
        if is_last {
            return Ok(listed);
        }
    }
}

/// A list of one's own: operator addresses, each of which the chain knows.
fn load_file(
    file: &Path,
    validators: &[ValidatorInfo],
) -> Result<Vec<ListedValidator>, SessionError> {
    let known: BTreeSet<&str> = validators.iter().map(|it| it.address.as_str()).collect();
    let mut names = Names::default();
    Ok(load_rows(file, &["validator"], |mut row| {
        let node = row.required("validator")?;
        let address = names.add(&node)?;
        match known.contains(address.as_str()) {
            true => Ok(ListedValidator {
                address,
                ..ListedValidator::default()
            }),
            false => Err(node.unknown("validator of the chain", address)),
        }
    })?)
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
