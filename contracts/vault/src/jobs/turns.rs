//! Which job a `tick` without a job runs. As long as nothing is long overdue: settle, sync while the book
//! is in doubt, submit, then whichever has been due longest, and sync when nothing else is. After that some call fails for ever, perhaps because the chain
//! panics about a validator, and nobody may be stopped by it: at every second height, by chance, the
//! height chooses among the due jobs, and whom that job passes.

use defenders_types::{Job, JobState, DAY};

use super::{priority, query_state, settle, Priority};
use crate::call::View;
use crate::error::ContractError;
use crate::validators::skip::{mix, Skip};

/// A due job that has not been served for so long makes room for the others, seconds.
pub const OVERDUE_AFTER: u64 = DAY;

/// The job to run, and whom it passes. Neither settling nor the second reading of a book in doubt loses
/// its turn. Settling that can only wait, or stands before a batch that settles too, shares it by the
/// height: every call records its block.
///
/// # Errors
/// [`ContractError::NothingDue`].
pub fn choose(view: &View) -> Result<(Job, Skip), Box<ContractError>> {
    let is_settle_due = query_state(view, Job::Settle)?.due;
    let height = view.env.block.height;
    let is_shared = is_settle_due
        && mix(height) >> 63 == 1
        && (settle::can_only_wait(view)? || query_state(view, Job::Submit)?.due);
    if is_settle_due && !is_shared {
        return Ok((Job::Settle, Skip::Nobody));
    }
    if view.book.doubt.is_some() && query_state(view, Job::Sync)?.due {
        return Ok((Job::Sync, Skip::Nobody));
    }
    let mut due = vec![];
    for job in Job::ALL {
        if job != Job::Settle {
            let state = query_state(view, job)?;
            if state.due {
                due.push(state);
            }
        }
    }
    let chosen = choose_among(&due, height, view.now());
    let settle = is_settle_due.then_some((Job::Settle, Skip::Nobody));
    Ok(chosen.or(settle).ok_or(ContractError::NothingDue {})?)
}

/// `None`: no job is due.
fn choose_among(due: &[JobState], height: u64, now: u64) -> Option<(Job, Skip)> {
    let since = |state: &JobState| state.due_since.unwrap_or(now);
    let first = due
        .iter()
        .find(|state| priority(state.job) == Priority::First);
    // of equal ones the first
    let longest = due.iter().min_by_key(|state| since(state))?;
    let usual = first.or_else(|| {
        let others = due.iter();
        others
            .filter(|state| priority(state.job) != Priority::Last)
            .min_by_key(|state| since(state))
    });
    let usual = usual.unwrap_or(longest);
    let draw = mix(height);
    let is_overdue = now.saturating_sub(since(longest)) >= OVERDUE_AFTER;
    if !is_overdue || draw & 1 == 0 {
        return Some((usual.job, Skip::Nobody));
    }
    let count = u64::try_from(due.len()).ok()?;
    let index = usize::try_from((draw >> 1).checked_rem(count)?).ok()?;
    let drawn = due.get(index)?.job;
    Some((
        drawn,
        match drawn {
            // they touch no delegation
            Job::Refresh | Job::Sync => Skip::Nobody,
            _ => Skip::Drawn { seed: mix(draw) },
        },
    ))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::due;
    use super::*;

    const TOUCHING: [Job; 4] = [Job::Submit, Job::Harvest, Job::Rebalance, Job::Invest];
    const PAGE: u16 = 20;

    fn all_due(since: u64) -> Vec<JobState> {
        let jobs = [
            Job::Submit,
            Job::Sync,
            Job::Refresh,
            Job::Harvest,
            Job::Rebalance,
            Job::Invest,
        ];
        jobs.map(|job| due::now(job, Some(since), "test")).to_vec()
    }

    #[test]
    fn the_usual_order_holds_until_something_is_overdue_by_a_day() {
        let mut due = all_due(100);
        due[3].due_since = Some(50);
        for height in 0..1_000 {
            let chosen = choose_among(&due, height, 50 + DAY - 1);
            assert_eq!(chosen, Some((Job::Submit, Skip::Nobody)));
            let chosen = choose_among(&due[1..], height, 50 + DAY - 1);
            assert_eq!(chosen, Some((Job::Harvest, Skip::Nobody)));
        }
        assert_eq!(choose_among(&[], 7, DAY), None);
        for height in 0..1_000 {
            let (sync, refresh) = (due[1..2].to_vec(), due[1..3].to_vec());
            let chosen = choose_among(&sync, height, 100);
            assert_eq!(chosen, Some((Job::Sync, Skip::Nobody)));
            let chosen = choose_among(&refresh, height, 100);
            assert_eq!(chosen, Some((Job::Refresh, Skip::Nobody)));
        }
        let drawn = (0..1_000).filter(|height| {
            choose_among(&due, *height, 50 + DAY) != Some((Job::Submit, Skip::Nobody))
        });
        assert!((450..550).contains(&drawn.count()));
    }

    /// Runs of a scheduler until each validator that does not panic has had its turn in each job: one
    /// in which that job is chosen, all that panic are passed, and it is not.
    fn runs_until_everyone_had_a_turn(step: u64, bad: u16) -> usize {
        let due = all_due(0);
        let mut missing: BTreeSet<(usize, u16)> = (0..TOUCHING.len())
            .flat_map(|job| (bad..PAGE).map(move |row| (job, row)))
            .collect();
        let mut height: u64 = 5_000_000;
        for run in 1.. {
            height = height.saturating_add(step);
            if let Some((job, skip @ Skip::Drawn { .. })) = choose_among(&due, height, DAY) {
                if (0..bad).all(|row| skip.passes("", row)) {
                    let job = TOUCHING.iter().position(|other| *other == job);
                    missing.retain(|(other, row)| Some(*other) != job || skip.passes("", *row));
                }
            }
            if missing.is_empty() {
                return run;
            }
        }
        unreachable!()
    }

    #[test]
    fn every_scheduler_gets_everyone_served_beside_those_that_panic() {
        for (bad, bound) in [(1, 500), (3, 2_500), (5, 8_000)] {
            for step in (1..=100).chain([1_440]) {
                let runs = runs_until_everyone_had_a_turn(step, bad);
                assert!(runs <= bound, "{bad} bad, every {step} blocks: {runs} runs");
            }
        }
    }
}
