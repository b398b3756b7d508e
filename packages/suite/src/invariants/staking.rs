//! Invariants 7 to 9: refusals, the unbonding ledger, the book.

use std::collections::{BTreeMap, BTreeSet};

use defenders_types::{EntryPurpose, ExecuteMsg, Job, LedgerPart};

use super::step::Step;
use super::violation::{Checked, Violation};
use crate::chain::Tx;
use crate::event::{number, text};
use crate::messages::tick;
use crate::units::json;

/// Events of stake that moves.
const MOVES: [&str; 3] = ["delegated", "undelegated", "redelegated"];

/// Every refusal is an injected one, or of a kind that nobody can know: at a validator slashed
/// by more than half, the chain may show a unit more than it takes for the shares.
pub fn invariant_7_nothing_knowable_is_refused(
    step: &Step,
    faulty: &BTreeSet<String>,
) -> Result<Checked, Violation> {
    let mut checked = Checked::begin(7);
    for refused in step.named("refused") {
        if text(refused, "message") == "redelegate" {
            continue; // invariant 14
        }
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
