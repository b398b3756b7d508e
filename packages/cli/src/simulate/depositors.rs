//! The depositors at work: each claims, deposits and follows its habit.

use anyhow::Result;
use cosmwasm_std::Addr;
use defenders_suite::messages::{claim, request_withdrawal};
use defenders_types::{BatchState, ExecuteMsg};

use super::depositor_plans::{Habit, Plan};
use super::world::World;

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
}

impl Depositor {
    /// Gives every account its plan.
    pub fn pair_with_plans(accounts: &[Addr], plans: Vec<Plan>) -> Vec<Depositor> {
        let neighbours = accounts.iter().cycle().skip(1);
        let pairs = accounts.iter().zip(neighbours).zip(plans);
        pairs
            .map(|((account, neighbour), plan)| Depositor {
                account: account.clone(),
                plan,
                neighbour: neighbour.clone(),
                due: 0,
                offer: None,
                has_acted: false,
                has_withdrawals: false,
            })
            .collect()
    }

    /// What it still wants to deposit, tokens.
    pub fn not_deposited(&self) -> u128 {
        self.due
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
            self.offer = Some(tokens.div_ceil(2));
        }
        Ok(())
    }

    fn act(&mut self, world: &mut World) -> Result<()> {
        let balance = world.vault.shares(self.account.as_str());
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
        if world.vault.worth(shares) == 0 {
            return Ok(());
        }
        self.has_withdrawals = true;
        world.act(&self.account, &request_withdrawal(shares), 0)
    }

    fn cancel(&mut self, world: &mut World) -> Result<()> {
        let position = world.vault.position(self.account.as_str());
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
        let position = world.vault.position(self.account.as_str());
        self.has_withdrawals = !position.withdrawals.is_empty();
        for withdrawal in position.withdrawals {
            if withdrawal.state != BatchState::Claimable {
                continue;
            }
            let before = self.tokens(world);
            world.act(&self.account, &claim(withdrawal.batch_id), 0)?;
            if self.plan.habit == Habit::Returns {
                let paid = self.tokens(world).saturating_sub(before);
                self.due += paid;
            }
        }
        Ok(())
    }

    fn tokens(&self, world: &World) -> u128 {
        world.vault.tokens(self.account.as_str())
    }
}
