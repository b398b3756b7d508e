//! What the vault moved from one validator to others: read from its events, by epoch and budget.

use anyhow::Result;
use cosmwasm_std::{Event, Uint128};
use defenders_types::{DAY, TotalsResponse};
use serde::Serialize;

use super::flows::{attribute, find_attribute, number, vault_events};

/// Budgets are counted over so many days.
pub const EPOCH_DAYS: u64 = 5;
/// The same in seconds.
pub const EPOCH: u64 = EPOCH_DAYS * DAY;
/// Why a move has no reason: before vaults gave one, a rebalance emptied drained validators only.
const DRAINED: &str = "drained";

/// Stake that left a validator to be delegated elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MoveRow {
    /// Counted from 1.
    pub day: u32,
    /// Where it left.
    pub source: String,
    /// Where it went at once; null when it unbonds first.
    pub destination: Option<String>,
    /// How much.
    pub tokens: Uint128,
    /// The vault's reason.
    pub reason: String,
}

impl MoveRow {
    /// Whether it is paid from the quality budget: toward targets, or below an operator's own maximum.
    /// All else is an emergency.
    pub fn is_for_quality(&self) -> bool {
        matches!(self.reason.as_str(), "quality" | "own_maximum")
    }
}

/// An epoch in which something moved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EpochRow {
    /// Day of its first move, counted from 1.
    pub day: u32,
    /// Total assets at its first move, tokens.
    pub worth: Uint128,
    /// Moved toward targets, or below an operator's own maximum, tokens.
    pub quality: Uint128,
    /// Moved for all other reasons, tokens.
    pub emergency: Uint128,
}

/// When and on what book a call was made.
#[derive(Clone, Debug)]
pub struct Moment {
    /// Counted from 1.
    pub day: u32,
    /// Seconds.
    pub now: u64,
    /// The totals just before.
    pub before: TotalsResponse,
}

/// All moves, in order.
#[derive(Clone, Debug, Default)]
pub struct Moves {
    /// One by one.
    pub rows: Vec<MoveRow>,
    /// With their number: floor(time / 5 days).
    epochs: Vec<(u64, EpochRow)>,
}

impl Moves {
    /// Books the moves of one tick.
    pub fn book(&mut self, events: &[Event], vault: &str, moment: &Moment) -> Result<()> {
        let events = vault_events(events, vault)?;
        let mut is_rebalance = false;
        for (name, event) in &events {
            is_rebalance |= *name == "ticked" && find_attribute(event, "job") == Some("rebalance");
        }
        for (name, event) in &events {
            let reason = find_attribute(event, "reason");
            let (source, destination) = match *name {
                "redelegated" => {
                    let [source, destination] = [
                        attribute(event, "source")?,
                        attribute(event, "destination")?,
                    ];
                    (source, Some(destination.to_string()))
                }
                // batches are served by undelegations too, and the seed tests the chain with one
                "undelegated"
                    if find_attribute(event, "restake") == Some("true")
                        && (is_rebalance || reason.is_some()) =>
                {
                    (attribute(event, "validator")?, None)
                }
                _ => continue,
            };
            let row = MoveRow {
                day: moment.day,
                source: source.to_string(),
                destination,
                tokens: number(event, "tokens")?.into(),
                reason: reason.unwrap_or(DRAINED).to_string(),
            };
            self.add(row, moment, || compute_worth(&events, &moment.before))?;
        }
        Ok(())
    }

    fn add(
        &mut self,
        row: MoveRow,
        moment: &Moment,
        worth: impl FnOnce() -> Result<Uint128>,
    ) -> Result<()> {
        let number = moment.now / EPOCH;
        if self.epochs.last().is_none_or(|(last, _)| *last != number) {
            let epoch = EpochRow {
                day: row.day,
                worth: worth()?,
                quality: Uint128::zero(),
                emergency: Uint128::zero(),
            };
            self.epochs.push((number, epoch));
        }
        if let Some((_, epoch)) = self.epochs.last_mut() {
            match row.is_for_quality() {
                true => epoch.quality += row.tokens,
                false => epoch.emergency += row.tokens,
            }
        }
        self.rows.push(row);
        Ok(())
    }

    /// The epochs in which something moved, in order.
    pub fn epochs(&self) -> Vec<EpochRow> {
        self.epochs.iter().map(|(_, row)| row.clone()).collect()
    }
}

/// Total assets when the first move was decided: before the call, with what its own synchronising
/// found. Losses are taken from locked profit first, which is not in the price.
fn compute_worth(events: &[(&str, &Event)], before: &TotalsResponse) -> Result<Uint128> {
    let (mut gained, mut lost) = (0, 0);
    for (_, event) in events.iter().filter(|(name, _)| *name == "synced") {
        gained += number(event, "gained")?;
        lost += number(event, "lost")?;
    }
    let lost = Uint128::new(lost).saturating_sub(before.locked_profit);
    Ok((before.total_assets + Uint128::new(gained)).saturating_sub(lost))
}

#[cfg(test)]
mod tests;
