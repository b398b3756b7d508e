//! What a message changes, and from when on.

use defenders_types::Change;
use serde::Serialize;

use super::context::Context;
use crate::words::tell_time;

/// One change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EffectRow {
    /// A setting, a validator or a role.
    pub what: String,
    /// What that is, by the table of settings.
    pub means: Option<String>,
    /// Whether what it is now is known.
    pub now_is_known: bool,
    /// What it is now; null: none, or not known.
    pub now: Option<String>,
    /// What it will be; null: none.
    pub then: Option<String>,
    /// `tightens`, `loosens`, `unchanged`, `depends`, `acts`.
    pub effect: &'static str,
    /// Why it is seen so.
    pub reason: String,
    /// Not before, seconds; null: at once, or not known.
    pub earliest: Option<u64>,
    /// The same in words, with what it replaces.
    pub when: String,
    /// The change that waits for the same, and then no longer does.
    pub replaces: Option<u64>,
}

impl EffectRow {
    /// One that has no values, and acts at once.
    pub fn act(what: impl Into<String>, reason: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            means: None,
            now_is_known: false,
            now: None,
            then: None,
            effect: "acts",
            reason: reason.into(),
            earliest: None,
            when: AT_ONCE.to_string(),
            replaces: None,
        }
    }

    /// The same where a change waits for the same.
    pub fn replacing(self, waiting: Option<u64>, verb: &str) -> Self {
        let Some(id) = waiting else {
            return self;
        };
        Self {
            when: format!("{}, {verb} change {id}", self.when),
            replaces: waiting,
            ..self
        }
    }
}

/// What does not wait.
pub const AT_ONCE: &str = "at once";

/// When what is loosened acts, if it is carried out now.
pub fn when_loosened(context: &Context) -> (Option<u64>, String) {
    match &context.changes {
        None => (None, "after the exit delay".to_string()),
        Some(changes) if !changes.has_depositors => {
            (None, format!("{AT_ONCE}, nobody has deposited yet"))
        }
        Some(changes) => {
            let at = context.now.saturating_add(changes.exit_delay);
            (Some(at), format!("{} at the earliest", tell_time(at)))
        }
    }
}

/// When other code runs, if it is carried out now: that waits even where nobody has deposited.
pub fn when_upgraded(context: &Context) -> (Option<u64>, String) {
    match &context.changes {
        None => (None, "after the exit delay".to_string()),
        Some(changes) => {
            let at = context.now.saturating_add(changes.exit_delay);
            (Some(at), format!("{} at the earliest", tell_time(at)))
        }
    }
}

/// What a change that waits changes, in words.
pub fn tell_change(change: &Change) -> String {
    let word = |value: &Option<String>| value.clone().unwrap_or_else(|| "none".to_string());
    match change {
        Change::Setting { name, now, then } => format!("{name}: {} -> {}", word(now), word(then)),
        Change::Listings { validators } => {
            let names: Vec<&str> = validators.iter().map(|it| it.validator.as_str()).collect();
            format!("lists {}", names.join(", "))
        }
        Change::Upgrade {
            contract, code_id, ..
        } => format!("{} runs code {code_id}", contract.as_str()),
    }
}
