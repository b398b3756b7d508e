//! The settings of a vault.

use defenders_client::settings::compute_rows;
use defenders_types::{ChangesResponse, ConfigResponse};
use serde::Deserialize;

use crate::error::ClientError;
use crate::json::{read, write};

#[derive(Deserialize)]
struct SettingsQuestion {
    config: ConfigResponse,
    changes: ChangesResponse,
    /// Seconds.
    time: u64,
}

/// Every setting with its bounds and what waits to change it: JSON in, JSON out.
pub fn settings(question: &str) -> Result<String, ClientError> {
    let question: SettingsQuestion = read(question)?;
    write(&compute_rows(
        &question.config,
        &question.changes,
        question.time,
    ))
}
