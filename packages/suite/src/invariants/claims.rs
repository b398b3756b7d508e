//! Invariant 5: everyone in a batch gets its part.

use cosmwasm_std::Uint128;

use super::record::Record;
use super::step::Step;
use super::violation::{Checked, Violation};
use crate::event::{number, text};

/// Everyone in a batch gets the batch's tokens in proportion to shares, rounded down, once.
pub fn invariant_5_claims_share_the_batch(
    step: &Step,
    record: &Record,
) -> Result<Checked, Violation> {
    let mut checked = Checked::begin(5);
    ensure_equal_proportion(step, &mut checked)?;
    for claimed in step.named("claimed") {
        let batch_id = number(claimed, "batch_id") as u64;
        let key = (batch_id, text(claimed, "recipient"));
        let shares = record.requests.get(&key).copied().unwrap_or_default();
        let tokens = record.batch_tokens.get(&batch_id).copied();
        let tokens = tokens.unwrap_or_default();
        let part = match record.shares(batch_id) {
            0 => Uint128::zero(),
            all => Uint128::new(tokens).multiply_ratio(shares, all),
        };
        let paid = record.claims[&key];
        checked.ensure(paid == part.u128(), || {
            format!("{paid} paid for {shares} shares of batch {batch_id} with {tokens} tokens, of which {part} are due")
        })?;
    }
    for batch in &step.after.batches {
        let claimed = record.claimed(batch.batch_id);
        checked.ensure(batch.claimed.u128() == claimed, || {
            format!("{claimed} were claimed of {batch:?}")
        })?;
        checked.ensure(batch.claimed <= batch.tokens, || {
            format!("more was claimed than there is: {batch:?}")
        })?;
        let shares = record.shares(batch.batch_id);
        checked.ensure(batch.shares.u128() == shares, || {
            format!("{shares} shares were requested in {batch:?}")
        })?;
    }
    Ok(checked)
}

/// All batches of one settlement get the same part of their entries, within a unit per entry.
fn ensure_equal_proportion(step: &Step, checked: &mut Checked) -> Result<(), Violation> {
    let is_one_group = step.txs.len() == 1 && step.named("settled").count() == 1;
    if !is_one_group || step.emits("batch_submitted") {
        return Ok(());
    }
    let mut parts = vec![]; // face value and arrivals of each batch
    for after in &step.after.batches {
        let mut before = step.before.batches.iter();
        if let Some(before) = before.find(|before| before.batch_id == after.batch_id) {
            let face = before.unbonding.u128() - after.unbonding.u128();
            parts.push((face, after.tokens.u128() - before.tokens.u128()));
        }
    }
    let face: u128 = parts.iter().map(|(face, _)| face).sum();
    let arrived: u128 = parts.iter().map(|(_, arrived)| arrived).sum();
    let units = 1 + step.before.ledger.len() as u128;
    for (part_face, part_arrived) in parts.into_iter().filter(|(face, _)| *face > 0) {
        let due = Uint128::new(arrived).multiply_ratio(part_face, face).u128();
        checked.ensure(part_arrived.abs_diff(due) <= units, || {
            format!("{part_arrived} for {part_face} in a group of {arrived} for {face}")
        })?;
    }
    Ok(())
}
