//! Running the program on files.

use std::io::Write;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::NamedTempFile;

/// A file that holds a text, for as long as it is kept.
pub struct File(NamedTempFile);

impl File {
    pub fn new(text: impl AsRef<[u8]>) -> Self {
        let mut file = NamedTempFile::new().unwrap();
        file.write_all(text.as_ref()).unwrap();
        Self(file)
    }

    pub fn path(&self) -> &str {
        self.0.path().to_str().unwrap()
    }
}

/// Runs the program.
pub fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_defenders"))
        .args(arguments)
        .output()
        .unwrap()
}

/// What the program prints when all is well.
pub fn output(arguments: &[&str]) -> String {
    let output = run(arguments);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {errors}");
    assert!(errors.is_empty(), "{arguments:?}: {errors}");
    String::from_utf8(output.stdout).unwrap()
}

/// The same as JSON.
pub fn json(arguments: &[&str]) -> Value {
    serde_json::from_str(&output(&[arguments, &["--json"]].concat())).unwrap()
}

/// The same where the program warns of one thing, with what it says.
pub fn json_and_warning(arguments: &[&str]) -> (Value, String) {
    let output = run(&[arguments, &["--json"]].concat());
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{arguments:?}: {errors}");
    let warning: Value = serde_json::from_str(&errors).unwrap();
    let warning = warning["warning"]["message"].as_str().unwrap();
    let result = serde_json::from_slice(&output.stdout).unwrap();
    (result, warning.to_string())
}

/// What the program says to a person when it refuses: with status 2, and nothing on standard output.
/// With `--json` it says the same as JSON.
pub fn refusal(arguments: &[&str]) -> String {
    let refuse = |arguments: &[&str]| {
        let output = run(arguments);
        let errors = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {errors}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
        errors
    };
    let plain: Vec<&str> = arguments
        .iter()
        .copied()
        .filter(|it| *it != "--json")
        .collect();
    let said = refuse(&plain);
    let error: Value = serde_json::from_str(&refuse(&[&plain[..], &["--json"]].concat())).unwrap();
    let error = &error["error"];
    assert_eq!(error["status"], 2, "{error}");
    let file = error["file"].as_str();
    let file = file.map_or(String::new(), |file| format!("{file}: "));
    let message = error["message"].as_str().unwrap();
    let usage = said.contains("Usage:");
    assert!(
        usage || said.trim_end() == format!("error: {file}{message}"),
        "{said}"
    );
    said
}
