//! The list of checksums of a release, as a file.

use std::path::Path;

use defenders_client::inspect::{ListedCode, parse_checksums};

use crate::input::{FileError, read_text};

/// Reads checksums.txt, where there is one.
pub fn load_optional(file: Option<&Path>) -> Result<Option<Vec<ListedCode>>, FileError> {
    file.map(|file| {
        read_text(file)
            .and_then(|text| Ok(parse_checksums(&text)?))
            .map_err(|error| error.in_file(file))
    })
    .transpose()
}
