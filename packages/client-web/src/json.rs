//! Questions and answers as JSON. All of them go through one tree, so that the module has one decoder and one writer for
//! each type, and not one for each way to get there: it is loaded over the network.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::error::ClientError;

/// A question.
pub fn read<T: DeserializeOwned>(question: &str) -> Result<T, ClientError> {
    let tree: Value = serde_json::from_str(question).map_err(not_json)?;
    serde_json::from_value(tree).map_err(not_json)
}

/// An answer.
pub fn write(answer: &impl Serialize) -> Result<String, ClientError> {
    Ok(serde_json::to_value(answer).map_err(not_json)?.to_string())
}

fn not_json(error: serde_json::Error) -> ClientError {
    ClientError::NotJson {
        what: error.to_string(),
    }
}
