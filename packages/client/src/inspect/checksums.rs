//! Checksums of code, compared with those of a release.

use cosmwasm_std::Binary;
use serde_json::Value;

use super::error::InspectError;
use super::fields::{flatten, join};
use super::known::{Known, ListedCode};
use super::warnings::Warnings;

/// Bytes of a checksum.
const BYTES: usize = 32;
/// As hexadecimal digits.
const DIGITS: usize = 64;

/// Reads checksums.txt: a line each, the checksum first, then the file.
pub fn parse_checksums(text: &str) -> Result<Vec<ListedCode>, InspectError> {
    let lines = text.lines().enumerate();
    let is_remark = |line: &str| line.starts_with('#') || line.trim().is_empty();
    let lines = lines.filter(|(_, line)| !is_remark(line));
    lines
        .map(|(index, line)| {
            let mut words = line.split_whitespace();
            let first = words.next().unwrap_or_default();
            let checksum = to_hex(first).ok_or_else(|| InspectError::NoChecksum {
                line: index.saturating_add(1),
                expected: "a SHA-256 checksum of 64 hexadecimal digits, then a file name",
                found: first.to_string(),
            })?;
            // sha256sum marks binary files, and writes paths as they were given
            let file = words.next().map(|name| name.trim_start_matches('*'));
            let file = file.and_then(|name| name.rsplit('/').next());
            Ok(ListedCode {
                checksum,
                file: file.map(str::to_string),
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
            (Some(all), Some(checksum)) if all.iter().all(|it| it.checksum != checksum) => {
                format!("the checksum {shown} is not in checksums.txt")
            }
            _ => continue,
        };
        warnings.add(&join(place, &row.field), "unknown_checksum", message);
    }
}

/// Warns of an upgrade to code that is of the release, and of another file than the one whose place it takes: a list has
/// more than the vault.
pub fn warn_of_other_file(
    place: &str,
    checksum: &str,
    file: &str,
    known: &Known,
    warnings: &mut Warnings,
) {
    let mut lines = known.checksums.iter().flatten();
    let line = lines.find(|line| line.checksum == checksum);
    let other = line.and_then(|line| line.file.as_deref());
    if let Some(other) = other.filter(|other| *other != file) {
        let told = format!("the checksum {checksum} is of {other} in checksums.txt, not of {file}");
        let place = join(place, "schedule_upgrade.checksum");
        warnings.add(&place, "unknown_checksum", told);
    }
}

fn to_hex(text: &str) -> Option<String> {
    let is_hex = text.len() == DIGITS && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hex.then(|| text.to_ascii_lowercase())
}

fn from_base64(text: &str) -> Option<String> {
    let bytes = Binary::from_base64(text).ok()?;
    let hex = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    (bytes.len() == BYTES).then_some(hex)
}
