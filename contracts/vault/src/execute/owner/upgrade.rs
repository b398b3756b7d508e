//! Other code for the vault or its pot: named long before, and only the code that was named.

use cosmwasm_std::Binary;
use defenders_settings::Subject;
use defenders_types::OwnContract;

use crate::bounds::ensure_at_most;
use crate::call::Call;
use crate::chain::wasm;
use crate::error::ContractError;
use crate::event;
use crate::governance::{forget, load_schedule, query_facts};
use crate::messages::upgrade;
use crate::role::{ensure_owner, ensure_still_valid};
use crate::state::changes::{Content, NewCode, CONTENTS, SCHEDULE};

/// Most bytes of what the new code is called with: a long one would make `changes {}` too long to answer, and
/// hide what else waits.
const LONGEST_MSG: u64 = 4_096;

/// Lets other code take the place of the vault's or the pot's after the exit delay, in the place of another
/// upgrade of the same contract that waits. It waits also before the first deposit: nothing bounds what
/// other code does, and a deposit may follow in the same block.
///
/// Reads: config, book, batches, schedule, the chain's code. Writes: schedule, the change. Sends: nothing.
/// Emits: `vault/change_scheduled`, `vault/change_dropped`.
///
/// # Errors
/// [`ContractError::NotOwner`], [`ContractError::TooLate`], [`ContractError::Read`] without such a code,
/// [`ContractError::OtherCode`], [`ContractError::OutOfBounds`], [`ContractError::Setting`].
pub fn schedule_upgrade(
    call: &mut Call,
    contract: OwnContract,
    new_code: NewCode,
    valid_until: Option<u64>,
) -> Result<(), Box<ContractError>> {
    ensure_owner(&call.config, &call.sender)?;
    ensure_still_valid(call.now(), valid_until)?;
    let bytes = u64::try_from(new_code.msg.len()).unwrap_or(u64::MAX);
    ensure_at_most("bytes of msg", bytes, LONGEST_MSG)?;
    ensure_named_code(call, &new_code)?;
    let facts = query_facts(&call.view())?;
    let mut schedule = load_schedule(call.deps.storage)?;
    let id = schedule.next_id;
    let subject = Subject::Upgrade(contract);
    let taken_out = schedule.schedule(subject, facts.now, facts.exit_delay)?;

    SCHEDULE.save(call.deps.storage, &schedule);
    CONTENTS.save(call.deps.storage, id, &Content::Upgrade(new_code));
    forget(call.deps.storage, &taken_out);
    let due_at = facts.now.saturating_add(facts.exit_delay);
    call.emit(event::change_scheduled(id, "upgrade", due_at));
    for dropped in taken_out {
        call.emit(event::change_dropped(dropped.id));
    }
    Ok(())
}

/// Replaces the code: the last message of the call, answered by the new code.
///
/// # Errors
/// [`ContractError::Read`] without such a code, [`ContractError::OtherCode`].
pub fn upgrade(
    call: &mut Call,
    contract: OwnContract,
    new_code: NewCode,
) -> Result<(), Box<ContractError>> {
    ensure_named_code(call, &new_code)?;
    upgrade::send(call, contract, new_code)
}

/// The code under this number is the one that was named.
fn ensure_named_code(call: &Call, new_code: &NewCode) -> Result<(), Box<ContractError>> {
    let NewCode {
        code_id, checksum, ..
    } = new_code;
    let known = wasm::query_checksum(&call.deps.querier, *code_id)?;
    match known == *checksum {
        true => Ok(()),
        false => Err(ContractError::OtherCode {
            code_id: *code_id,
            checksum: checksum.clone(),
            known,
        }
        .into()),
    }
}

/// What the message names.
#[must_use]
pub fn new_code(code_id: u64, checksum: String, msg: Option<Binary>) -> NewCode {
    NewCode {
        code_id,
        checksum,
        msg: msg.unwrap_or_else(|| Binary::from(b"{}")),
    }
}
