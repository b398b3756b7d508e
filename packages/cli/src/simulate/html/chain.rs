//! What became of the chain: cumulative power, where the stake went, levels against targets.

use std::cmp::Reverse;

use cosmwasm_std::Decimal;

use super::axis::Axis;
use super::page::Page;
use super::plot::{Names, Plot};
use super::section::{Drawn, Section};
use super::table::{Column, Table};
use crate::simulate::report::{Status, ValidatorRow};
use crate::terminal::{count, percent, percent_of};

/// All, in millionths.
pub const ALL: u128 = 1_000_000;

/// Millionths of something as a percentage.
pub fn tell_millionths(millionths: u128) -> String {
    percent(&Decimal::raw(millionths * 10u128.pow(12)).to_string())
}

/// Stakes from the largest on.
fn ranked(stakes: impl Iterator<Item = u128>) -> Vec<u128> {
    let mut stakes: Vec<u128> = stakes.collect();
    stakes.sort_unstable_by_key(|stake| Reverse(*stake));
    stakes
}

/// What the largest one, two, three, … hold together, of the sum of all.
fn accumulate(stakes: &[u128]) -> (Vec<u128>, u128) {
    let mut sum = 0;
    let sums = stakes.iter().map(|stake| {
        sum += stake;
        sum
    });
    (sums.collect(), stakes.iter().sum())
}

/// How much the largest hold together, before and after.
pub fn power(page: &Page) -> Section {
    let report = page.report;
    let rows = report.validators.iter();
    let before = rows.clone().filter(|row| row.was_bonded);
    let (before, all_before) = accumulate(&ranked(before.map(|row| row.before.u128())));
    let after = rows.filter(|row| row.status == Status::Bonded);
    let (after, all_after) = accumulate(&ranked(after.map(|row| row.tokens().u128())));
    let most = before.len().max(after.len());
    let mut plot = Plot::new(Axis::exactly(0, most as u128), Axis::around(0, ALL));
    for (class, sums, all) in [("chain", &before, all_before), ("vault", &after, all_after)] {
        let axis = Axis::exactly(0, all.max(1));
        let points = sums.iter().enumerate();
        let points = points.map(|(index, sum)| (index as u128 + 1, axis.place(*sum, ALL)));
        let points: Vec<_> = [(0, 0)].into_iter().chain(points).collect();
        plot.line(class, &points);
    }
    plot.limit(ALL / 3, "a third");
    plot.limit(ALL * 2 / 3, "two thirds");
    let mut table = Table::new(
        "Part of all bonded stake with so many of the largest validators together",
        &[
            Column::Number("largest"),
            Column::Number("before"),
            Column::Number("after"),
        ],
    );
    for index in 0..most {
        let tell = |sums: &[u128], all| sums.get(index).map(|sum| percent_of(*sum, all));
        table.add([
            (index + 1).to_string(),
            tell(&before, all_before).unwrap_or_default(),
            tell(&after, all_after).unwrap_or_default(),
        ]);
    }
    let says = format!(
        "How much of all bonded stake the largest validators hold together: the flatter, the more \
         even. A third was with {} before and is with {} after, two thirds with {} and {}.",
        report.before.nakamoto_third,
        report.after.nakamoto_third,
        report.before.nakamoto_two_thirds,
        report.after.nakamoto_two_thirds,
    );
    let across = plot.ticks_across(|value| value.to_string());
    let names = Names {
        told: &says,
        across: "validators, from the largest on",
        upward: "% of all bonded stake",
    };
    Section {
        title: "Cumulative power before and after".to_string(),
        picture: plot.finish(&names, &across, tell_millionths),
        says,
        keys: vec![
            ("chain", Drawn::Line, "before".to_string()),
            ("vault", Drawn::Line, "after".to_string()),
        ],
        tables: vec![("Cumulative power", table)],
    }
}

/// Where the vault's stake went, beside where all stake was.
pub fn ranks(page: &Page) -> Section {
    let rows = &page.report.by_rank;
    let all: u128 = rows.iter().map(|row| row.before.u128()).sum();
    let parts: Vec<(u128, u128)> = rows
        .iter()
        .map(|row| {
            let before = Axis::exactly(0, all.max(1)).place(row.before.u128(), ALL);
            (before, row.vault_share.atomics().u128() / 10u128.pow(12))
        })
        .collect();
    let highest = parts.iter().map(|(before, vault)| *before.max(vault)).max();
    let bands = rows.len() as u128 * 10;
    let y = Axis::around(0, highest.unwrap_or(ALL));
    let mut plot = Plot::new(Axis::exactly(0, bands), y);
    let mut across = Vec::new();
    let unit = page.unit(
        rows.iter()
            .map(|row| row.after.u128())
            .max()
            .unwrap_or_default(),
    );
    let mut table = Table::new(
        format!("By rank of a validator's stake before; amounts in {unit}"),
        &[
            Column::Words("ranks"),
            Column::Number("before"),
            Column::Number("after"),
            Column::Number("of all before"),
            Column::Number("of the vault's"),
        ],
    );
    for (index, (row, (before, vault))) in rows.iter().zip(parts).enumerate() {
        let left = index as u128 * 10;
        plot.bar("chain", (left + 1, left + 5), (0, before));
        plot.bar("vault", (left + 5, left + 9), (0, vault));
        let name = match row.first == row.last {
            true => row.first.to_string(),
            false => format!("{}–{}", row.first, row.last),
        };
        across.push((left + 5, name.clone()));
        table.add([
            name,
            unit.show(row.before.u128()),
            unit.show(row.after.u128()),
            tell_millionths(before),
            percent(&row.vault_share.to_string()),
        ]);
    }
    let first = rows.first();
    let first = first.map(|row| (row.last, percent(&row.vault_share.to_string())));
    let says = match first {
        Some((last, share)) => format!(
            "How the vault's stake is spread over the ranks of the chain, beside how all stake was \
             spread before: {} has {share} of it.",
            match last {
                1 => "the largest validator".to_string(),
                last => format!("the first band, {last} validators,"),
            }
        ),
        None => "The set has no bonded validators.".to_string(),
    };
    let names = Names {
        told: &says,
        across: "rank of the stake before",
        upward: "% of the stake",
    };
    Section {
        title: "Where the stake went".to_string(),
        picture: plot.finish(&names, &across, tell_millionths),
        says,
        keys: vec![
            ("chain", Drawn::Bar, "all stake before".to_string()),
            ("vault", Drawn::Bar, "the vault's at the end".to_string()),
        ],
        tables: vec![("By rank", table)],
    }
}

/// Each validator's level beside the level of its target.
pub fn levels(page: &Page) -> Section {
    let rows = page.report.validators.iter();
    let mut rows: Vec<(u128, &ValidatorRow)> = rows
        .filter(|row| row.listed || !row.delegated.is_zero())
        .map(|row| (row.target.unwrap_or_default().u128(), row))
        .collect();
    // in ascending operator address, and the sort keeps that
    rows.sort_by_key(|(target, row)| Reverse(row.external.u128() + target));
    let level = |(target, row): &(u128, &ValidatorRow)| {
        row.external.u128() + row.delegated.u128().max(*target)
    };
    let highest = rows.iter().map(level).max().unwrap_or_default();
    let unit = page.unit(highest);
    let y = Axis::around(0, highest);
    let mut plot = Plot::new(Axis::exactly(0, rows.len() as u128 * 10), y);
    let mut table = Table::new(
        format!("Stake of each listed validator, in {unit}"),
        &[
            Column::Names("validator"),
            Column::Number("of others"),
            Column::Number("the vault’s"),
            Column::Number("target"),
            Column::Number("above or below"),
        ],
    );
    let (mut off, mut all) = (0, 0);
    for (index, (target, row)) in rows.iter().enumerate() {
        let (left, right) = (index as u128 * 10 + 1, index as u128 * 10 + 9);
        let (external, delegated) = (row.external.u128(), row.delegated.u128());
        plot.bar("chain", (left, right), (0, external));
        plot.bar("vault", (left, right), (external, external + delegated));
        plot.mark("other", (left - 1, right + 1), external + target);
        off += delegated.abs_diff(*target);
        all += delegated;
        let sign = if delegated < *target { "-" } else { "" };
        table.add([
            page.labels.tell(&row.validator, false),
            unit.show(external),
            unit.show(delegated),
            unit.show(*target),
            format!("{sign}{}", unit.show(delegated.abs_diff(*target))),
        ]);
    }
    if rows.is_empty() {
        plot.say("nobody is listed");
    }
    let says = format!(
        "{}: the level of each, others' stake and the vault's on top of it, beside the level of \
         its target by the vault's last reading of the chain. All that is above or below adds up to \
         {} of the vault's stake.",
        count(rows.len(), "listed validator", "listed validators"),
        percent_of(off, all),
    );
    let across = plot.whole_tens_across();
    let unit = page.axis_unit(highest);
    let upward = format!("stake, {unit}");
    let names = Names {
        told: &says,
        across: "listed validators, highest target first",
        upward: &upward,
    };
    Section {
        title: "Level and target of each validator".to_string(),
        picture: plot.finish(&names, &across, |value| unit.show(value)),
        says,
        keys: vec![
            ("chain", Drawn::Bar, "stake of others".to_string()),
            ("vault", Drawn::Bar, "the vault's".to_string()),
            ("other", Drawn::Line, "target".to_string()),
        ],
        tables: vec![("By validator", table)],
    }
}
