//! The owner believes a snapshot in which many fail.

use defenders_allocation::sort_by;

use crate::call::Call;
use crate::error::ContractError;
use crate::event;
use crate::jobs::rebalance;
use crate::role::{ensure_owner, ensure_still_valid};
use crate::state::{Suspicion, SUSPICION};

/// Accepts who fails in the last snapshot: it counts at once, and so do later ones in which nobody else
/// fails, until the first that is not suspect.
///
/// Reads: all validators. Writes: suspicion, book, fill list, timetable. Sends: nothing. Emits:
/// `vault/snapshot_accepted`.
///
/// # Errors
/// [`ContractError::NotOwner`], [`ContractError::TooLate`], [`ContractError::NotSuspect`], [`ContractError::OtherSnapshot`].
pub fn accept_snapshot(
    call: &mut Call,
    mut named: Vec<String>,
    valid_until: Option<u64>,
) -> Result<(), Box<ContractError>> {
    ensure_owner(&call.config, &call.sender)?;
    ensure_still_valid(call.now(), valid_until)?;
    sort_by(&mut named, |a, b| a.cmp(b));
    let validators = call.validators()?;
    if !validators.is_suspect {
        return Err(ContractError::NotSuspect {}.into());
    }
    let mut failing = vec![];
    let mut rows = vec![];
    for index in &validators.failed {
        let member = validators.at(*index)?;
        failing.push(member.address.clone());
        rows.push(member.holding.power_row);
    }
    if named != failing {
        let count = failing.len();
        let failing = failing.join(", ");
        return Err(ContractError::OtherSnapshot { count, failing }.into());
    }

    // an accepted snapshot is not suspect, so what may be suspect later has its own days
    let suspicion = Suspicion {
        since: None,
        accepted: rows,
    };
    SUSPICION.save(call.deps.storage, &suspicion);
    call.reread_validators();
    call.update_capacity_and_fill_list()?;
    rebalance::schedule(call)?;
    call.emit(event::snapshot_accepted(named.len()));
    Ok(())
}
