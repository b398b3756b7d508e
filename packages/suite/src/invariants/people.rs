//! Invariant 13, of every step: the owner gains nothing.

use super::step::Step;
use super::violation::{Checked, Violation};
use crate::chain::Tx;
use crate::event::text;

/// Configuration and the offer of the ownership change only when the owner speaks, be it an
/// account or a contract that was called, or by a change that the owner has scheduled; the owner changes only to whom
/// it named, in time, who may speak at once; and its account never grows but by its own claims. No call takes part
/// in the chain's own governance.
pub fn invariant_13_owner_gains_nothing(step: &Step) -> Result<Checked, Violation> {
    let mut checked = Checked::begin(13);
    ensure_silent_in_governance(step, &mut checked)?;
    let (before, after) = (step.before, step.after);
    let owner = &before.ownership.owner;
    let is_applied = step.named("change_applied").next().is_some();
    let speaks = step.speaks(owner) || step.speaks(&after.ownership.owner);
    if !speaks && !is_applied {
        let mut config = before.config.clone();
        config.unbonding_time = after.config.unbonding_time; // learnt from the chain
        config.owner.clone_from(&after.config.owner);
        checked.ensure_equal("configuration", &after.config, &config)?;
    }
    checked.ensure_equal("owner", &after.config.owner, &after.ownership.owner)?;
    if after.ownership.owner != *owner {
        ensure_owner_is_whom_the_last_one_named(step, &mut checked)?;
    } else if !step.speaks(owner) {
        checked.ensure_equal("ownership", &after.ownership, &before.ownership)?;
    }
    let pays_owner = ["claimed", "fee_claimed", "fee_owed"]
        .iter()
        .any(|name| step.named(name).any(|e| text(e, "recipient") == *owner));
    let is_paid = pays_owner || step.fee_recipient == owner;
    let is_same = after.ownership.owner == *owner;
    checked.ensure(
        is_paid || !is_same || after.owner_balance <= before.owner_balance,
        || {
            format!(
                "the owner's {} became {}: {:?}",
                before.owner_balance, after.owner_balance, step.events
            )
        },
    )?;
    Ok(checked)
}

/// What x/gov tells of whoever takes part.
const GOVERNANCE: [&str; 4] = [
    "submit_proposal",
    "proposal_deposit",
    "proposal_vote",
    "cancel_proposal",
];

/// No call of any contract makes anybody vote, propose or pay a deposit in the chain's own governance: the
/// vault's stake speaks through the operators alone.
fn ensure_silent_in_governance(step: &Step, checked: &mut Checked) -> Result<(), Violation> {
    for (tx, result) in step.txs.iter().zip(step.results) {
        let events = result.iter().flat_map(|outcome| &outcome.events);
        let spoken = events.filter(|event| GOVERNANCE.contains(&event.ty.as_str()));
        for event in spoken.filter(|_| !matches!(tx, Tx::Gov { .. })) {
            checked.ensure(false, || format!("{tx:?} speaks in x/gov: {event:?}"))?;
        }
    }
    Ok(())
}

fn ensure_owner_is_whom_the_last_one_named(
    step: &Step,
    checked: &mut Checked,
) -> Result<(), Violation> {
    let (before, after) = (&step.before.ownership, &step.after.ownership);
    let is_named = before.pending_owner.as_ref() == Some(&after.owner);
    let is_in_time = before
        .expires_at
        .is_some_and(|at| step.after.time.seconds() < at);
    let speaks = step.speaks(&after.owner);
    checked.ensure(
        is_named && is_in_time && speaks && after.pending_owner.is_none(),
        || format!("{before:?} became {after:?}"),
    )
}
