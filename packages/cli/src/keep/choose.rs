//! Which job comes next.

use defenders_types::{Job, JobState};

/// What is known when a job is chosen.
pub struct Situation<'a> {
    /// `jobs {}`.
    pub jobs: &'a [JobState],
    /// The book waits for a second reading.
    pub is_in_doubt: bool,
    /// A harvest would leave the keeper at least what it wants.
    pub harvest_pays: bool,
}

/// The due jobs in the order in which they are tried. That of the vault itself: settle, sync while the book is in
/// doubt, submit, then whichever has been due longest, sync last. A harvest that pays for itself goes before those that
/// have no rank of their own.
pub fn order<'a>(situation: &Situation<'a>) -> Vec<&'a JobState> {
    let mut due: Vec<&JobState> = situation.jobs.iter().filter(|state| state.due).collect();
    due.sort_by_key(|state| {
        let since = state.due_since.unwrap_or(u64::MAX);
        (rank(state.job, situation), since, state.job)
    });
    due
}

fn rank(job: Job, situation: &Situation<'_>) -> u8 {
    match job {
        Job::Settle => 0,
        Job::Sync if situation.is_in_doubt => 1,
        Job::Submit => 2,
        Job::Harvest if situation.harvest_pays => 3,
        Job::Refresh | Job::Harvest | Job::Rebalance | Job::Invest => 4,
        Job::Sync => 5,
    }
}

/// Whether a job that was due at a time of the chain is due still, and nobody has run it meanwhile: then it is due since
/// another time. Some jobs are due since the moment at which they are asked for; of those nobody can tell.
pub fn is_still_due(before: &JobState, asked_at: u64, jobs: &[JobState]) -> bool {
    let now = jobs.iter().find(|state| state.job == before.job);
    let is_since_now = before.due_since.is_none_or(|since| since >= asked_at);
    now.is_some_and(|now| now.due && (is_since_now || now.due_since == before.due_since))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(job: Job, due_since: Option<u64>) -> JobState {
        JobState {
            job,
            due: due_since.is_some(),
            due_since,
            next_at: None,
            reason: String::new(),
        }
    }

    fn all_due() -> Vec<JobState> {
        vec![
            state(Job::Settle, Some(90)),
            state(Job::Submit, Some(80)),
            state(Job::Sync, Some(5)),
            state(Job::Refresh, Some(40)),
            state(Job::Harvest, Some(60)),
            state(Job::Rebalance, Some(50)),
            state(Job::Invest, None),
        ]
    }

    fn names(is_in_doubt: bool, harvest_pays: bool) -> Vec<&'static str> {
        let jobs = all_due();
        let situation = Situation {
            jobs: &jobs,
            is_in_doubt,
            harvest_pays,
        };
        order(&situation).iter().map(|it| it.job.as_str()).collect()
    }

    #[test]
    fn settles_before_it_submits_and_then_by_age() {
        assert_eq!(
            names(false, false),
            [
                "settle",
                "submit",
                "refresh",
                "rebalance",
                "harvest",
                "sync"
            ]
        );
    }

    #[test]
    fn the_second_reading_of_a_book_in_doubt_goes_right_after_settling() {
        assert_eq!(names(true, false)[..3], ["settle", "sync", "submit"]);
    }

    #[test]
    fn a_harvest_that_pays_goes_before_others_but_not_before_withdrawals() {
        assert_eq!(
            names(false, true),
            [
                "settle",
                "submit",
                "harvest",
                "refresh",
                "rebalance",
                "sync"
            ]
        );
    }

    #[test]
    fn what_somebody_else_ran_meanwhile_is_not_due_still() {
        let before = state(Job::Settle, Some(90));
        assert!(is_still_due(&before, 95, &[state(Job::Settle, Some(90))]));
        for after in [Some(96), None] {
            assert!(!is_still_due(&before, 95, &[state(Job::Settle, after)]));
        }
        assert!(!is_still_due(&before, 95, &[]));
        let moving = state(Job::Invest, Some(95));
        assert!(is_still_due(&moving, 95, &[state(Job::Invest, Some(101))]));
        assert!(!is_still_due(&moving, 95, &[state(Job::Invest, None)]));
    }
}
