//! Changes that have waited: anyone applies them, the owner or the guardian cancels them.

use defenders_settings::{Canceller, Subject};

use super::owner::{listing_wait, settings, upgrade};
use crate::call::Call;
use crate::error::ContractError;
use crate::event;
use crate::governance::{load_schedule, query_facts};
use crate::role::{ensure_owner_or_guardian, ensure_still_valid};
use crate::state::changes::{Content, CONTENTS, SCHEDULE};

/// Applies a change that is due, judged anew by the bounds of now.
///
/// Reads: schedule, the change, book, batches. Writes: schedule, the change, and what the change does.
/// Sends: an upgrade's migration, last. Emits: `vault/change_applied`, and what the change tells.
///
/// # Errors
/// [`ContractError::Setting`]; those of the change.
pub fn apply_change(call: &mut Call, id: u64) -> Result<(), Box<ContractError>> {
    let facts = query_facts(&call.view())?;
    let mut schedule = load_schedule(call.deps.storage)?;
    let pending = schedule.take_due(id, facts.now, facts.exit_delay)?;
    let content = CONTENTS.load(call.deps.storage, id)?;
    SCHEDULE.save(call.deps.storage, &schedule);
    CONTENTS.remove(call.deps.storage, id);
    call.emit(event::change_applied(id));
    match (pending.subject, content) {
        (Subject::Setting(name), Content::Setting(value)) => {
            settings::apply_setting(call, name, value)
        }
        (Subject::Listings(left), Content::Listings(mut inputs)) => {
            inputs.retain(|input| left.contains(&input.validator));
            listing_wait::list_what_waited(call, inputs)
        }
        (Subject::Upgrade(contract), Content::Upgrade(new_code)) => {
            upgrade::upgrade(call, contract, new_code)
        }
        // each is written with its own content
        _ => Ok(()),
    }
}

/// Cancels a change, expired or not.
///
/// Reads: config, schedule. Writes: schedule, the change. Sends: nothing. Emits:
/// `vault/change_cancelled`.
///
/// # Errors
/// [`ContractError::NotOwnerOrGuardian`], [`ContractError::TooLate`], [`ContractError::Setting`].
pub fn cancel_change(
    call: &mut Call,
    id: u64,
    valid_until: Option<u64>,
) -> Result<(), Box<ContractError>> {
    ensure_owner_or_guardian(&call.config, &call.sender)?;
    ensure_still_valid(call.now(), valid_until)?;
    let is_owner = call.sender == call.config.owner;
    let canceller = match is_owner {
        true => Canceller::Owner,
        false => Canceller::Guardian,
    };
    let mut schedule = load_schedule(call.deps.storage)?;
    schedule.cancel(id, canceller)?;

    SCHEDULE.save(call.deps.storage, &schedule);
    CONTENTS.remove(call.deps.storage, id);
    call.emit(event::change_cancelled(id, &call.sender));
    Ok(())
}
