//! What there is to tell.

use defenders_client::words::tell_time;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// A state that calls for somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// It is out for ever.
    Tombstoned,
    /// It is jailed.
    Jailed,
    /// The chain has no such validator any more.
    Removed,
    /// It is not in the set.
    NotBonded,
    /// It misses blocks now.
    MissingBlocks,
    /// It has missed half of what it may.
    NearJail,
    /// The vault may give it no stake.
    Excluded,
}

impl Kind {
    /// All of them.
    pub const ALL: [Kind; 7] = [
        Kind::Tombstoned,
        Kind::Jailed,
        Kind::Removed,
        Kind::NotBonded,
        Kind::MissingBlocks,
        Kind::NearJail,
        Kind::Excluded,
    ];

    /// As lines and labels say it.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Tombstoned => "tombstoned",
            Kind::Jailed => "jailed",
            Kind::Removed => "removed",
            Kind::NotBonded => "not_bonded",
            Kind::MissingBlocks => "missing_blocks",
            Kind::NearJail => "near_jail",
            Kind::Excluded => "excluded",
        }
    }

    /// How bad it is.
    pub fn severity(self) -> &'static str {
        match self {
            Kind::Tombstoned | Kind::Jailed | Kind::MissingBlocks | Kind::NearJail => "critical",
            Kind::Removed | Kind::NotBonded | Kind::Excluded => "warning",
        }
    }

    /// What to do about it.
    pub fn what_to_do(self) -> &'static str {
        match self {
            Kind::Tombstoned => {
                "stop every machine that has this key; the validator cannot come back, begin a new one with a new key"
            }
            Kind::Jailed => {
                "see that the node signs again and that only one machine has the key, then send the unjail transaction"
            }
            Kind::Removed => {
                "nobody has stake there, so the chain has dropped it; stop watching it, or create it anew"
            }
            Kind::NotBonded => {
                "see whether it is jailed; if not, it has too little stake for a place in the set"
            }
            Kind::MissingBlocks => {
                "look whether the node is in step, has peers and can reach its signer; when many others miss the same blocks it is the network"
            }
            Kind::NearJail => {
                "mend it now: it is jailed and slashed when the chain's window holds more missed blocks than allowed"
            }
            Kind::Excluded => {
                "do what the message says would clear it, if anything does; else ask the owner of the vault"
            }
        }
    }
}

/// How an alert stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It began.
    Firing,
    /// It still holds.
    Repeated,
    /// It is over.
    Resolved,
}

impl Standing {
    /// As lines say it.
    pub fn as_str(self) -> &'static str {
        match self {
            Standing::Firing => "firing",
            Standing::Repeated => "repeated",
            Standing::Resolved => "resolved",
        }
    }
}

/// Something to tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// A state that calls for somebody, or that is over.
    Alert {
        /// Which.
        kind: Kind,
        /// How it stands.
        standing: Standing,
        /// Since when, seconds since 1970.
        since: u64,
        /// In words, numbers and all.
        message: String,
    },
    /// Something that has changed, told once.
    Change {
        /// Which.
        what: &'static str,
        /// In words.
        message: String,
        /// Before, for programs.
        before: Option<String>,
        /// After, for programs.
        after: Option<String>,
    },
}

impl Told {
    /// Event and fields of its line.
    pub fn to_line(&self, validator: &str, name: &str) -> (&'static str, Value) {
        match self {
            Told::Alert {
                kind,
                standing,
                since,
                message,
            } => (
                "alert",
                json!({
                    "alert": kind.as_str(),
                    "standing": standing.as_str(),
                    "severity": kind.severity(),
                    "validator": validator,
                    "name": name,
                    "since": tell_time(*since),
                    "message": message,
                    "what_to_do": match standing {
                        Standing::Resolved => None,
                        Standing::Firing | Standing::Repeated => Some(kind.what_to_do()),
                    },
                }),
            ),
            Told::Change {
                what,
                message,
                before,
                after,
            } => (
                "change",
                json!({
                    "change": what,
                    "validator": validator,
                    "name": name,
                    "message": message,
                    "before": before,
                    "after": after,
                }),
            ),
        }
    }
}
