//! Invariants 6 to 9: caps, refusals, the unbonding ledger, the book.

use std::collections::{BTreeMap, BTreeSet};

use cosmwasm_std::{Decimal, Uint128};
use defenders_types::{BatchState, EntryPurpose, ExecuteMsg, Job, LedgerPart, ValidatorInfo};

use super::step::Step;
use super::violation::{Checked, Violation};
use crate::chain::Tx;
use crate::event::{number, text};
use crate::messages::tick;
use crate::units::json;

/// Events of stake that moves.
const MOVES: [&str; 3] = ["delegated", "undelegated", "redelegated"];

/// No delegation lifts a validator above its cap, no deposit lifts the tokens to place, with those on
/// their way back to be delegated again, above the capacity, both by the data of the last refresh; and
/// what a batch waits for that is served or ready stays idle.
pub fn invariant_6_caps_hold(step: &Step) -> Result<Checked, Violation> {
    let mut checked = Checked::begin(6);
    ensure_reserve(step, &mut checked)?;
    if step.txs.len() > 1 {
        return Ok(checked); // what the later ones changed hides what the earlier ones saw
    }
    for delegated in step.named("delegated") {
        let validator = text(delegated, "validator");
        let mut infos = step.after.validators.iter();
        let info = infos.find(|info| info.validator == validator);
        checked.ensure(info.is_some(), || {
            format!("{validator} was given more, and the vault does not know it")
        })?;
        let Some(info) = info else { continue };
        checked.ensure(
            info.delegated <= info.cap && info.listed && info.exclusion.is_none(),
            || format!("{info:?} was given more"),
        )?;
        let most = own_cap(step, info);
        checked.ensure(info.delegated <= most, || {
            format!("{info:?} was given more, and may have {most}")
        })?;
        let totals = &step.after.totals;
        checked.ensure(totals.idle >= totals.reserve, || {
            format!("the reserve was delegated: {totals:?}")
        })?;
    }
    if step.emits("deposited") {
        let restaking = step.after.totals.restaking.u128();
        let placed = step.after.tokens_to_place() + restaking;
        let capacity = step.after.totals.capacity.u128();
        checked.ensure(placed <= capacity, || {
            format!("{placed} to place, of at most {capacity}")
        })?;
    }
    Ok(checked)
}

/// The reserve is what the unserved shares of the batch next in turn are worth, if that has begun or its
/// first piece is due, and nothing before that.
fn ensure_reserve(step: &Step, checked: &mut Checked) -> Result<(), Violation> {
    let (totals, now) = (&step.after.totals, step.after.time.seconds());
    let mut batches = step.after.batches.iter();
    let next = batches.find(|batch| !batch.unserved_shares.is_zero());
    let shares = next.map_or(Uint128::zero(), |batch| batch.unserved_shares);
    let worth = shares.multiply_ratio(totals.total_assets, totals.total_shares);
    let is_due = next.is_some_and(|batch| {
        batch.state == BatchState::Submitting || batch.next_at.is_some_and(|at| at <= now)
    });
    // a piece may have to wait, for an entry or after a failed read, though its batch is ready
    let holds = totals.reserve == worth || (!is_due && totals.reserve.is_zero());
    checked.ensure(holds, || {
        format!("{next:?} is worth {worth}, and {totals:?} keeps another reserve")
    })
}

/// The caps that can be told from outside, computed here: floor(alpha x T), and
/// floor(gamma x external / (1 - gamma)).
fn own_cap(step: &Step, info: &ValidatorInfo) -> Uint128 {
    let alpha = step.after.totals.vault_share_cap_in_force;
    let share_cap = Uint128::new(step.after.tokens_to_place()).mul_floor(alpha);
    let Some(gamma) = step.after.config.policy.match_cap else {
        return share_cap;
    };
    let external = info.external.unwrap_or_default();
    let match_cap = external.multiply_ratio(gamma.atomics(), (Decimal::one() - gamma).atomics());
    share_cap.min(match_cap)
}

/// Every refusal is an injected one, or of a kind that nobody can know: at a validator slashed
/// by more than half, the chain may show a unit more than it takes for the shares.
pub fn invariant_7_nothing_knowable_is_refused(
    step: &Step,
    faulty: &BTreeSet<String>,
) -> Result<Checked, Violation> {
    let mut checked = Checked::begin(7);
    for refused in step.named("refused") {
        let validator = text(refused, "validator");
        let shown = step.after.delegations.get(&validator).copied();
        let is_unit_too_much = text(refused, "error") == "codespace: sdk, code: 18"
            && Some(number(refused, "tokens")) == shown;
        checked.ensure(faulty.contains(&validator) || is_unit_too_much, || {
            format!("{refused:?}")
        })?;
    }
    Ok(checked)
}

/// Per validator and completion time, the ledger is what the chain's entries began with, until
/// the chain pays them; what is unbonding for a batch is its part of the ledger.
pub fn invariant_8_ledger_is_the_chains(step: &Step) -> Result<Checked, Violation> {
    let mut checked = Checked::begin(8);
    let mut of_chain = BTreeMap::new();
    for entry in &step.after.entries {
        let key = (entry.completion_time, entry.validator.as_str());
        *of_chain.entry(key).or_insert(0) += entry.initial_balance;
    }
    let rows = step.after.ledger.iter();
    let of_vault: BTreeMap<_, _> = rows
        .map(|row| ((row.completion_time, row.validator.as_str()), row))
        .collect();
    for (key, initial_balance) in &of_chain {
        let booked = of_vault.get(key).map(|row| row.tokens.u128());
        checked.ensure(booked == Some(*initial_balance), || {
            format!("the chain has {initial_balance} for {key:?}, the ledger {booked:?}")
        })?;
    }
    for batch in &step.after.batches {
        let unsettled = step.after.ledger.iter().filter(|row| !row.settled);
        let parts = unsettled.flat_map(|row| &row.parts);
        let of_batch = parts.filter(|part| {
            let batch_id = batch.batch_id;
            part.purpose == EntryPurpose::Batch { batch_id }
        });
        let tokens: u128 = of_batch.map(|part| part.tokens.u128()).sum();
        checked.ensure(batch.unbonding.u128() == tokens, || {
            format!("{tokens} are unbonding of {batch:?}")
        })?;
    }
    ensure_marks_explain_the_price(step, &mut checked)?;
    for (key, row) in of_vault {
        let parts: u128 = row.parts.iter().map(|part| part.tokens.u128()).sum();
        checked.ensure(parts == row.tokens.u128(), || {
            format!("the parts add up to {parts}: {row:?}")
        })?;
        checked.ensure(
            of_chain.contains_key(&key) || key.0 <= step.after.time,
            || format!("the chain lacks {row:?}"),
        )?;
    }
    Ok(checked)
}

/// What is marked down of restaking stake is what its entries lack, a unit of rounding aside.
fn ensure_marks_explain_the_price(step: &Step, checked: &mut Checked) -> Result<(), Violation> {
    let totals = &step.after.totals;
    let at_marks = totals.restaking_at_marks + totals.marked_down;
    checked.ensure_equal("restaking", at_marks, totals.restaking)?;
    let (mut least, mut most, mut restaking) = (0, 0, 0);
    let rows = step.after.ledger.iter();
    for row in rows.filter(|row| !row.restaking_settled) {
        let is_restake = |part: &&LedgerPart| part.purpose == EntryPurpose::Restake {};
        let lack = (row.tokens - row.mark).u128();
        let parts = row.parts.iter().filter(is_restake);
        restaking += parts.clone().map(|part| part.tokens.u128()).sum::<u128>();
        match parts.count() {
            0 => {}
            all if all == row.parts.len() => (least, most) = (least + lack, most + lack),
            _ => most += lack,
        }
    }
    checked.ensure_equal("restaking", totals.restaking.u128(), restaking)?;
    let marked_down = totals.marked_down.u128();
    checked.ensure((least..=most).contains(&marked_down), || {
        format!("{marked_down} marked down, entries lack {least} to {most}")
    })
}

/// After a sync that no staking message followed the book is the chain's, and always it says of
/// the chain what the chain says. A book in doubt stays as it is, and no stake moves.
pub fn invariant_9_synced_book_is_the_chains(
    step: &Step,
    are_delegations_hidden: bool,
) -> Result<Checked, Violation> {
    let mut checked = Checked::begin(9);
    let shown = match are_delegations_hidden {
        true => BTreeMap::new(),
        false => step.after.delegations.clone(),
    };
    let on_chain: u128 = shown.values().sum();
    let solvency = &step.after.solvency;
    checked.ensure_equal("by the chain", solvency.bonded_by_chain.u128(), on_chain)?;
    let rows = step.after.validators.iter();
    let booked: u128 = rows.map(|row| row.delegated.u128()).sum();
    checked.ensure_equal("bonded", step.after.totals.bonded.u128(), booked)?;

    let is_in_doubt = step.after.totals.doubt.is_some();
    if is_in_doubt && step.before.totals.doubt.is_some() && step.txs.len() <= 1 {
        let (before, after) = (&step.before.totals, &step.after.totals);
        checked.ensure_equal("bonded in doubt", after.bonded, before.bonded)?;
        checked.ensure(!MOVES.iter().any(|name| step.emits(name)), || {
            format!("stake moved in doubt: {:?}", step.events)
        })?;
    }
    if is_in_doubt || !is_just_synced(step) {
        return Ok(checked);
    }
    let rows = step.after.validators.iter();
    let book: BTreeMap<_, _> = rows
        .filter(|row| !row.delegated.is_zero())
        .map(|row| (row.validator.clone(), row.delegated.u128()))
        .collect();
    checked.ensure_equal("the book", &book, &shown)?;
    let synced_at = step.after.totals.synced_at;
    checked.ensure_equal("synchronised at", synced_at, step.after.time.seconds())?;
    Ok(checked)
}

/// Whether the last transaction synchronised and moved no stake after it.
fn is_just_synced(step: &Step) -> bool {
    let (Some(tx), Some(Ok(outcome))) = (step.txs.last(), step.results.last()) else {
        return false;
    };
    is_sync(tx) || outcome.emits("synced") && !MOVES.iter().any(|name| outcome.emits(name))
}

fn is_sync(tx: &Tx) -> bool {
    let sync: ExecuteMsg = tick(Some(Job::Sync));
    matches!(tx, Tx::Execute { msg, .. } if *msg == json(&sync))
}
