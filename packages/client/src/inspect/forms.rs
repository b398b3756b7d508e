//! The forms in which people have a proposal.

use serde_json::{Map, Value};

use super::actions;
use super::error::InspectError;
use super::field_warnings::{warn_of_hidden, warn_of_unknown_fields};
use super::fields::join;
use super::known::Known;
use super::source::{Source, number};
use super::warnings::Warnings;
use crate::words::tell_time;

/// What cosmwasm-std calls its messages.
const COSMOS: [&str; 9] = [
    "wasm",
    "bank",
    "staking",
    "distribution",
    "gov",
    "ibc",
    "stargate",
    "any",
    "custom",
];

/// Finds the messages.
pub fn find(top: Value, known: &Known, warnings: &mut Warnings) -> Result<Source, InspectError> {
    let top = match top.get("data") {
        Some(data) if data.is_object() => data.clone(),
        _ => top,
    };
    match &top {
        Value::Array(messages) => {
            if messages.is_empty() {
                warnings.add("", "empty", "there is no message in it");
            }
            Ok(Source {
                form: "messages alone",
                messages: number("", messages),
                ..Source::default()
            })
        }
        Value::Object(fields) => {
            if let Some(actions) = fields.get("actions") {
                return actions::read(actions, fields, warnings);
            }
            if let Some(message) = fields.get("propose") {
                warn_of_unknown_fields("", &top, &["propose"], warnings);
                // DAO DAO's pre-propose modules wrap it once more
                return match message.pointer("/msg/propose") {
                    Some(inner) => read_proposal(
                        "a message to a pre-propose module of DAO DAO",
                        inner,
                        "propose.msg.propose",
                        known,
                        warnings,
                    ),
                    None => read_proposal(
                        "a message to a cw3 multisig",
                        message,
                        "propose",
                        known,
                        warnings,
                    ),
                };
            }
            if let Some(proposal) = fields.get("proposal").filter(|it| it.get("msgs").is_some()) {
                return read_proposal(
                    "an answer of DAO DAO",
                    proposal,
                    "proposal",
                    known,
                    warnings,
                );
            }
            if fields.contains_key("msgs") {
                return read_proposal("an answer of a cw3 multisig", &top, "", known, warnings);
            }
            if fields.keys().any(|name| COSMOS.contains(&name.as_str())) {
                return Ok(Source {
                    form: "a message alone",
                    messages: vec![(String::new(), top.clone())],
                    ..Source::default()
                });
            }
            Err(recognise(fields))
        }
        _ => Err(no_proposal()),
    }
}

fn recognise(fields: &Map<String, Value>) -> InspectError {
    let has = |name: &str| fields.contains_key(name);
    if has("acts") && has("vault") {
        return InspectError::LooksLike {
            what: "the input of `defenders propose`",
            instead: "run that first, and inspect what it writes",
        };
    }
    if has("proposals") {
        return InspectError::LooksLike {
            what: "a list of proposals",
            instead: "give one of them, with `jq .data.proposals[0] FILE`",
        };
    }
    if has("body") || has("tx") {
        return InspectError::LooksLike {
            what: "a transaction",
            instead: "give the contract's message in it, with `jq .body.messages[0].msg FILE`",
        };
    }
    no_proposal()
}

fn no_proposal() -> InspectError {
    InspectError::Impossible {
        path: "top level".to_string(),
        reason: "there is no proposal here: expected `propose`, an answer with `msgs`, `actions` of DAO DAO, \
                 or an array of messages"
            .to_string(),
    }
}

const PROPOSE: [&str; 6] = ["title", "description", "msgs", "latest", "earliest", "vote"];
const ANSWER: [&str; 20] = [
    "id",
    "title",
    "description",
    "msgs",
    "status",
    "expires",
    "expiration",
    "threshold",
    "proposer",
    "deposit",
    "start_height",
    "min_voting_period",
    "total_power",
    "total_weight",
    "votes",
    "allow_revoting",
    "veto",
    "delegation_module",
    "last_updated",
    "created",
];

fn read_proposal(
    form: &'static str,
    proposal: &Value,
    path: &str,
    known: &Known,
    warnings: &mut Warnings,
) -> Result<Source, InspectError> {
    let msgs = proposal.get("msgs").and_then(Value::as_array);
    let Some(msgs) = msgs else {
        return Err(InspectError::Missing {
            path: join(path, "msgs"),
        });
    };
    let fields: &[&str] = match form.starts_with("an answer") {
        true => &ANSWER,
        false => &PROPOSE,
    };
    warn_of_unknown_fields(path, proposal, fields, warnings);
    let text = |name: &str| Some(proposal.get(name)?.as_str()?.to_string());
    for name in ["title", "description"] {
        if let Some(text) = proposal.get(name) {
            warn_of_hidden(&join(path, name), text, warnings);
        }
    }
    let status = tell_status(proposal.get("status"));
    if status.as_deref() == Some("passed") {
        warnings.add(
            &join(path, "status"),
            "passed",
            tell_passed("whoever its multisig lets"),
        );
    }
    if msgs.is_empty() {
        warnings.add(&join(path, "msgs"), "empty", "there is no message in it");
    }
    warn_of_latest(path, proposal, msgs, known, warnings);
    Ok(Source {
        form,
        title: text("title"),
        description: text("description"),
        status,
        messages: number(&join(path, "msgs"), msgs),
    })
}

/// Who could carry it out, at any time.
pub fn tell_passed(who: &str) -> String {
    format!(
        "it has passed and was not carried out: {who} can do so at any time, until a valid_until stops it"
    )
}

/// As a word, or as the name of what DAO DAO tells more of.
fn tell_status(status: Option<&Value>) -> Option<String> {
    match status? {
        Value::String(text) => Some(text.clone()),
        Value::Object(fields) => fields.keys().next().cloned(),
        _ => None,
    }
}

/// Voting that has ended cannot begin.
fn warn_of_latest(
    path: &str,
    proposal: &Value,
    msgs: &[Value],
    known: &Known,
    warnings: &mut Warnings,
) {
    let at = proposal.pointer("/latest/at_time").and_then(Value::as_str);
    let seconds = at
        .and_then(|at| at.parse::<u64>().ok())
        .map(|at| at / 1_000_000_000);
    if let Some(seconds) = seconds.filter(|at| *at <= known.context.now && !msgs.is_empty()) {
        warnings.add(
            &join(path, "latest"),
            "too_late",
            format!("voting would end at {}, which is past", tell_time(seconds)),
        );
    }
}
