//! A whale: stake that comes from outside and goes to the largest.

use std::cmp::Reverse;

use anyhow::{Context, Result};
use cosmwasm_std::testing::MockApi;
use cosmwasm_std::{StakingMsg, Uint128, coin, coins};
use cw_multi_test::Executor;
use defenders_suite::DENOM;
use staking_sim::Status;

use super::findings::Incident;
use super::world::World;

/// How many validators it delegates to.
const FAVOURITES: usize = 3;

/// When it comes.
#[derive(Clone, Debug)]
pub struct Whale {
    on: u32,
}

impl Whale {
    /// In the evening of the middle of the days.
    pub fn plan(days: u32) -> Self {
        Self { on: days / 2 }
    }

    /// A third of what is bonded then, in equal parts.
    pub fn arrive(&mut self, world: &mut World, day: u32) -> Result<()> {
        if day != self.on {
            return Ok(());
        }
        let mut bonded = world.vault.chain.validators();
        bonded.retain(|validator| validator.status == Status::Bonded && !validator.jailed);
        // in ascending operator address, and the sort keeps that
        bonded.sort_by_key(|validator| Reverse(validator.tokens));
        bonded.truncate(FAVOURITES);
        let account = MockApi::default().addr_make("whale");
        let all = world.vault.chain.bonded_tokens() / Uint128::new(3);
        let part = all.checked_div(Uint128::new(bonded.len() as u128));
        let part = part.context("nobody is bonded")?;
        if part.is_zero() {
            return Ok(());
        }
        for validator in bonded {
            let delegated = world.delegated(&validator.operator);
            world.vault.chain.mint(&account, coins(part.u128(), DENOM));
            let delegate = StakingMsg::Delegate {
                validator: validator.operator.clone(),
                amount: coin(part.u128(), DENOM),
            };
            let app = &mut world.vault.chain.app;
            app.execute(account.clone(), delegate.into())
                .context("the chain refused the whale's delegation")?;
            world.note_arrival(&validator.operator, delegated, part);
        }
        world.pass_block()?;
        world.observe("a whale's arrival", &[], &[]);
        Ok(())
    }
}

impl World {
    fn note_arrival(&mut self, validator: &str, delegated: Uint128, arrived: Uint128) {
        self.note_incident(Incident::StakeArrived, validator, delegated);
        if let Some(row) = self.incidents.last_mut() {
            row.arrived = Some(arrived);
        }
    }
}
