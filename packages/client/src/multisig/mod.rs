//! A cw3 multisig: what it answers, and its votes counted as it counts them.

mod answer;
mod rule;
mod tally;

pub use answer::{Deposit, Executor, Proposal, ProposalsPage, Setup, Vote, Voter, VotesPage};
pub use rule::{Status, Weights, compute_status, passes_alone, tell_threshold, total_weight};
pub use tally::Count;
