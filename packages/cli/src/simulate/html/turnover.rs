//! What the vault moved, beside its budgets, and what that locked.

use cosmwasm_std::Decimal;

use super::axis::Axis;
use super::chain::tell_millionths;
use super::page::Page;
use super::plot::{Names, Plot};
use super::section::{Drawn, Section};
use super::table::{Column, Table};
use super::vault::{days_axis, millionths, part};
use crate::simulate::moves::EPOCH_DAYS;
use crate::terminal::count;

/// What the vault moved in each epoch, beside its budgets.
pub fn turnover(page: &Page) -> Section {
    let report = page.report;
    let epochs = &report.epochs;
    let limit = |name: &str| -> Option<Decimal> {
        let value = report.policy.parameters.get(name)?;
        value.as_str()?.parse().ok()
    };
    let limits = [
        ("quality budget", limit("turnover_quality")),
        ("emergency budget", limit("turnover_emergency")),
    ];
    let parts: Vec<[u128; 2]> = epochs
        .iter()
        .map(|row| [row.quality, row.emergency].map(|it| part(it.u128(), row.worth.u128())))
        .collect();
    let budgets = limits.iter().filter_map(|(_, limit)| limit.map(millionths));
    let highest = parts.iter().flatten().copied().chain(budgets).max();
    // 1 % where nothing moved and nothing bounds it
    let y = Axis::around(0, highest.unwrap_or_default().max(10_000));
    // an epoch goes on when the days end
    let epoch = u128::from(EPOCH_DAYS);
    let begin = |day: u32| u128::from(day).saturating_sub(1) / epoch * epoch;
    let end = epochs.last().map_or(0, |row| begin(row.day) + epoch);
    let x = Axis::exactly(0, end.max(report.days.into()));
    let mut plot = Plot::new(x, y);
    let largest = epochs.iter().map(|row| row.worth.u128()).max();
    let unit = page.unit(largest.unwrap_or_default());
    let mut table = Table::new(
        format!(
            "Moved in each epoch of {EPOCH_DAYS} days, by the day of its first move, in {unit} and in \
             % of what the vault was worth then"
        ),
        &[
            Column::Number("day"),
            Column::Number("worth"),
            Column::Number("quality"),
            Column::Number("%"),
            Column::Number("emergency"),
            Column::Number("%"),
        ],
    );
    for (row, [quality, emergency]) in epochs.iter().zip(parts) {
        let left = begin(row.day);
        plot.bar("vault", (left, left + epoch / 2), (0, quality));
        plot.bar(
            "other",
            (left + epoch / 2, left + epoch - 1),
            (0, emergency),
        );
        table.add([
            row.day.to_string(),
            unit.show(row.worth.u128()),
            unit.show(row.quality.u128()),
            tell_millionths(quality).replace(" %", ""),
            unit.show(row.emergency.u128()),
            tell_millionths(emergency).replace(" %", ""),
        ]);
    }
    for (name, limit) in limits {
        if let Some(limit) = limit {
            plot.limit(millionths(limit), name);
        }
    }
    if epochs.is_empty() {
        plot.say("nothing moved");
    }
    let says = format!(
        "Stake that went from one validator to others, in epochs of {EPOCH_DAYS} days, as a part of what the \
         vault was worth at the epoch's first move: {} in {}. Quality is what goes toward the \
         targets, emergency what leaves those who are out, end or stand above a cap.",
        count(report.moves.len(), "move", "moves"),
        count(epochs.len(), "epoch", "epochs"),
    );
    let across = plot.ticks_across(|value| value.to_string());
    let names = Names {
        told: &says,
        across: "day",
        upward: "% of the vault in an epoch",
    };
    Section {
        title: "Turnover used".to_string(),
        picture: plot.finish(&names, &across, tell_millionths),
        says,
        keys: vec![
            ("vault", Drawn::Bar, "quality".to_string()),
            ("other", Drawn::Bar, "emergency".to_string()),
        ],
        tables: vec![("By epoch", table), ("Every move", moves(page))],
    }
}

/// Every move.
fn moves(page: &Page) -> Table {
    let moves = &page.report.moves;
    let largest = moves.iter().map(|row| row.tokens.u128()).max();
    let unit = page.unit(largest.unwrap_or_default());
    let mut table = Table::new(
        format!("Every move, in {unit}"),
        &[
            Column::Number("day"),
            Column::Names("from"),
            Column::Names("to"),
            Column::Number("tokens"),
            Column::Words("reason"),
        ],
    );
    let short = |operator: &str| match page.labels.name(operator) {
        Some(name) => name.to_string(),
        None => page.labels.tell(operator, false),
    };
    for row in moves {
        let to = row.destination.as_deref();
        table.add([
            row.day.to_string(),
            short(&row.source),
            to.map_or_else(|| "unbonds first".to_string(), short),
            unit.show(row.tokens.u128()),
            row.reason.replace('_', " "),
        ]);
    }
    table
}

/// How much of the vault's stake redelegations have locked.
pub fn locks(page: &Page) -> Section {
    let days = page.days.rows();
    let points = days.iter().map(|day| {
        let locked = part(day.locked.u128(), day.delegated.u128());
        (day.day.into(), locked)
    });
    let points: Vec<(u128, u128)> = points.collect();
    let highest = points.iter().map(|(_, part)| *part).max();
    let highest = highest.unwrap_or_default();
    let y = Axis::around(0, highest.max(10_000));
    let mut plot = Plot::new(days_axis(page), y);
    plot.line("vault", &points);
    let mut table = Table::new(
        "The vault's stake on validators that are locked in the evening",
        &[Column::Number("day"), Column::Number("locked")],
    );
    for (day, locked) in &points {
        table.add([day.to_string(), tell_millionths(*locked)]);
    }
    let says = format!(
        "The part of the vault's stake that stands on validators to which it was redelegated less \
         than an unbonding time ago: none of it can be redelegated again until then. At most it was {}.",
        tell_millionths(highest),
    );
    let across = plot.ticks_across(|value| value.to_string());
    let names = Names {
        told: &says,
        across: "day",
        upward: "% of the vault's stake",
    };
    Section {
        title: "Locked stake".to_string(),
        picture: plot.finish(&names, &across, tell_millionths),
        says,
        keys: vec![("vault", Drawn::Line, "locked".to_string())],
        tables: vec![("By day", table)],
    }
}
