//! Counting votes, as cw3 does: what it says of a proposal may be older than the latest block.

use std::fmt;

use cosmwasm_std::{BlockInfo, Decimal, Timestamp, Uint128};
use cw_utils::{Expiration, ThresholdResponse};
use serde::Serialize;

use super::answer::{Proposal, Vote};
use crate::proposal::tell_time;

/// cw3 rounds up behind that many places.
const PRECISION: u128 = 1_000_000_000;

/// What a proposal is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It may still pass.
    Open,
    /// It cannot pass any more.
    Rejected,
    /// It has passed, and waits to be carried out.
    Passed,
    /// It was carried out.
    Executed,
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Status::Open => "open",
            Status::Rejected => "rejected",
            Status::Passed => "passed",
            Status::Executed => "executed",
        })
    }
}

/// Votes by what they say, as weights.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Weights {
    /// For it.
    pub yes: u64,
    /// Against it.
    pub no: u64,
    /// Neither.
    pub abstain: u64,
    /// Against it, loudly.
    pub veto: u64,
}

impl Weights {
    /// Adds votes up.
    pub fn of(votes: &[Vote]) -> Self {
        let mut all = Self::default();
        for vote in votes {
            let sum = match vote.vote.as_str() {
                "yes" => &mut all.yes,
                "no" => &mut all.no,
                "abstain" => &mut all.abstain,
                "veto" => &mut all.veto,
                _ => continue,
            };
            // weights of a group fit together into 64 bits
            *sum = sum.saturating_add(vote.weight);
        }
        all
    }

    fn total(self) -> u64 {
        let sum = self.yes.saturating_add(self.no);
        sum.saturating_add(self.abstain).saturating_add(self.veto)
    }
}

/// A proposal at the latest block, its votes counted.
#[derive(Clone, Debug, Serialize)]
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

/// The block that expiry is judged by.
pub fn block_of(status: &defenders_node::Status) -> BlockInfo {
    BlockInfo {
        height: status.height,
        time: Timestamp::from_seconds(status.time),
        chain_id: status.chain_id.clone(),
    }
}

fn total_weight(threshold: &ThresholdResponse) -> u64 {
    match threshold {
        ThresholdResponse::AbsoluteCount { total_weight, .. }
        | ThresholdResponse::AbsolutePercentage { total_weight, .. }
        | ThresholdResponse::ThresholdQuorum { total_weight, .. } => *total_weight,
    }
}

fn tell_threshold(threshold: &ThresholdResponse) -> String {
    let percent = |share: &Decimal| crate::terminal::percent(&share.to_string());
    match threshold {
        ThresholdResponse::AbsoluteCount { weight, .. } => format!("{weight} yes"),
        ThresholdResponse::AbsolutePercentage { percentage, .. } => {
            format!("{} yes of all that do not abstain", percent(percentage))
        }
        ThresholdResponse::ThresholdQuorum {
            threshold, quorum, ..
        } => format!(
            "{} yes, where {} of all vote",
            percent(threshold),
            percent(quorum)
        ),
    }
}

fn compute_status(threshold: &ThresholdResponse, votes: Weights, is_expired: bool) -> Status {
    if is_passed(threshold, votes, is_expired) {
        Status::Passed
    } else if is_expired || is_rejected(threshold, votes) {
        Status::Rejected
    } else {
        Status::Open
    }
}

fn is_passed(threshold: &ThresholdResponse, votes: Weights, is_expired: bool) -> bool {
    match threshold {
        ThresholdResponse::AbsoluteCount { weight, .. } => votes.yes >= *weight,
        ThresholdResponse::AbsolutePercentage {
            percentage,
            total_weight,
        } => votes.yes >= votes_needed(total_weight.saturating_sub(votes.abstain), *percentage),
        ThresholdResponse::ThresholdQuorum {
            threshold,
            quorum,
            total_weight,
        } => {
            let opinions = match is_expired {
                true => votes.total().saturating_sub(votes.abstain),
                // who has not voted may be against it
                false => total_weight.saturating_sub(votes.abstain),
            };
            votes.total() >= votes_needed(*total_weight, *quorum)
                && votes.yes >= votes_needed(opinions, *threshold)
        }
    }
}

/// Before voting ends: so many are against it that it cannot pass. Vetoes do not count here, as in cw3.
fn is_rejected(threshold: &ThresholdResponse, votes: Weights) -> bool {
    let against = |share: Decimal| Decimal::one().saturating_sub(share);
    match threshold {
        ThresholdResponse::AbsoluteCount {
            weight,
            total_weight,
        } => votes.no > total_weight.saturating_sub(*weight),
        ThresholdResponse::AbsolutePercentage {
            percentage: share,
            total_weight,
        }
        | ThresholdResponse::ThresholdQuorum {
            threshold: share,
            total_weight,
            ..
        } => {
            let opinions = total_weight.saturating_sub(votes.abstain);
            votes.no > votes_needed(opinions, against(*share))
        }
    }
}

/// Rounded up.
fn votes_needed(weight: u64, share: Decimal) -> u64 {
    // 64 bits times 10^9 fit
    let precise = Uint128::new(PRECISION.saturating_mul(u128::from(weight)));
    let needed = precise.mul_floor(share).u128().div_ceil(PRECISION);
    u64::try_from(needed).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use cosmwasm_std::Addr;
    use cw_utils::Threshold;
    use proptest::prelude::*;

    use super::*;

    fn threshold() -> impl Strategy<Value = Threshold> {
        let percent = |from: u64| (from..=100).prop_map(Decimal::percent);
        prop_oneof![
            (1..60u64).prop_map(|weight| Threshold::AbsoluteCount { weight }),
            percent(50).prop_map(|percentage| Threshold::AbsolutePercentage { percentage }),
            (percent(50), percent(1))
                .prop_map(|(threshold, quorum)| Threshold::ThresholdQuorum { threshold, quorum }),
        ]
    }

    proptest! {
        /// What cw3 itself would say when asked.
        #[test]
        fn votes_are_counted_as_cw3_counts_them(
            threshold in threshold(),
            (yes, no, abstain, veto, silent) in (0..20u64, 0..20u64, 0..20u64, 0..20u64, 0..60u64),
            is_expired in any::<bool>(),
        ) {
            let total_weight = (yes + no + abstain + veto + silent).max(60);
            let block = cosmwasm_std::testing::mock_env().block;
            let proposal = cw3::Proposal {
                title: String::new(),
                description: String::new(),
                start_height: 1,
                expires: Expiration::AtHeight(block.height + u64::from(!is_expired)),
                msgs: Vec::new(),
                status: cw3::Status::Open,
                threshold: threshold.clone(),
                total_weight,
                votes: cw3::Votes { yes, no, abstain, veto },
                proposer: Addr::unchecked("p"),
                deposit: None,
            };
            let expected = match proposal.current_status(&block) {
                cw3::Status::Open => Status::Open,
                cw3::Status::Passed => Status::Passed,
                cw3::Status::Rejected => Status::Rejected,
                other => panic!("{other:?}"),
            };
            let votes = Weights { yes, no, abstain, veto };
            prop_assert_eq!(
                compute_status(&threshold.to_response(total_weight), votes, is_expired),
                expected
            );
        }
    }

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
