//! The cranks of the vault: one bounded, idempotent job per call of `tick`.

use cosmwasm_schema::cw_serde;

/// A crank anyone may turn.
#[cw_serde]
#[derive(Copy, Eq, PartialOrd, Ord)]
pub enum Job {
    /// Book unbonding entries that the chain has paid, or record the block that will tell.
    Settle,
    /// Serve one piece of the oldest withdrawal batch.
    Submit,
    /// Compare the book with the chain's delegations. Never due, always allowed.
    Sync,
    /// Read the voting powers of the listed validators, page by page.
    Refresh,
    /// Withdraw rewards, page by page, sweep the pot, take the fee.
    Harvest,
    /// Undelegate from drained validators what is to be delegated again.
    Rebalance,
    /// Delegate idle tokens.
    Invest,
}

impl Job {
    /// Every job, in the order in which they are listed by `jobs {}`.
    pub const ALL: [Job; 7] = [
        Job::Settle,
        Job::Submit,
        Job::Sync,
        Job::Refresh,
        Job::Harvest,
        Job::Rebalance,
        Job::Invest,
    ];

    /// The job's name as in messages and events.
    pub const fn as_str(self) -> &'static str {
        match self {
            Job::Settle => "settle",
            Job::Submit => "submit",
            Job::Sync => "sync",
            Job::Refresh => "refresh",
            Job::Harvest => "harvest",
            Job::Rebalance => "rebalance",
            Job::Invest => "invest",
        }
    }
}

impl std::fmt::Display for Job {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Whether a job is due, why, and when next.
#[cw_serde]
pub struct JobState {
    /// The job.
    pub job: Job,
    /// `tick` with this job runs it now. Without one, the first in its order.
    pub due: bool,
    /// Since when it has been due, seconds. `None` while it is not.
    pub due_since: Option<u64>,
    /// When it is due next at the earliest, seconds. `None` when it is due, or when not known.
    pub next_at: Option<u64>,
    /// Why it is due or not, for a person.
    pub reason: String,
}
