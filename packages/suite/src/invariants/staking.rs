//! Invariants 6 to 9: caps, refusals, the unbonding ledger, the book.

use std::collections::{BTreeMap, BTreeSet};

use defenders_types::{ExecuteMsg, Job, Purpose};

use super::Step;
use crate::messages::tick;
use crate::{Tx, json, number, text};

/// No delegation lifts a validator above its cap, no deposit lifts the tokens to place above the
/// capacity, both by the data of the last refresh; and what unserved shares wait for stays idle.
pub fn invariant_6_caps_hold(step: &Step) {
    if step.txs.len() > 1 {
        return; // what the later ones changed hides what the earlier ones saw
    }
    for delegated in step.named("delegated") {
        let validator = text(delegated, "validator");
        let mut infos = step.after.validators.iter();
        let info = infos.find(|info| info.validator == validator).unwrap();
        assert!(
            info.delegated <= info.cap && info.listed && info.exclusion.is_none(),
            "invariant 6: {info:?} was given more"
        );
        let totals = &step.after.totals;
        assert!(
            totals.idle >= totals.reserve,
            "invariant 6: the reserve was delegated: {totals:?}"
        );
    }
    if step.named("deposited").next().is_some() {
        let placed = step.after.tokens_to_place();
        let capacity = step.after.totals.capacity.u128();
        assert!(placed <= capacity, "invariant 6: {placed} > {capacity}");
    }
}

/// Every refusal is an injected one, or of a kind that nobody can know: at a validator slashed
/// by more than half, the chain may show a unit more than it takes for the shares.
pub fn invariant_7_nothing_knowable_is_refused(step: &Step, faulty: &BTreeSet<String>) {
    for refused in step.named("refused") {
        let validator = text(refused, "validator");
        let shown = step.after.delegations.get(&validator).copied();
        let is_unit_too_much = text(refused, "error") == "codespace: sdk, code: 18"
            && Some(number(refused, "tokens")) == shown;
        assert!(
            faulty.contains(&validator) || is_unit_too_much,
            "invariant 7: {refused:?}"
        );
    }
}

/// Per validator and completion time, the ledger is what the chain's entries began with, until
/// the chain pays them; what is unbonding for a batch is its part of the ledger.
pub fn invariant_8_ledger_is_the_chains(step: &Step) {
    let mut of_chain = BTreeMap::new();
    for entry in &step.after.entries {
        let key = (entry.completion_time, entry.validator.clone());
        *of_chain.entry(key).or_insert(0) += entry.initial_balance;
    }
    let rows = step.after.ledger.iter();
    let of_vault: BTreeMap<_, _> = rows
        .map(|row| ((row.completion_time, row.validator.clone()), row))
        .collect();
    for (key, initial_balance) in &of_chain {
        let row = of_vault
            .get(key)
            .unwrap_or_else(|| panic!("invariant 8: the ledger lacks {key:?}"));
        assert_eq!(row.tokens.u128(), *initial_balance, "invariant 8: {row:?}");
    }
    for batch in &step.after.batches {
        let unsettled = step.after.ledger.iter().filter(|row| !row.settled);
        let parts = unsettled.flat_map(|row| &row.parts);
        let of_batch = parts.filter(|part| {
            let batch_id = batch.batch_id;
            part.purpose == Purpose::Batch { batch_id }
        });
        let tokens: u128 = of_batch.map(|part| part.tokens.u128()).sum();
        assert_eq!(batch.unbonding.u128(), tokens, "invariant 8: {batch:?}");
    }
    for (key, row) in of_vault {
        let parts: u128 = row.parts.iter().map(|part| part.tokens.u128()).sum();
        assert_eq!(parts, row.tokens.u128(), "invariant 8: parts of {row:?}");
        assert!(
            of_chain.contains_key(&key) || key.0 <= step.after.time,
            "invariant 8: the chain lacks {row:?}"
        );
    }
}

/// After a sync the book is the chain's, and always it says of the chain what the chain says.
pub fn invariant_9_synced_book_is_the_chains(step: &Step) {
    let on_chain: u128 = step.after.delegations.values().sum();
    let solvency = &step.after.solvency;
    assert_eq!(solvency.bonded_by_chain.u128(), on_chain, "invariant 9");
    let booked: u128 = step
        .after
        .validators
        .iter()
        .map(|v| v.delegated.u128())
        .sum();
    assert_eq!(step.after.totals.bonded.u128(), booked, "invariant 9");

    let (Some(tx), Some(Ok(_))) = (step.txs.last(), step.results.last()) else {
        return;
    };
    if !is_sync(tx) {
        return;
    }
    let rows = step.after.validators.iter();
    let book: BTreeMap<_, _> = rows
        .filter(|row| !row.delegated.is_zero())
        .map(|row| (row.validator.clone(), row.delegated.u128()))
        .collect();
    assert_eq!(book, step.after.delegations, "invariant 9");
    assert_eq!(step.after.totals.synced_at, step.after.time.seconds());
}

fn is_sync(tx: &Tx) -> bool {
    let sync: ExecuteMsg = tick(Some(Job::Sync));
    matches!(tx, Tx::Execute { msg, .. } if *msg == json(&sync))
}
