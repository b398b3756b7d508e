//! How an errand ended, told.

use serde_json::{Value, json};

use super::errand::Ended;
use super::error::SessionError;
use crate::output::{print, to_json};
use crate::terminal::{find_width, hang};

/// Writes how an errand ended: for programs an object, with `more` fields of the command's own; for people `words`
/// and where it is.
pub fn report_sent(
    ended: &Ended,
    is_json: bool,
    words: &str,
    more: Value,
) -> Result<(), SessionError> {
    let text = match (is_json, ended) {
        (true, ended) => {
            let mut object = to_object(ended);
            if let (Some(object), Value::Object(more)) = (object.as_object_mut(), more) {
                object.extend(more);
            }
            to_json(&object)?
        }
        (false, Ended::Sent(receipt)) => {
            let width = find_width();
            let words: String = words.lines().map(|line| hang("", line, width)).collect();
            format!(
                "{words}  block   {}\n  hash    {}\n  gas     {}\n",
                receipt.included.height, receipt.included.hash, receipt.included.gas_used
            )
        }
        (false, Ended::WouldWork(_)) => "Nothing was sent: this was a trial run.\n".to_string(),
        (false, Ended::Written(file)) => format!(
            "Nothing was sent: sign {} elsewhere, then give the result to `defenders broadcast`.\n",
            file.display()
        ),
    };
    Ok(print(&text)?)
}

fn to_object(ended: &Ended) -> Value {
    match ended {
        Ended::Sent(receipt) => json!({
            "sent": true,
            "hash": receipt.included.hash,
            "height": receipt.included.height,
            "gas_used": receipt.included.gas_used,
            "was_under_way": receipt.was_under_way,
        }),
        Ended::WouldWork(estimate) => json!({
            "sent": false,
            "gas_used": estimate.gas_used,
            "gas_limit": estimate.gas_limit,
            "fee": estimate.fee,
        }),
        Ended::Written(file) => json!({ "sent": false, "file": file }),
    }
}
