//! The checks, told.

use serde::Serialize;

use super::checks::{Check, Finding};
use super::facts::Facts;
use crate::terminal::Screen;

/// All that was found.
#[derive(Debug, Serialize)]
pub struct Report {
    /// The vault.
    pub vault: String,
    /// The chain.
    pub chain_id: String,
    /// At this height.
    pub height: u64,
    /// Nothing is not ok.
    pub is_ok: bool,
    /// Each check.
    pub checks: Vec<Check>,
}

impl Report {
    /// Of these checks.
    pub fn new(facts: &Facts, checks: Vec<Check>) -> Self {
        Self {
            vault: facts.vault.address.clone(),
            chain_id: facts.chain_id.clone(),
            height: facts.height,
            is_ok: checks.iter().all(|check| check.finding != Finding::NotOk),
            checks,
        }
    }

    /// For people: a line each, what is wrong broken into lines below.
    pub fn render(&self, screen: &Screen) -> String {
        let title = format!(
            "{} on {}, height {}",
            self.vault, self.chain_id, self.height
        );
        let mut text = format!("{}\n\n", screen.wrap(&title));
        for check in &self.checks {
            let word = match check.finding {
                Finding::Ok => "ok",
                Finding::NotOk => "not ok",
                Finding::CannotTell => "cannot tell",
            };
            let because = textwrap::fill(
                &check.because,
                textwrap::Options::new(screen.width)
                    .initial_indent("             ")
                    .subsequent_indent("             "),
            );
            text += &format!("{word:<11}  {}\n{because}\n", check.what);
        }
        let count = |finding| {
            self.checks
                .iter()
                .filter(|check| check.finding == finding)
                .count()
        };
        let closing = format!(
            "{} ok, {} not ok, {} cannot be told. What released code may do: SECURITY.md.",
            count(Finding::Ok),
            count(Finding::NotOk),
            count(Finding::CannotTell)
        );
        text += &format!("\n{}\n", screen.wrap(&closing));
        text
    }
}
