//! The simulated world: a chain, a vault on it, the people, and the record of what happened.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, anyhow, bail};
use cosmwasm_std::{Addr, Coin, Decimal, Event, Uint128, coins};
use cw_multi_test::Executor;
use defenders_suite::invariants::Memory;
use defenders_suite::messages::deposit;
use defenders_suite::snapshot::Reading;
use defenders_suite::{BLOCK, DAY, DENOM, HOUR, Outcome, Reader, Tx, TxResult, json};
use defenders_types::ExecuteMsg;
use staking_sim::{Chain, Params};

use super::checks::Checks;
use super::findings::{Incident, IncidentRow, LeftOut, ListRow};
use super::flows::Flows;
use super::groups::GroupsOf;
use super::moves::{Moment, Moves};
use super::refusals::Refusals;

const DAYS_PER_YEAR: u128 = 365;
/// Yearly staking rewards as part of all bonded stake.
pub const REWARD_RATE: Decimal = Decimal::percent(10);

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
    /// The vault, and the chain that it is on.
    pub vault: Reader<Chain>,
    /// The chain's parameters.
    pub params: Params,
    /// Who is there.
    pub accounts: Accounts,
    /// What went in and out.
    pub flows: Flows,
    /// What went from one validator to others.
    pub moves: Moves,
    /// What was checked.
    pub checks: Checks,
    /// Deposits refused, and why.
    pub refusals: Refusals,
    /// What went wrong, and what followed.
    pub incidents: Vec<IncidentRow>,
    /// Whom the vault lists.
    pub list: ListRow,
    /// Why others of the set are not listed.
    pub left_out: BTreeMap<String, LeftOut>,
    /// Whether the user said whom to list.
    pub has_own_list: bool,
    /// Who shares what with whom, by operator address.
    pub groups: BTreeMap<String, GroupsOf>,
    /// To be listed, but not at the beginning.
    pub not_yet_listed: Vec<String>,
    /// Came into the set later.
    pub entered: BTreeSet<String>,
    memory: Memory,
    started_at: u64,
    /// Counted from 1; 0 before the first.
    day: u32,
}

impl World {
    /// A world whose vault has just been instantiated with a seed of so many tokens, and told
    /// these events.
    pub fn begin(
        vault: Reader<Chain>,
        params: Params,
        accounts: Accounts,
        seed: u128,
        events: &[Event],
    ) -> Result<Self> {
        let mut flows = Flows::default();
        flows.book(events, &vault.vault)?;
        let mut world = Self {
            started_at: vault.now(),
            memory: Memory::begin(
                &vault,
                accounts.treasury.as_str(),
                seed,
                Reading::WhatCallsTell,
            ),
            vault,
            params,
            accounts,
            flows,
            moves: Moves::default(),
            checks: Checks::default(),
            refusals: Refusals::default(),
            incidents: Vec::new(),
            list: ListRow::default(),
            left_out: BTreeMap::new(),
            has_own_list: false,
            groups: BTreeMap::new(),
            not_yet_listed: Vec::new(),
            entered: BTreeSet::new(),
            day: 0,
        };
        world.observe("instantiate", &[], &[]);
        world.pass_block()?;
        Ok(world)
    }

    /// Calls the vault with `tokens` as funds, then lets a block pass. A refusal is an error.
    pub fn act(&mut self, sender: &Addr, msg: &ExecuteMsg, tokens: u128) -> Result<()> {
        self.execute(sender, msg, tokens)
            .map_err(|error| anyhow!("the vault refused {msg:?} of {sender}: {error:#}"))?;
        self.pass_block()
    }

    /// Deposits. `false` when the vault takes no such deposit now.
    pub fn try_deposit(&mut self, sender: &Addr, tokens: u128) -> Result<bool> {
        match self.execute(sender, &deposit(), tokens) {
            Ok(()) => {
                self.pass_block()?;
                Ok(true)
            }
            Err(error) if self.refusals.book(&error, self.day) => Ok(false),
            Err(error) => Err(error.context(format!("deposit of {tokens} by {sender}"))),
        }
    }

    /// Calls the vault in the open block. An accepted call is booked, and the invariants checked.
    fn execute(&mut self, sender: &Addr, msg: &ExecuteMsg, tokens: u128) -> Result<()> {
        let funds: Vec<Coin> = match tokens {
            0 => vec![],
            _ => coins(tokens, DENOM),
        };
        let is_tick = matches!(msg, ExecuteMsg::Tick { .. });
        let moment = is_tick.then(|| Moment {
            day: self.day,
            now: self.vault.now(),
            before: self.vault.totals(),
        });
        let vault = Addr::unchecked(&self.vault.vault);
        let app = &mut self.vault.chain.app;
        let response = app.execute_contract(sender.clone(), vault, msg, &funds)?;
        let outcome = Outcome {
            events: response.events,
            gas_used: 0,
        };
        self.flows.book(&outcome.events, &self.vault.vault)?;
        if let Some(moment) = moment {
            self.moves
                .book(&outcome.events, &self.vault.vault, &moment)?;
        }
        let tx = Tx::Execute {
            sender: sender.to_string(),
            contract: self.vault.vault.clone(),
            msg: json(msg),
            funds,
        };
        self.observe(&describe(msg), &[tx], &[Ok(outcome)]);
        Ok(())
    }

    /// Checks the invariants after a call, or after something that the chain did by itself.
    pub fn observe(&mut self, name: &str, txs: &[Tx], results: &[TxResult]) {
        let found = self.memory.observe(&self.vault, txs, results);
        self.checks.add(name, found);
        self.checks
            .check_flows(name, &self.flows, self.memory.last());
    }

    /// An ordinary block.
    pub fn pass_block(&mut self) -> Result<()> {
        self.pass_seconds(BLOCK)
    }

    fn pass_seconds(&mut self, seconds: u64) -> Result<()> {
        self.vault.chain.next_block(seconds);
        match self.vault.chain.halted() {
            Some(reason) => bail!("the embedded chain halted: {reason}"),
            None => Ok(()),
        }
    }

    /// On to the first block of a day, counted from 0.
    pub fn pass_to_day(&mut self, day: u32) -> Result<()> {
        self.day = day + 1;
        let now = self.vault.now();
        let morning = self.started_at + u64::from(day) * DAY;
        self.pass_seconds(morning.saturating_sub(now).max(BLOCK))
    }

    /// On to an hour of a day, both counted from 0.
    pub fn pass_to_hour(&mut self, day: u32, hour: u64) -> Result<()> {
        let now = self.vault.now();
        let then = self.started_at + u64::from(day) * DAY + hour * HOUR;
        self.pass_seconds(then.saturating_sub(now).max(BLOCK))
    }

    /// Notes that something has happened to a validator on which the vault had so much before.
    pub fn note_incident(&mut self, what: Incident, validator: &str, delegated: Uint128) {
        self.incidents.push(IncidentRow {
            day: self.day,
            what,
            validator: validator.to_string(),
            delegated,
            arrived: None,
        });
    }

    /// What the vault has on a validator, by the chain.
    pub fn delegated(&self, validator: &str) -> Uint128 {
        let vault = Addr::unchecked(&self.vault.vault);
        let delegations = self.vault.chain.delegations(&vault);
        let mut delegations = delegations.into_iter();
        let found = delegations.find(|(operator, _)| operator == validator);
        found.map(|(_, tokens)| tokens).unwrap_or_default()
    }

    /// A day's rewards for all bonded stake.
    pub fn pay_rewards(&mut self) -> Result<()> {
        let bonded = self.vault.chain.bonded_tokens();
        let tokens = bonded.mul_floor(REWARD_RATE).u128() / DAYS_PER_YEAR;
        if tokens > 0 {
            let rewards = coins(tokens, DENOM);
            self.vault.chain.allocate_rewards(&rewards);
        }
        self.pass_block()
    }
}

/// The call's name for messages about it.
fn describe(msg: &ExecuteMsg) -> String {
    match msg {
        ExecuteMsg::Deposit { .. } => "deposit".to_string(),
        ExecuteMsg::Transfer { .. } => "transfer".to_string(),
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
