//! Validator sets as compact tables.

use crate::program::File;

/// Bonded validators with so many tokens.
pub fn bonded(rows: &[(&str, u128)]) -> File {
    let rows = rows
        .iter()
        .map(|(name, tokens)| line(name, "bonded", false, *tokens));
    File::new(rows.collect::<String>())
}

/// One validator.
pub fn line(name: &str, status: &str, jailed: bool, tokens: u128) -> String {
    format!("{name},{status},{jailed},{tokens},0.05\n")
}
