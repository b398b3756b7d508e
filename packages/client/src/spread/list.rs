//! Over whom to spread: the list of a vault, or one of one's own.

use std::collections::BTreeSet;

use defenders_types::ValidatorInfo;

use super::situation::ChainValidator;
use crate::input::listing::Names;
use crate::input::{InputError, read_rows};

/// A validator of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListedValidator {
    /// Operator address.
    pub address: String,
    /// As the list calls it: any text.
    pub name: Option<String>,
    /// Who operates it, where that is told.
    pub operator: Option<String>,
    /// Its hosting provider, where that is told.
    pub hosting: Option<String>,
    /// Its jurisdiction, where that is told.
    pub jurisdiction: Option<String>,
}

/// Of a vault's rows of `validators {}` those that it lists now, seconds since 1970: neither draining nor over. Maxima
/// are about the vault's stake, and left aside.
pub fn select_listed(rows: Vec<ValidatorInfo>, now: u64) -> Vec<ListedValidator> {
    let listed = rows.into_iter().filter_map(|info| {
        let listing = info
            .listing
            .filter(|listing| info.listed && listing.ends_at.is_none_or(|ends_at| now < ends_at))?;
        Some(ListedValidator {
            address: info.validator,
            name: listing.name,
            operator: listing.operator,
            hosting: listing.hosting,
            jurisdiction: listing.jurisdiction,
        })
    });
    listed.collect()
}

/// A list of one's own, of a file's text: a table with the header `validator`, or JSON rows with that field, each an
/// operator address that the chain knows. Err: the place and what is wrong there.
pub fn read_list(
    text: &str,
    validators: &[ChainValidator],
) -> Result<Vec<ListedValidator>, InputError> {
    let known: BTreeSet<&str> = validators.iter().map(|it| it.address.as_str()).collect();
    let mut names = Names::default();
    read_rows(text, &["validator"], |mut row| {
        let node = row.required("validator")?;
        let address = names.add(&node)?;
        match known.contains(address.as_str()) {
            true => Ok(ListedValidator {
                address,
                ..ListedValidator::default()
            }),
            false => Err(node.unknown("validator of the chain", address)),
        }
    })
}
