//! Empties drained validators by undelegation; what arrives is delegated again.

use cosmwasm_std::Uint128;
use defenders_types::{Job, Purpose};

use super::{sync, Call};
use crate::error::ContractError;
use crate::messages::{undelegate_into_ledger, Undelegation};
use crate::roster::Roster;
use crate::state::HOLDINGS;

/// Undelegates all stake of a few drained validators, except `skip`. It stays in the price: restaking counts
/// at face value until it has arrived.
///
/// Reads: all delegations, holdings. Writes: book, holdings, fill list. Sends: undelegations.
/// Emits: `vault/synced`; the replies `vault/undelegated`.
///
/// # Errors
/// When storage is damaged.
pub fn run(
    call: &mut Call,
    roster: Option<Roster>,
    skip: Option<&str>,
) -> Result<(), ContractError> {
    // asking for more than a slashed delegation holds would be refused
    let Some(mut roster) = sync::synchronise_or_wait(call, Job::Rebalance, roster)? else {
        return Ok(());
    };
    let now = call.now();
    let most = usize::try_from(call.config.bounds.max_messages_per_piece).unwrap_or(usize::MAX);
    let leaving = roster.members.iter_mut().filter(|member| {
        let holding = &member.holding;
        holding.draining_since.is_some()
            && !holding.removable().is_zero()
            && holding.has_slot_for_leaving()
            && !holding.is_refusing(now)
            && skip != Some(member.validator.as_str())
    });
    for member in leaving.take(most) {
        let undelegation = Undelegation {
            validator: member.validator.clone(),
            tokens: member.holding.removable(),
            shares: Uint128::zero(),
            purpose: Purpose::Restake {},
        };

        call.book
            .money
            .undelegate_for_restake(undelegation.tokens)?;
        member.holding.delegated = member.holding.delegated.checked_sub(undelegation.tokens)?;

        HOLDINGS.save(call.deps.storage, &member.validator, &member.holding);
        call.send(undelegate_into_ledger(&call.config.denom, &undelegation));
    }
    call.rebuild_rooms(&roster)
}
