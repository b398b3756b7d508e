//! Files as text and as JSON.

use std::fs;
use std::path::Path;

use super::error::{FileError, InputError};
use super::node::Node;

/// Reads a JSON file with what knows its shape.
pub fn load<T>(
    file: &Path,
    read: impl FnOnce(Node) -> Result<T, InputError>,
) -> Result<T, FileError> {
    read_text(file)
        .and_then(|text| read(parse_json(&text)?))
        .map_err(|error| error.in_file(file))
}

/// A whole file as text.
pub fn read_text(file: &Path) -> Result<String, InputError> {
    String::from_utf8(fs::read(file)?).map_err(|error| {
        let good = error.as_bytes().get(..error.utf8_error().valid_up_to());
        let good = good.unwrap_or_default();
        let newline = good.iter().rposition(|byte| *byte == b'\n');
        InputError::Encoding {
            line: 1 + good.iter().filter(|byte| **byte == b'\n').count(),
            column: good.len() - newline.map_or(0, |index| index + 1) + 1,
        }
    })
}

/// A text as JSON: one value, and nothing after it.
pub fn parse_json(text: &str) -> Result<Node, InputError> {
    Ok(Node::top(serde_json::from_str(text)?))
}
