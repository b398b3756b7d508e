//! Invariants 11, 12, 13 and 16 by acting: a plan that was applied leaves nothing to do, everyone can leave,
//! strangers change nothing, and whom the vault leaves is empty in time.

mod emptying;
mod planning;

#[cfg(test)]
mod tests;

use defenders_types::{BatchState, ExecuteMsg, Job, OwnContract, SettingInput};

use crate::invariants::{Checked, Violation};
use crate::messages::{listing, request_withdrawal, tick};
use crate::suite::Suite;
use crate::units::{BLOCK, DAY};

pub use emptying::validators_that_are_left_are_empty_in_time;
pub use planning::applied_plan_leaves_nothing_to_do;

/// Days in which everyone is out: the longest wait for a free unbonding entry, which is one unbonding time,
/// the unbonding time, a day of settlement that waits, and a day of batch period on either side.
const DAYS_TO_LEAVE: u64 = 60;

/// Ticks for one batch of the whole supply: a piece per validator at worst, a settlement per
/// piece and one more to see the block after it, and the daily jobs that `tick {}` may prefer
/// none of.
fn ticks_to_leave(validators: usize) -> usize {
    60 + 6 * validators
}

/// Every message of a stranger that is an owner's or an operator's is refused, and changes nothing.
pub fn invariant_13_strangers_change_nothing(
    suite: &mut Suite,
    stranger: &str,
) -> Result<Checked, Violation> {
    let mut checked = Checked::begin(13);
    let before = (suite.config(), suite.ownership());
    let validators = suite.validators.clone();
    let listings = validators.iter().map(|validator| listing(validator));
    let messages = [
        ExecuteMsg::ListValidators {
            validators: listings.collect(),
            valid_until: None,
        },
        ExecuteMsg::DrainValidators {
            validators: suite.listed.clone(),
            valid_until: None,
        },
        ExecuteMsg::UpdateMarketing {
            project: None,
            description: None,
            marketing: Some(stranger.into()),
        },
        ExecuteMsg::TransferOwnership {
            new_owner: stranger.into(),
            expires_at: None,
            valid_until: None,
        },
        ExecuteMsg::SetOwnMaximum {
            validator: suite.listed[0].clone(),
            tokens: None,
        },
        ExecuteMsg::AcceptSnapshot {
            failed: vec![],
            valid_until: None,
        },
        ExecuteMsg::AcceptOwnership {},
        ExecuteMsg::CancelOwnershipTransfer { valid_until: None },
        ExecuteMsg::ProposeSettings {
            settings: vec![SettingInput {
                name: "guardian".into(),
                value: Some(stranger.into()),
            }],
            valid_until: None,
        },
        ExecuteMsg::ScheduleUpgrade {
            contract: OwnContract::Vault,
            code_id: 1,
            checksum: suite.chain.checksum(1),
            msg: None,
            valid_until: None,
        },
        ExecuteMsg::CancelChange {
            id: 0,
            valid_until: None,
        },
        ExecuteMsg::PutBrakeOn { until: None },
        ExecuteMsg::TakeBrakeOff { valid_until: None },
        ExecuteMsg::ArmBrake { valid_until: None },
    ];
    for msg in messages {
        let refusal = suite.execute(stranger, &msg, vec![]);
        checked.ensure(refusal.is_err(), || format!("{msg:?} was accepted"))?;
    }
    let after = (suite.config(), suite.ownership());
    checked.ensure_equal("configuration and ownership", after, before)?;
    Ok(checked)
}

/// Invariant 12. Faults end, everyone asks for everything, and one ordinary user ticks: every
/// withdrawal is claimed in a bounded number of calls and days. Returns the ticks needed.
pub fn everyone_leaves(suite: &mut Suite) -> Result<usize, Violation> {
    let mut checked = Checked::begin(12);
    suite.heal();
    let walker = suite.user("walker");
    let vault = suite.vault.clone();
    let owners = suite.share_owners();
    for (owner, shares) in owners.iter().filter(|(owner, _)| *owner != vault) {
        let request = suite.execute(owner, &request_withdrawal(*shares), vec![]);
        checked.ensure(request.is_ok() || suite.worth(*shares) == 0, || {
            format!("{owner} could not request {shares} shares: {request:?}")
        })?;
    }
    let ticks = tick_until_claimable(suite, &walker, &mut checked)?;
    for batch in suite.batches() {
        for recipient in suite.recipients(batch.batch_id) {
            let msg = ExecuteMsg::Claim {
                batch_id: batch.batch_id,
                recipient: Some(recipient.clone()),
            };
            let claim = suite.execute(&walker, &msg, vec![]);
            checked.ensure(claim.is_ok(), || {
                format!("the claim of {recipient} was refused: {claim:?}")
            })?;
            let rest = suite.position(&recipient).withdrawals;
            let is_left = rest.iter().any(|w| w.batch_id == batch.batch_id);
            checked.ensure(!is_left, || format!("{recipient} is still in {rest:?}"))?;
        }
    }
    let escrow = suite.totals().escrow_shares;
    checked.ensure_equal("escrow", escrow.u128(), 0)?;
    Ok(ticks)
}

fn tick_until_claimable(
    suite: &mut Suite,
    walker: &str,
    checked: &mut Checked,
) -> Result<usize, Violation> {
    let is_open = |suite: &Suite| {
        let mut batches = suite.batches().into_iter();
        batches.any(|batch| batch.state != BatchState::Claimable && !batch.shares.is_zero())
    };
    let bound = ticks_to_leave(suite.validator_infos().len());
    let mut ticks = 0;
    for _ in 0..DAYS_TO_LEAVE {
        // a book in doubt keeps a batch waiting until the next block's reading
        while [Job::Settle, Job::Submit]
            .iter()
            .any(|job| suite.job(*job).due)
            || suite.totals().doubt.is_some()
        {
            checked.ensure(ticks < bound, || {
                format!("more than {bound} ticks: {:#?}", suite.batches())
            })?;
            let ticked = suite.execute(walker, &tick(None), vec![]);
            checked.ensure(ticked.is_ok(), || format!("a tick was refused: {ticked:?}"))?;
            suite.advance(BLOCK);
            ticks += 1;
        }
        if !is_open(suite) {
            return Ok(ticks);
        }
        suite.advance(DAY);
    }
    checked.ensure(false, || {
        format!("{DAYS_TO_LEAVE} days later: {:#?}", suite.batches())
    })?;
    Ok(ticks)
}
