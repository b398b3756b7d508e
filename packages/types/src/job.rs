//! The jobs of the vault: one, bounded, per call of `tick`.

use defenders_json::{answer, message};

/// Declares the jobs once: the enum, the list of all, their names. A job left out of one of them does
/// not compile.
macro_rules! jobs {
    ($($(#[$job_doc:meta])* $job:ident = $name:literal,)+) => {
        message! {
            /// Bounded work that anyone may start.
            #[derive(Copy, Eq, PartialOrd, Ord)]
            pub enum Job {
                $($(#[$job_doc])* $job,)+
            }
        }

        impl Job {
            /// Every job, in the order in which `jobs {}` lists them, and in which `tick` asks those that go
            /// before all others.
            pub const ALL: [Job; [$(Job::$job),+].len()] = [$(Job::$job),+];

            /// The job's name as in messages and events.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Job::$job => $name,)+
                }
            }
        }
    };
}

jobs! {
    /// Book unbonding entries that the chain has paid, or record the block that will tell.
    Settle = "settle",
    /// Serve one piece of the oldest withdrawal batch.
    Submit = "submit",
    /// Compare the book with the chain's delegations. Always allowed; due while the book is in doubt, and,
    /// after all other jobs, when it is older than `book_max_age`.
    Sync = "sync",
    /// Read the voting powers of the listed validators, page by page.
    Refresh = "refresh",
    /// Withdraw rewards, page by page, sweep the pot, take the fee.
    Harvest = "harvest",
    /// Move stake from validators that the vault leaves, from above caps, and toward targets, within budgets.
    Rebalance = "rebalance",
    /// Delegate idle tokens.
    Invest = "invest",
}

impl std::fmt::Display for Job {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

answer! {
    /// Whether a job is due, why, and when next.
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
}
