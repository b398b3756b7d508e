//! Invariants 1 to 5: bank, shares, rate, value, claims.

use cosmwasm_std::Uint128;

use super::{Memory, Step};
use crate::{number, text};

/// Bank balance = idle + claimable + fees owed + held + surplus, and surplus is what was donated
/// or has arrived and is not booked yet; what is held came from the surplus.
pub fn invariant_1_bank_balance_is_explained(step: &Step, loose: u128) {
    let solvency = &step.after.solvency;
    let bank_balance = step.after.bank_balance;
    assert_eq!(solvency.bank_balance.u128(), bank_balance, "invariant 1");
    assert_eq!(solvency.deficit.u128(), 0, "invariant 1: {solvency:?}");
    let explained =
        solvency.idle + solvency.claimable + solvency.fees_owed + solvency.held + solvency.surplus;
    assert_eq!(explained.u128(), bank_balance, "invariant 1: {solvency:?}");
    assert_eq!(
        (solvency.surplus + solvency.held).u128(),
        loose,
        "invariant 1: surplus and held are donations and arrivals not booked yet: {solvency:?}, {:?}",
        step.events
    );
    if step.is_any_entry_late() {
        let taken = step.sum("harvested", "surplus");
        assert_eq!(taken, 0, "invariant 1: coins of an entry were harvested");
    }
}

/// cw20 balances add up to the supply; the vault's own is seed + escrow; escrow is the unserved
/// shares of all batches.
pub fn invariant_2_share_balances_add_up(step: &Step) {
    let totals = &step.after.totals;
    let supply: u128 = step.after.share_owners.iter().map(|(_, s)| s).sum();
    assert_eq!(supply, totals.total_shares.u128(), "invariant 2: supply");
    let mut owners = step.after.share_owners.iter();
    let own = owners.find(|(owner, _)| *owner == step.suite.vault);
    assert_eq!(
        own.map(|(_, shares)| *shares).unwrap_or_default(),
        (totals.seed_shares + totals.escrow_shares).u128(),
        "invariant 2: the vault's own shares"
    );
    let unserved: Uint128 = step.after.batches.iter().map(|b| b.unserved_shares).sum();
    assert_eq!(unserved, totals.escrow_shares, "invariant 2: escrow");
}

/// The rate never falls except by a loss that this step booked, and by the chain's rounding: one
/// unit per staking message and per validator synchronised.
pub fn invariant_3_rate_falls_only_by_booked_losses(step: &Step) {
    let (before, after) = (&step.before.totals, &step.after.totals);
    let messages = ["delegated", "undelegated", "refused"];
    let mut units: u128 = messages.iter().map(|m| step.named(m).count() as u128).sum();
    if step.named("synced").next().is_some() {
        units += step.after.validators.len() as u128;
    }
    // Losses are booked before a call changes the supply, units are lost after:
    // (after assets + units) / after shares >= (before assets - losses) / before shares
    let losses = Uint128::new(step.sum("synced", "lost") + restaking_loss(step));
    let due = before.total_assets.saturating_sub(losses);
    let kept = after.total_assets + Uint128::new(units);
    assert!(
        kept.full_mul(before.total_shares) >= due.full_mul(after.total_shares),
        "invariant 3: rate fell from {}/{} to {}/{} with {losses} booked: {:?}",
        before.total_assets,
        before.total_shares,
        after.total_assets,
        after.total_shares,
        step.events
    );
}

/// The part of a settlement's shortfall that restaking entries may have borne: as much per token
/// as every other entry of the group.
fn restaking_loss(step: &Step) -> u128 {
    let face = step.sum("settled", "tokens");
    let shortfall = face - step.sum("settled", "arrived");
    if shortfall == 0 {
        return 0;
    }
    let begun = step.named("undelegated").filter(|event| is_restake(event));
    let begun: u128 = begun.map(|event| number(event, "amount")).sum();
    let (before, after) = (&step.before.totals, &step.after.totals);
    let restaking = before.restaking.u128() + begun - after.restaking.u128();
    if restaking == 0 {
        return 0;
    }
    let share = Uint128::new(shortfall).multiply_ratio(restaking, face);
    share.u128() + step.before.ledger.len() as u128
}

fn is_restake(undelegated: &cosmwasm_std::Event) -> bool {
    let mut attributes = undelegated.attributes.iter();
    attributes.any(|attribute| attribute.key == "restake")
}

/// All that shareholders and batches own is what they put in and what was earned, less what was
/// lost and paid: nobody takes out more than that. What a deposit minted is never worth more
/// than the deposit.
pub fn invariant_4_money_is_not_made(step: &Step, gross: u128) {
    assert_eq!(
        step.after.gross_tokens(),
        gross,
        "invariant 4: {:?} after {:?}",
        step.after.totals,
        step.events
    );
    if step.txs.len() > 1 {
        return;
    }
    let (assets, supply) = (
        step.after.totals.total_assets,
        step.after.totals.total_shares,
    );
    for deposited in step.named("deposited") {
        let (tokens, shares) = (number(deposited, "tokens"), number(deposited, "shares"));
        assert!(
            Uint128::new(shares).full_mul(assets) <= Uint128::new(tokens).full_mul(supply),
            "invariant 4: {shares} shares of {assets}/{supply} are worth more than {tokens}"
        );
    }
}

/// All batches of one settlement get the same part of their entries, within a unit per entry.
fn ensure_equal_proportion(step: &Step) {
    let is_one_group = step.txs.len() == 1 && step.named("settled").count() == 1;
    if !is_one_group || step.named("batch_submitted").next().is_some() {
        return;
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
        assert!(
            part_arrived.abs_diff(due) <= units,
            "invariant 5: {part_arrived} for {part_face} in a group of {arrived} for {face}"
        );
    }
}

/// Everyone in a batch gets the batch's tokens in proportion to shares, rounded down, once.
pub fn invariant_5_claims_share_the_batch(step: &Step, memory: &Memory) {
    ensure_equal_proportion(step);
    let shares_of = |batch_id: u64| -> u128 {
        let of_batch = memory
            .requests
            .iter()
            .filter(|((id, _), _)| *id == batch_id);
        of_batch.map(|(_, shares)| shares).sum()
    };
    for claimed in step.named("claimed") {
        let batch_id = number(claimed, "batch_id") as u64;
        let key = (batch_id, text(claimed, "recipient"));
        let shares = memory.requests.get(&key).copied().unwrap_or_default();
        let tokens = memory.batch_tokens.get(&batch_id).copied();
        let tokens = tokens.unwrap_or_default();
        let part = match shares_of(batch_id) {
            0 => Uint128::zero(),
            all => Uint128::new(tokens).multiply_ratio(shares, all),
        };
        assert_eq!(
            memory.claims[&key],
            part.u128(),
            "invariant 5: {shares} shares of batch {batch_id} with {tokens} tokens"
        );
    }
    for batch in &step.after.batches {
        let of_batch = memory
            .claims
            .iter()
            .filter(|((id, _), _)| *id == batch.batch_id);
        let claimed: u128 = of_batch.map(|(_, tokens)| tokens).sum();
        assert_eq!(batch.claimed.u128(), claimed, "invariant 5: {batch:?}");
        assert!(batch.claimed <= batch.tokens, "invariant 5: {batch:?}");
        assert_eq!(
            batch.shares.u128(),
            shares_of(batch.batch_id),
            "invariant 5: {batch:?}"
        );
    }
}
