//! Blocks, votes, evidence, rewards: what validators and the tester do.

use cosmwasm_std::{Addr, Coin, Decimal, Uint128};

use super::{Application, Chain};
use crate::blocks;
use crate::dec18::Dec18;
use crate::distribution;
use crate::error::{ChainError, Outcome};
use crate::params::{Params, QueryProfile};
use crate::slashing;
use crate::staking::{load_validator, slash, validator_set};
use crate::store::{
    ABSENT, BLOCK_REWARDS, EVIDENCE, Evidence, PARAMS, POWER_CHANGED, PROFILE, load_params,
};

/// Spacing of the ordinary blocks that [`Chain::advance`] puts before a jump.
const ORDINARY_BLOCK_SECONDS: u64 = 1;

impl<AppT: Application> Chain<AppT> {
    /// Ends the open block and begins the next, `seconds` later.
    pub fn next_block(&mut self, seconds: u64) {
        let mut block = self.app.open_block();
        block.height += 1;
        block.time = block.time.plus_seconds(seconds);
        self.app.turn_to(block);
    }

    /// Ends the open block without beginning the next, so that reads show what a client of a
    /// real chain is told after it. Messages belong before.
    pub fn end_block(&mut self) {
        let done = self.with_env(blocks::end_open_block);
        self.note(done);
    }

    /// Moves the clock by `seconds` in one block. While the validator set changes or may
    /// change, up to three ordinary blocks of a second go first, part of the time, so that
    /// the jump meets the set that is really voting: a real chain halts on the votes of a
    /// validator that the jump has made unbonded.
    pub fn advance(&mut self, seconds: u64) {
        let mut left = seconds;
        for _ in 0..3 {
            let is_changing = validator_set::is_set_changing(self.app.state()).unwrap_or_default();
            if !is_changing || left <= ORDINARY_BLOCK_SECONDS {
                break;
            }
            self.next_block(ORDINARY_BLOCK_SECONDS);
            left -= ORDINARY_BLOCK_SECONDS;
        }
        self.next_block(left);
    }

    /// From the open block on these validators, and no others, do not sign.
    pub fn set_absent(&mut self, validators: &[String]) {
        self.record(|storage| Ok(ABSENT.save(storage, &validators.to_vec())?));
    }

    /// Hands in evidence of a double sign, for the beginning of the next block. A height in
    /// the future counts as the present one.
    pub fn double_sign(&mut self, validator: &str, infraction_height: u64) {
        let infraction_height = infraction_height.min(self.app.open_block().height);
        let item = Evidence {
            validator: validator.to_string(),
            infraction_height,
        };
        self.record(|storage| {
            let mut evidence = EVIDENCE.may_load(storage)?.unwrap_or_default();
            evidence.push(item);
            Ok(EVIDENCE.save(storage, &evidence)?)
        });
    }

    /// Slashes now a fraction of the present power, for an infraction at that height; no
    /// jail. Returns what the validator itself lost.
    pub fn slash(
        &mut self,
        validator: &str,
        infraction_height: u64,
        fraction: Decimal,
    ) -> Outcome<Uint128> {
        let storage = self.app.state();
        let reduction = load_params(storage)?.power_reduction;
        let power = load_validator(storage, validator)?.potential_power(reduction);
        self.slash_power(validator, infraction_height, power, fraction)
    }

    /// As [`slash`](Self::slash), of a power given by the caller.
    pub fn slash_power(
        &mut self,
        validator: &str,
        infraction_height: u64,
        power: u64,
        fraction: Decimal,
    ) -> Outcome<Uint128> {
        let fraction = Dec18::from(fraction);
        self.with_env(|env| slash(env, validator, infraction_height, power, fraction))
    }

    /// Jails now, without a slash and without a term.
    pub fn jail(&mut self, validator: &str) -> Outcome<()> {
        self.with_env(|env| slashing::jail(env, validator))
    }

    /// `MsgUnjail` by the operator.
    pub fn unjail(&mut self, validator: &str) -> Outcome<()> {
        self.with_env(|env| slashing::unjail(env, validator))
    }

    /// Mints one block's rewards and shares them among the validators of the last commit.
    /// The chain does it at the very beginning of a block, as
    /// [`set_block_rewards`](Self::set_block_rewards) does; this is meant for right after
    /// [`next_block`](Self::next_block), before messages. A delegation touched earlier and
    /// again later in the same block loses its share, for none is paid on a second touch.
    pub fn allocate_rewards(&mut self, coins: &[Coin]) {
        let done = self.with_env(|env| distribution::allocate(env, coins));
        self.note(done);
    }

    /// From the next block on, such rewards are minted and shared at the beginning of every
    /// block, before votes and evidence; empty ends it.
    pub fn set_block_rewards(&mut self, coins: &[Coin]) {
        self.record(|storage| Ok(BLOCK_REWARDS.save(storage, &coins.to_vec())?));
    }

    /// Mints coins for an account.
    pub fn mint(&mut self, address: &Addr, coins: impl Into<Vec<Coin>>) {
        let coins = coins.into();
        let done = self.with_env(|env| env.bank.mint(env.storage, address, coins));
        self.note(done);
    }

    /// Changes the parameters, as a governance proposal would. `power_reduction` stays: it is
    /// part of a chain's code.
    pub fn set_params(&mut self, params: Params) {
        self.record(|storage| {
            let power_reduction = load_params(storage)?.power_reduction;
            PARAMS.save(
                storage,
                &Params {
                    power_reduction,
                    ..params
                },
            )?;
            Ok(POWER_CHANGED.save(storage, &true)?)
        });
    }

    /// Changes which raw query paths contracts may use.
    pub fn set_profile(&mut self, profile: QueryProfile) {
        self.record(|storage| Ok(PROFILE.save(storage, &profile)?));
    }

    /// Changes a validator's commission rate at once, without the daily limit.
    pub fn set_commission_rate(&mut self, validator: &str, rate: Decimal) -> Outcome<()> {
        self.with_env(|env| {
            let mut state = load_validator(env.storage, validator)?;
            if rate > state.max_commission_rate {
                return Err(ChainError::unregistered("commission above the maximum"));
            }
            state.commission_rate = rate;
            crate::staking::index::save_validator(env.storage, &state)
        })
    }
}
