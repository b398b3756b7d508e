//! What is known at present, by where it was read.

use std::collections::BTreeMap;

use super::metric::{Page, Sample, Value};
use super::names;
use super::page::{Format, render};

/// Where something was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// Status of the node.
    Node,
    /// The vault's jobs.
    Jobs,
    /// All else that the vault answers.
    Vault,
    /// x/staking, for whom the vault lists.
    Staking,
    /// The keeper's own account.
    Keeper,
    /// Validators, their votes and commissions.
    Validators,
}

impl Source {
    /// As the label says.
    pub fn as_str(self) -> &'static str {
        match self {
            Source::Node => "node",
            Source::Jobs => "jobs",
            Source::Vault => "vault",
            Source::Staking => "staking",
            Source::Keeper => "keeper",
            Source::Validators => "validators",
        }
    }
}

/// Seconds after which what was read is told no longer: then there is nothing, not what was true once.
pub const KEPT_FOR: u64 = 300;
/// Seconds within which a source has to have answered for a program to be ready.
const READY_WITHIN: u64 = 300;

struct Reading {
    page: Page,
    at: u64,
}

/// What is known at present. Times are those of this machine.
#[derive(Default)]
pub struct Board {
    readings: BTreeMap<Source, Reading>,
    own: BTreeMap<(&'static str, Vec<String>), Sample>,
    /// Time of the node's latest block.
    block_time: Option<u64>,
    is_behind: bool,
    /// The last look broke off.
    is_broken_off: bool,
    beat_at: u64,
    patience: u64,
}

impl Board {
    /// A source has answered.
    pub fn put(&mut self, source: Source, page: Page, now: u64) {
        self.readings.insert(source, Reading { page, at: now });
    }

    /// The node has told its latest block.
    pub fn put_block(&mut self, time: u64, is_behind: bool) {
        self.block_time = Some(time);
        self.is_behind = is_behind;
    }

    /// One more of a counter.
    pub fn count(&mut self, spec: &'static super::metric::Spec, labels: &[&str], more: u128) {
        let labels: Vec<String> = labels.iter().map(ToString::to_string).collect();
        let known = self
            .own
            .entry((spec.name, labels.clone()))
            .or_insert(Sample {
                spec,
                labels,
                value: Value::from(0u64),
            });
        let total = known.value.0.parse::<u128>().unwrap_or(0);
        known.value = Value::from(total.saturating_add(more));
    }

    /// What the program knows of itself, for as long as it runs.
    pub fn set_gauge(
        &mut self,
        spec: &'static super::metric::Spec,
        labels: &[&str],
        value: impl Into<Value>,
    ) {
        let labels: Vec<String> = labels.iter().map(ToString::to_string).collect();
        let key = (spec.name, labels.clone());
        let value = value.into();
        self.own.insert(
            key,
            Sample {
                spec,
                labels,
                value,
            },
        );
    }

    /// The loop goes on; it comes by again within `patience` seconds.
    pub fn beat(&mut self, now: u64, patience: u64) {
        self.beat_at = now;
        self.patience = patience;
    }

    /// The last look broke off, or did not.
    pub fn put_broken_off(&mut self, is_broken_off: bool) {
        self.is_broken_off = is_broken_off;
    }

    /// Why the program is not alive; None when it is.
    pub fn why_dead(&self, now: u64) -> Option<String> {
        let since = now.saturating_sub(self.beat_at);
        (since > self.patience).then(|| {
            format!(
                "nothing was done for {since} seconds, and at most {} are usual",
                self.patience
            )
        })
    }

    /// Why the program is of no use now; None when it is.
    pub fn why_unready(&self, now: u64) -> Option<String> {
        if self.is_broken_off {
            return Some("the last look broke off: standard output says why".to_string());
        }
        if self.is_behind {
            return Some("the node is behind".to_string());
        }
        let of_use = [Source::Jobs, Source::Validators];
        let latest = of_use
            .iter()
            .filter_map(|source| self.readings.get(source))
            .map(|reading| reading.at)
            .max();
        match latest {
            None => Some("nothing was read yet".to_string()),
            Some(at) if now.saturating_sub(at) > READY_WITHIN => Some(format!(
                "nothing could be read for {} seconds",
                now.saturating_sub(at)
            )),
            Some(_) => None,
        }
    }

    /// Everything that is known, as text.
    pub fn render(&self, now: u64, format: Format) -> String {
        render(&self.samples(now), format)
    }

    /// Everything that is known.
    pub fn samples(&self, now: u64) -> Vec<Sample> {
        let mut page = Page::default();
        if let Some(time) = self.block_time {
            page.set(&names::BLOCK_TIME, &[], time);
            page.set(&names::BLOCK_AGE, &[], now.saturating_sub(time));
            page.set(&names::BEHIND, &[], self.is_behind);
        }
        for (source, reading) in &self.readings {
            page.set(&names::SOURCE_SUCCESS, &[source.as_str()], reading.at);
            if now.saturating_sub(reading.at) <= KEPT_FOR {
                page.samples.extend(reading.page.samples.iter().cloned());
            }
        }
        page.samples.extend(self.own.values().cloned());
        page.samples
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn board() -> Board {
        let mut board = Board::default();
        let mut page = Page::default();
        page.set(&names::OLDEST_DUE, &[], 17u64);
        board.put(Source::Jobs, page, 1_000);
        board
    }

    fn has(board: &Board, now: u64, line: &str) -> bool {
        let text = board.render(now, Format::Prometheus);
        text.lines().any(|found| found == line)
    }

    #[test]
    fn lesson_21_a_failed_source_shows_when_it_last_succeeded_and_not_its_last_good_value() {
        let board = board();
        let due = "defenders_vault_job_oldest_due_seconds 17";
        let success = "defenders_source_last_success_timestamp_seconds{source=\"jobs\"} 1000";
        assert!(has(&board, 1_300, due) && has(&board, 1_300, success));
        assert!(!has(&board, 1_301, due) && has(&board, 1_301, success));
    }

    #[test]
    fn the_age_of_a_block_is_told_when_it_is_asked_for() {
        let mut board = board();
        board.put_block(1_000, false);
        assert!(has(&board, 1_060, "defenders_node_block_age_seconds 60"));
        assert!(has(&board, 1_090, "defenders_node_block_age_seconds 90"));
    }

    #[test]
    fn who_cannot_read_is_alive_and_not_ready() {
        let mut board = board();
        board.beat(1_000, 120);
        assert_eq!(board.why_dead(1_120), None);
        assert!(board.why_dead(1_121).is_some());
        assert_eq!(board.why_unready(1_300), None);
        assert!(board.why_unready(1_301).is_some());
        board.put_broken_off(true);
        assert!(board.why_unready(1_000).is_some());
        board.put_broken_off(false);
        assert_eq!(board.why_unready(1_000), None);
        board.put_block(1_000, true);
        assert!(board.why_unready(1_000).is_some());
        assert!(Board::default().why_unready(0).is_some());
    }

    #[test]
    fn counters_count() {
        let mut board = Board::default();
        board.count(&names::TRANSACTIONS, &["settle", "done"], 1);
        board.count(&names::TRANSACTIONS, &["settle", "done"], 1);
        let line = "defenders_keeper_transactions_total{job=\"settle\",result=\"done\"} 2";
        assert!(has(&board, 1 << 40, line));
    }
}
