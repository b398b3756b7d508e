//! The first proposal, from words.

use std::path::Path;

use serde_json::{Value, json};

use crate::input::{InputError, read_text};
use crate::propose::compute_message;
use crate::session::SessionError;

/// The message to the multisig that proposes the acts of a file to a vault. `now` is the chain's time.
pub fn load_proposal(file: &Path, vault: &str, now: u64) -> Result<Value, SessionError> {
    let text = read_text(file).map_err(|error| error.in_file(file))?;
    let message = serde_json::from_str(&text)
        .map_err(InputError::from)
        .and_then(|acts: Value| compute_message(&with_vault(acts, vault).to_string(), now));
    Ok(message.map_err(|error| error.in_file(file))?)
}

fn with_vault(mut acts: Value, vault: &str) -> Value {
    if let Some(fields) = acts.as_object_mut() {
        fields.entry("vault").or_insert_with(|| json!(vault));
    }
    acts
}
