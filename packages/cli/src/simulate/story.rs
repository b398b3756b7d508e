//! What happened, in sentences: the list, incidents, refused deposits, idle tokens, the yearly rate.

use cosmwasm_std::{Decimal, Uint128};

use super::findings::{Incident, IncidentRow, RefusalReason, RefusalRow};
use super::idle::tell_reason;
use super::list::tell_left_out;
use super::moves::EpochRow;
use super::report::Report;
use super::world::REWARD_RATE;
use crate::terminal::{Labels, Screen, count, percent};

/// The sentences, a line each.
pub fn tell(report: &Report, labels: &Labels, screen: &Screen) -> Vec<String> {
    let mut lines = vec![tell_list(report)];
    let incidents = report.incidents.iter();
    lines.extend(incidents.map(|incident| tell_incident(incident, labels, screen)));
    lines.push(format!(
        "A share has gained {} a year, not compounded, while the chain pays {} before commission.",
        percent(&report.yearly_rate),
        percent(&REWARD_RATE.to_string()),
    ));
    lines.extend(tell_moves(report, screen));
    lines.push(format!(
        "The chain has {} of the best effective number for what the vault has delegated.",
        tell_best_ratio(report),
    ));
    lines.extend(tell_idle(report, screen));
    lines.extend(report.refusals.iter().map(tell_refusal));
    if !report.not_deposited.is_zero() {
        lines.push(format!(
            "{} could not be deposited until the end.",
            screen.unit.tell(report.not_deposited.u128())
        ));
    }
    lines
}

fn tell_list(report: &Report) -> String {
    let list = &report.list;
    let all = count(report.validators.len(), "validator", "validators");
    let left_out = tell_left_out(list, report.policy.max_commission_rate);
    let left_out = match left_out.as_str() {
        "" => String::new(),
        reasons => format!("; of the others {reasons}"),
    };
    let verb = if list.listed == 1 { "is" } else { "are" };
    let mut text = format!("{} of {all} {verb} listed{left_out}.", list.listed);
    if !list.not_eligible.is_empty() {
        let reasons = report.reasons_not_eligible().join(", ");
        text += &format!(" At the end some get nothing more: {reasons}.");
    }
    text
}

fn tell_incident(incident: &IncidentRow, labels: &Labels, screen: &Screen) -> String {
    let validator = labels.tell(&incident.validator, screen.is_full);
    let tokens = screen.unit.tell(incident.delegated.u128());
    let what = match incident.what {
        Incident::Jailed => format!("missed blocks and was jailed; the vault had {tokens} there"),
        Incident::DoubleSigned => {
            format!("signed twice, is out for ever; the vault had {tokens} there")
        }
        Incident::Unjailed => "came back".to_string(),
        Incident::Drained => "is drained by the owner".to_string(),
        Incident::Left => format!("shut down for good; the vault had {tokens} there"),
        Incident::Entered => "began to sign, and is listed".to_string(),
        Incident::CommissionRaised => {
            format!("raised its commission to its most; the vault had {tokens} there")
        }
        Incident::StakeArrived => {
            let arrived = incident.arrived.unwrap_or_default();
            format!(
                "was delegated {} from outside",
                screen.unit.tell(arrived.u128())
            )
        }
    };
    format!("Day {}: {validator} {what}.", incident.day)
}

/// How much moved, and the most that one epoch used of each budget.
fn tell_moves(report: &Report, screen: &Screen) -> Option<String> {
    let tokens: Uint128 = report.moves.iter().map(|row| row.tokens).sum();
    let most = |of: fn(&EpochRow) -> Uint128| {
        let used = report.epochs.iter();
        let used =
            used.map(|row| Decimal::checked_from_ratio(of(row), row.worth).unwrap_or_default());
        percent(&used.max().unwrap_or_default().to_string())
    };
    (!report.moves.is_empty()).then(|| {
        format!(
            "{} took {} from validators to others: in an epoch at most {} of the vault for quality, {} in \
             emergencies.",
            count(report.moves.len(), "move", "moves"),
            screen.unit.tell(tokens.u128()),
            most(|row| row.quality),
            most(|row| row.emergency),
        )
    })
}

/// `99.9942 %`: all six places of the ratio, for 99.99 % and 99.9999 % are not the same here.
pub fn tell_best_ratio(report: &Report) -> String {
    let millionths = report.best_ratio.atomics().u128() / 10u128.pow(12);
    format!("{}.{:04} %", millionths / 10_000, millionths % 10_000)
}

fn tell_idle(report: &Report, screen: &Screen) -> Vec<String> {
    let idle = &report.idle;
    let tell = |part| tell_reason(idle, part);
    let parts = idle.parts.iter();
    parts
        .map(|part| {
            format!(
                "Idle {}: {}.",
                screen.unit.tell(part.tokens.u128()),
                tell(part)
            )
        })
        .collect()
}

fn tell_refusal(row: &RefusalRow) -> String {
    let refused = usize::try_from(row.deposits).unwrap_or(usize::MAX);
    let deposits = count(refused, "deposit", "deposits");
    let verb = if refused == 1 { "was" } else { "were" };
    let days = match row.first_day == row.last_day {
        true => format!("on day {}", row.first_day),
        false => format!("between day {} and day {}", row.first_day, row.last_day),
    };
    let why = match row.reason {
        RefusalReason::NoCapacity => "the caps of the listed validators leave no place",
        RefusalReason::SelfLimit => "the vault would pass its self limit",
        RefusalReason::WorthNoShare => "they were worth less than a share",
        RefusalReason::WorthlessShares => "shares were worth nothing",
    };
    format!(
        "{deposits} {verb} refused {days}, as {why}; the last: {}.",
        row.last
    )
}

impl Report {
    /// `3 top third, 1 jailed`: why listed validators are not eligible at the end.
    pub fn reasons_not_eligible(&self) -> Vec<String> {
        let mut reasons: Vec<(String, usize)> = Vec::new();
        for row in &self.list.not_eligible {
            // as in JSON, in words
            let name = serde_json::to_value(row.reason).unwrap_or_default();
            let name = name.as_str().unwrap_or_default().replace('_', " ");
            match reasons.iter_mut().find(|(other, _)| *other == name) {
                Some((_, number)) => *number += 1,
                None => reasons.push((name, 1)),
            }
        }
        let told = reasons.into_iter();
        told.map(|(name, number)| format!("{number} {name}"))
            .collect()
    }
}
