//! Running the program on odd files.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::NamedTempFile;

pub fn defenders(arguments: &[&str], input: &[u8]) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_defenders"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // who refuses early does not read
    let _ = program.stdin.take().unwrap().write_all(input);
    program.wait_with_output().unwrap()
}

/// A file with these bytes, for as long as it is kept.
pub fn file(bytes: &[u8]) -> NamedTempFile {
    let mut file = NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    file
}

/// Reads a set with `concentration`, as a file and from standard input. Its holders, and what is
/// warned of; or what is said when it is refused.
pub fn read_set(bytes: &[u8]) -> Result<(u64, String), String> {
    let file = file(bytes);
    let path = file.path().to_str().unwrap();
    let by_name = defenders(&["concentration", "--validators", path], b"");
    let piped = defenders(&["concentration", "--validators", "-", "--json"], bytes);
    assert_eq!(by_name.status.code(), piped.status.code());
    let said = String::from_utf8(by_name.stderr).unwrap();
    let told: Value = serde_json::from_slice(&piped.stderr).unwrap_or_default();
    if piped.status.success() {
        let report: Value = serde_json::from_slice(&piped.stdout).unwrap();
        assert_eq!(report["set"], "standard input");
        let warning = told["warning"]["message"].as_str().unwrap_or_default();
        assert_eq!(said.is_empty(), warning.is_empty());
        let holders = report["by_validator"]["with"]["holders"].as_u64().unwrap();
        return Ok((holders, warning.to_string()));
    }
    assert_eq!(piped.status.code(), Some(2), "{said}");
    assert!(piped.stdout.is_empty() && by_name.stdout.is_empty());
    assert_eq!(told["error"]["file"], "standard input");
    let message = told["error"]["message"].as_str().unwrap();
    assert_eq!(said.trim_end(), format!("error: {path}: {message}"));
    Err(message.to_string())
}

#[track_caller]
pub fn ensure_read(name: &str, bytes: impl AsRef<[u8]>, holders: u64) {
    assert_eq!(
        read_set(bytes.as_ref()),
        Ok((holders, String::new())),
        "{name}"
    );
}

#[track_caller]
pub fn ensure_refused(name: &str, bytes: impl AsRef<[u8]>, beginning: &str) {
    let said = read_set(bytes.as_ref());
    let said = said.expect_err(name);
    assert!(said.starts_with(beginning), "{name}: {said}");
}
