//! Plain HTTP, for what is no RPC of CometBFT: own methods of a node, webhooks.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::runtime::Builder;

use crate::error::NodeError;
use crate::host::host_of;

/// Posts JSON, and gives the status and the text that came back.
pub fn post_json(url: &str, body: &Value, timeout: Duration) -> Result<(u16, String), NodeError> {
    let unreachable = |reason: String| NodeError::Unreachable {
        host: host_of(url),
        reason,
    };
    let runtime = Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| unreachable(error.to_string()))?;
    let agent = concat!("defenders/", env!("CARGO_PKG_VERSION"));
    let client = reqwest::Client::builder()
        .timeout(timeout)
        .user_agent(agent)
        .build();
    let client = client.map_err(|error| unreachable(error.to_string()))?;
    runtime
        .block_on(async {
            let post = client
                .post(url)
                .header("content-type", "application/json")
                .body(body.to_string());
            let answer = post.send().await?;
            Ok((answer.status().as_u16(), answer.text().await?))
        })
        .map_err(|error: reqwest::Error| unreachable(error.without_url().to_string()))
}

/// Calls a method of a JSON-RPC server.
pub fn call_json_rpc(
    url: &str,
    method: &str,
    params: &Value,
    timeout: Duration,
) -> Result<Value, NodeError> {
    let request = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
    let (status, text) = post_json(url, &request, timeout)?;
    let answer: Result<Value, _> = serde_json::from_str(&text);
    let answer = answer.map_err(|_| NodeError::Undecodable {
        host: host_of(url),
        method: method.to_string(),
        reason: format!("HTTP {status}, and no JSON"),
    })?;
    match answer.get("error") {
        None | Some(Value::Null) => Ok(answer.get("result").cloned().unwrap_or_default()),
        Some(error) => Err(NodeError::Refused {
            host: host_of(url),
            method: method.to_string(),
            reason: tell(error),
        }),
    }
}

fn tell(error: &Value) -> String {
    let text = |field: &str| error.get(field).and_then(Value::as_str).unwrap_or_default();
    match text("data") {
        "" => text("message").to_string(),
        data => data.to_string(),
    }
}
