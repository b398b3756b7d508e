//! Invariants 1 to 4: bank, shares, rate, value.

use cosmwasm_std::Uint128;
use defenders_types::Share;

use super::record::Record;
use super::step::Step;
use super::violation::{Checked, Violation};
use crate::event::number;

/// Bank balance = idle + claimable + fees owed + awaiting settlement + surplus, and surplus is what was donated
/// or has arrived and is not booked yet; what awaits settlement came from the surplus.
pub fn invariant_1_bank_balance_is_explained(
    step: &Step,
    record: &Record,
) -> Result<Checked, Violation> {
    let mut checked = Checked::begin(1);
    let unbooked = record.unbooked;
    let solvency = &step.after.solvency;
    let bank_balance = step.after.bank_balance;
    let told = solvency.bank_balance.u128();
    checked.ensure_equal("bank balance", told, bank_balance)?;
    checked.ensure(solvency.deficit.is_zero(), || {
        format!("a deficit: {solvency:?}")
    })?;
    let explained = solvency.idle
        + solvency.claimable
        + solvency.fees_owed
        + solvency.awaiting_settlement
        + solvency.surplus;
    checked.ensure(explained.u128() == bank_balance, || {
        format!("{explained} of the bank balance are explained: {solvency:?}")
    })?;
    checked.ensure((solvency.surplus + solvency.awaiting_settlement).u128() == unbooked, || {
        format!(
            "surplus and awaiting settlement are not the {unbooked} of donations and arrivals not booked yet: {solvency:?}, {:?}",
            step.events
        )
    })?;
    if step.is_any_entry_late() {
        let taken = step.sum("harvested", "surplus");
        checked.ensure(taken == 0, || {
            format!("{taken} coins of an entry were harvested")
        })?;
    }
    Ok(checked)
}

/// Balances add up to the supply, and the vault's own is seed + escrow; of shares that are coins holders may
/// have burnt some, for good, and strangers may have sent some to the vault. Escrow is the unserved shares of all
/// batches.
pub fn invariant_2_share_balances_add_up(step: &Step) -> Result<Checked, Violation> {
    let mut checked = Checked::begin(2);
    let totals = &step.after.totals;
    let shares = &step.after.solvency.shares;
    let sum: u128 = step.after.share_owners.iter().map(|(_, s)| s).sum();
    checked.ensure_equal("sum of balances", sum, shares.supply_by_token.u128())?;
    checked.ensure_equal("supply", shares.supply, totals.total_shares)?;
    let mut owners = step.after.share_owners.iter();
    let own = owners.find(|(owner, _)| owner == step.vault);
    let own = own.map(|(_, shares)| *shares).unwrap_or_default();
    checked.ensure_equal("the vault's own shares", own, shares.balance.u128())?;
    let seed_and_escrow = totals.seed_shares + totals.escrow_shares;
    checked.ensure_equal("seed and escrow", shares.owned, seed_and_escrow)?;
    checked.ensure_equal("balance", shares.balance, shares.owned + shares.surplus)?;
    checked.ensure(shares.deficit.is_zero(), || {
        format!("a deficit: {shares:?}")
    })?;
    let before = &step.before.solvency.shares;
    match step.after.config.share {
        Share::Cw20 {} => {
            checked.ensure_equal("supply of the token", shares.supply_by_token, shares.supply)?;
            checked.ensure(shares.surplus.is_zero(), || {
                format!("a surplus: {shares:?}")
            })?;
        }
        Share::Denom { .. } => {
            let [was_burnt, is_burnt] =
                [before, shares].map(|it| it.supply.checked_sub(it.supply_by_token).ok());
            checked.ensure(is_burnt.is_some() && is_burnt >= was_burnt, || {
                format!("coins that nobody minted: {before:?} became {shares:?}")
            })?;
            checked.ensure(shares.surplus >= before.surplus, || {
                format!("stray shares went: {before:?} became {shares:?}")
            })?;
        }
    }
    let unserved: Uint128 = step.after.batches.iter().map(|b| b.unserved_shares).sum();
    checked.ensure_equal("unserved shares", unserved, totals.escrow_shares)?;
    Ok(checked)
}

/// The rate never falls except by a loss that this step booked, and by the chain's rounding: one
/// unit per staking message and per validator synchronised.
pub fn invariant_3_rate_falls_only_by_booked_losses(step: &Step) -> Result<Checked, Violation> {
    let mut checked = Checked::begin(3);
    let (before, after) = (&step.before.totals, &step.after.totals);
    let messages = ["delegated", "undelegated", "refused"];
    let mut units: u128 = messages.iter().map(|m| step.named(m).count() as u128).sum();
    if step.emits("synced") {
        units += step.after.validators.len() as u128;
    }
    // Losses are booked before a call changes the supply, units are lost after:
    // (after assets + units) / after shares >= (before assets - losses) / before shares
    let losses = Uint128::new(step.sum("synced", "lost") + restaking_loss(step));
    let due = before.total_assets.saturating_sub(losses);
    let kept = after.total_assets + Uint128::new(units);
    let holds = kept.full_mul(before.total_shares) >= due.full_mul(after.total_shares);
    checked.ensure(holds, || {
        format!(
            "rate fell from {}/{} to {}/{} with {losses} booked: {:?}",
            before.total_assets,
            before.total_shares,
            after.total_assets,
            after.total_shares,
            step.events
        )
    })?;
    Ok(checked)
}

/// What restaking entries lost: by marks that fell, and by what arrived below them.
fn restaking_loss(step: &Step) -> u128 {
    let below_mark = |event| number(event, "mark").saturating_sub(number(event, "arrived"));
    let settled: u128 = step.named("restaked").map(below_mark).sum();
    step.sum("marked", "restaking") + settled
}

/// All that shareholders and batches own is what they put in and what was earned, less what was
/// lost and paid: nobody takes out more than that. What a deposit minted is never worth more
/// than the deposit.
pub fn invariant_4_money_is_not_made(step: &Step, record: &Record) -> Result<Checked, Violation> {
    let mut checked = Checked::begin(4);
    let (total, expected_total) = (step.after.total_tokens(), record.expected_total);
    checked.ensure(total == expected_total, || {
        format!(
            "{total} tokens instead of {expected_total}: {:?} after {:?}",
            step.after.totals, step.events
        )
    })?;
    if step.txs.len() > 1 {
        return Ok(checked);
    }
    let (assets, supply) = (
        step.after.totals.total_assets,
        step.after.totals.total_shares,
    );
    for deposited in step.named("deposited") {
        let (tokens, shares) = (number(deposited, "tokens"), number(deposited, "shares"));
        let holds = Uint128::new(shares).full_mul(assets) <= Uint128::new(tokens).full_mul(supply);
        checked.ensure(holds, || {
            format!("{shares} shares of {assets}/{supply} are worth more than {tokens}")
        })?;
    }
    Ok(checked)
}
