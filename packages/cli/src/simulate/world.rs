//! The simulated world: a chain, a vault on it, the people, and the record of what happened.

use anyhow::{Result, anyhow, bail};
use cosmwasm_std::{Addr, Coin, Decimal, Event, coins};
use cw_multi_test::Executor;
use defenders_types::ExecuteMsg;
use defenders_vault::error::ContractError;
use staking_sim::{Chain, Params};

use super::flows::Flows;
use super::invariants::{Invariants, Step};
use super::view::View;

/// Seconds between two blocks in which someone acts.
const BLOCK_SECONDS: u64 = 6;
const DAY_SECONDS: u64 = 24 * 60 * 60;
const DAYS_PER_YEAR: u128 = 365;
/// Yearly staking rewards as part of all bonded stake.
const REWARD_RATE: Decimal = Decimal::percent(10);

/// Who is there.
#[derive(Clone, Debug)]
pub struct Accounts {
    /// Owns the vault.
    pub owner: Addr,
    /// Turns the cranks.
    pub keeper: Addr,
    /// Receives the fee.
    pub treasury: Addr,
    /// Hold what was moved.
    pub depositors: Vec<Addr>,
}

/// Chain, vault, people, record.
pub struct World {
    /// The chain.
    pub chain: Chain,
    /// Its parameters.
    pub params: Params,
    /// The vault.
    pub vault: Addr,
    /// Who is there.
    pub accounts: Accounts,
    /// What went in and out.
    pub flows: Flows,
    /// What was checked.
    pub invariants: Invariants,
    started_at: u64,
}

impl World {
    /// A world whose vault has just been instantiated, with these events.
    pub fn begin(
        chain: Chain,
        params: Params,
        vault: Addr,
        accounts: Accounts,
        events: &[Event],
    ) -> Result<Self> {
        let started_at = chain.app.block_info().time.seconds();
        let mut world = Self {
            chain,
            params,
            vault,
            accounts,
            flows: Flows::default(),
            invariants: Invariants::default(),
            started_at,
        };
        world.record("instantiate", events, &[])?;
        world.pass_block()?;
        Ok(world)
    }

    /// Reads.
    pub fn view(&self) -> View<'_> {
        View {
            chain: &self.chain,
            vault: &self.vault,
            denom: &self.params.bond_denom,
        }
    }

    /// Calls the vault with `tokens` as funds, then lets a block pass. A refusal is an error.
    pub fn act(&mut self, sender: &Addr, msg: &ExecuteMsg, tokens: u128) -> Result<()> {
        let events = self
            .execute(sender, msg, tokens)
            .map_err(|error| anyhow!("the vault refused {msg:?} of {sender}: {error:#}"))?;
        match msg {
            ExecuteMsg::Transfer { recipient, .. } => {
                let recipient = Addr::unchecked(recipient);
                self.record("transfer", &events, &[sender, &recipient])?;
            }
            _ => self.record(&describe(msg), &events, &[sender])?,
        }
        self.pass_block()
    }

    /// Deposits. `false` when the vault takes no such deposit now.
    pub fn try_deposit(&mut self, sender: &Addr, tokens: u128) -> Result<bool> {
        let msg = ExecuteMsg::Deposit {
            amount: None,
            recipient: None,
            min_shares_out: None,
        };
        match self.execute(sender, &msg, tokens) {
            Ok(events) => {
                self.record("deposit", &events, &[sender])?;
                self.pass_block()?;
                Ok(true)
            }
            Err(error) if is_refused_deposit(&error) => Ok(false),
            Err(error) => Err(error.context(format!("deposit of {tokens} by {sender}"))),
        }
    }

    fn execute(&mut self, sender: &Addr, msg: &ExecuteMsg, tokens: u128) -> Result<Vec<Event>> {
        let funds: Vec<Coin> = match tokens {
            0 => vec![],
            _ => coins(tokens, &self.params.bond_denom),
        };
        let (sender, vault) = (sender.clone(), self.vault.clone());
        let response = self
            .chain
            .app
            .execute_contract(sender, vault, msg, &funds)?;
        Ok(response.events)
    }

    fn record(&mut self, name: &str, events: &[Event], touched: &[&Addr]) -> Result<()> {
        let before = self.flows.clone();
        let effects = self.flows.book(events, &self.vault)?;
        let view = View {
            chain: &self.chain,
            vault: &self.vault,
            denom: &self.params.bond_denom,
        };
        self.invariants.check(
            view,
            &Step {
                name,
                effects: &effects,
                flows_before: &before,
                flows: &self.flows,
                touched,
                depositors: &self.accounts.depositors,
            },
        )
    }

    /// An ordinary block.
    pub fn pass_block(&mut self) -> Result<()> {
        self.pass_seconds(BLOCK_SECONDS)
    }

    fn pass_seconds(&mut self, seconds: u64) -> Result<()> {
        self.chain.next_block(seconds);
        match self.chain.halted() {
            Some(reason) => bail!("the embedded chain halted: {reason}"),
            None => Ok(()),
        }
    }

    /// On to the first block of a day, counted from 0.
    pub fn pass_to_day(&mut self, day: u32) -> Result<()> {
        let now = self.chain.app.block_info().time.seconds();
        let morning = self.started_at + u64::from(day) * DAY_SECONDS;
        self.pass_seconds(morning.saturating_sub(now).max(BLOCK_SECONDS))
    }

    /// A day's rewards for all bonded stake.
    pub fn pay_rewards(&mut self) -> Result<()> {
        let bonded = self.chain.bonded_tokens();
        let tokens = bonded.mul_floor(REWARD_RATE).u128() / DAYS_PER_YEAR;
        if tokens > 0 {
            let rewards = coins(tokens, &self.params.bond_denom);
            self.chain.allocate_rewards(&rewards);
        }
        self.pass_block()
    }
}

/// Refusals that may be over another day, or for a smaller amount.
fn is_refused_deposit(error: &anyhow::Error) -> bool {
    matches!(
        error.downcast_ref(),
        Some(
            ContractError::NoCapacity { .. }
                | ContractError::SelfLimit { .. }
                | ContractError::ZeroShares { .. }
                | ContractError::WorthlessShares { .. }
        )
    )
}

/// The call's name for messages about it.
fn describe(msg: &ExecuteMsg) -> String {
    match msg {
        ExecuteMsg::Tick { job: None, .. } => "tick".to_string(),
        ExecuteMsg::Tick { job: Some(job), .. } => format!("tick {job}"),
        ExecuteMsg::RequestWithdrawal { .. } => "request_withdrawal".to_string(),
        ExecuteMsg::CancelWithdrawal { .. } => "cancel_withdrawal".to_string(),
        ExecuteMsg::Claim { .. } => "claim".to_string(),
        ExecuteMsg::ListValidators { .. } => "list_validators".to_string(),
        ExecuteMsg::DrainValidators { .. } => "drain_validators".to_string(),
        other => format!("{other:?}"),
    }
}
