//! What whoever votes should look at.

use std::fmt;

use serde::Serialize;

use super::shown::shown;

/// One thing to look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Warning {
    /// Where in the proposal.
    pub place: String,
    /// In a word, for programs.
    pub kind: &'static str,
    /// What it is.
    pub message: String,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place.as_str() {
            "" => f.write_str(&shown(&self.message)),
            place => write!(f, "{}: {}", shown(place), shown(&self.message)),
        }
    }
}

/// All of them, in their order, none twice.
#[derive(Debug, Default)]
pub struct Warnings(Vec<Warning>);

impl Warnings {
    /// One more.
    pub fn add(&mut self, place: &str, kind: &'static str, message: impl Into<String>) {
        let warning = Warning {
            place: place.to_string(),
            kind,
            message: message.into(),
        };
        if !self.0.contains(&warning) {
            self.0.push(warning);
        }
    }

    /// The list. What changes who can replace code, or code itself, stands first.
    pub fn finish(mut self) -> Vec<Warning> {
        self.0
            .sort_by_key(|warning| !matches!(warning.kind, "admin" | "upgrade"));
        self.0
    }
}
