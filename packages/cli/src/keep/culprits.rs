//! Who is at fault when a job fails again and again.

use defenders_types::{DAY, Job, JobState};

/// Most validators that one call passes.
const MOST_PASSED: usize = 10;
/// Most trial runs of one search.
const MOST_TRIALS: u32 = 120;

/// Whether the vault takes `skip` with this job now: it touches delegations, and has been due for a day.
pub fn may_pass(state: &JobState, now: u64) -> bool {
    let touches = match state.job {
        Job::Submit | Job::Harvest | Job::Rebalance | Job::Invest => true,
        Job::Settle | Job::Sync | Job::Refresh => false,
    };
    let since = state.due_since.unwrap_or(now);
    touches && now.saturating_sub(since) >= DAY
}

/// The fewest validators that have to be passed for a trial run to do well, as far as trials find them: ten at a time,
/// then five with five others, and of those that help no more than needed. None: no such are found.
pub fn find<E>(
    candidates: &[String],
    mut works_without: impl FnMut(&[String]) -> Result<bool, E>,
) -> Result<Option<Vec<String>>, E> {
    let mut trials = 0;
    let mut works = |passed: &[String]| {
        trials += 1;
        match trials > MOST_TRIALS {
            true => Ok(false),
            false => works_without(passed),
        }
    };
    for group in candidates.chunks(MOST_PASSED) {
        if works(group)? {
            return shrink(group.to_vec(), &mut works).map(Some);
        }
    }
    let halves: Vec<&[String]> = candidates.chunks(MOST_PASSED / 2).collect();
    for (index, first) in halves.iter().enumerate() {
        for second in halves.iter().skip(index + 1) {
            let group = [*first, *second].concat();
            if works(&group)? {
                return shrink(group, &mut works).map(Some);
            }
        }
    }
    Ok(None)
}

/// Leaves out one after the other who need not be passed.
fn shrink<E>(
    mut group: Vec<String>,
    works: &mut impl FnMut(&[String]) -> Result<bool, E>,
) -> Result<Vec<String>, E> {
    let mut index = 0;
    while group.len() > 1 && index < group.len() {
        let mut fewer = group.clone();
        fewer.remove(index);
        match works(&fewer)? {
            true => group = fewer,
            false => index += 1,
        }
    }
    Ok(group)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::convert::Infallible;

    fn names(count: usize) -> Vec<String> {
        (0..count).map(|index| format!("v{index}")).collect()
    }

    fn search(count: usize, bad: &[&str]) -> (Option<Vec<String>>, u32) {
        let mut trials = 0;
        let found = find::<Infallible>(&names(count), |passed| {
            trials += 1;
            assert!(passed.len() <= MOST_PASSED);
            Ok(bad.iter().all(|bad| passed.iter().any(|it| it == bad)))
        });
        (found.unwrap(), trials)
    }

    #[test]
    fn lesson_18_skip_isolates_the_one_at_fault() {
        for bad in ["v0", "v9", "v10", "v57", "v99"] {
            let (found, trials) = search(100, &[bad]);
            assert_eq!(found.unwrap(), [bad]);
            assert!(trials <= 21, "{bad}: {trials}");
        }
    }

    #[test]
    fn two_far_from_each_other_are_found() {
        let (found, trials) = search(60, &["v3", "v58"]);
        assert_eq!(found.unwrap(), ["v3", "v58"]);
        assert!(trials < MOST_TRIALS);
    }

    #[test]
    fn where_nobody_is_at_fault_the_search_ends() {
        let (found, trials) = search(300, &["not one of them"]);
        assert_eq!(found, None);
        assert_eq!(trials, MOST_TRIALS);
        assert_eq!(search(0, &["x"]).0, None);
    }

    #[test]
    fn an_error_of_the_node_ends_the_search() {
        assert_eq!(find(&names(3), |_| Err("gone")), Err("gone"));
    }

    #[test]
    fn the_vault_takes_skip_after_a_day_and_where_delegations_are_touched() {
        let state = |job| JobState {
            job,
            due: true,
            due_since: Some(1_000),
            next_at: None,
            reason: String::new(),
        };
        assert!(may_pass(&state(Job::Submit), 1_000 + DAY));
        assert!(!may_pass(&state(Job::Submit), 999 + DAY));
        for job in [Job::Settle, Job::Sync, Job::Refresh] {
            assert!(!may_pass(&state(job), 1_000 + DAY));
        }
    }
}
