//! Which of several keepers goes first.

/// The most of a pause between two looks that others are waited for, seconds.
const MOST_PAUSE: u64 = 60;

/// Whether this keeper goes first. The one that did the last job does, at once; the others wait so long that they see
/// it done, and take its place when it is not. So keepers that know nothing of each other seldom send the same.
#[derive(Debug, Default)]
pub struct Turn {
    is_first: bool,
}

impl Turn {
    /// How long to wait before a job, milliseconds. `spread` and `pause` are seconds: by chance up to the one, and the
    /// time in which another keeper looks again and a block is made.
    pub fn wait_millis(&self, spread: u64, pause: u64, draw: u64) -> u64 {
        if spread == 0 || self.is_first {
            return 0;
        }
        let others = pause.min(MOST_PAUSE).saturating_add(spread);
        let chance = self.chance_millis(spread, draw);
        others.saturating_mul(1_000).saturating_add(chance)
    }

    /// The part of it that is left to chance: all that one waits who looks once.
    pub fn chance_millis(&self, spread: u64, draw: u64) -> u64 {
        match self.is_first {
            true => 0,
            false => draw % spread.saturating_mul(1_000).saturating_add(1),
        }
    }

    /// This keeper did a job.
    pub fn take(&mut self) {
        self.is_first = true;
    }

    /// Another one did it.
    pub fn leave(&mut self) {
        self.is_first = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_did_the_last_job_goes_first_and_others_wait_until_they_see_it_done() {
        let mut turn = Turn::default();
        for draw in [0, 1, 12_000, 12_001, u64::MAX] {
            let wait = turn.wait_millis(12, 15, draw);
            assert!((27_000..=39_000).contains(&wait), "{draw}: {wait}");
        }
        turn.take();
        assert_eq!(turn.wait_millis(12, 15, 77), 0);
        turn.leave();
        assert_eq!(turn.wait_millis(12, 15, 77), 27_077);
        assert_eq!(turn.wait_millis(600, 3_600, 0), 660_000);
    }

    #[test]
    fn who_looks_once_waits_by_chance_and_no_longer_once_it_has_begun() {
        let mut turn = Turn::default();
        for (draw, wait) in [(0, 0), (77, 77), (12_000, 12_000), (12_001, 0)] {
            assert_eq!(turn.chance_millis(12, draw), wait);
        }
        turn.take();
        assert_eq!(turn.chance_millis(12, 77), 0);
    }

    #[test]
    fn the_only_keeper_waits_for_nobody() {
        assert_eq!(Turn::default().chance_millis(0, 77), 0);
        assert_eq!(Turn::default().wait_millis(0, 15, 77), 0);
    }
}
