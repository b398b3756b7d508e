//! Counting votes, as cw3 does: what it says of a proposal may be older than the latest block.

use cosmwasm_std::BlockInfo;
use cw_utils::Expiration;
use serde::{Deserialize, Serialize};

use super::answer::{Proposal, Vote};
use super::rule::{Status, Weights, compute_status, tell_threshold, total_weight};
use crate::words::tell_time;

/// A proposal at the latest block, its votes counted.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Count {
    /// Its number.
    pub id: u64,
    /// The multisig.
    pub multisig: String,
    /// By its votes.
    pub status: Status,
    /// As the multisig says.
    pub status_as_answered: String,
    /// The votes.
    pub votes: Weights,
    /// Of all that could vote.
    pub total_weight: u64,
    /// What it takes to pass, in words.
    pub passes_with: String,
    /// Who proposed it.
    pub proposer: String,
    /// When voting ends, seconds; null when it ends at a height, or never.
    pub expires_at: Option<u64>,
    /// When voting ends, in words.
    pub expires: String,
    /// The latest block.
    pub height: u64,
}

impl Count {
    /// Counts.
    pub fn new(multisig: &str, proposal: &Proposal, votes: &[Vote], block: &BlockInfo) -> Self {
        let weights = Weights::of(votes);
        let is_expired = proposal.expires.is_expired(block);
        let status = match proposal.status_as_answered() {
            // votes cannot tell that
            "executed" => Status::Executed,
            _ => compute_status(&proposal.threshold, weights, is_expired),
        };
        Self {
            id: proposal.id,
            multisig: multisig.to_string(),
            status,
            status_as_answered: proposal.status_as_answered().to_string(),
            votes: weights,
            total_weight: total_weight(&proposal.threshold),
            passes_with: tell_threshold(&proposal.threshold),
            proposer: proposal.proposer.clone(),
            expires_at: match proposal.expires {
                Expiration::AtTime(time) => Some(time.seconds()),
                Expiration::AtHeight(_) | Expiration::Never {} => None,
            },
            expires: match proposal.expires {
                Expiration::AtTime(time) => tell_time(time.seconds()),
                Expiration::AtHeight(height) => format!("at height {height}"),
                Expiration::Never {} => "never".to_string(),
            },
            height: block.height,
        }
    }

    /// Whether it may still do something: it is open, or has passed and waits.
    pub fn is_pending(&self) -> bool {
        matches!(self.status, Status::Open | Status::Passed)
    }

    /// `3 yes, 1 no, 0 abstain, 0 veto of 5`
    pub fn tell_votes(&self) -> String {
        let Weights {
            yes,
            no,
            abstain,
            veto,
        } = self.votes;
        format!(
            "{yes} yes, {no} no, {abstain} abstain, {veto} veto of {}",
            self.total_weight
        )
    }

    /// Where the multisig and its votes say different things.
    pub fn tell_difference(&self) -> Option<String> {
        let counted = self.status.to_string();
        (counted != self.status_as_answered).then(|| {
            format!(
                "the multisig says {}; its votes at height {} say {counted}: {}",
                self.status_as_answered,
                self.height,
                self.tell_votes()
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use cosmwasm_std::Timestamp;

    use super::*;

    fn proposal(status: &str, expires: u64) -> Proposal {
        Proposal::read(serde_json::json!({
            "id": 7, "title": "t", "description": "d", "msgs": [], "status": status,
            "expires": { "at_time": (expires * 1_000_000_000).to_string() },
            "threshold": { "absolute_count": { "weight": 2, "total_weight": 3 } },
            "proposer": "p", "deposit": null,
        }))
        .unwrap()
    }

    fn votes(all: &[(&str, u64)]) -> Vec<Vote> {
        let vote = |(vote, weight): &(&str, u64)| Vote {
            voter: "v".to_string(),
            vote: vote.to_string(),
            weight: *weight,
        };
        all.iter().map(vote).collect()
    }

    /// Of comparable programs: a stored status ignored that voting had ended.
    #[test]
    fn lesson_24_the_status_is_what_the_votes_say_at_the_latest_block() {
        let block = |time: u64| BlockInfo {
            height: 5,
            time: Timestamp::from_seconds(time),
            chain_id: "c".to_string(),
        };
        let count = |answered: &str, all: &[(&str, u64)], time: u64| {
            Count::new("m", &proposal(answered, 100), &votes(all), &block(time))
        };
        let stale = count("open", &[("yes", 1)], 100);
        assert_eq!(stale.status, Status::Rejected);
        assert_eq!(
            stale.tell_difference().unwrap(),
            "the multisig says open; its votes at height 5 say rejected: 1 yes, 0 no, 0 abstain, 0 veto of 3"
        );
        // passed in time, it stays passed
        let passed = count("open", &[("yes", 1), ("yes", 1)], 200);
        assert_eq!(passed.status, Status::Passed);
        let open = count("open", &[("yes", 1), ("no", 1)], 99);
        assert_eq!((open.status, open.tell_difference()), (Status::Open, None));
        let done = count("executed", &[("yes", 2)], 99);
        assert_eq!(done.status, Status::Executed);
    }
}
