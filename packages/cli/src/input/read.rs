//! Files as text and as JSON. `-` is standard input.

use std::fs;
use std::io::{self, Read};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use defenders_client::input::{decode, read_rows};

use super::{FileError, InputError, Node, Object, is_standard_input, parse_json, shape};

/// Whether standard input has been read: it ends once.
static IS_STANDARD_INPUT_READ: AtomicBool = AtomicBool::new(false);

/// Reads a JSON file with what knows its shape.
pub fn load<T>(
    file: &Path,
    read: impl FnOnce(Node) -> Result<T, InputError>,
) -> Result<T, FileError> {
    read_text(file)
        .and_then(|text| read(parse_json(&text)?))
        .map_err(|error| error.in_file(file))
}

/// Reads the rows of a file one by one, each an object with exactly these fields.
pub fn load_rows<T>(
    file: &Path,
    fields: &[&'static str],
    read: impl FnMut(Object) -> Result<T, InputError>,
) -> Result<Vec<T>, FileError> {
    read_text(file)
        .and_then(|text| read_rows(&text, fields, read))
        .map_err(|error| error.in_file(file))
}

/// A whole file as text, without byte order marks.
pub fn read_text(file: &Path) -> Result<String, InputError> {
    shape::ensure_no_url(&file.to_string_lossy())?;
    decode(read_bytes(file)?)
}

/// A whole file.
fn read_bytes(file: &Path) -> Result<Vec<u8>, InputError> {
    match is_standard_input(file) {
        true => read_standard_input(),
        false => Ok(fs::read(file)?),
    }
}

fn read_standard_input() -> Result<Vec<u8>, InputError> {
    if IS_STANDARD_INPUT_READ.swap(true, Ordering::Relaxed) {
        return Err(InputError::StandardInputTwice);
    }
    let mut bytes = Vec::new();
    io::stdin().read_to_end(&mut bytes)?;
    Ok(bytes)
}
