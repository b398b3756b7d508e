//! The owner's list. Nothing here pays anything out.

use defenders_types::{ListingInput, DAY};

use crate::call::Call;
use crate::chain::staking;
use crate::error::ContractError;
use crate::event;
use crate::exit_delay::query_exit_delay;
use crate::jobs::rebalance;
use crate::role::ensure_owner;
use crate::state::terms::{load_terms, save_terms, AllTerms, Terms};
use crate::state::{Holding, HOLDINGS, LISTINGS, TIMETABLE};
use crate::validators::listing_input::{read_texts, GroupNames};
use crate::validators::registry::{self, Registry};

/// Most validators per call.
pub const MAX_LIST: usize = 100;
/// The furthest end of a listing, seconds from now.
const LONGEST_LISTING: u64 = 400 * DAY;

/// Lists validators, takes drained ones back, or replaces what the listing of a listed one says. New
/// ones get stake after the next refresh, which is due at once.
///
/// Validators of which nothing is left are forgotten, and a refresh under way begins anew.
///
/// Reads: config, holdings, powers, terms, the chain's validators. Writes: holdings, rows, listings,
/// terms, group names, timetable, book, fill list. Sends: nothing. Emits: `vault/validators_listed`.
///
/// # Errors
/// [`ContractError::NotOwner`], [`ContractError::ListLength`], [`ContractError::NamedTwice`],
/// [`ContractError::UnknownValidator`], [`ContractError::OtherAddressForm`],
/// [`ContractError::ListingText`], [`ContractError::ListingEnd`], [`ContractError::GroupName`],
/// [`ContractError::TooManyGroups`], [`ContractError::ListFull`].
pub fn list_validators(
    call: &mut Call,
    validators: Vec<ListingInput>,
) -> Result<(), ContractError> {
    ensure_owner(&call.config, &call.sender)?;
    ensure_list_length(validators.len())?;
    ensure_named_once(&validators)?;
    let now = call.now();
    let count = validators.len();
    let lowered = find_lowered_to_nothing(call, &validators)?;
    let counts_until = now.saturating_add(query_exit_delay(&call.view())?);
    registry::forget_gone(call.deps.storage, now)?;
    let mut registry = Registry::load(call.deps.storage)?;
    let all_terms = AllTerms::load(call.deps.storage)?;
    let mut groups = GroupNames::load(call.deps.storage, &all_terms)?;
    for input in validators {
        let listing = read_texts(&input, now)?;
        ensure_end(now, input.ends_at)?;
        let [operator, hosting, jurisdiction] = groups.enter_all(input.groups.as_ref())?;
        let validator = input.validator;
        let known = HOLDINGS.may_load(call.deps.storage, &validator)?;
        let before = match &known {
            Some(holding) => load_terms(call.deps.storage, holding.power_row)?,
            None => Terms::default(),
        };
        let holding = match known {
            Some(holding) => Holding {
                draining_since: None,
                redelegation_refused: false,
                ..holding
            },
            None => {
                ensure_address_of_chain(call, &validator)?;
                registry.ensure_not_full()?;
                Holding {
                    power_row: registry.enter(call.deps.storage, &validator)?,
                    ..Holding::default()
                }
            }
        };
        let mut terms = Terms {
            operator,
            hosting,
            jurisdiction,
            owner_max: input.max_tokens,
            ends_at: input.ends_at,
            ..before
        };
        if lowered.contains(&validator) {
            terms.counts_until = counts_until;
        }
        save_terms(call.deps.storage, holding.power_row, terms)?;
        LISTINGS.save(call.deps.storage, &validator, &listing);
        call.save_holding(&validator, holding);
    }
    groups.save(call.deps.storage);
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

/// Those that may be given stake now, and may not after this list, because the owner wants nothing there.
fn find_lowered_to_nothing(
    call: &Call,
    inputs: &[ListingInput],
) -> Result<Vec<String>, ContractError> {
    let closed = inputs
        .iter()
        .filter(|input| input.max_tokens.is_some_and(|max| max.is_zero()))
        .map(|input| &input.validator);
    find_open(call, closed)
}

/// Those of these that may be given stake now.
fn find_open<'a>(
    call: &Call,
    named: impl Iterator<Item = &'a String>,
) -> Result<Vec<String>, ContractError> {
    let now = call.now();
    let known = call.validators()?;
    Ok(named
        .filter(|validator| {
            let member = known.member(validator);
            member.is_some_and(|member| member.is_open(now))
        })
        .cloned()
        .collect())
}

/// Takes validators off the list: no new stake, and the present one leaves.
///
/// Reads: config, holdings, powers, terms. Writes: holdings, listings, terms, book, fill list. Sends:
/// nothing. Emits: `vault/validators_drained`.
///
/// # Errors
/// [`ContractError::NotOwner`], [`ContractError::ListLength`], [`ContractError::NotListed`],
/// [`ContractError::AlreadyDraining`].
pub fn drain_validators(call: &mut Call, validators: Vec<String>) -> Result<(), ContractError> {
    ensure_owner(&call.config, &call.sender)?;
    ensure_list_length(validators.len())?;
    let now = call.now();
    let mut named: Vec<String> = vec![];
    for validator in validators {
        if !named.contains(&validator) {
            named.push(validator);
        }
    }
    let count = named.len();
    let open = find_open(call, named.iter())?;
    let counts_until = now.saturating_add(query_exit_delay(&call.view())?);
    for validator in named {
        let holding = HOLDINGS.may_load(call.deps.storage, &validator)?;
        let Some(mut holding) = holding else {
            return Err(ContractError::NotListed { validator });
        };
        if holding.draining_since.is_some() {
            return Err(ContractError::AlreadyDraining { validator });
        }
        holding.draining_since = Some(now);
        if open.contains(&validator) {
            let mut terms = load_terms(call.deps.storage, holding.power_row)?;
            terms.counts_until = counts_until;
            save_terms(call.deps.storage, holding.power_row, terms)?;
        }
        call.save_holding(&validator, holding);
        LISTINGS.remove(call.deps.storage, &validator);
    }
    call.reread_validators();
    call.update_capacity_and_fill_list()?;
    rebalance::schedule(call)?;
    call.emit(event::validators_drained(count));
    Ok(())
}

/// All else compares addresses byte by byte: another form of one would be a second validator.
fn ensure_address_of_chain(call: &Call, given: &str) -> Result<(), ContractError> {
    // chains answer a malformed address with an error, which refuses it as well
    let known = staking::query_validator_address(&call.deps.querier, given);
    match known.unwrap_or(None) {
        Some(address) if address == given => Ok(()),
        Some(address) => Err(ContractError::OtherAddressForm {
            given: given.to_owned(),
            address,
        }),
        None => Err(ContractError::UnknownValidator {
            validator: given.to_owned(),
        }),
    }
}

fn ensure_named_once(inputs: &[ListingInput]) -> Result<(), ContractError> {
    let mut names: Vec<&String> = inputs.iter().map(|input| &input.validator).collect();
    names.sort();
    let twice = names.windows(2).find(|pair| pair.first() == pair.last());
    match twice.and_then(|pair| pair.first()) {
        Some(validator) => Err(ContractError::NamedTwice {
            validator: (*validator).clone(),
        }),
        None => Ok(()),
    }
}

fn ensure_end(now: u64, ends_at: Option<u64>) -> Result<(), ContractError> {
    let latest = now.saturating_add(LONGEST_LISTING);
    match ends_at {
        Some(ends_at) if ends_at <= now || ends_at > latest => Err(ContractError::ListingEnd {
            now,
            latest,
            ends_at,
        }),
        _ => Ok(()),
    }
}

fn ensure_list_length(got: usize) -> Result<(), ContractError> {
    if (1..=MAX_LIST).contains(&got) {
        return Ok(());
    }
    Err(ContractError::ListLength {
        most: MAX_LIST,
        got,
    })
}
