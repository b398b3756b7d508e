//! How long ago a proposal passed.

use cw_utils::Duration;
use defenders_client::multisig::{Count, Status};
use defenders_node::Node;
use defenders_types::DAY;

use super::read::Multisig;
use crate::session::SessionError;

/// A proposal that passed longer ago is asked about once more.
const OLD_AFTER: u64 = 7 * DAY;

/// How long ago it passed, as far as that can be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Age {
    /// So many seconds.
    Seconds(u64),
    /// At most so many seconds: it is no older itself.
    AtMost(u64),
    /// Nobody can tell: the node keeps no index.
    Unknown,
}

impl Age {
    /// Of a proposal that has passed, by the transactions that the node has indexed; else by when voting on it can
    /// have begun.
    pub fn of(
        node: &Node,
        multisig: &Multisig<'_>,
        count: &Count,
        now: u64,
    ) -> Result<Self, SessionError> {
        if let Some(passed_at) = find_vote_that_passed(node, multisig, count.id) {
            return Ok(Age::Seconds(now.saturating_sub(passed_at)));
        }
        let period = match multisig.setup()? {
            Some(setup) => match setup.max_voting_period {
                Duration::Time(seconds) => Some(seconds),
                Duration::Height(_) => None,
            },
            None => None,
        };
        let begun_at = count.expires_at.zip(period);
        Ok(match begun_at {
            Some((expires_at, period)) => {
                Age::AtMost(now.saturating_sub(expires_at.saturating_sub(period)))
            }
            None => Age::Unknown,
        })
    }

    /// Whether it may have passed longer ago than that.
    pub fn is_old(self) -> bool {
        match self {
            Age::Seconds(seconds) | Age::AtMost(seconds) => seconds > OLD_AFTER,
            Age::Unknown => true,
        }
    }

    /// In words.
    pub fn tell(self) -> String {
        match self {
            Age::Seconds(seconds) => format!("it passed {} ago", tell_seconds(seconds)),
            Age::AtMost(seconds) => format!(
                "it passed at most {} ago; this node does not say when",
                tell_seconds(seconds)
            ),
            Age::Unknown => "this node does not say when it passed".to_string(),
        }
    }
}

fn tell_seconds(seconds: u64) -> String {
    let (days, hours, minutes) = (seconds / DAY, seconds / 3_600, seconds / 60);
    let count = |number: u64, one: &str, many: &str| {
        crate::terminal::count(usize::try_from(number).unwrap_or(usize::MAX), one, many)
    };
    match (days, hours) {
        (0, 0) => count(minutes, "minute", "minutes"),
        (0, hours) => count(hours, "hour", "hours"),
        (days, _) => count(days, "day", "days"),
    }
}

/// When the vote came that made it pass. Nodes without an index, and those that have forgotten the block, say
/// nothing.
fn find_vote_that_passed(node: &Node, multisig: &Multisig<'_>, id: u64) -> Option<u64> {
    let condition = format!(
        "wasm._contract_address='{}' AND wasm.proposal_id='{id}'",
        multisig.address
    );
    let found = node.search(&condition).ok()?;
    let passed = found.iter().find(|tx| {
        tx.is_ok()
            && tx.events.iter().any(|event| {
                event.value("_contract_address") == Some(multisig.address.as_str())
                    && event.value("proposal_id") == Some(id.to_string().as_str())
                    && event.value("status") == Some("Passed")
            })
    })?;
    node.block(passed.height).ok().map(|block| block.time)
}

/// Whether it can be carried out, by its votes.
pub fn ensure_passed(count: &Count) -> Result<(), SessionError> {
    let told = match count.status {
        Status::Passed => return Ok(()),
        Status::Executed => "was carried out already".to_string(),
        Status::Rejected => "is rejected".to_string(),
        Status::Open => format!("is open still, until {}", count.expires),
    };
    Err(SessionError::Impossible(format!(
        "proposal {} {told} ({}; it passes with {}): nothing was sent",
        count.id,
        count.tell_votes(),
        count.passes_with
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lesson_23_what_passed_more_than_a_week_ago_is_old_and_so_is_what_nobody_knows() {
        for (age, is_old, told) in [
            (Age::Seconds(7 * DAY), false, "it passed 7 days ago"),
            (Age::Seconds(8 * DAY), true, "it passed 8 days ago"),
            (Age::Seconds(60), false, "it passed 1 minute ago"),
            (
                Age::AtMost(3_600),
                false,
                "it passed at most 1 hour ago; this node does not say when",
            ),
            (
                Age::AtMost(8 * DAY),
                true,
                "it passed at most 8 days ago; this node does not say when",
            ),
            (Age::Unknown, true, "this node does not say when it passed"),
        ] {
            assert_eq!((age.is_old(), age.tell().as_str()), (is_old, told));
        }
    }
}
