//! Which set: one inside the program, or a file.

use std::path::Path;

use super::compact::{self, ShippedSet};
use super::{SetValidator, rest};
use crate::input::{FileError, InputError, file_name, read_text};
use crate::notice;
use crate::terminal::Denom;

/// A set with its name for the report.
pub struct NamedSet {
    /// Name of the shipped set, or the file as given.
    pub name: String,
    /// In ascending operator address.
    pub validators: Vec<SetValidator>,
    /// How its chain shows amounts, where that is known.
    pub denom: Option<Denom>,
}

/// The file if there is one, else the shipped set.
pub fn load(file: Option<&Path>, shipped: ShippedSet) -> Result<NamedSet, FileError> {
    match file {
        Some(file) => Ok(NamedSet {
            name: file_name(file),
            validators: load_file(file).map_err(|error| error.in_file(file))?,
            denom: None,
        }),
        None => Ok(NamedSet {
            name: shipped.as_str().to_string(),
            validators: shipped
                .validators()
                .map_err(|error| error.in_file(Path::new(shipped.as_str())))?,
            denom: Some(shipped.denom()),
        }),
    }
}

/// JSON begins with a bracket; anything else is a compact table.
fn load_file(file: &Path) -> Result<Vec<SetValidator>, InputError> {
    let text = read_text(file)?;
    if !text.trim_start().starts_with(['{', '[']) {
        return compact::parse_table(&text);
    }
    let set = rest::parse_pages(&text)?;
    if let Some(missing) = set.missing {
        notice::warn(&format!("{}: {missing}", file_name(file)));
    }
    Ok(set.validators)
}
