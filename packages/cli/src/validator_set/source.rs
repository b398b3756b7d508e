//! Which set: one inside the program, or a file.

use std::fs;
use std::io;
use std::path::Path;

use super::compact::{self, ShippedSet};
use super::{SetError, SetValidator, rest};

/// A set with its name for the report.
pub struct NamedSet {
    /// Name of the shipped set, or the file as given.
    pub name: String,
    /// In ascending operator address.
    pub validators: Vec<SetValidator>,
}

/// A set that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// The file cannot be read.
    #[error("{name}: {source}")]
    File {
        /// The file.
        name: String,
        /// Why.
        source: io::Error,
    },
    /// It is no validator set.
    #[error("{name}: {source}")]
    Set {
        /// File or shipped set.
        name: String,
        /// Why.
        source: SetError,
    },
}

/// The file if there is one, else the shipped set.
pub fn load(file: Option<&Path>, shipped: ShippedSet) -> Result<NamedSet, SourceError> {
    let (name, validators) = match file {
        Some(file) => (file.display().to_string(), load_file(file)?),
        None => (shipped.as_str().to_string(), shipped.validators()),
    };
    match validators {
        Ok(validators) => Ok(NamedSet { name, validators }),
        Err(source) => Err(SourceError::Set { name, source }),
    }
}

/// JSON begins with a bracket; anything else is a compact table.
fn load_file(file: &Path) -> Result<Result<Vec<SetValidator>, SetError>, SourceError> {
    let name = file.display();
    let text = fs::read_to_string(file).map_err(|source| SourceError::File {
        name: name.to_string(),
        source,
    })?;
    if !text.trim_start().starts_with(['{', '[']) {
        return Ok(compact::parse_table(&text));
    }
    Ok(rest::parse_pages(&text).map(|set| {
        if set.is_cut_off {
            eprintln!("warning: {name}: the last page names a next one, so validators are missing");
        }
        set.validators
    }))
}
