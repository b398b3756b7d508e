//! The first decisions: proposed from words, voted on with the keys that are here, carried out.

use std::path::Path;

use serde_json::{Value, json};

use super::steps::{Deployment, Step, call};
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

impl Deployment<'_> {
    /// Proposes, lets those vote whose keys are here, and carries out. What is left, while votes are missing.
    pub(super) fn carry_first_proposal(&mut self) -> Result<Option<String>, SessionError> {
        let Some(first) = &self.config.first else {
            return Ok(None);
        };
        if self.state.is_executed {
            return Ok(None);
        }
        let voters = first.voters.clone();
        let multisig = self.owner()?;
        if self.state.proposal.is_none() {
            // proposed again it says the same
            let now = match self.state.proposed_at {
                Some(time) => time,
                None => self.node().status()?.time,
            };
            self.note(|state| state.proposed_at = Some(now))?;
            if let Some(step) = self.proposing(now)? {
                self.carry(step, false, |state, receipt| {
                    let id = receipt
                        .included
                        .value("wasm", "proposal_id")
                        .and_then(|id| id.parse().ok());
                    state.proposal = Some(id.ok_or_else(|| {
                        SessionError::Broken("the multisig told no number".to_string())
                    })?);
                    Ok(())
                })?;
            }
        }
        let id = self.state.proposal.unwrap_or_default();
        for name in voters {
            if self.status_of(&multisig, id)? != "open" {
                break;
            }
            if let Some(step) = self.voting(&name, id)? {
                self.carry(step, false, |_, _| Ok(()))?;
            }
        }
        match self.status_of(&multisig, id)?.as_str() {
            "passed" => {
                let step = self.carrying_out(id)?;
                self.carry(step, false, |state, _| {
                    state.is_executed = true;
                    Ok(())
                })?;
                Ok(None)
            }
            "executed" => {
                self.note(|state| state.is_executed = true)?;
                Ok(None)
            }
            "open" => Ok(Some(format!(
                "votes: proposal {id} of {multisig} is open; members vote with `defenders vote {id} yes`"
            ))),
            ended => Err(ended_as(&multisig, id, ended)),
        }
    }

    /// The step that proposes, reckoned from this time of the chain; None when nothing is to be decided.
    pub(super) fn proposing(&self, now: u64) -> Result<Option<Step>, SessionError> {
        let Some(first) = &self.config.first else {
            return Ok(None);
        };
        let message = load_proposal(&first.proposal, &self.vault_address()?, now)?;
        let count = message.pointer("/propose/msgs").and_then(Value::as_array);
        let title = message.pointer("/propose/title").and_then(Value::as_str);
        let effects = vec![format!(
            "{:?}, with {} messages; members vote on it",
            title.unwrap_or_default(),
            count.map_or(0, Vec::len)
        )];
        let what = "Propose the first decisions".to_string();
        let step = call(self.key()?, what, effects, &self.owner()?, &message, vec![])?;
        Ok(Some(step))
    }

    /// The step of this voter; None when it has voted.
    pub(super) fn voting(&self, name: &str, id: u64) -> Result<Option<Step>, SessionError> {
        let multisig = self.owner()?;
        let key = self.key_of(name)?;
        let has_voted: Value = self.node().smart(
            &multisig,
            &json!({ "vote": { "proposal_id": id, "voter": key.address() } }),
        )?;
        if has_voted.get("vote").is_some_and(|vote| !vote.is_null()) {
            return Ok(None);
        }
        let vote = json!({ "vote": { "proposal_id": id, "vote": "yes" } });
        let what = format!("Vote yes on proposal {id} as {name}");
        Ok(Some(call(key, what, vec![], &multisig, &vote, vec![])?))
    }

    /// The step that carries out what was decided.
    pub(super) fn carrying_out(&self, id: u64) -> Result<Step, SessionError> {
        let execute = json!({ "execute": { "proposal_id": id } });
        let what = format!("Carry out proposal {id}");
        call(self.key()?, what, vec![], &self.owner()?, &execute, vec![])
    }

    /// What the multisig says of it.
    pub(super) fn status_of(&self, multisig: &str, id: u64) -> Result<String, SessionError> {
        let proposal: Value = self
            .node()
            .smart(multisig, &json!({ "proposal": { "proposal_id": id } }))?;
        Ok(proposal
            .get("status")
            .and_then(Value::as_str)
            .unwrap_or("unknown")
            .to_string())
    }
}

/// A first proposal that came to nothing.
pub(super) fn ended_as(multisig: &str, id: u64, status: &str) -> SessionError {
    SessionError::Impossible(format!(
        "proposal {id} of {multisig} ended as {status}: write another one with `defenders propose`, then go on without [first]"
    ))
}
