//! Standard error: what went wrong and what is odd, for a person or as JSON, a line each.

use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::json;

/// Whether notices are JSON: with `--json` a program reads them.
static IS_JSON: AtomicBool = AtomicBool::new(false);

/// From here on notices are JSON.
pub fn speak_json() {
    IS_JSON.store(true, Ordering::Relaxed);
}

/// Why the program ends.
pub struct Failure<'a> {
    /// Exit status.
    pub status: u8,
    /// `arguments`, `file`, `output`, `invariants` or `broken`.
    pub kind: &'a str,
    /// The file as named.
    pub file: Option<&'a str>,
    /// What is wrong.
    pub message: &'a str,
}

/// The last notice of a program that fails.
pub fn fail(failure: &Failure<'_>) {
    let Failure {
        status,
        kind,
        file,
        message,
    } = failure;
    if !is_json() {
        let file = file.map_or(String::new(), |file| format!("{file}: "));
        return write(&format!("error: {file}{message}"));
    }
    let error = json!({ "status": status, "kind": kind, "file": file, "message": message });
    write(&json!({ "error": error }).to_string());
}

/// Something that a reader of the result should know.
pub fn warn(message: &str) {
    tell("warning", message);
}

/// What a person should see before the result.
pub fn say(message: &str) {
    match is_json() {
        true => tell("note", message),
        false => write(message),
    }
}

/// A step of a longer work that was done.
pub fn tell_step(message: &str) {
    if !is_json() {
        write(message);
    }
}

/// What another run of this program said, as it stands.
pub fn pass_on(line: &str) {
    write(line);
}

/// Something that must hold and does not.
pub fn violated(message: &str) {
    tell("violated", message);
}

fn tell(kind: &str, message: &str) {
    match is_json() {
        true => write(&json!({ kind: { "message": message } }).to_string()),
        false => write(&format!("{kind}: {message}")),
    }
}

/// Whether notices are JSON.
pub fn is_json() -> bool {
    IS_JSON.load(Ordering::Relaxed)
}

/// Who should read it may be gone.
#[cfg(not(test))]
fn write(line: &str) {
    use std::io::{Write, stderr};

    let _ = writeln!(stderr(), "{line}");
}

/// Tests are told only when they fail.
#[cfg(test)]
fn write(line: &str) {
    eprintln!("{line}");
}
