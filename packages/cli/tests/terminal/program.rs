//! Running the program for a person.

use std::io::Write;
use std::process::{Command, Output, Stdio};

/// Runs in a terminal of so many columns.
pub fn defenders(columns: usize, arguments: &[&str], input: &str) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_defenders"))
        .args(arguments)
        .env("COLUMNS", columns.to_string())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = program.stdin.take().unwrap();
    stdin.write_all(input.as_bytes()).unwrap();
    drop(stdin);
    program.wait_with_output().unwrap()
}

/// What a person reads, who has done nothing wrong.
pub fn shown(columns: usize, arguments: &[&str], input: &str) -> String {
    let output = defenders(columns, arguments, input);
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{arguments:?}: {errors}");
    String::from_utf8(output.stdout).unwrap()
}
