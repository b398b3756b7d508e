//! Running the program.

use std::process::{Command, Output};

use crate::report::Report;
use crate::sets;

pub fn defenders(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_defenders"))
        .args(arguments)
        .output()
        .unwrap()
}

/// Runs `simulate --json` to its good end.
pub fn simulate(arguments: &[&str]) -> Report {
    let output = defenders(&[&["simulate", "--json"], arguments].concat());
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {errors}");
    Report::parse(&output.stdout)
}

/// Runs `simulate --json` on a file to its good end.
pub fn simulate_file(text: &str, arguments: &[&str]) -> Report {
    let file = sets::file(text);
    let path = file.path().to_str().unwrap();
    simulate(&[&["--validators", path], arguments].concat())
}
