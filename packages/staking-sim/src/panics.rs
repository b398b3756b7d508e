//! Panics ordered by the tester, and the recovery of a transaction from them.
//!
//! x/distribution panics where it counts the rewards of a delegation whose recorded stake has
//! become more than the present one. No submessage survives that: the whole transaction fails.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use cosmwasm_std::Storage;

use crate::error::Outcome;
use crate::store::{PANICS, StartingInfo};

thread_local! {
    /// Whether somebody waits for an ordered panic.
    static IS_RECOVERING: Cell<bool> = const { Cell::new(false) };
}

/// What an ordered panic carries.
struct Ordered(String);

/// Orders panics at every touch of the delegations to this validator that exist at this height.
pub(crate) fn order(storage: &mut dyn Storage, validator: &str, height: u64) -> Outcome<()> {
    Ok(PANICS.save(storage, validator, &height)?)
}

/// Ends them.
pub(crate) fn end(storage: &mut dyn Storage, validator: &str) {
    PANICS.remove(storage, validator);
}

/// Panics where the SDK does, if the tester ordered it for a delegation that began so.
pub(crate) fn panic_as_ordered(
    storage: &dyn Storage,
    validator: &str,
    start: &StartingInfo,
) -> Outcome<()> {
    match PANICS.may_load(storage, validator)? {
        Some(height) if start.height <= height => throw(format!(
            "calculated final stake for delegator of {validator} greater than current stake"
        )),
        _ => Ok(()),
    }
}

/// Past the panic hook, which prints, when somebody waits for it.
#[allow(clippy::panic, reason = "an error would be caught by a reply")]
fn throw(reason: String) -> ! {
    if IS_RECOVERING.get() {
        resume_unwind(Box::new(Ordered(reason)))
    }
    panic!("{reason}")
}

/// Runs a transaction and recovers from an ordered panic, as baseapp does; what the panic said.
/// Any other panic is a mistake of this model or of a contract, and goes on.
pub(crate) fn recover<T>(transaction: impl FnOnce() -> T) -> Result<T, String> {
    let before = IS_RECOVERING.replace(true);
    // the application writes a transaction's changes when it has succeeded, or not at all
    let done = catch_unwind(AssertUnwindSafe(transaction));
    IS_RECOVERING.set(before);
    done.map_err(|payload| match payload.downcast::<Ordered>() {
        Ok(ordered) => ordered.0,
        Err(payload) => resume_unwind(payload),
    })
}
