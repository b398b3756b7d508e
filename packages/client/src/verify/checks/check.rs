//! A check, and what came of it.

use serde::Serialize;

/// What came of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    /// As it should be.
    Ok,
    /// Not as it should be.
    NotOk,
    /// What is needed to tell is not there.
    CannotTell,
}

/// A check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// What is looked at.
    pub what: &'static str,
    /// What came of it.
    pub finding: Finding,
    /// With the numbers and addresses.
    pub because: String,
}

/// As it should be, or not.
pub fn check(what: &'static str, is_ok: bool, because: impl Into<String>) -> Check {
    let finding = match is_ok {
        true => Finding::Ok,
        false => Finding::NotOk,
    };
    Check {
        what,
        finding,
        because: because.into(),
    }
}

/// Neither can be said.
pub fn cannot_tell(what: &'static str, because: impl Into<String>) -> Check {
    Check {
        what,
        finding: Finding::CannotTell,
        because: because.into(),
    }
}
