//! When jobs ran and may run.

use defenders_types::{Job, HOUR};

use crate::store::packed::{packed, packed_enum};
use crate::store::Item;

/// Least time between two calls that move stake, seconds.
pub const MOVES_COOLDOWN: u64 = HOUR;

/// When jobs ran and may run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timetable {
    /// When the powers are to be read, seconds.
    pub refresh_at: u64,
    /// When the last harvest began, seconds.
    pub harvested_at: u64,
    /// The last validator of the harvest under way.
    pub harvest_cursor: Option<String>,
    /// From when on moves can be made, seconds. `None`: the last plan had none.
    pub rebalance_at: Option<u64>,
    /// When moves were last made, seconds.
    pub rebalanced_at: u64,
    /// Jobs whose read failed, and until when they wait.
    pub waiting: Vec<WaitingJob>,
}

/// A job whose read failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingJob {
    /// The job.
    pub job: Job,
    /// Not due before, seconds.
    pub until: u64,
}

/// Written by `instantiate`, jobs and `list_validators`.
pub const TIMETABLE: Item<Timetable> = Item::new("timetable");

packed! {
    Timetable {
        refresh_at, harvested_at, harvest_cursor, rebalance_at, rebalanced_at, waiting,
    }
    WaitingJob { job, until }
}
packed_enum! {
    Job {
        Settle = 0, Submit = 1, Sync = 2, Refresh = 3, Harvest = 4, Rebalance = 5, Invest = 6,
    }
}

impl Timetable {
    /// When stake may be moved again, seconds.
    #[must_use]
    pub fn next_moves_at(&self) -> u64 {
        self.rebalanced_at.saturating_add(MOVES_COOLDOWN)
    }

    /// Until when a job whose read failed still waits, seconds. `None`: it does not.
    #[must_use]
    pub fn waits_until(&self, job: Job, now: u64) -> Option<u64> {
        let mut waiting = self.waiting.iter();
        let waiting = waiting.find(|waiting| waiting.job == job && waiting.until > now);
        waiting.map(|waiting| waiting.until)
    }

    /// A job's read failed: it waits until then, seconds.
    pub fn wait(&mut self, job: Job, until: u64) {
        self.waiting.retain(|waiting| waiting.job != job);
        self.waiting.push(WaitingJob { job, until });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_waits_once_however_often_its_reading_fails() {
        let mut timetable = Timetable::default();
        timetable.wait(Job::Submit, 10);
        timetable.wait(Job::Sync, 12);

        timetable.wait(Job::Submit, 20);

        assert_eq!(timetable.waits_until(Job::Submit, 9), Some(20));
        assert_eq!(timetable.waits_until(Job::Submit, 20), None);
        assert_eq!(timetable.waiting.len(), 2);
    }
}
