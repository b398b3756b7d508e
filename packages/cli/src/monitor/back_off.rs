//! How long to leave alone what failed.

use rand::Rng;

/// After the first failure, seconds.
const FIRST: u64 = 5;
/// At most, seconds, for a job.
const MOST: u64 = 600;
/// At most, seconds, for a node: while it is away nothing is seen.
const MOST_OF_NODE: u64 = 60;

/// Seconds to wait after so many failures in a row: twice as many each time, up to ten minutes, and by chance up to a
/// quarter more, so that programs which failed together do not come back together.
pub fn back_off_seconds(failures: u32, draw: u64) -> u64 {
    wait(failures, draw, MOST)
}

/// The same where no node answers: up to a minute.
pub fn node_back_off_seconds(failures: u32, draw: u64) -> u64 {
    wait(failures, draw, MOST_OF_NODE)
}

fn wait(failures: u32, draw: u64, most: u64) -> u64 {
    let doublings = failures.saturating_sub(1).min(16);
    let wait = FIRST.saturating_mul(1 << doublings).min(most);
    wait.saturating_add(draw % (wait / 4).max(1))
}

/// A number by chance.
pub fn draw() -> u64 {
    rand::rng().random()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_ten_minutes() {
        let waits: Vec<u64> = (0..10)
            .map(|failures| back_off_seconds(failures, 0))
            .collect();
        assert_eq!(waits, [5, 5, 10, 20, 40, 80, 160, 320, 600, 600]);
        assert_eq!(back_off_seconds(u32::MAX, 0), 600);
        let waits = [1, 4, 5, 99].map(|failures| node_back_off_seconds(failures, 0));
        assert_eq!(waits, [5, 40, 60, 60]);
    }

    #[test]
    fn chance_adds_up_to_a_quarter() {
        for draw in [0, 1, 77, 149, 150, u64::MAX] {
            let wait = back_off_seconds(9, draw);
            assert!((600..750).contains(&wait), "{draw}: {wait}");
        }
        assert_ne!(back_off_seconds(9, 1), back_off_seconds(9, 2));
    }
}
