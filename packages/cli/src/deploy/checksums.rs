//! `checksums.txt` of a release, as a file, and the contracts' bytes beside it.

use std::fs;
use std::path::Path;

use defenders_client::checksums::Checksums;
use sha2::{Digest, Sha256};

use crate::input::{InputError, read_text};
use crate::session::SessionError;

/// Reads the file.
pub fn load_checksums(file: &Path) -> Result<Checksums, SessionError> {
    let text = read_text(file).map_err(|error| error.in_file(file))?;
    let parsed = Checksums::parse(&text).ok_or_else(|| {
        InputError::Impossible {
            path: "checksums".to_string(),
            reason:
                "each line is a SHA-256, two spaces and a file, as in checksums.txt of a release"
                    .to_string(),
        }
        .in_file(file)
    });
    Ok(parsed?)
}

/// A contract's bytes, which are what the list says.
pub fn read_wasm(
    list: &Checksums,
    folder: &Path,
    file: &str,
) -> Result<(Vec<u8>, String), SessionError> {
    let path = folder.join(file);
    let impossible = |reason: String| {
        let path = "wasm".to_string();
        SessionError::from(InputError::Impossible { path, reason }.in_file(&folder.join(file)))
    };
    let wasm = fs::read(&path).map_err(|error| impossible(format!("cannot be read: {error}")))?;
    let hash = hash_of(&wasm);
    match list.of(file) {
        None => Err(impossible("is not in checksums.txt".to_string())),
        Some(line) if line.hash != hash => Err(impossible(format!(
            "has the checksum {hash}, and checksums.txt says {}: it is not the released file",
            line.hash
        ))),
        Some(_) => Ok((wasm, hash)),
    }
}

/// SHA-256, lower case hex.
pub fn hash_of(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
