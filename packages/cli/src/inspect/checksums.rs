//! Checksums of code, compared with those of a release.

use std::path::Path;

use cosmwasm_std::Binary;
use serde_json::Value;

use super::Known;
use super::fields::{flatten, join};
use super::warnings::Warnings;
use crate::input::{FileError, InputError, read_text};

/// Bytes of a checksum.
const BYTES: usize = 32;

/// Reads checksums.txt: a line each, the checksum first.
pub fn load_optional(file: Option<&Path>) -> Result<Option<Vec<String>>, FileError> {
    file.map(|file| {
        read_text(file)
            .and_then(|text| parse(&text))
            .map_err(|error| error.in_file(file))
    })
    .transpose()
}

fn parse(text: &str) -> Result<Vec<String>, InputError> {
    let lines = text.lines().enumerate();
    let is_remark = |line: &str| line.starts_with('#') || line.trim().is_empty();
    let lines = lines.filter(|(_, line)| !is_remark(line));
    lines
        .map(|(index, line)| {
            let first = line.split_whitespace().next().unwrap_or_default();
            to_hex(first).ok_or_else(|| InputError::Wrong {
                path: format!("line {}", index + 1),
                expected: "a SHA-256 checksum of 64 hexadecimal digits, then a file name",
                found: format!("{first:?}"),
            })
        })
        .collect()
}

/// Warns of checksums in a message that no release has.
pub fn warn_of_unknown(place: &str, message: &Value, known: &Known, warnings: &mut Warnings) {
    for row in flatten(message) {
        let name = row.field.rsplit('.').next().unwrap_or_default();
        if !matches!(name, "checksum" | "code_hash" | "code_checksum") {
            continue;
        }
        let text = row.value.as_str().unwrap_or_default();
        let checksum = to_hex(text).or_else(|| from_base64(text));
        let shown = checksum.clone().unwrap_or_else(|| row.value.to_string());
        let message = match (&known.checksums, checksum) {
            (_, None) => format!("{shown} is no SHA-256 checksum"),
            (None, Some(_)) => format!(
                "the checksum {shown} is not compared with a release: give its checksums.txt with --checksums"
            ),
            (Some(all), Some(checksum)) if !all.contains(&checksum) => {
                format!("the checksum {shown} is not in checksums.txt")
            }
            _ => continue,
        };
        warnings.add(&join(place, &row.field), "unknown_checksum", message);
    }
}

fn to_hex(text: &str) -> Option<String> {
    let is_hex = text.len() == 2 * BYTES && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hex.then(|| text.to_ascii_lowercase())
}

fn from_base64(text: &str) -> Option<String> {
    let bytes = Binary::from_base64(text).ok()?;
    let hex = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    (bytes.len() == BYTES).then_some(hex)
}
