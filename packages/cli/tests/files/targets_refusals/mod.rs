//! Files that `defenders targets` refuses, and what it says.

mod form;
mod values;

use crate::program::{File, refusal};
use crate::readme::example;

/// What is said of a file, with `--json` and without, after its name.
pub fn refusal_of(text: impl AsRef<[u8]>) -> String {
    let file = File::new(text);
    let message = refusal(&["targets", "--input", file.path()]);
    let (_, said) = message
        .split_once(&format!("error: {}: ", file.path()))
        .unwrap_or_else(|| panic!("names no file: {message}"));
    said.trim_end().to_string()
}

/// The example with the first `from` replaced by `to`.
pub fn broken(from: &str, to: &str) -> String {
    let (input, _) = example();
    assert!(input.contains(from), "{from}");
    input.replacen(from, to, 1)
}

/// What is said of the broken example begins like this.
#[track_caller]
pub fn ensure_refused(from: &str, to: &str, beginning: &str) {
    let said = refusal_of(broken(from, to));
    assert!(said.starts_with(beginning), "{from} -> {to}: {said}");
}
