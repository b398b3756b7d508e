//! The owner's list. Nothing here pays anything out.

use defenders_allocation::sort_by;
use defenders_allocation::Gather;
use defenders_types::{ListingInput, DAY};

use super::listing_wait;
use crate::call::Call;
use crate::chain::staking;
use crate::error::ContractError;
use crate::event;
use crate::exit_delay::query_exit_delay;
use crate::jobs::rebalance;
use crate::role::{ensure_owner, ensure_still_valid};
use crate::state::terms::{AllTerms, ListingEnd, Terms};
use crate::state::{Holding, HOLDINGS, LISTINGS, TIMETABLE};
use crate::validators::listing_input::{read_texts, GroupNames};
use crate::validators::registry::{self, Registry};

/// Most validators per call.
pub const MAX_LIST: usize = 100;
/// The furthest end of a listing, seconds from now.
const LONGEST_LISTING: u64 = 400 * DAY;

/// Lists validators, takes drained ones back, or replaces what the listing of a listed one says. Once
/// anybody has deposited, what is not good for every depositor waits for the exit delay.
///
/// Reads: book, batches, schedule, holdings, terms, group names, the chain's validators. Writes:
/// schedule, the change, and what [`put_on_list`] writes. Sends: nothing. Emits:
/// `vault/change_scheduled`, `vault/change_dropped`, `vault/validators_listed`.
///
/// # Errors
/// [`ContractError::NotOwner`], [`ContractError::TooLate`], [`ContractError::ListLength`],
/// [`ContractError::NamedTwice`], [`ContractError::Setting`], those of [`put_on_list`].
pub fn list_validators(
    call: &mut Call,
    validators: Vec<ListingInput>,
    valid_until: Option<u64>,
) -> Result<(), Box<ContractError>> {
    ensure_owner(&call.config, &call.sender)?;
    ensure_still_valid(call.now(), valid_until)?;
    ensure_list_length(validators.len())?;
    ensure_named_once(&validators)?;
    let now = listing_wait::let_wait(call, validators)?;
    match now.is_empty() {
        true => Ok(()),
        false => put_on_list(call, now),
    }
}

/// Lists them now. New ones get stake after the next refresh, which is due at once. Validators of which
/// nothing is left are forgotten, and a refresh under way begins anew.
///
/// Reads: config, holdings, powers, terms, the chain's validators. Writes: holdings, rows, listings,
/// terms, group names, timetable, book, fill list. Sends: nothing. Emits: `vault/validators_listed`.
///
/// # Errors
/// [`ContractError::UnknownValidator`], [`ContractError::OtherAddressForm`],
/// [`ContractError::ListingText`], [`ContractError::ListingEnd`], [`ContractError::GroupName`],
/// [`ContractError::TooManyGroups`], [`ContractError::ListFull`].
pub fn put_on_list(
    call: &mut Call,
    validators: Vec<ListingInput>,
) -> Result<(), Box<ContractError>> {
    let now = call.now();
    let count = validators.len();
    let exit_delay = query_exit_delay(&call.view())?;
    let places = list_places(
        call,
        validators.iter().map(|input| &input.validator),
        exit_delay,
    )?;
    let mut all_terms = AllTerms::load(call.deps.storage)?;
    registry::forget_gone(call.deps.storage, &mut all_terms, now)?;
    let mut registry = Registry::load(call.deps.storage)?;
    let mut entered = vec![];
    for input in &validators {
        let holding = enter(call, &mut registry, &input.validator)?;
        let before = all_terms.of(holding.power_row);
        // what it was in makes room for what is named now
        let without_groups = Terms {
            operator: 0,
            hosting: 0,
            jurisdiction: 0,
            ..before
        };
        all_terms.set(holding.power_row, without_groups);
        entered.push(holding);
    }
    let mut groups = GroupNames::load(call.deps.storage, &all_terms)?;
    for ((input, holding), place) in validators.into_iter().zip(entered).zip(places) {
        let listing = read_texts(&input, now)?;
        ensure_end(now, input.ends_at)?;
        let [operator, hosting, jurisdiction] = groups.enter_all(input.groups.as_ref())?;
        let before = all_terms.of(holding.power_row);
        let is_closed = input.max_tokens.is_some_and(|max| max.is_zero());
        let terms = Terms {
            operator,
            hosting,
            jurisdiction,
            owner_max: input.max_tokens,
            end: input.ends_at.map(|at| ListingEnd {
                at,
                counts_until: at.saturating_add(exit_delay),
            }),
            counts_until: place.filter(|_| is_closed).unwrap_or(before.counts_until),
            ..before
        };
        all_terms.set(holding.power_row, terms);
        LISTINGS.save(call.deps.storage, &input.validator, &listing);
        call.save_holding(&input.validator, holding);
    }
    groups.save(call.deps.storage);
    all_terms.save(call.deps.storage);
    let mut timetable = TIMETABLE.load(call.deps.storage)?;
    timetable.refresh_at = timetable.refresh_at.min(now);
    TIMETABLE.save(call.deps.storage, &timetable);
    call.reread_validators();
    // one that is taken back is eligible by its old powers, so the others' caps change
    call.update_capacity_and_fill_list()?;
    rebalance::schedule(call)?;
    call.emit(event::validators_listed(count));
    Ok(())
}

/// What is known of a validator that is listed from now on; a new one gets a row.
fn enter(
    call: &mut Call,
    registry: &mut Registry,
    validator: &str,
) -> Result<Holding, Box<ContractError>> {
    if let Some(known) = HOLDINGS.may_load(call.deps.storage, validator)? {
        return Ok(Holding {
            draining_since: None,
            redelegation_refused: false,
            ..known
        });
    }
    ensure_address_of_chain(call, validator)?;
    registry.ensure_not_full()?;
    Ok(Holding {
        power_row: registry.enter(call.deps.storage, validator)?,
        ..Holding::default()
    })
}

/// Until when each of these counts where short lists widen caps, if the owner takes its place away now.
/// `None` for those that are new.
fn list_places<'a>(
    call: &Call,
    named: impl Iterator<Item = &'a String>,
    exit_delay: u64,
) -> Result<Vec<Option<u64>>, Box<ContractError>> {
    let (known, now) = (call.validators()?, call.now());
    let places = named.map(|validator| {
        let member = known.member(validator)?;
        Some(member.counts_until(now, exit_delay))
    });
    Ok(places.gather())
}

/// Takes validators off the list: no new stake, and the present one leaves. What waited to list them, or to
/// give them more, is cancelled; of those that only waited nothing else is to be done.
///
/// Reads: config, schedule, holdings, powers, terms. Writes: schedule, changes, holdings, listings, terms,
/// book, fill list. Sends: nothing. Emits: `vault/change_dropped`, `vault/validators_drained`.
///
/// # Errors
/// [`ContractError::NotOwner`], [`ContractError::TooLate`], [`ContractError::ListLength`],
/// [`ContractError::NotListed`], [`ContractError::AlreadyDraining`].
pub fn drain_validators(
    call: &mut Call,
    validators: Vec<String>,
    valid_until: Option<u64>,
) -> Result<(), Box<ContractError>> {
    ensure_owner(&call.config, &call.sender)?;
    ensure_still_valid(call.now(), valid_until)?;
    ensure_list_length(validators.len())?;
    let mut named: Vec<String> = vec![];
    for validator in validators {
        if !named.contains(&validator) {
            named.push(validator);
        }
    }
    let waited = listing_wait::cancel(call, &named)?;
    let mut on_list = vec![];
    for validator in named {
        match ensure_on_list(call, &validator) {
            Ok(holding) => on_list.push((validator, holding)),
            Err(error) => match *error {
                ContractError::NotListed { .. } | ContractError::AlreadyDraining { .. }
                    if waited.contains(&validator) => {}
                other => return Err(other.into()),
            },
        }
    }
    match on_list.is_empty() {
        true => Ok(()),
        false => take_off_list(call, on_list),
    }
}

fn ensure_on_list(call: &Call, validator: &str) -> Result<Holding, Box<ContractError>> {
    let validator = validator.to_owned();
    match HOLDINGS.may_load(call.deps.storage, &validator)? {
        None => Err(ContractError::NotListed { validator }.into()),
        Some(known) if known.draining_since.is_some() => {
            Err(ContractError::AlreadyDraining { validator }.into())
        }
        Some(known) => Ok(known),
    }
}

fn take_off_list(
    call: &mut Call,
    on_list: Vec<(String, Holding)>,
) -> Result<(), Box<ContractError>> {
    let (count, now) = (on_list.len(), call.now());
    let exit_delay = query_exit_delay(&call.view())?;
    let places = list_places(call, on_list.iter().map(|(it, _)| it), exit_delay)?;
    let mut all_terms = AllTerms::load(call.deps.storage)?;
    for ((validator, mut holding), place) in on_list.into_iter().zip(places) {
        holding.draining_since = Some(now);
        let mut terms = all_terms.of(holding.power_row);
        terms.counts_until = place.unwrap_or(terms.counts_until);
        all_terms.set(holding.power_row, terms);
        call.save_holding(&validator, holding);
        LISTINGS.remove(call.deps.storage, &validator);
    }
    all_terms.save(call.deps.storage);
    call.reread_validators();
    call.update_capacity_and_fill_list()?;
    rebalance::schedule(call)?;
    call.emit(event::validators_drained(count));
    Ok(())
}

/// All else compares addresses byte by byte: another form of one would be a second validator.
pub(super) fn ensure_address_of_chain(call: &Call, given: &str) -> Result<(), Box<ContractError>> {
    // chains answer a malformed address with an error, which refuses it as well
    let known = staking::query_validator(&call.deps.querier, given);
    match known.unwrap_or(None).map(|validator| validator.address) {
        Some(address) if address == given => Ok(()),
        Some(address) => Err(ContractError::OtherAddressForm {
            given: given.to_owned(),
            address,
        }
        .into()),
        None => Err(ContractError::UnknownValidator {
            validator: given.to_owned(),
        }
        .into()),
    }
}

fn ensure_named_once(inputs: &[ListingInput]) -> Result<(), Box<ContractError>> {
    let mut names: Vec<&String> = inputs.iter().map(|input| &input.validator).gather();
    sort_by(&mut names, |a, b| a.cmp(b));
    let twice = names.windows(2).find(|pair| pair.first() == pair.last());
    match twice.and_then(|pair| pair.first()) {
        Some(validator) => Err(ContractError::NamedTwice {
            validator: (*validator).clone(),
        }
        .into()),
        None => Ok(()),
    }
}

pub(super) fn ensure_end(now: u64, ends_at: Option<u64>) -> Result<(), Box<ContractError>> {
    let latest = now.saturating_add(LONGEST_LISTING);
    match ends_at {
        Some(ends_at) if ends_at <= now || ends_at > latest => Err(ContractError::ListingEnd {
            now,
            latest,
            ends_at,
        }
        .into()),
        _ => Ok(()),
    }
}

fn ensure_list_length(got: usize) -> Result<(), Box<ContractError>> {
    if (1..=MAX_LIST).contains(&got) {
        return Ok(());
    }
    Err(ContractError::ListLength {
        most: MAX_LIST,
        got,
    }
    .into())
}
