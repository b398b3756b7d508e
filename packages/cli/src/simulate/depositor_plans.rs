//! The depositors' plans: who holds how much, and does what on which day.

use rand::Rng;
use rand_chacha::ChaCha8Rng;

/// What a dust depositor has.
const DUST_TOKENS: u128 = 1_000;
/// Habits go round, so that every run with this many depositors has all of them.
const HABITS: [Habit; 8] = [
    Habit::Returns,
    Habit::Dust,
    Habit::Transfers,
    Habit::Stays,
    Habit::Wavers,
    Habit::Leaves,
    Habit::Stays,
    Habit::Stays,
];

/// What a depositor does besides depositing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Habit {
    /// Nothing.
    Stays,
    /// Brings next to nothing, and takes all of it out.
    Dust,
    /// Withdraws a part, and deposits what it was paid.
    Returns,
    /// Withdraws a part for good.
    Leaves,
    /// Requests a withdrawal, cancels it, and requests half of it.
    Wavers,
    /// Gives a part of its shares to the next depositor.
    Transfers,
}

/// A depositor's plan, made before the first day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// What it does besides depositing.
    pub habit: Habit,
    /// Days and tokens of its deposits.
    pub instalments: Vec<(u32, u128)>,
    /// When it acts on its habit: from this day on, as soon as it has shares.
    pub acts_on: u32,
    /// Part of its shares that this concerns, percent.
    pub percent: u128,
}

impl Plan {
    /// All that it deposits, tokens.
    pub fn tokens(&self) -> u128 {
        self.instalments.iter().map(|(_, tokens)| tokens).sum()
    }

    /// All of it on the first day.
    pub fn deposit_all_at_once(&mut self) {
        let tokens = self.tokens();
        self.instalments.retain(|(_, tokens)| *tokens > 0);
        self.instalments.truncate(1);
        self.instalments.iter_mut().for_each(|it| *it = (0, tokens));
    }
}

/// Shares out `tokens` unevenly among `depositors`, in one to four instalments each over the
/// first half of the days. The plans hold all of it.
pub fn make_plans(rng: &mut ChaCha8Rng, depositors: u32, days: u32, tokens: u128) -> Vec<Plan> {
    let habits: Vec<Habit> = HABITS
        .into_iter()
        .cycle()
        .zip(0..depositors)
        .map(|(habit, _)| habit)
        .collect();
    // cubes: the largest hold most
    let weights = habits.iter().map(|habit| match habit {
        Habit::Dust => 0,
        _ => rng.random_range(1..=50u128).pow(3),
    });
    let weights: Vec<u128> = weights.collect();
    let total_weight: u128 = weights.iter().sum();

    let dust = DUST_TOKENS.min(tokens / 1_000_000);
    let dusty = habits.iter().filter(|habit| **habit == Habit::Dust);
    let mut left = tokens;
    let for_all = tokens.saturating_sub(dust * dusty.map(|_| 1).sum::<u128>());
    let sizes = habits.iter().zip(&weights).map(|(habit, weight)| {
        let size = match habit {
            Habit::Dust => dust,
            // at most 10^33 tokens x 50^3: fits
            _ => for_all * weight / total_weight,
        };
        left = left.saturating_sub(size);
        size
    });
    let mut sizes: Vec<u128> = sizes.collect();
    if let Some(first) = sizes.first_mut() {
        *first += left; // what rounding left
    }
    let plan = |(habit, size)| make_plan(rng, days, habit, size);
    habits.into_iter().zip(sizes).map(plan).collect()
}

fn make_plan(rng: &mut ChaCha8Rng, days: u32, habit: Habit, size: u128) -> Plan {
    let parts = match habit {
        Habit::Dust => 1,
        _ => rng.random_range(1..=4u128),
    };
    let first_half = days.div_ceil(2);
    let instalments = (0..parts).map(|part| {
        let tokens = size * (part + 1) / parts - size * part / parts;
        (rng.random_range(0..first_half), tokens)
    });
    let mut instalments: Vec<(u32, u128)> = instalments.collect();
    instalments.retain(|(_, tokens)| *tokens > 0);
    instalments.sort();
    Plan {
        habit,
        instalments,
        acts_on: rng.random_range(days / 4..=days * 5 / 8),
        percent: match habit {
            Habit::Dust => 100,
            _ => rng.random_range(20..=60),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;

    fn plans(depositors: u32, days: u32, tokens: u128) -> Vec<Plan> {
        make_plans(&mut ChaCha8Rng::seed_from_u64(7), depositors, days, tokens)
    }

    #[test]
    fn plans_hold_every_token_whatever_their_number() {
        for depositors in [1, 2, 3, 40, 1_000] {
            for tokens in [0, 1, 999, 20_664_544_700_001, 10u128.pow(33)] {
                let plans = plans(depositors, 60, tokens);
                assert_eq!(plans.len(), depositors as usize);
                assert_eq!(plans.iter().map(Plan::tokens).sum::<u128>(), tokens);
            }
        }
    }

    #[test]
    fn deposits_lie_in_the_first_half_of_the_days() {
        for (days, half) in [(1, 1), (2, 1), (3, 2), (60, 30)] {
            for plan in plans(40, days, 1_000_000_000) {
                assert!(plan.instalments.iter().all(|(day, _)| *day < half));
                assert!(plan.acts_on < days);
            }
        }
    }

    #[test]
    fn sizes_are_uneven_and_the_same_for_the_same_seed() {
        let plans_of_a_run = plans(40, 60, 20_664_544_700_001);
        assert_eq!(plans_of_a_run, plans(40, 60, 20_664_544_700_001));
        let sizes: Vec<u128> = plans_of_a_run.iter().map(Plan::tokens).collect();
        let largest = sizes.iter().max().unwrap();
        assert!(largest * 40 > 20_664_544_700_001 * 2, "{largest}");
        assert_eq!(sizes.iter().min(), Some(&DUST_TOKENS));
    }
}
