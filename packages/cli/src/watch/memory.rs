//! What the watch remembers across restarts.

use std::collections::{BTreeMap, VecDeque};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::alert::Kind;

/// What the watch remembers across restarts.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Memory {
    /// By operator address.
    pub validators: BTreeMap<String, Seen>,
    /// Every node answers with old blocks.
    pub stale_node: Option<Held>,
    /// No node answers.
    #[serde(default)]
    pub unreachable: Option<Held>,
    /// What the webhook has not taken yet, oldest first.
    pub outbox: VecDeque<Value>,
}

/// What was seen of a validator.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seen {
    /// Alerts that hold.
    pub alerts: BTreeMap<Kind, Held>,
    /// Blocks missed lately: height, and time of the block that shows it.
    pub missed: VecDeque<(u64, u64)>,
    /// Last height whose votes were looked at.
    pub height: u64,
    /// It was not in the set when it was last looked at.
    #[serde(default)]
    pub is_out: bool,
    /// Votes for blocks up to this height are not its own: it had just come into the set.
    #[serde(default)]
    pub entered_at: u64,
    /// The chain's counter of missed blocks.
    pub counter: Option<u64>,
    /// Increases of the counter lately: time and how many.
    pub increases: VecDeque<(u64, u64)>,
    /// Commission, its maximum and daily change, each x 10^18 as text.
    pub commission: Option<[String; 3]>,
    /// The vault's stake there, base units as text.
    pub delegated: Option<String>,
    /// The cap that binds.
    pub binding: Option<String>,
}

/// Blocks from the one that bonds a validator to the first that has its vote.
const UNTIL_FIRST_VOTE: u64 = 3;

impl Seen {
    /// From which height on a vote that lacks is one that it owed; None while it owes none.
    pub fn owes_votes_from(&self, is_bonded: bool) -> Option<u64> {
        // since when it is back is not known, and what it missed before nobody asked for
        let is_back = is_bonded && self.is_out;
        (is_bonded && !is_back).then(|| self.height.max(self.entered_at))
    }

    /// It was looked at, at a height.
    pub fn note_look(&mut self, is_bonded: bool, height: u64) {
        if is_bonded && self.is_out {
            self.entered_at = height.saturating_add(UNTIL_FIRST_VOTE);
        }
        self.is_out = !is_bonded;
        self.height = height;
    }
}

/// An alert that holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Held {
    /// Since when, seconds since 1970.
    pub since: u64,
    /// When it was last told.
    pub told_at: u64,
}

/// More than that nobody reads: the oldest are dropped.
const MOST_WAITING: usize = 1_000;

impl Memory {
    /// With what there was to tell before this was read.
    pub fn adopt(&mut self, earlier: Memory) {
        self.unreachable = self.unreachable.or(earlier.unreachable);
        for object in earlier.outbox {
            self.post(object);
        }
    }

    /// Something for the webhook.
    pub fn post(&mut self, object: Value) {
        self.outbox.push_back(object);
        while self.outbox.len() > MOST_WAITING {
            self.outbox.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_to_be_told_before_the_notes_were_open_is_kept() {
        let mut early = Memory::default();
        early.post(serde_json::json!({"alert": "node_unreachable"}));
        early.unreachable = Some(Held::default());
        let mut memory = Memory::default();
        memory.adopt(early);
        assert_eq!(
            (memory.outbox.len(), memory.unreachable.is_some()),
            (1, true)
        );
    }

    /// Whoever was jailed is asked for no vote, and for three blocks after it is back for none either.
    #[test]
    fn blocks_are_missed_by_those_in_the_set_only() {
        let mut seen = Seen::default();
        seen.note_look(true, 100);
        assert_eq!(seen.owes_votes_from(true), Some(100));
        assert_eq!(seen.owes_votes_from(false), None);
        seen.note_look(false, 110);
        assert_eq!(seen.owes_votes_from(true), None);
        seen.note_look(true, 120);
        assert_eq!(seen.owes_votes_from(true), Some(123));
        seen.note_look(true, 130);
        assert_eq!(seen.owes_votes_from(true), Some(130));
    }
}
