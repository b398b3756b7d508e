//! What became of the vault: its rate, its own spread.

use std::cmp::Reverse;

use cosmwasm_std::Decimal;

use super::axis::Axis;
use super::chain::{ALL, tell_millionths};
use super::page::Page;
use super::plot::{Names, Plot};
use super::section::{Drawn, Section};
use super::table::{Column, Table};
use crate::terminal::{count, four_digits, percent, percent_of};

/// Least that the axis of the rate spans, millionths.
const LEAST_SPAN: u128 = 1_000;

/// A decimal in millionths, rounded down.
pub fn millionths(ratio: Decimal) -> u128 {
    ratio.atomics().u128() / 10u128.pow(12)
}

/// Millionths as a decimal, whole.
fn tell_decimal(millionths: u128) -> String {
    Decimal::raw(millionths * 10u128.pow(12)).to_string()
}

/// A part of all in millionths, rounded down.
pub fn part(of: u128, all: u128) -> u128 {
    Axis::exactly(0, all.max(1)).place(of, ALL)
}

/// The days, across.
pub fn days_axis(page: &Page) -> Axis {
    Axis::exactly(0, page.report.days.into())
}

/// What a share is worth, day by day.
pub fn rate(page: &Page) -> Section {
    let days = page.days.rows();
    let points = days
        .iter()
        .map(|day| (day.day.into(), millionths(day.tokens_per_share)));
    let points: Vec<(u128, u128)> = points.collect();
    let rates = points.iter().map(|(_, rate)| *rate);
    let (low, high) = (rates.clone().min(), rates.max());
    let (low, high) = (low.unwrap_or(ALL), high.unwrap_or(ALL));
    // a rate that hardly moves looks level
    let y = Axis::around(low, high.max(low + LEAST_SPAN));
    let mut plot = Plot::new(days_axis(page), y);
    plot.line("vault", &points);
    let mut table = Table::new(
        "What a share is worth in the evening, tokens",
        &[Column::Number("day"), Column::Number("tokens per share")],
    );
    for day in days {
        table.add([day.day.to_string(), day.tokens_per_share.to_string()]);
    }
    let says = format!(
        "What a share is worth in tokens. At the end it is {}: {} a year, not compounded. Rewards \
         raise it, slashes lower it.",
        four_digits(&page.report.vault.tokens_per_share.to_string()),
        percent(&page.report.yearly_rate),
    );
    let across = plot.ticks_across(|value| value.to_string());
    let names = Names {
        told: &says,
        across: "day",
        upward: "tokens per share",
    };
    Section {
        title: "Rate".to_string(),
        picture: plot.finish(&names, &across, tell_decimal),
        says,
        keys: vec![("vault", Drawn::Line, "tokens per share".to_string())],
        tables: vec![("By day", table)],
    }
}

/// The vault's part with each validator, at the end.
pub fn spread(page: &Page) -> Section {
    let rows = page.report.validators.iter();
    let mut rows: Vec<_> = rows.filter(|row| !row.delegated.is_zero()).collect();
    // in ascending operator address, and the sort keeps that
    rows.sort_by_key(|row| Reverse(row.delegated));
    let all: u128 = rows.iter().map(|row| row.delegated.u128()).sum();
    let largest = rows.first().map_or(0, |row| row.delegated.u128());
    let unit = page.unit(largest);
    let x = Axis::exactly(0, rows.len() as u128 * 10);
    let mut plot = Plot::new(x, Axis::around(0, part(largest, all).max(1)));
    let mut table = Table::new(
        format!("The vault's stake by validator, in {unit}"),
        &[
            Column::Names("validator"),
            Column::Number("the vault’s"),
            Column::Number("of all its stake"),
        ],
    );
    for (index, row) in rows.iter().enumerate() {
        let delegated = row.delegated.u128();
        let left = index as u128 * 10;
        plot.bar("vault", (left + 1, left + 9), (0, part(delegated, all)));
        table.add([
            page.labels.tell(&row.validator, false),
            unit.show(delegated),
            percent_of(delegated, all),
        ]);
    }
    if rows.is_empty() {
        plot.say("nothing is delegated");
    }
    let says = format!(
        "How the vault's own stake stands at the end: on {}, at most {} of it on one.",
        count(rows.len(), "validator", "validators"),
        percent_of(largest, all),
    );
    let across = plot.whole_tens_across();
    let names = Names {
        told: &says,
        across: "validators, from the largest part on",
        upward: "% of the vault's stake",
    };
    Section {
        title: "The vault's own spread".to_string(),
        picture: plot.finish(&names, &across, tell_millionths),
        says,
        keys: vec![("vault", Drawn::Bar, "the vault's stake".to_string())],
        tables: vec![("By validator", table)],
    }
}

/// The effective number of validators by the vault's own stake, day by day.
pub fn spread_by_day(page: &Page) -> Section {
    let days = page.days.rows();
    let points = days
        .iter()
        .map(|day| (day.day.into(), millionths(day.own_effective)));
    let points: Vec<(u128, u128)> = points.collect();
    let highest = points.iter().map(|(_, number)| *number).max();
    let y = Axis::around(0, highest.unwrap_or_default().max(ALL));
    let mut plot = Plot::new(days_axis(page), y);
    plot.line("vault", &points);
    let mut table = Table::new(
        "The vault's own stake in the evening",
        &[
            Column::Number("day"),
            Column::Number("effective validators"),
            Column::Number("largest part"),
            Column::Number("effective, whole chain"),
        ],
    );
    for day in days {
        table.add([
            day.day.to_string(),
            four_digits(&day.own_effective.to_string()),
            percent(&day.own_largest.to_string()),
            four_digits(&day.chain.effective.to_string()),
        ]);
    }
    let tell = |point: Option<&(u128, u128)>| {
        let number = point.map_or(0, |(_, number)| *number);
        four_digits(&tell_decimal(number))
    };
    let says = format!(
        "How many validators of equal parts would spread the vault's own stake as it is spread: {} \
         on the first evening, {} on the last. The vault evens out the chain and not itself, so \
         more is not always better.",
        tell(points.first()),
        tell(points.last()),
    );
    let across = plot.ticks_across(|value| value.to_string());
    let names = Names {
        told: &says,
        across: "day",
        upward: "effective validators",
    };
    Section {
        title: "The vault's own spread over time".to_string(),
        picture: plot.finish(&names, &across, |value| four_digits(&tell_decimal(value))),
        says,
        keys: vec![("vault", Drawn::Line, "effective validators".to_string())],
        tables: vec![("By day", table)],
    }
}
