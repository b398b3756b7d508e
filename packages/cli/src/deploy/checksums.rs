//! `checksums.txt` of a release: what each contract's bytes must be, and who built them.

use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::input::{InputError, read_text};
use crate::session::SessionError;

/// A line of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checksum {
    /// SHA-256, lower case hex.
    pub hash: String,
    /// The file.
    pub file: String,
    /// Compiler and tools, as written.
    pub builder: String,
}

/// All lines.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checksums(pub Vec<Checksum>);

impl Checksums {
    /// Reads the file.
    pub fn load(file: &Path) -> Result<Self, SessionError> {
        let text = read_text(file).map_err(|error| error.in_file(file))?;
        let line = |line: &str| {
            let (hash, rest) = line.split_once("  ")?;
            let (name, builder) = rest.split_once("  ").unwrap_or((rest, ""));
            let is_hash = hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
            is_hash.then(|| Checksum {
                hash: hash.to_lowercase(),
                file: name.trim().to_string(),
                builder: builder.trim().to_string(),
            })
        };
        let lines = text
            .lines()
            .filter(|text| !text.trim().is_empty() && !text.starts_with('#'));
        let all: Option<Vec<Checksum>> = lines.map(line).collect();
        match all {
            Some(all) => Ok(Self(all)),
            None => Err(InputError::Impossible {
                path: "checksums".to_string(),
                reason: "each line is a SHA-256, two spaces and a file, as in checksums.txt of a release".to_string(),
            }
            .in_file(file)
            .into()),
        }
    }

    /// The line of a file.
    pub fn of(&self, file: &str) -> Option<&Checksum> {
        self.0.iter().find(|line| line.file == file)
    }

    /// The line with this hash.
    pub fn with_hash(&self, hash: &str) -> Option<&Checksum> {
        self.0.iter().find(|line| line.hash == hash)
    }

    /// A contract's bytes, which are what the list says.
    pub fn read_wasm(&self, folder: &Path, file: &str) -> Result<(Vec<u8>, String), SessionError> {
        let path = folder.join(file);
        let impossible = |reason: String| {
            let path = "wasm".to_string();
            SessionError::from(InputError::Impossible { path, reason }.in_file(&folder.join(file)))
        };
        let wasm =
            fs::read(&path).map_err(|error| impossible(format!("cannot be read: {error}")))?;
        let hash = hash_of(&wasm);
        match self.of(file) {
            None => Err(impossible("is not in checksums.txt".to_string())),
            Some(line) if line.hash != hash => Err(impossible(format!(
                "has the checksum {hash}, and checksums.txt says {}: it is not the released file",
                line.hash
            ))),
            Some(_) => Ok((wasm, hash)),
        }
    }
}

/// SHA-256, lower case hex.
pub fn hash_of(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
