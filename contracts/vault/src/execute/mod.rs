//! One file per capability. Each handler loads, decides, saves, then speaks.

pub mod admin;
pub mod deposit;
pub mod harvest;
pub mod invest;
pub mod ownership;
pub mod rebalance;
pub mod refresh;
pub mod settle;
pub mod shares;
pub mod submit;
pub mod sync;
pub mod tick;
pub mod withdraw;

use std::cell::OnceCell;

use cosmwasm_std::{Addr, DepsMut, Env, Event, MessageInfo, Response, SubMsg, Uint128};
use cw_utils::must_pay;

use crate::book::{seen_block, Book};
use crate::error::ContractError;
use crate::jobs::View;
use crate::placement;
use crate::roster::Roster;
use crate::state::{Config, BOOK, CONFIG};
use crate::token::Supply;

/// A state-changing call under way: what was loaded, and what will be said.
pub struct Call<'a> {
    /// Storage and querier.
    pub deps: DepsMut<'a>,
    /// The block and this contract.
    pub env: Env,
    /// Who calls.
    pub sender: Addr,
    /// Funds of this call in the bond denom.
    pub funds: Uint128,
    /// Roles, policy, bounds.
    pub config: Config,
    /// The book, saved when the call ends.
    pub book: Book,
    /// Supply of the share token.
    pub supply: Supply,
    messages: Vec<SubMsg>,
    events: Vec<Event>,
}

impl<'a> Call<'a> {
    /// Loads what every call needs. Only the bond denom may come along.
    ///
    /// # Errors
    /// [`ContractError::Payment`]; when storage is damaged.
    pub fn open(deps: DepsMut<'a>, env: Env, info: MessageInfo) -> Result<Self, ContractError> {
        let config = CONFIG.load(deps.storage)?;
        let funds = match info.funds.as_slice() {
            [] => Uint128::zero(),
            _ => must_pay(&info, &config.denom)?,
        };
        let book = BOOK.load(deps.storage)?;
        let supply = Supply::load(deps.storage)?;
        Ok(Self {
            deps,
            env,
            sender: info.sender,
            funds,
            config,
            book,
            supply,
            messages: vec![],
            events: vec![],
        })
    }

    /// Seconds.
    #[must_use]
    pub fn now(&self) -> u64 {
        self.env.block.time.seconds()
    }

    /// Supply of the share token.
    #[must_use]
    pub fn total_shares(&self) -> Uint128 {
        self.supply.shares()
    }

    /// The same, for reading only.
    #[must_use]
    pub fn view(&self) -> View<'_> {
        View {
            deps: self.deps.as_ref(),
            env: &self.env,
            config: &self.config,
            book: &self.book,
            total_shares: self.total_shares(),
            roster: OnceCell::new(),
        }
    }

    /// Builds the fill list anew from all validators.
    ///
    /// # Errors
    /// When storage is damaged.
    pub fn rebuild_rooms(&mut self, roster: &Roster) -> Result<(), ContractError> {
        let (total_shares, now) = (self.total_shares(), self.now());
        let (config, book) = (&self.config, &mut self.book);
        placement::rebuild(self.deps.storage, config, book, total_shares, roster, now)
    }

    /// Draws the consequences of a changed list or of new powers: capacity and rooms.
    ///
    /// # Errors
    /// When storage is damaged.
    pub fn reconsider(&mut self, roster: &Roster) -> Result<(), ContractError> {
        self.book.placement.capacity = roster.capacity(&self.config.policy);
        self.rebuild_rooms(roster)
    }

    /// Sends a message after the book is saved.
    pub fn send(&mut self, message: SubMsg) {
        self.messages.push(message);
    }

    /// Tells what happened.
    pub fn emit(&mut self, event: Event) {
        self.events.push(event);
    }

    /// Runs a handler, then records the block, saves the book, and speaks.
    ///
    /// # Errors
    /// The handler's.
    pub fn run(
        mut self,
        handler: impl FnOnce(&mut Self) -> Result<(), ContractError>,
    ) -> Result<Response, ContractError> {
        handler(&mut self)?;
        self.close()
    }

    fn close(mut self) -> Result<Response, ContractError> {
        self.book.seen.record(seen_block(&self.env.block));
        let idle = self
            .book
            .idle_above_reserve(self.now(), self.total_shares())?;
        let now = self.now();
        let is_investable = idle >= self.config.bounds.min_delegation;
        self.book.placement.idle_since = if is_investable {
            self.book.placement.idle_since.or(Some(now))
        } else {
            None
        };
        BOOK.save(self.deps.storage, &self.book);
        Ok(Response::new()
            .add_submessages(self.messages)
            .add_events(self.events))
    }
}
