//! Invariants 12 and 13: everyone can leave, and nobody can take.

use cosmwasm_std::Uint128;
use defenders_types::{BatchState, ExecuteMsg, Job, ListingInput};

use super::Step;
use crate::messages::{request_withdrawal, tick};
use crate::{DAY, Suite, text};

/// Days in which everyone is out: the longest wait for a free slot, which is one unbonding time,
/// the unbonding time, a day of held settlement, and a day of batch period on either side.
const DAYS_TO_LEAVE: u64 = 60;

/// Ticks for one batch of the whole supply: a piece per validator at worst, a settlement per
/// piece and one more to see the block after it, and the daily jobs that `tick {}` may prefer
/// none of.
fn ticks_to_leave(validators: usize) -> usize {
    60 + 6 * validators
}

/// Configuration and the offer of the ownership change only when the owner speaks, be it an
/// account or a contract that was called; the owner changes only to whom it named, in time; and
/// its account never grows but by its own claims.
pub fn invariant_13_owner_gains_nothing(step: &Step) {
    let (before, after) = (step.before, step.after);
    let owner = &before.ownership.owner;
    if !step.speaks(owner) {
        let mut config = before.config.clone();
        config.unbonding_time = after.config.unbonding_time; // learnt from the chain
        config.owner.clone_from(&after.config.owner);
        assert_eq!(config, after.config, "invariant 13");
    }
    assert_eq!(after.config.owner, after.ownership.owner, "invariant 13");
    if after.ownership.owner != *owner {
        invariant_13_owner_is_whom_the_last_one_named(step);
    } else if !step.speaks(owner) {
        assert_eq!(before.ownership, after.ownership, "invariant 13");
    }
    let pays_owner = ["claimed", "fee_claimed", "fee_owed"]
        .iter()
        .any(|name| step.named(name).any(|e| text(e, "recipient") == *owner));
    let is_paid = pays_owner || step.suite.fee_recipient == *owner;
    assert!(
        is_paid || after.ownership.owner != *owner || after.owner_balance <= before.owner_balance,
        "invariant 13: the owner took {:?}",
        step.events
    );
}

fn invariant_13_owner_is_whom_the_last_one_named(step: &Step) {
    let (before, after) = (&step.before.ownership, &step.after.ownership);
    let is_named = before.pending_owner.as_ref() == Some(&after.owner);
    let is_in_time = before
        .expires_at
        .is_some_and(|at| step.after.time.seconds() < at);
    let speaks = step.speaks(&after.owner);
    assert!(
        is_named && is_in_time && speaks && after.pending_owner.is_none(),
        "invariant 13: {before:?} became {after:?}"
    );
}

/// Every owner message of a stranger is refused, and changes nothing.
pub fn invariant_13_strangers_change_nothing(suite: &mut Suite, stranger: &str) {
    let before = (suite.config(), suite.ownership());
    let validators = suite.validators.clone();
    let listings = validators.iter().map(|validator| ListingInput {
        validator: validator.clone(),
        note: None,
    });
    let messages = [
        ExecuteMsg::ListValidators {
            validators: listings.collect(),
        },
        ExecuteMsg::DrainValidators {
            validators: suite.listed.clone(),
        },
        ExecuteMsg::UpdateMarketing {
            project: None,
            description: None,
            marketing: Some(stranger.into()),
        },
        ExecuteMsg::TransferOwnership {
            new_owner: stranger.into(),
            expires_at: None,
        },
        ExecuteMsg::AcceptOwnership {},
        ExecuteMsg::CancelOwnershipTransfer {},
    ];
    for msg in messages {
        let refusal = suite.execute(stranger, &msg, vec![]);
        assert!(refusal.is_err(), "invariant 13: {msg:?} was accepted");
    }
    let after = (suite.config(), suite.ownership());
    assert_eq!(before, after, "invariant 13");
}

/// Invariant 12. Faults end, everyone asks for everything, and one ordinary user ticks: every
/// withdrawal is claimed in a bounded number of calls and days. Returns the ticks needed.
pub fn everyone_leaves(suite: &mut Suite) -> usize {
    suite.heal();
    let walker = suite.user("walker");
    let vault = suite.vault.clone();
    let owners = suite.share_owners();
    for (owner, shares) in owners.iter().filter(|(owner, _)| *owner != vault) {
        let request = suite.execute(owner, &request_withdrawal(*shares), vec![]);
        assert!(
            request.is_ok() || suite.worth(*shares) == 0,
            "invariant 12: {request:?}"
        );
    }
    let ticks = tick_until_claimable(suite, &walker);
    let batches = suite.batches();
    for batch in batches {
        let recipients = suite.recipients(batch.batch_id);
        for recipient in recipients {
            let msg = ExecuteMsg::Claim {
                batch_id: batch.batch_id,
                recipient: Some(recipient.clone()),
            };
            suite.execute(&walker, &msg, vec![]).unwrap();
            let rest = suite.position(&recipient).withdrawals;
            let is_left = rest.iter().any(|w| w.batch_id == batch.batch_id);
            assert!(!is_left, "invariant 12: {recipient} is still in {rest:?}");
        }
    }
    assert_eq!(suite.totals().escrow_shares, Uint128::zero());
    ticks
}

fn tick_until_claimable(suite: &mut Suite, walker: &str) -> usize {
    let is_open = |suite: &Suite| {
        let mut batches = suite.batches().into_iter();
        batches.any(|batch| batch.state != BatchState::Claimable && !batch.shares.is_zero())
    };
    let bound = ticks_to_leave(suite.validator_infos().len());
    let mut ticks = 0;
    for _ in 0..DAYS_TO_LEAVE {
        while suite.job(Job::Settle).due || suite.job(Job::Submit).due {
            assert!(ticks < bound, "invariant 12: {:#?}", suite.batches());
            suite.execute(walker, &tick(None), vec![]).unwrap();
            suite.advance(crate::BLOCK);
            ticks += 1;
        }
        if !is_open(suite) {
            return ticks;
        }
        suite.advance(DAY);
    }
    panic!("invariant 12: {:#?}", suite.batches());
}

impl Suite {
    /// Everyone with shares in a batch.
    pub fn recipients(&self, batch_id: u64) -> Vec<String> {
        let requests = self.memory.requests.keys();
        let of_batch = requests.filter(|(id, _)| *id == batch_id);
        of_batch.map(|(_, recipient)| recipient.clone()).collect()
    }
}
