//! Alerts of the nodes themselves: while they hold, no validator is judged.

use defenders_client::words::tell_time;
use defenders_node::Status;
use serde_json::json;

use super::alert::Standing;
use super::judge::step;
use super::memory::{Held, Memory};
use super::teller::Teller;
use crate::monitor::host_of;

/// What can be wrong with all nodes together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndpointAlert {
    /// Their latest blocks are old.
    StaleNode,
    /// None answers what it is asked.
    NodeUnreachable,
}

impl EndpointAlert {
    fn as_str(self) -> &'static str {
        match self {
            EndpointAlert::StaleNode => "stale_node",
            EndpointAlert::NodeUnreachable => "node_unreachable",
        }
    }

    fn severity(self) -> &'static str {
        match self {
            EndpointAlert::StaleNode => "warning",
            EndpointAlert::NodeUnreachable => "critical",
        }
    }

    fn held(self, memory: &mut Memory) -> &mut Option<Held> {
        match self {
            EndpointAlert::StaleNode => &mut memory.stale_node,
            EndpointAlert::NodeUnreachable => &mut memory.unreachable,
        }
    }

    /// Tells how it stands, when that is news; it holds for a reason, or not at all.
    pub fn tell(self, teller: &mut Teller, holds: Option<String>, repeat: u64, now: u64) {
        let kept = self.held(&mut teller.memory);
        let standing = step(kept, holds.is_some(), repeat, now);
        let since = kept.map_or(now, |held| held.since);
        if holds.is_none() {
            *kept = None;
        }
        let Some(standing) = standing else { return };
        let message = holds.unwrap_or_else(|| {
            format!(
                "{} is over, after {} seconds: validators are judged again",
                self.as_str(),
                now.saturating_sub(since)
            )
        });
        let object = json!({
            "alert": self.as_str(),
            "standing": standing.as_str(),
            "severity": self.severity(),
            "since": tell_time(since),
            "message": message,
            "what_to_do": (standing != Standing::Resolved)
                .then_some("mend the node, or name another one as well with --node"),
        });
        teller.tell("alert", object, now);
    }
}

/// Why the latest block is too old to judge by.
pub fn why_stale(status: &Status) -> Option<String> {
    status.is_behind().then(|| {
        format!(
            "the latest block of {} is {} seconds old: validators are not judged meanwhile",
            host_of(&status.url),
            status.age_seconds()
        )
    })
}
