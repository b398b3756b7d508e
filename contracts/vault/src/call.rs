//! A call under way. `Call` changes the vault: what was loaded, what will be said, and all validators
//! once somebody has asked for them. `View` only reads the same.

use std::cell::OnceCell;

use cosmwasm_std::{
    Addr, Coin, CosmosMsg, Decimal, Deps, DepsMut, Env, Event, MessageInfo, Response, SubMsg,
    Uint128,
};
use defenders_accounting::{Rate, Valuation};
use defenders_types::Job;

use crate::error::ContractError;
use crate::event;
use crate::fill_list;
use crate::moves::Plan;
use crate::shares::Shares;
use crate::state::{
    rates, recorded_block, Book, Config, Holding, BOOK, CONFIG, HOLDINGS, TIMETABLE,
};
use crate::validators::marks::{self, Sight};
use crate::validators::Validators;

/// What the vault knows, for reading only.
pub struct View<'a> {
    /// Storage and querier.
    pub deps: Deps<'a>,
    /// The block and this contract.
    pub env: &'a Env,
    /// Roles, policy, parameters.
    pub config: &'a Config,
    /// The book.
    pub book: &'a Book,
    /// All shares.
    pub total_shares: Uint128,
    /// Read when first asked for.
    pub validators: &'a OnceCell<Validators>,
}

impl View<'_> {
    /// All validators, read once.
    ///
    /// # Errors
    /// When storage is damaged.
    pub fn validators(&self) -> Result<&Validators, Box<ContractError>> {
        load_once(self.validators, self.deps, self.config, self.now())
    }

    /// Whether the powers are older than twice the refresh period, or were never read.
    ///
    /// # Errors
    /// When storage is damaged.
    pub fn are_powers_stale(&self) -> Result<bool, Box<ContractError>> {
        let Some(summary) = &self.validators()?.summary else {
            return Ok(true);
        };
        let age = self.now().saturating_sub(summary.refreshed_at);
        let most = self.config.parameters.refresh_period.saturating_mul(2);
        Ok(age > most)
    }

    /// Seconds.
    #[must_use]
    pub fn now(&self) -> u64 {
        self.env.block.time.seconds()
    }

    /// The book's rates and amounts.
    #[must_use]
    pub fn valuation(&self) -> Valuation<'_> {
        self.book.at(self.now(), self.total_shares)
    }
}

/// A state-changing call under way.
pub struct Call<'a> {
    /// Storage and querier.
    pub deps: DepsMut<'a>,
    /// The block and this contract.
    pub env: Env,
    /// Who calls.
    pub sender: Addr,
    /// What came along.
    pub funds: Vec<Coin>,
    /// Roles, policy, parameters.
    pub config: Config,
    /// The book, saved when the call ends.
    pub book: Book,
    /// The shares.
    pub shares: Shares,
    /// As stored: changes of holdings go through this call; who is forgotten holds nothing.
    validators: OnceCell<Validators>,
    is_fill_list_outdated: bool,
    messages: Vec<SubMsg>,
    events: Vec<Event>,
    /// What `rebalance` planned in this call.
    pub plan: Option<Plan>,
}

impl<'a> Call<'a> {
    /// Loads what every call needs.
    ///
    /// # Errors
    /// When storage is damaged.
    pub fn open(
        deps: DepsMut<'a>,
        env: Env,
        info: MessageInfo,
    ) -> Result<Self, Box<ContractError>> {
        let config = CONFIG.load(deps.storage)?;
        let book = Book::load(deps.storage, env.block.time.seconds())?;
        let shares = Shares::load(deps.storage, &config)?;
        Ok(Self {
            deps,
            env,
            sender: info.sender,
            funds: info.funds,
            config,
            book,
            shares,
            validators: OnceCell::new(),
            is_fill_list_outdated: false,
            messages: vec![],
            events: vec![],
            plan: None,
        })
    }

    /// Seconds.
    #[must_use]
    pub fn now(&self) -> u64 {
        self.env.block.time.seconds()
    }

    /// Of what came along, the bond denom, tokens.
    #[must_use]
    pub fn tokens_received(&self) -> Uint128 {
        let tokens = (self.funds.iter()).find(|coin| coin.denom == self.config.denom);
        tokens.map_or(Uint128::zero(), |coin| coin.amount)
    }

    /// All shares.
    #[must_use]
    pub fn total_shares(&self) -> Uint128 {
        self.shares.supply()
    }

    /// The book's rates and amounts, as they are now.
    #[must_use]
    pub fn valuation(&self) -> Valuation<'_> {
        self.book.at(self.now(), self.total_shares())
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
            validators: &self.validators,
        }
    }

    /// All validators, read once.
    ///
    /// # Errors
    /// When storage is damaged.
    pub fn validators(&self) -> Result<&Validators, Box<ContractError>> {
        load_once(
            &self.validators,
            self.deps.as_ref(),
            &self.config,
            self.now(),
        )
    }

    /// All validators if this call has read them, and every holding is among them.
    #[must_use]
    pub fn validators_read(&self) -> Option<&Validators> {
        self.validators.get().filter(|read| read.is_whole)
    }

    /// What the vault has at a validator that it knows.
    ///
    /// # Errors
    /// When storage is damaged or the vault does not know it.
    pub fn holding(&self, validator: &str) -> Result<Holding, Box<ContractError>> {
        let known = self.validators.get();
        match known.and_then(|known| known.holding(validator)) {
            Some(holding) => Ok(holding.clone()),
            None => Ok(HOLDINGS.load(self.deps.storage, validator)?),
        }
    }

    /// These are all validators from now on.
    pub fn replace_validators(&mut self, validators: Validators) {
        self.validators = validators.into();
    }

    /// What was read of all validators no longer holds: terms have changed.
    pub fn reread_validators(&mut self) {
        self.validators = OnceCell::new();
    }

    /// A holding whose stake, or whose place on the list, has changed: the fill list no longer fits.
    pub fn save_holding(&mut self, validator: &str, holding: Holding) {
        self.outdate_fill_list();
        self.save_holding_keeping_fill_list(validator, holding);
    }

    /// A holding of which something else has changed, or that the fill list itself has filled.
    pub fn save_holding_keeping_fill_list(&mut self, validator: &str, holding: Holding) {
        HOLDINGS.save(self.deps.storage, validator, &holding);
        let Some(validators) = self.validators.get_mut() else {
            return;
        };
        match validators.holding_mut(validator) {
            Some(known) => *known = holding,
            // it was unknown or gone when they were read: they are read again when asked for
            None => self.validators = OnceCell::new(),
        }
    }

    /// Empties the fill list at once. When the call ends it is built anew, provided that all
    /// validators have been read by then.
    pub fn outdate_fill_list(&mut self) {
        fill_list::clear(&mut self.book);
        self.is_fill_list_outdated = true;
    }

    /// Builds the fill list anew from all validators.
    ///
    /// # Errors
    /// When storage is damaged.
    pub fn rebuild_fill_list(&mut self) -> Result<(), Box<ContractError>> {
        let (total_shares, now) = (self.total_shares(), self.now());
        let validators = load_once(&self.validators, self.deps.as_ref(), &self.config, now)?;
        let (config, book) = (&self.config, &mut self.book);
        fill_list::rebuild(
            self.deps.storage,
            config,
            book,
            total_shares,
            validators,
            now,
        )?;
        self.is_fill_list_outdated = false;
        Ok(())
    }

    /// Draws the consequences of a changed list or of new powers.
    ///
    /// # Errors
    /// When storage is damaged.
    pub fn update_capacity_and_fill_list(&mut self) -> Result<(), Box<ContractError>> {
        self.book.deposits.capacity = self.validators()?.capacity(&self.config.policy);
        self.rebuild_fill_list()
    }

    /// Runs the part of a job that reads the chain. When the chain does not answer, the time of the
    /// attempt is saved, the event says so, and the job is not due for a while. `None` then. `read`
    /// must not write before its last query.
    ///
    /// # Errors
    /// Those that are not about reading.
    pub fn try_read<T>(
        &mut self,
        job: Job,
        read: impl FnOnce(&mut Self) -> Result<T, Box<ContractError>>,
    ) -> Result<Option<T>, Box<ContractError>> {
        let error = match read(self) {
            Ok(answer) => return Ok(Some(answer)),
            Err(error) => match *error {
                ContractError::Read(error) => error.to_string(),
                other => return Err(other.into()),
            },
        };
        let until = self
            .now()
            .saturating_add(self.config.parameters.retry_after);
        let mut timetable = TIMETABLE.load(self.deps.storage)?;
        timetable.wait(job, until);
        TIMETABLE.save(self.deps.storage, &timetable);
        let first_line = error.lines().next().unwrap_or_default();
        self.emit(event::read_failed(job, first_line));
        Ok(None)
    }

    /// Marks entries down whose validators the chain shows to have lost something. Emits `vault/marked`
    /// each. Gives whether all of it is believed already.
    ///
    /// # Errors
    /// When storage is damaged.
    pub fn see(&mut self, sights: &[Sight]) -> Result<bool, Box<ContractError>> {
        let height = self.env.block.height;
        let (falls, is_believed) =
            marks::see(self.deps.storage, &mut self.book.money, sights, height)?;
        for fall in falls {
            self.emit(event::marked(
                &fall.validator,
                fall.tokens_per_share,
                fall.restaking,
                fall.unbonding,
            ));
        }
        Ok(is_believed)
    }

    /// Keeps the rate of the day, unless the day has one.
    ///
    /// # Errors
    /// When storage is damaged or sums are beyond 128 bits.
    pub fn record_rate(&mut self) -> Result<(), Box<ContractError>> {
        let Rate { tokens, shares } = self.valuation().rate()?;
        let tokens_per_share = Decimal::checked_from_ratio(tokens, shares).unwrap_or_default();
        let now = self.now();
        Ok(rates::record(self.deps.storage, now, tokens_per_share)?)
    }

    /// Sends a message after the book is saved.
    pub fn send(&mut self, message: SubMsg) {
        self.messages.push(message);
    }

    /// Sends what the shares need after the book is saved. A refusal of one undoes the call.
    pub fn send_all(&mut self, messages: impl IntoIterator<Item = CosmosMsg>) {
        self.messages.extend(messages.into_iter().map(SubMsg::new));
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
        handler: impl FnOnce(&mut Self) -> Result<(), Box<ContractError>>,
    ) -> Result<Response, Box<ContractError>> {
        handler(&mut self)?;
        self.close()
    }

    fn close(mut self) -> Result<Response, Box<ContractError>> {
        if self.is_fill_list_outdated && self.validators.get().is_some() {
            self.rebuild_fill_list()?;
        }
        self.book.recorded.record(recorded_block(&self.env.block));
        let idle = self.valuation().idle_above_reserve()?;
        let is_investable = idle >= self.config.parameters.min_delegation;
        self.book.deposits.idle_since = if is_investable {
            self.book.deposits.idle_since.or(Some(self.now()))
        } else {
            None
        };
        BOOK.save(self.deps.storage, &self.book);
        Ok(Response::new()
            .add_submessages(self.messages)
            .add_events(self.events))
    }
}

fn load_once<'v>(
    validators: &'v OnceCell<Validators>,
    deps: Deps,
    config: &Config,
    now: u64,
) -> Result<&'v Validators, Box<ContractError>> {
    if let Some(known) = validators.get() {
        return Ok(known);
    }
    let known = Validators::load(deps.storage, &config.policy, now)?;
    Ok(validators.get_or_init(|| known))
}
