//! What a vault's people should not overlook.

use defenders_types::{
    BrakeResponse, Change, ChangesResponse, DAY, HealthResponse, JobState, TotalsResponse,
};

use crate::proposal::tell_time;

/// A job that has been due for so long is being neglected, seconds.
const OVERDUE: u64 = 6 * 3_600;

/// What is not as it should be, in words.
pub fn find_troubles(
    totals: &TotalsResponse,
    health: &HealthResponse,
    brake: &BrakeResponse,
    changes: &ChangesResponse,
    due: &[JobState],
    now: u64,
) -> Vec<String> {
    let mut troubles = Vec::new();
    if let Some(until) = brake.until.filter(|until| *until > now) {
        let until = tell_time(until);
        troubles.push(format!("the brake is on until {until}: no deposits"));
    }
    if !health.is_own_admin {
        troubles.push("others may replace its code: deposits are closed".to_string());
    }
    if let Some(doubt) = &totals.doubt {
        let since = tell_time(doubt.since);
        troubles.push(format!("the book is in doubt since {since}: no deposits"));
    }
    if let Some(suspect) = &health.suspect {
        let since = tell_time(suspect.since);
        troubles.push(format!(
            "the snapshot of {since} is not believed: {} fail in it",
            suspect.failed.len()
        ));
    }
    if health.powers_stale {
        troubles.push("the powers are old, or were never read: refresh is needed".to_string());
    }
    if health.chain_share >= health.hard_limit {
        troubles.push("it is too large a part of its chain: no deposits".to_string());
    }
    for waiting in &changes.changes {
        let Change::Upgrade { code_id, .. } = &waiting.change else {
            continue;
        };
        if now < waiting.expires_at && waiting.due_at.saturating_sub(now) <= DAY {
            let from = tell_time(waiting.due_at);
            troubles.push(format!(
                "its code is replaced by code {code_id} from {from} on: `defenders verify` says whether that was released"
            ));
        }
    }
    for job in due {
        let waited = job.due_since.map_or(0, |since| now.saturating_sub(since));
        if waited >= OVERDUE {
            troubles.push(format!(
                "{} has been due for {} hours: nobody ticks",
                job.job.as_str(),
                waited / 3_600
            ));
        }
    }
    troubles
}
