//! The table as the README shows it. Nothing that runs on chain calls this.

use defenders_types::{AllocationPolicy, FeePolicy, Parameters, PowerSource, DAY, HOUR};

use crate::row::{Absence, Bounds, Good, Row, Unit};
use crate::settings::Settings;
use crate::table::{SettingName, SHORTEST_EXIT_SLACK};
use crate::value::{tell_number, SettingValue};

/// The line before the table.
pub const BEGIN: &str = "<!-- settings: scripts/make-settings-table.sh writes what follows -->\n";
/// The line after it.
pub const END: &str = "<!-- settings end -->\n";

/// The table, a line for each setting.
#[must_use]
pub fn render_table() -> String {
    let head = "| setting | group | unit | hard bounds | default | good for every depositor | what it says |\n\
                | --- | --- | --- | --- | --- | --- | --- |\n";
    let defaults = defaults();
    let mut table = head.to_owned();
    for name in SettingName::ALL {
        let row = name.row();
        table.push_str(&format!(
            "| `{}` | {} | {} | {} | {} | {} | {} |\n",
            row.name,
            row.group.text(),
            row.unit.text(),
            bounds(*name),
            default(*name, &defaults),
            good(row),
            name.what(),
        ));
    }
    table
}

/// The document with the present table between the two lines; `None` where they are missing.
#[must_use]
pub fn put_table(document: &str) -> Option<String> {
    let (head, rest) = document.split_once(BEGIN)?;
    let (_, tail) = rest.split_once(END)?;
    Some(format!("{head}{BEGIN}{}{END}{tail}", render_table()))
}

fn bounds(name: SettingName) -> String {
    let row = name.row();
    let mut parts = vec![];
    if row.unit.is_number() {
        parts.push(range(row.bounds, row.unit));
    }
    if row.is_free_at_founding {
        let founding = range(row.founding(), row.unit);
        parts.push(format!("{founding} at the instantiation"));
    }
    match row.absence {
        Absence::Never => {}
        Absence::Founding => parts.push("or none at the instantiation".to_owned()),
        Absence::Always => parts.push("or none".to_owned()),
    }
    if row.is_fixed {
        parts.push("fixed at the instantiation".to_owned());
    }
    parts.join(", ")
}

fn range(bounds: Bounds, unit: Unit) -> String {
    let least = short(bounds.least, unit);
    if bounds.most == u128::MAX {
        return format!("{least} or more");
    }
    format!("{least} to {}", short(bounds.most, unit))
}

/// Shares in percent; times in the largest unit that is whole.
fn short(number: u128, unit: Unit) -> String {
    match unit {
        Unit::Share => format!("{} %", tell_number(number.saturating_mul(100), unit)),
        Unit::Seconds => time(number),
        _ => tell_number(number, unit),
    }
}

fn time(seconds: u128) -> String {
    let units = [(DAY, "day"), (HOUR, "hour")].map(|(unit, word)| (u128::from(unit), word));
    let whole = units.into_iter().find_map(|(unit, word)| {
        let is_whole = seconds > 0 && seconds.checked_rem(unit) == Some(0);
        Some((seconds.checked_div(unit)?, word)).filter(|_| is_whole)
    });
    let (count, word) = whole.unwrap_or((seconds, "second"));
    match count {
        1 => format!("a {word}").replace("a hour", "an hour"),
        _ => format!("{count} {word}s"),
    }
}

fn default(name: SettingName, defaults: &Settings) -> String {
    let is_named = matches!(
        name,
        SettingName::PerformanceFeeRate
            | SettingName::KeeperBountyShare
            | SettingName::FeeRecipient
            | SettingName::PowerSource
    );
    match defaults.get(name) {
        _ if is_named => String::new(),
        SettingValue::Number(number) => short(number, name.row().unit),
        _ => "none".to_owned(),
    }
}

/// What a vault has that names nothing; fee and source it must name.
fn defaults() -> Settings {
    Settings {
        policy: AllocationPolicy::default(),
        fee: FeePolicy {
            recipient: String::new(),
            performance_fee_rate: Default::default(),
            keeper_bounty_share: Default::default(),
        },
        parameters: Parameters::default(),
        power_source: PowerSource::Grpc,
        guardian: None,
        exit_slack: SHORTEST_EXIT_SLACK,
    }
}

fn good(row: &Row) -> String {
    let direction = match row.good {
        Good::Lower => "lower",
        Good::Higher => "higher",
        Good::Absent => "none",
        Good::Neither => "neither",
    };
    format!("{direction}: {}", row.reason)
}
