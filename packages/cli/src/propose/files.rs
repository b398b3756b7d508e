//! The files that are written.

use serde_json::{Value, json};

use super::input::{Act, Proposal};

/// The message to a cw3 multisig.
pub fn cw3(proposal: &Proposal) -> Value {
    let msgs: Vec<Value> = proposal
        .acts
        .iter()
        .map(|act| execute(proposal, json!(act.base64)))
        .collect();
    // cw-utils counts times in nanoseconds
    let latest = proposal.voting_ends_at.map(|seconds| {
        let nanoseconds = u128::from(seconds) * 1_000_000_000;
        json!({ "at_time": nanoseconds.to_string() })
    });
    json!({ "propose": {
        "title": proposal.title,
        "description": proposal.description,
        "msgs": msgs,
        "latest": latest,
    }})
}

/// What DAO DAO imports. Its action `custom` takes a text, and encodes the contract's message itself.
pub fn dao_dao(proposal: &Proposal) -> Value {
    let action = |act: &Act| {
        let message = execute(proposal, act.json.clone());
        json!({ "key": "custom", "data": { "message": format!("{message:#}") } })
    };
    json!({ "actions": proposal.acts.iter().map(action).collect::<Vec<_>>() })
}

fn execute(proposal: &Proposal, msg: Value) -> Value {
    json!({ "wasm": { "execute": { "contract_addr": proposal.vault, "msg": msg, "funds": [] } } })
}
