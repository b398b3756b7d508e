//! The owner's list. Nothing here pays anything out.

use defenders_types::ListingInput;

use crate::call::Call;
use crate::chain::staking;
use crate::error::ContractError;
use crate::event;
use crate::role::ensure_owner;
use crate::state::{Holding, Listing, HOLDINGS, LISTINGS, TIMETABLE};
use crate::validators::registry::{self, Registry};

/// Most validators per call.
pub const MAX_LIST: usize = 100;
const MAX_NOTE_BYTES: usize = 280;

/// Lists validators, or takes drained ones back. They get stake after the next refresh, which
/// is due at once.
///
/// Validators of which nothing is left are forgotten, and a refresh under way begins anew.
///
/// Reads: config, holdings, powers, the chain's validators. Writes: holdings, rows, listings,
/// timetable, book, fill list. Sends: nothing. Emits: `vault/validators_listed`.
///
/// # Errors
/// [`ContractError::NotOwner`], [`ContractError::ListLength`],
/// [`ContractError::AlreadyListed`], [`ContractError::UnknownValidator`],
/// [`ContractError::OtherAddressForm`], [`ContractError::NoteTooLong`], [`ContractError::ListFull`].
pub fn list_validators(
    call: &mut Call,
    validators: Vec<ListingInput>,
) -> Result<(), ContractError> {
    ensure_owner(&call.config, &call.sender)?;
    ensure_list_length(validators.len())?;
    let now = call.now();
    let count = validators.len();
    registry::forget_gone(call.deps.storage)?;
    let mut registry = Registry::load(call.deps.storage)?;
    for ListingInput { validator, note } in validators {
        let note_bytes = note.as_ref().map_or(0, String::len);
        if note_bytes > MAX_NOTE_BYTES {
            return Err(ContractError::NoteTooLong {
                most: MAX_NOTE_BYTES,
                got: note_bytes,
            });
        }
        let holding = match HOLDINGS.may_load(call.deps.storage, &validator)? {
            Some(holding) if holding.draining_since.is_none() => {
                return Err(ContractError::AlreadyListed { validator });
            }
            Some(holding) => Holding {
                draining_since: None,
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
        call.save_holding(&validator, holding);
        let listing = Listing {
            note,
            listed_at: now,
        };
        LISTINGS.save(call.deps.storage, &validator, &listing);
    }
    let mut timetable = TIMETABLE.load(call.deps.storage)?;
    timetable.refresh_at = timetable.refresh_at.min(now);
    TIMETABLE.save(call.deps.storage, &timetable);
    // one that is taken back is eligible by its old powers, so the others' caps change
    call.update_capacity_and_fill_list()?;
    call.emit(event::validators_listed(count));
    Ok(())
}

/// Takes validators off the list: no new stake, and the present one leaves.
///
/// Reads: config, holdings, powers. Writes: holdings, listings, book, fill list. Sends: nothing.
/// Emits: `vault/validators_drained`.
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
    for validator in named {
        let holding = HOLDINGS.may_load(call.deps.storage, &validator)?;
        let Some(mut holding) = holding else {
            return Err(ContractError::NotListed { validator });
        };
        if holding.draining_since.is_some() {
            return Err(ContractError::AlreadyDraining { validator });
        }
        holding.draining_since = Some(now);
        call.save_holding(&validator, holding);
        LISTINGS.remove(call.deps.storage, &validator);
    }
    call.update_capacity_and_fill_list()?;
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

fn ensure_list_length(got: usize) -> Result<(), ContractError> {
    if (1..=MAX_LIST).contains(&got) {
        return Ok(());
    }
    Err(ContractError::ListLength {
        most: MAX_LIST,
        got,
    })
}
