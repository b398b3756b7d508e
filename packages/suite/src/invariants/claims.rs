//! Invariant 5: everyone in a batch gets its part.

use cosmwasm_std::Uint128;
use defenders_types::{EntryPurpose, LedgerEntry};

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

/// A batch's part of a settlement, tokens.
#[derive(Clone, Copy, Default)]
struct Part {
    face: u128,
    mark: u128,
    arrived: u128,
}

/// All batches of one settlement get the same part of their marks, and then of what they lack, within
/// a unit per entry.
fn ensure_equal_proportion(step: &Step, checked: &mut Checked) -> Result<(), Violation> {
    let is_one_group = step.txs.len() == 1 && step.named("settled").count() == 1;
    if !is_one_group || step.emits("batch_submitted") {
        return Ok(());
    }
    let mut parts = vec![];
    for after in &step.after.batches {
        let mut before = step.before.batches.iter();
        if let Some(before) = before.find(|before| before.batch_id == after.batch_id) {
            let mut part = settled_part(step, after.batch_id);
            let face = before.unbonding.u128() - after.unbonding.u128();
            checked.ensure_equal("settled of a batch", part.face, face)?;
            part.arrived = after.tokens.u128() - before.tokens.u128();
            parts.push(part);
        }
    }
    let sum = |of: fn(&Part) -> u128| parts.iter().map(of).sum::<u128>();
    let (face, mark, arrived) = (sum(|p| p.face), sum(|p| p.mark), sum(|p| p.arrived));
    let is_fixed_before = mark < face && !step.before.totals.awaiting_settlement.is_zero();
    if is_fixed_before || step.emits("marked") {
        return Ok(()); // by marks that were never there between two steps
    }
    let by_mark = arrived.min(mark);
    let units = 1 + step.before.ledger.len() as u128;
    for part in parts.into_iter().filter(|part| part.face > 0) {
        let share = |of: u128, part: u128, all: u128| match all {
            0 => 0,
            all => Uint128::new(of).multiply_ratio(part, all).u128(),
        };
        let lack = share(arrived - by_mark, part.face - part.mark, face - mark);
        let due = share(by_mark, part.mark, mark) + lack;
        checked.ensure(part.arrived.abs_diff(due) <= units, || {
            format!(
                "{} instead of {due} for {}, marked {}, in a group of {arrived} for {face}, marked {mark}",
                part.arrived, part.face, part.mark
            )
        })?;
    }
    Ok(())
}

/// Face value and marks of a batch's entries that this step settled.
fn settled_part(step: &Step, batch_id: u64) -> Part {
    let mut sum = Part::default();
    for row in step.before.ledger.iter().filter(|row| !row.settled) {
        let is_same = |other: &&LedgerEntry| {
            other.completion_time == row.completion_time && other.validator == row.validator
        };
        let after = step.after.ledger.iter().find(is_same);
        if after.is_some_and(|after| !after.settled) {
            continue;
        }
        let purpose = EntryPurpose::Batch { batch_id };
        let parts = row.parts.iter().filter(|part| !part.tokens.is_zero());
        for part in parts.filter(|part| part.purpose == purpose) {
            sum.face += part.tokens.u128();
            sum.mark += row.mark.multiply_ratio(part.tokens, row.tokens).u128();
        }
    }
    sum
}
