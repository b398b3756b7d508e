//! One step: a block with its votes, evidence and transactions, drawn from what the model shows.

use cosmwasm_std::Addr;

use crate::denom_step::{self, Deed, Drawn};
use crate::model::ModelChain;
use crate::random::Random;
use crate::real::Real;
use crate::setting::{DELEGATORS, Setting};

/// A message; validators by operator address.
#[derive(Clone, Debug)]
pub enum Op {
    Delegate {
        validator: String,
        tokens: u128,
    },
    Undelegate {
        validator: String,
        tokens: u128,
    },
    Redelegate {
        src: String,
        dst: String,
        tokens: u128,
    },
    Cancel {
        validator: String,
        tokens: u128,
        height: u64,
    },
    Withdraw {
        validator: String,
    },
    WithdrawTo {
        account: String,
    },
    /// Signed by the validator's operator.
    Unjail {
        validator: String,
    },
    /// Of a token factory.
    Denom(Deed),
}

/// A message, its sender and what the sender pays for it: the next block's rewards.
#[derive(Clone, Debug)]
pub struct Tx {
    /// Name of the sender.
    pub who: &'static str,
    pub op: Op,
    /// Of the reward denom, at least one.
    pub fee_reward: u128,
    /// Of the staked denom.
    pub fee_stake: u128,
    /// Refused before anything is known of its sender, who pays nothing.
    pub is_flawed: bool,
}

/// A block.
#[derive(Clone, Debug)]
pub struct Step {
    /// Later than the last block, seconds.
    pub advance: u64,
    /// Whose votes for the last block are missing.
    pub absent: Vec<String>,
    /// Who signed twice, at which height.
    pub evidence: Vec<(String, u64)>,
    pub txs: Vec<Tx>,
}

/// Draws steps, and remembers who sleeps and who voted.
pub struct Script {
    pub random: Random,
    unbonding_seconds: u64,
    /// Operators of validators, the one who never fails first.
    operators: Vec<String>,
    /// Operator address that no validator has.
    nobody: String,
    accounts: Vec<Addr>,
    asleep: Vec<String>,
    /// Voters by height, from 1.
    voters: Vec<Vec<String>>,
}

impl Script {
    pub fn new(random: Random, setting: &Setting, real: &Real, accounts: Vec<Addr>) -> Self {
        Self {
            random,
            unbonding_seconds: setting.unbonding_seconds,
            operators: real.operators.clone(),
            nobody: real.nobody.clone(),
            accounts,
            asleep: vec![],
            voters: vec![],
        }
    }

    /// Remembers who voted for the block before the last one. Who voted before `settled`
    /// ordinary blocks is not looked at: nobody is accused there.
    pub fn observe(&mut self, chain: &ModelChain, settled: u64) {
        for _ in 0..settled {
            self.voters.push(vec![]);
        }
        let voters = chain.voting_set().into_iter();
        self.voters
            .push(voters.map(|member| member.operator).collect());
    }

    pub fn draw(&mut self, chain: &ModelChain) -> Step {
        let fallible = self.operators[1..].to_vec();
        for operator in &fallible {
            let sleeps = self.asleep.contains(operator);
            if sleeps && self.random.percent(20) {
                self.asleep.retain(|one| one != operator);
            } else if !sleeps && self.random.percent(6) {
                self.asleep.push(operator.clone());
            }
        }
        let mut evidence = vec![];
        if self.random.percent(4) {
            let operator = self.random.pick(&fallible);
            let newest = self.voters.len() as u64;
            let height = newest.saturating_sub(self.random.below(8)).max(1);
            let voted = self.voters.get(height as usize - 1);
            if voted.is_some_and(|voters| voters.contains(&operator)) {
                evidence.push((operator, height));
            }
        }
        let count = self.random.pick(&[0, 1, 1, 1, 2, 2, 3]);
        let mut txs: Vec<Tx> = (0..count).map(|_| self.draw_tx(chain)).collect();
        if let Some(flawed) = txs.iter().position(|tx| tx.is_flawed) {
            // it takes no sequence number, and others of its sender count on it
            txs = vec![txs.swap_remove(flawed)];
        }
        Step {
            advance: self.draw_advance(),
            absent: self.asleep.clone(),
            evidence,
            txs,
        }
    }

    fn draw_advance(&mut self) -> u64 {
        match self.random.below(20) {
            0..14 => 5,
            14..16 => 1,
            16..18 => self.random.between(1, 40),
            18 => self.unbonding_seconds / 2,
            _ => self.unbonding_seconds + self.random.below(3) - 1,
        }
    }

    fn draw_tx(&mut self, chain: &ModelChain) -> Tx {
        let mut who = self.random.below(DELEGATORS.len() as u64) as usize;
        let mut is_flawed = false;
        let op = if self.random.percent(15) {
            let drawn = denom_step::draw(&mut self.random, chain, &self.accounts);
            Drawn { who, is_flawed, .. } = drawn;
            Op::Denom(drawn.deed)
        } else {
            self.draw_op(chain, who)
        };
        Tx {
            who: match &op {
                Op::Unjail { validator } => self.operator_of(validator),
                _ => DELEGATORS[who],
            },
            op,
            fee_reward: match self.random.below(4) {
                0 => u128::from(self.random.between(1, 10_000_000)),
                _ => 1,
            },
            fee_stake: match self.random.below(8) {
                0 if who != 1 => u128::from(self.random.between(1, 1_000_000)),
                _ => 0,
            },
            is_flawed,
        }
    }

    fn draw_op(&mut self, chain: &ModelChain, who: usize) -> Op {
        let account = self.accounts[who].clone();
        let validator = self.draw_validator();
        if chain.delegations(&account).is_empty() && self.random.percent(80) {
            return self.draw_delegate(validator);
        }
        let (owned, tokens) = self.draw_owned(chain, &account);
        match self.random.below(100) {
            0..28 => self.draw_delegate(validator),
            28..52 => Op::Undelegate {
                validator: owned,
                tokens: self.draw_part(tokens),
            },
            52..74 => Op::Redelegate {
                src: owned,
                dst: validator,
                tokens: self.draw_part(tokens),
            },
            74..84 => self.draw_cancel(chain, &account, validator),
            84..92 => Op::Withdraw { validator: owned },
            92..94 => Op::WithdrawTo {
                account: self.random.pick(&self.accounts).to_string(),
            },
            _ => Op::Unjail {
                validator: self.draw_jailed(chain),
            },
        }
    }

    fn draw_delegate(&mut self, validator: String) -> Op {
        let tokens = match self.random.below(4) {
            0 => u128::from(self.random.below(4)),
            _ => u128::from(self.random.between(1, 3_000_000)),
        };
        Op::Delegate { validator, tokens }
    }

    fn draw_validator(&mut self) -> String {
        match self.random.below(40) {
            0 => self.nobody.clone(),
            _ => self.random.pick(&self.operators),
        }
    }

    /// Mostly one of two operators' own validators: only delegators send messages.
    fn draw_jailed(&mut self, chain: &ModelChain) -> String {
        let own = [self.operators[1].clone(), self.operators[2].clone()];
        let is_jailed = |one: &String| chain.validator(one).is_some_and(|state| state.jailed);
        let jailed: Vec<String> = own.iter().filter(|one| is_jailed(one)).cloned().collect();
        match jailed.is_empty() {
            true => self.random.pick(&own),
            false => self.random.pick(&jailed),
        }
    }

    fn operator_of(&self, validator: &String) -> &'static str {
        match *validator == self.operators[1] {
            true => DELEGATORS[2],
            false => DELEGATORS[3],
        }
    }

    /// Mostly a validator with a delegation of the account, and what it is worth.
    fn draw_owned(&mut self, chain: &ModelChain, account: &Addr) -> (String, u128) {
        let owned = chain.delegations(account);
        if owned.is_empty() || self.random.percent(4) {
            return (self.draw_validator(), 1_000);
        }
        let (validator, tokens) = self.random.pick(&owned);
        (validator, tokens.u128())
    }

    /// Nothing, one unit, a part, all, or one too many.
    fn draw_part(&mut self, tokens: u128) -> u128 {
        let part = tokens * u128::from(self.random.between(1, 99)) / 100;
        match self.random.below(12) {
            0 => u128::from(self.random.below(3)),
            1 => tokens + 1,
            2..5 => tokens,
            5 => tokens.saturating_sub(1),
            _ => part,
        }
    }

    fn draw_cancel(&mut self, chain: &ModelChain, account: &Addr, other: String) -> Op {
        let entries = chain.all_unbonding_entries(account);
        if entries.is_empty() || self.random.percent(5) {
            return Op::Cancel {
                validator: other,
                tokens: 1,
                height: chain.app.block_info().height,
            };
        }
        let (validator, entry) = self.random.pick(&entries);
        Op::Cancel {
            validator,
            tokens: self.draw_part(entry.balance.u128()),
            height: entry.creation_height,
        }
    }
}
