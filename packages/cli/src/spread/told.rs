//! What is told of each transaction in the end.

use std::path::PathBuf;

use defenders_node::send::{Estimate, Receipt};
use serde_json::{Value, json};

use super::batches::Batch;
use crate::output::{print, to_json};
use crate::session::SessionError;

/// What became of one transaction.
pub enum Told {
    /// It is carried out.
    Sent(String, Receipt),
    /// It would be.
    Estimate(String, Estimate),
    /// It was written to a file.
    Written(String, PathBuf),
    /// It was carried out by an earlier call.
    Earlier(String),
}

impl Told {
    /// Of all of them, nothing being sent.
    pub fn estimates(batches: &[Batch]) -> Vec<Self> {
        let each = batches.iter();
        each.map(|it| Told::Estimate(it.draft.what.clone(), it.estimate.clone()))
            .collect()
    }

    /// For people.
    pub fn words(&self) -> String {
        match self {
            Told::Sent(what, receipt) => format!(
                "{what}: carried out in block {}\n  hash    {}\n  gas     {}",
                receipt.included.height, receipt.included.hash, receipt.included.gas_used
            ),
            Told::Estimate(what, _) => {
                format!("{what}: this was a trial run, which sends nothing.")
            }
            Told::Written(what, file) => format!(
                "{what}: not sent; sign {} elsewhere, then give the result to `defenders broadcast`.",
                file.display()
            ),
            Told::Earlier(what) => format!("{what}: carried out by an earlier call."),
        }
    }

    /// For programs.
    pub fn to_json(&self) -> Value {
        match self {
            Told::Sent(what, receipt) => json!({
                "what": what,
                "sent": true,
                "hash": receipt.included.hash,
                "height": receipt.included.height,
                "gas_used": receipt.included.gas_used,
                "was_under_way": receipt.was_under_way,
            }),
            Told::Estimate(what, estimate) => json!({
                "what": what,
                "sent": false,
                "gas_used": estimate.gas_used,
                "gas_limit": estimate.gas_limit,
                "fee": estimate.fee,
            }),
            Told::Written(what, file) => json!({ "what": what, "sent": false, "file": file }),
            Told::Earlier(what) => json!({ "what": what, "sent": true, "was_under_way": true }),
        }
    }
}

/// Says how it ended.
pub fn finish(is_json: bool, report: &Value, told: &[Told]) -> Result<(), SessionError> {
    if !is_json {
        let lines: String = told.iter().map(|told| told.words() + "\n").collect();
        return Ok(print(&lines)?);
    }
    let mut report = match report {
        Value::Object(fields) => fields.clone(),
        _ => serde_json::Map::new(),
    };
    let transactions: Vec<Value> = told.iter().map(Told::to_json).collect();
    report.insert("transactions".to_string(), json!(transactions));
    Ok(print(&to_json(&report)?)?)
}
