//! Jobs that fail.

use std::collections::BTreeMap;

use defenders_types::Job;
use serde::{Deserialize, Serialize};

use crate::monitor::back_off_seconds;

/// How a job fails.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trouble {
    /// How often in a row.
    pub failures: u32,
    /// It is left alone until then, by this machine's clock.
    pub retry_at: u64,
    /// What was said last.
    pub reason: String,
    /// With these passed it works, as last seen.
    pub culprits: Vec<String>,
}

/// All jobs that fail, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Troubles(BTreeMap<String, Trouble>);

impl Troubles {
    /// What is known of a job; None while it does well.
    pub fn of(&self, job: Job) -> Option<&Trouble> {
        self.0.get(job.as_str())
    }

    /// Whether a job may be tried now.
    pub fn is_ready(&self, job: Job, now: u64) -> bool {
        self.of(job).is_none_or(|trouble| trouble.retry_at <= now)
    }

    /// Times in a row that it has failed.
    pub fn failures(&self, job: Job) -> u32 {
        self.of(job).map_or(0, |trouble| trouble.failures)
    }

    /// Who is passed so that it works.
    pub fn culprits(&self, job: Job) -> &[String] {
        self.of(job).map_or(&[], |trouble| &trouble.culprits)
    }

    /// It has failed once more: it is left alone for a while, and others have their turn. Seconds of that while.
    pub fn fail(&mut self, job: Job, reason: &str, now: u64, draw: u64) -> u64 {
        let trouble = self.0.entry(job.as_str().to_string()).or_default();
        trouble.failures = trouble.failures.saturating_add(1);
        let wait = back_off_seconds(trouble.failures, draw);
        trouble.retry_at = now.saturating_add(wait);
        trouble.reason = reason.to_string();
        wait
    }

    /// It works, with these passed.
    pub fn succeed(&mut self, job: Job, passed: &[String]) {
        match passed {
            [] => {
                self.0.remove(job.as_str());
            }
            passed => {
                let trouble = self.0.entry(job.as_str().to_string()).or_default();
                trouble.failures = 0;
                trouble.retry_at = 0;
                trouble.culprits = passed.to_vec();
            }
        }
    }

    /// Forgets what is not due any more: somebody else has run it.
    pub fn forget(&mut self, job: Job) {
        self.0.remove(job.as_str());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lesson_18_failures_in_a_row_are_counted_and_wait_longer_each_time() {
        let mut troubles = Troubles::default();
        assert!(troubles.is_ready(Job::Submit, 0));
        assert_eq!(troubles.fail(Job::Submit, "no", 1_000, 0), 5);
        assert_eq!(troubles.fail(Job::Submit, "no", 1_005, 0), 10);
        assert_eq!(troubles.failures(Job::Submit), 2);
        assert!(!troubles.is_ready(Job::Submit, 1_014));
        assert!(troubles.is_ready(Job::Submit, 1_015));
        assert!(
            troubles.is_ready(Job::Harvest, 1_005),
            "others have their turn"
        );
        troubles.succeed(Job::Submit, &[]);
        assert_eq!(troubles, Troubles::default());
    }

    #[test]
    fn who_is_at_fault_is_remembered_across_restarts() {
        let mut troubles = Troubles::default();
        troubles.fail(Job::Harvest, "panic", 1_000, 0);
        troubles.succeed(Job::Harvest, &["a".to_string()]);
        let text = serde_json::to_string(&troubles).unwrap();
        let troubles: Troubles = serde_json::from_str(&text).unwrap();
        assert_eq!(troubles.culprits(Job::Harvest), ["a"]);
        assert_eq!(troubles.failures(Job::Harvest), 0);
        assert!(troubles.is_ready(Job::Harvest, 0));
    }
}
