//! The depositors: who holds how much, and what each does on which day.

use anyhow::Result;
use cosmwasm_std::{Addr, Uint128};
use defenders_types::{BatchState, ExecuteMsg};
use rand::Rng;
use rand_chacha::ChaCha8Rng;

use super::world::World;

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

/// A depositor at work.
#[derive(Clone, Debug)]
pub struct Depositor {
    account: Addr,
    plan: Plan,
    /// Receives what it transfers.
    neighbour: Addr,
    /// Tokens that it wants to deposit now.
    due: u128,
    /// After a refusal: tries no more than this.
    offer: Option<u128>,
    /// Has acted on its habit.
    has_acted: bool,
    /// May have withdrawals to claim.
    has_withdrawals: bool,
    /// Deposits refused.
    pub refused: u64,
}

impl Depositor {
    /// Gives every account its plan.
    pub fn seat(accounts: &[Addr], plans: Vec<Plan>) -> Vec<Depositor> {
        let neighbours = accounts.iter().cycle().skip(1);
        let seats = accounts.iter().zip(neighbours).zip(plans);
        seats
            .map(|((account, neighbour), plan)| Depositor {
                account: account.clone(),
                plan,
                neighbour: neighbour.clone(),
                due: 0,
                offer: None,
                has_acted: false,
                has_withdrawals: false,
                refused: 0,
            })
            .collect()
    }

    /// One day: claim, deposit, then the habit.
    pub fn live(&mut self, world: &mut World, day: u32) -> Result<()> {
        if self.has_withdrawals {
            self.claim(world)?;
        }
        let planned = self.plan.instalments.iter();
        self.due += planned
            .filter(|(on, _)| *on == day)
            .map(|(_, tokens)| tokens)
            .sum::<u128>();
        if self.due > 0 {
            self.deposit(world)?;
        }
        if day >= self.plan.acts_on && !self.has_acted {
            self.act(world)?;
        }
        Ok(())
    }

    /// A refused deposit stays with its depositor, who tries half as much the next day.
    fn deposit(&mut self, world: &mut World) -> Result<()> {
        let tokens = self.offer.unwrap_or(self.due).min(self.due);
        if world.try_deposit(&self.account, tokens)? {
            self.due -= tokens;
            self.offer = None;
        } else {
            self.refused += 1;
            self.offer = Some(tokens.div_ceil(2));
        }
        Ok(())
    }

    fn act(&mut self, world: &mut World) -> Result<()> {
        let balance = world.view().query_shares(&self.account)?.u128();
        let shares = balance / 100 * self.plan.percent + balance % 100 * self.plan.percent / 100;
        if shares == 0 {
            return Ok(()); // tomorrow perhaps
        }
        self.has_acted = true;
        match self.plan.habit {
            Habit::Stays => Ok(()),
            Habit::Dust | Habit::Returns | Habit::Leaves => self.request(world, shares),
            Habit::Wavers => {
                self.request(world, shares)?;
                self.cancel(world)?;
                self.request(world, shares.div_ceil(2))
            }
            Habit::Transfers if self.neighbour == self.account => Ok(()),
            Habit::Transfers => {
                let msg = ExecuteMsg::Transfer {
                    recipient: self.neighbour.to_string(),
                    amount: shares.into(),
                };
                world.act(&self.account, &msg, 0)
            }
        }
    }

    /// Shares that are worth nothing stay: the vault would refuse them.
    fn request(&mut self, world: &mut World, shares: u128) -> Result<()> {
        if world.view().query_tokens_of(shares.into())?.is_zero() {
            return Ok(());
        }
        self.has_withdrawals = true;
        let msg = ExecuteMsg::RequestWithdrawal {
            shares: shares.into(),
            recipient: None,
            min_tokens_out: None,
        };
        world.act(&self.account, &msg, 0)
    }

    fn cancel(&mut self, world: &mut World) -> Result<()> {
        let position = world.view().query_position(&self.account)?;
        for withdrawal in position.withdrawals {
            if withdrawal.state == BatchState::Open {
                let batch_id = withdrawal.batch_id;
                let msg = ExecuteMsg::CancelWithdrawal { batch_id };
                world.act(&self.account, &msg, 0)?;
            }
        }
        Ok(())
    }

    fn claim(&mut self, world: &mut World) -> Result<()> {
        let position = world.view().query_position(&self.account)?;
        self.has_withdrawals = !position.withdrawals.is_empty();
        for withdrawal in position.withdrawals {
            if withdrawal.state != BatchState::Claimable {
                continue;
            }
            let before = self.query_balance(world)?;
            let msg = ExecuteMsg::Claim {
                batch_id: withdrawal.batch_id,
                recipient: None,
            };
            world.act(&self.account, &msg, 0)?;
            if self.plan.habit == Habit::Returns {
                let paid = self.query_balance(world)?.saturating_sub(before);
                self.due += paid.u128();
            }
        }
        Ok(())
    }

    fn query_balance(&self, world: &World) -> Result<Uint128> {
        world.view().query_bank_balance(&self.account)
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
