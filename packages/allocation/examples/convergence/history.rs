//! Epoch after epoch: planning, and what a chain makes of the moves.

use std::collections::BTreeMap;
use std::fmt;

use defenders_allocation::{
    compute_effective_number, compute_plan, AllocationError, Groups, LiveEntries, MoveKind,
    PlanInput, PlanLimits, PlanRow, Reason, Snapshot, Standing, DEFAULT_MAX_ENTRIES,
    LEAST_REDELEGATION,
};

use super::world::{Set, World, SETS};

/// Where the vault's stake lies at first.
pub const START_NAMES: [&str; 3] = ["pro rata", "top ten of the list", "top ten of the chain"];

/// Both sets, from everywhere, with the default caps and without, in epochs of a day and a week.
pub fn all() -> Result<Vec<History>, AllocationError> {
    let mut all = vec![];
    for set in SETS {
        for start in START_NAMES {
            for has_caps in [true, false] {
                for days in [1, 7] {
                    all.push(History::run(set, start, has_caps, days)?);
                }
            }
        }
    }
    Ok(all)
}

/// Moves per call, as many calls per epoch as have something to do.
pub const MAX_MOVES: usize = 10;
/// A token of 10^6 base units.
pub const MIN_MOVE: u128 = 1_000_000;
/// The same for the dead band.
pub const DEAD_BAND: u128 = 1_000_000;
/// Days for which a redelegation locks its destination and fills an entry.
pub const LOCK_DAYS: u64 = 21;
/// Epochs after which a history ends unfinished.
const MAX_EPOCHS: usize = 200;

/// A move as the chain saw it.
pub struct Seen {
    /// Day on which it was made.
    pub day: u64,
    pub source: usize,
    pub destination: usize,
    pub tokens: u128,
    pub reason: Reason,
}

/// One line of the table.
pub struct Epoch {
    pub day: u64,
    pub calls: usize,
    pub moves: usize,
    /// Tokens moved for quality.
    pub quality: u128,
    /// Tokens moved for leaving and caps.
    pub emergency: u128,
    /// Tokens still to move at its end.
    pub distance: u128,
    /// Of these, tokens on locked validators.
    pub locked_tokens: u128,
    /// Validators locked at its end.
    pub locked: usize,
    /// Most live entries of one source and destination at its end.
    pub most_entries: usize,
    /// Of the whole chain at its end.
    pub effective: cosmwasm_std::Decimal,
}

/// One way to the targets.
pub struct History {
    pub set: &'static str,
    pub start: &'static str,
    pub has_caps: bool,
    pub epoch_days: u64,
    pub total: u128,
    pub listed: usize,
    /// Budgets per epoch: 7.5 % and 10 % of the vault.
    pub quality_budget: u128,
    pub emergency_budget: u128,
    /// Tokens to move at the beginning: those that leave, those above a cap, the others.
    pub to_move: [u128; 3],
    pub effective_before: cosmwasm_std::Decimal,
    pub epochs: Vec<Epoch>,
    pub moves: Vec<Seen>,
    pub rows_before: Vec<PlanRow>,
    pub rows: Vec<PlanRow>,
}

fn surplus(row: &PlanRow) -> u128 {
    match row.validator.standing {
        Standing::Leaving(_) => row.validator.delegated,
        _ => row.validator.delegated.saturating_sub(row.target),
    }
}

fn effective(rows: &[PlanRow]) -> cosmwasm_std::Decimal {
    let levels: Vec<_> = rows
        .iter()
        .map(|row| row.validator.external + row.validator.delegated)
        .collect();
    compute_effective_number(&levels)
}

impl History {
    /// Plans until an epoch has nothing to do.
    fn run(
        set: Set,
        start: &'static str,
        has_caps: bool,
        days: u64,
    ) -> Result<Self, AllocationError> {
        let World {
            total,
            rows,
            listed,
        } = World::new(set, start, has_caps)?;
        let mut to_move = [0; 3];
        for row in &rows {
            let kind = match row.validator.standing {
                Standing::Leaving(_) => 0,
                _ if row.validator.delegated > row.cap => 1,
                _ => 2,
            };
            to_move[kind] += surplus(row);
        }
        let mut history = Self {
            set: set.name,
            start,
            has_caps,
            epoch_days: days,
            total,
            listed,
            quality_budget: total * 75 / 1000,
            emergency_budget: total / 10,
            to_move,
            epochs: vec![],
            moves: vec![],
            effective_before: effective(&rows),
            rows_before: rows.clone(),
            rows,
        };
        for epoch in 0..MAX_EPOCHS as u64 {
            if !history.live_through(epoch * days)? {
                break;
            }
        }
        Ok(history)
    }

    /// The epochs that a budget alone requires: what leaves or is above a cap divided by the
    /// emergency budget, what stays divided by the quality budget, whichever are more. Less is
    /// possible only where stake is above a cap, for which both pay in turn.
    pub fn required(&self) -> u128 {
        let [leaving, above_cap, others] = self.to_move;
        let for_quality = (above_cap + others).div_ceil(self.quality_budget);
        for_quality.max((leaving + above_cap).div_ceil(self.emergency_budget))
    }

    /// One epoch; whether there was anything to do.
    fn live_through(&mut self, day: u64) -> Result<bool, AllocationError> {
        let mut spent = (0, 0);
        let (mut calls, mut moves) = (0, 0);
        loop {
            let live = self.live(day);
            let pairs: Vec<_> = live
                .iter()
                .map(|((source, destination), entries)| LiveEntries {
                    source: *source,
                    destination: *destination,
                    entries: *entries as u32,
                })
                .collect();
            let plan = compute_plan(&PlanInput {
                base: self.total,
                snapshot: Snapshot::Trusted,
                rows: &self.rows,
                groups: &Groups::NONE,
                live: &pairs,
                now: day,
                limits: PlanLimits {
                    quality_budget: self.quality_budget - spent.0,
                    emergency_budget: self.emergency_budget - spent.1,
                    owner_budget: self.emergency_budget - spent.1,
                    max_moves: MAX_MOVES,
                    min_move: MIN_MOVE,
                    least_redelegation: LEAST_REDELEGATION,
                    dead_band: DEAD_BAND,
                    max_entries: DEFAULT_MAX_ENTRIES,
                },
            })?;
            if plan.moves.is_empty() {
                break;
            }
            calls += 1;
            moves += plan.moves.len();
            spent.0 += plan.quality_tokens();
            spent.1 += plan.emergency_tokens();
            for planned in &plan.moves {
                self.rows[planned.source].validator.delegated -= planned.tokens;
                // Undelegated tokens would be out of the table; nothing here is locked and leaves.
                let MoveKind::Redelegate { destination } = planned.kind else {
                    continue;
                };
                self.rows[destination].validator.delegated += planned.tokens;
                self.rows[destination]
                    .validator
                    .locks
                    .redelegation_locked_until = Some(day + LOCK_DAYS);
                self.moves.push(Seen {
                    day,
                    source: planned.source,
                    destination,
                    tokens: planned.tokens,
                    reason: planned.reason,
                });
            }
        }
        if calls == 0 {
            return Ok(false);
        }
        let is_locked = |row: &&PlanRow| {
            row.validator
                .locks
                .redelegation_locked_until
                .is_some_and(|until| until > day)
        };
        let most_entries = self.live(day).into_values().max().unwrap_or_default();
        self.epochs.push(Epoch {
            day,
            calls,
            moves,
            quality: spent.0,
            emergency: spent.1,
            distance: self.rows.iter().map(surplus).sum(),
            locked_tokens: self.rows.iter().filter(is_locked).map(surplus).sum(),
            locked: self.rows.iter().filter(is_locked).count(),
            most_entries,
            effective: effective(&self.rows),
        });
        Ok(true)
    }

    /// Live entries by source and destination.
    fn live(&self, day: u64) -> BTreeMap<(usize, usize), usize> {
        let mut live = BTreeMap::new();
        for seen in &self.moves {
            if seen.day + LOCK_DAYS > day {
                *live.entry((seen.source, seen.destination)).or_default() += 1;
            }
        }
        live
    }
}

impl fmt::Display for History {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [leaving, above_cap, others] = self.to_move;
        writeln!(
            f,
            "## {}, from {}, {}, epochs of {} days",
            self.set,
            self.start,
            if self.has_caps {
                "with caps"
            } else {
                "without caps"
            },
            self.epoch_days
        )?;
        writeln!(
            f,
            "vault {}, {} listed; budgets per epoch: quality {}, emergency {}",
            self.total, self.listed, self.quality_budget, self.emergency_budget
        )?;
        writeln!(
            f,
            "to move: leaving {leaving}, above a cap {above_cap}, quality {others}"
        )?;
        writeln!(
            f,
            "{:>5} {:>4} {:>5} {:>5} {:>15} {:>15} {:>15} {:>12} {:>6} {:>7} {:>10}",
            "epoch",
            "day",
            "calls",
            "moves",
            "quality",
            "emergency",
            "left",
            "in locks",
            "locked",
            "entries",
            "effective"
        )?;
        for (index, epoch) in self.epochs.iter().enumerate() {
            writeln!(
                f,
                "{:>5} {:>4} {:>5} {:>5} {:>15} {:>15} {:>15} {:>12} {:>6} {:>7} {:>10}",
                index + 1,
                epoch.day,
                epoch.calls,
                epoch.moves,
                epoch.quality,
                epoch.emergency,
                epoch.distance,
                epoch.locked_tokens,
                epoch.locked,
                epoch.most_entries,
                epoch.effective.to_string()
            )?;
        }
        let of_reason = |quality: bool| {
            let moves = self.moves.iter();
            let moves = moves.filter(|seen| (seen.reason == Reason::Quality) == quality);
            moves.map(|seen| seen.tokens).sum::<u128>()
        };
        writeln!(
            f,
            "{} epochs, {} required by a budget alone; {} moves; turnover {} for quality, {} for \
             leaving and caps, of the vault's {}; effective number {} -> {}\n",
            self.epochs.len(),
            self.required(),
            self.moves.len(),
            of_reason(true),
            of_reason(false),
            self.total,
            effective(&self.rows_before),
            self.epochs
                .last()
                .map_or(self.effective_before, |epoch| epoch.effective)
        )
    }
}
