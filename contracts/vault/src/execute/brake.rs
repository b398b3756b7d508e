//! The guardian's brake: no deposits, and no moves toward targets, for two weeks at most.

use defenders_types::DAY;

use crate::call::Call;
use crate::error::ContractError;
use crate::event;
use crate::role::{
    ensure_brake_off, ensure_guardian, ensure_owner, ensure_owner_or_guardian, ensure_still_valid,
};
use crate::state::roles::BRAKE_USED;

/// The longest that the brake is on, seconds.
pub const LONGEST_BRAKE: u64 = 14 * DAY;

/// Puts it on, once until the owner arms it again.
///
/// Reads: config, whether it was used. Writes: book, whether it was used. Sends: nothing. Emits:
/// `vault/brake_put_on`.
///
/// # Errors
/// [`ContractError::NotGuardian`], [`ContractError::BrakeNotArmed`], [`ContractError::BrakeEnd`].
pub fn put_on(call: &mut Call, until: Option<u64>) -> Result<(), Box<ContractError>> {
    ensure_guardian(&call.config, &call.sender)?;
    if BRAKE_USED.may_load(call.deps.storage)?.unwrap_or_default() {
        return Err(ContractError::BrakeNotArmed {}.into());
    }
    let now = call.now();
    let latest = now.saturating_add(LONGEST_BRAKE);
    let until = until.unwrap_or(latest);
    if until <= now || until > latest {
        return Err(ContractError::BrakeEnd { now, latest, until }.into());
    }

    BRAKE_USED.save(call.deps.storage, &true);
    call.book.brake_until = Some(until);
    call.emit(event::brake_put_on(&call.sender, until));
    Ok(())
}

/// Takes it off. The guardian cannot put it on again by itself.
///
/// Reads: config. Writes: book. Sends: nothing. Emits: `vault/brake_taken_off`.
///
/// # Errors
/// [`ContractError::NotOwnerOrGuardian`], [`ContractError::TooLate`], [`ContractError::BrakeOff`].
pub fn take_off(call: &mut Call, valid_until: Option<u64>) -> Result<(), Box<ContractError>> {
    ensure_owner_or_guardian(&call.config, &call.sender)?;
    ensure_still_valid(call.now(), valid_until)?;
    if call.book.brake_until_after(call.now()).is_none() {
        return Err(ContractError::BrakeOff {}.into());
    }

    call.book.brake_until = None;
    call.emit(event::brake_taken_off(&call.sender));
    Ok(())
}

/// Lets the guardian put it on once more, when it is off.
///
/// Reads: config. Writes: whether it was used. Sends: nothing. Emits: `vault/brake_armed`.
///
/// # Errors
/// [`ContractError::NotOwner`], [`ContractError::TooLate`], [`ContractError::BrakeOn`].
pub fn arm(call: &mut Call, valid_until: Option<u64>) -> Result<(), Box<ContractError>> {
    ensure_owner(&call.config, &call.sender)?;
    ensure_still_valid(call.now(), valid_until)?;
    ensure_brake_off(&call.book, call.now())?;

    BRAKE_USED.remove(call.deps.storage);
    call.emit(event::brake_armed());
    Ok(())
}
