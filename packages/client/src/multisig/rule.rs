//! By which votes a proposal passes, as cw3 has it.

use std::fmt;

use cosmwasm_std::{Decimal, Uint128};
use cw_utils::ThresholdResponse;
use serde::{Deserialize, Serialize};

use super::answer::Vote;

/// cw3 rounds up behind that many places.
const PRECISION: u128 = 1_000_000_000;

/// What a proposal is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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

    /// All of them.
    pub fn total(self) -> u64 {
        let sum = self.yes.saturating_add(self.no);
        sum.saturating_add(self.abstain).saturating_add(self.veto)
    }
}

/// Of all that could vote.
pub fn total_weight(threshold: &ThresholdResponse) -> u64 {
    match threshold {
        ThresholdResponse::AbsoluteCount { total_weight, .. }
        | ThresholdResponse::AbsolutePercentage { total_weight, .. }
        | ThresholdResponse::ThresholdQuorum { total_weight, .. } => *total_weight,
    }
}

/// What it takes to pass, in words.
pub fn tell_threshold(threshold: &ThresholdResponse) -> String {
    let percent = |share: &Decimal| crate::words::percent(&share.to_string());
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

/// What the votes say: whether it has passed, can still pass, or neither.
pub fn compute_status(threshold: &ThresholdResponse, votes: Weights, is_expired: bool) -> Status {
    if is_passed(threshold, votes, is_expired) {
        Status::Passed
    } else if is_expired || is_rejected(threshold, votes) {
        Status::Rejected
    } else {
        Status::Open
    }
}

/// Whether the yes of one voter with this weight is enough, while voting goes on or once it is over.
pub fn passes_alone(threshold: &ThresholdResponse, weight: u64, is_expired: bool) -> bool {
    let votes = Weights {
        yes: weight,
        ..Weights::default()
    };
    is_passed(threshold, votes, is_expired)
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
    // a share that is too large to multiply by is more than all
    let needed = precise.checked_mul_floor(share);
    let needed = needed.map_or(u128::MAX, |needed| needed.u128().div_ceil(PRECISION));
    u64::try_from(needed).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use cosmwasm_std::Addr;
    use cw_utils::{Expiration, Threshold};
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

    /// A multisig can answer anything: no share ends the program.
    #[test]
    fn votes_needed_are_told_for_every_share() {
        for (weight, share, needed) in [
            (3, Decimal::percent(50), 2),
            (3, Decimal::one(), 3),
            (0, Decimal::one(), 0),
            (u64::MAX, Decimal::one(), u64::MAX),
            (u64::MAX, Decimal::MAX, u64::MAX),
            (1, Decimal::MAX, u64::MAX),
        ] {
            assert_eq!(votes_needed(weight, share), needed, "{weight} x {share}");
        }
    }
}
