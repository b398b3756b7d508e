//! The file of `defenders propose`.

use cosmwasm_std::Binary;
use defenders_types::{DAY, ExecuteMsg};
use serde_json::Value;

use super::acts::read_act;
use super::scope::Scope;
use super::times::{read_days, read_time};
use crate::input::{InputError, Node, Object};
use crate::proposal::{Context, read_prefix, tell_time};

/// Days until the messages are refused, unless the file says.
pub const VALID_DAYS: u64 = 30;
/// The most of them.
pub const MOST_VALID_DAYS: u64 = 90;

/// What is proposed.
pub struct Proposal {
    /// The vault.
    pub vault: String,
    /// For those who vote.
    pub title: String,
    /// For those who vote.
    pub description: String,
    /// When voting ends, seconds; absent: when the multisig says.
    pub voting_ends_at: Option<u64>,
    /// The messages, in their order.
    pub acts: Vec<Act>,
}

/// One message to the vault.
pub struct Act {
    /// As the multisig sends it.
    pub base64: String,
    /// As people read it.
    pub json: Value,
}

impl Proposal {
    /// Reads the whole file.
    pub fn read(top: Node, context: &Context) -> Result<Self, InputError> {
        let mut file = top.object(&[
            "vault",
            "title",
            "description",
            "valid_days",
            "valid_until",
            "voting_ends_at",
            "acts",
        ])?;
        let (prefix, vault) = read_prefix(&file.required("vault")?)?;
        let title = file.required("title")?.name()?;
        let description = file
            .required("description")?
            .text("a text that is not empty", |text| {
                (!text.trim().is_empty()).then(|| text.to_string())
            })?;
        let valid_until = read_valid_until(&mut file, context.now)?;
        let voting_ends_at = match file.optional("voting_ends_at") {
            None => None,
            Some(node) => Some(read_voting_end(&node, context.now, valid_until)?),
        };
        let mut scope = Scope {
            context,
            prefix,
            valid_until,
            settings: Default::default(),
            listings: Default::default(),
            upgrades: Default::default(),
        };
        let node = file.required("acts")?;
        let empty = node.wrong("at least one act");
        let mut acts = Vec::new();
        for node in node.array()? {
            acts.push(to_act(&read_act(node, &mut scope)?)?);
        }
        if acts.is_empty() {
            return Err(empty);
        }
        Ok(Self {
            vault,
            title,
            description,
            voting_ends_at,
            acts,
        })
    }
}

fn to_act(message: &ExecuteMsg) -> Result<Act, InputError> {
    let json = without_nulls(serde_json::to_value(message)?);
    Ok(Act {
        base64: Binary::from(json.to_string().into_bytes()).to_base64(),
        json,
    })
}

/// Absent and null are the same to the vault; absent is easier to read.
fn without_nulls(json: Value) -> Value {
    match json {
        Value::Object(fields) => fields
            .into_iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(name, value)| (name, without_nulls(value)))
            .collect(),
        Value::Array(values) => values.into_iter().map(without_nulls).collect(),
        json => json,
    }
}

fn read_valid_until(file: &mut Object, now: u64) -> Result<u64, InputError> {
    let days = file.optional("valid_days");
    let Some(until) = file.optional("valid_until") else {
        let days = days
            .map(|node| read_days(&node, MOST_VALID_DAYS))
            .transpose()?;
        return Ok(now + days.unwrap_or(VALID_DAYS) * DAY);
    };
    if let Some(days) = days {
        return Err(days.impossible("give valid_days or valid_until, not both"));
    }
    read_time(&until, now, MOST_VALID_DAYS)
}

fn read_voting_end(node: &Node, now: u64, valid_until: u64) -> Result<u64, InputError> {
    let ends_at = read_time(node, now, MOST_VALID_DAYS)?;
    match ends_at < valid_until {
        true => Ok(ends_at),
        false => Err(node.impossible(format!(
            "voting until {} leaves no time to carry it out: the messages are refused from {} on",
            tell_time(ends_at),
            tell_time(valid_until)
        ))),
    }
}
