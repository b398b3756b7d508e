//! Invariant 11 by acting: a plan that was applied leaves nothing to do.

use defenders_types::{EPOCH, Job, ListingGroupsInput, ListingInfo, ListingInput};

use crate::event::text;
use crate::invariants::{Checked, Violation};
use crate::suite::Suite;
use crate::units::{BLOCK, HOUR};

/// Calls of `rebalance` after which the trial loses patience.
const PATIENCE: usize = 60;

/// Invariant 11. What is planned is done, call by call, until the vault says that there is no more; then a
/// plan by the same readings of the chain has no move. Gives what it compared: nothing where a message is
/// refused, a move is dropped, a loss or gain is booked, or budgets become others between.
pub fn applied_plan_leaves_nothing_to_do(suite: &mut Suite) -> Result<Checked, Violation> {
    let mut checked = Checked::begin(11);
    plan_again(suite);
    if apply_plan(suite, &mut checked)? {
        ensure_nothing_to_do(suite, &mut checked)?;
    }
    Ok(checked)
}

/// Whether all of it is done, by unchanged inputs and the budgets of one epoch.
fn apply_plan(suite: &mut Suite, checked: &mut Checked) -> Result<bool, Violation> {
    for _ in 0..PATIENCE {
        let state = suite.job(Job::Rebalance);
        if !state.due {
            match state.next_at {
                None => return Ok(true),
                Some(at) => suite.advance((at - suite.now()).max(BLOCK)),
            }
        }
        let outcome = suite.tick(Job::Rebalance);
        let told = outcome.named("rebalanced");
        let changes = outcome.named("synced");
        let is_changed = changes
            .iter()
            .any(|it| text(it, "lost") != "0" || text(it, "gained") != "0");
        let is_dropped = told.iter().any(|it| text(it, "dropped") != "0");
        let is_epoch_over = (suite.now() + HOUR) / EPOCH > suite.now() / EPOCH;
        if told.is_empty()
            || is_changed
            || is_dropped
            || is_epoch_over
            || outcome.emits("refused")
            || outcome.emits("read_failed")
        {
            return Ok(false);
        }
        if text(&told[0], "more") == "false" {
            return Ok(true);
        }
    }
    checked.ensure(false, || {
        format!("{PATIENCE} calls, and there is more to move")
    })?;
    Ok(false)
}

/// A plan by what the vault knows already has no move. Not compared where the budgets have become others: as
/// long as nothing has moved in an epoch, they are shares of what the vault is worth now.
pub(super) fn ensure_nothing_to_do(
    suite: &mut Suite,
    checked: &mut Checked,
) -> Result<(), Violation> {
    let worth = suite.health().budgets.worth;
    plan_again(suite);
    if suite.health().budgets.worth != worth {
        return Ok(());
    }
    let state = suite.job(Job::Rebalance);
    checked.ensure(!state.due && state.next_at.is_none(), || {
        let held_back = suite.plan(BLOCK).held_back;
        format!("there is something to do again: {state:#?}, {held_back:#?}")
    })
}

/// The owner renews a listing as it is: the vault plans, and reads nothing of the chain.
fn plan_again(suite: &mut Suite) {
    let infos = suite.validator_infos().into_iter();
    let now = suite.now();
    // one that has ended would wait instead
    let lasts = |listing: &ListingInfo| listing.ends_at.is_none_or(|at| at > now + BLOCK);
    let mut listed = infos.filter(|info| info.listed && info.listing.as_ref().is_some_and(lasts));
    let Some(info) = listed.next() else { return };
    let Some(listing) = info.listing else { return };
    suite.list_as(vec![ListingInput {
        validator: info.validator,
        name: listing.name,
        website: listing.website,
        contact: listing.contact,
        reason: listing.reason,
        groups: Some(ListingGroupsInput {
            operator: listing.operator,
            hosting: listing.hosting,
            jurisdiction: listing.jurisdiction,
        }),
        max_tokens: listing.max_tokens,
        ends_at: listing.ends_at,
    }]);
}
