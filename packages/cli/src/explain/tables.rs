//! The answer for a person.

use cosmwasm_std::Decimal;
use defenders_client::chain::Fate;
use defenders_client::explain::{Obstacle, WhatIf, Words};
use defenders_types::{CapName, Exclusion, ExplainResponse, ValidatorStatus};

use super::report::Report;
use crate::chain::tell_fate;
use crate::proposal::tell_time;
use crate::session::Units;
use crate::terminal::{Column, Labels, Screen, Table, Unit, percent};

/// All of it.
pub fn render(report: &Report, units: &Units, screen: &Screen) -> String {
    let on_chain = &report.on_chain;
    let unit = &units.tokens;
    let name = on_chain.name.as_deref().unwrap_or("(no name)");
    let mut lines = vec![format!("{name}, {}", on_chain.validator)];
    let place = match on_chain.rank {
        Some(rank) => format!("rank {rank} of {}", on_chain.bonded_validators),
        None => "not bonded".to_string(),
    };
    let jailed = match report.fate {
        Some(fate @ (Fate::Tombstoned | Fate::Jailed)) => format!(", {}", tell_fate(fate)),
        Some(Fate::NotBonded) | None => String::new(),
    };
    lines.push(format!(
        "on {}: {place}{jailed}, {}, {} of its own; commission {}, at most {}",
        report.chain_id,
        unit.tell(on_chain.tokens.u128()),
        unit.show(on_chain.self_bond.u128()),
        percent(&on_chain.commission.to_string()),
        percent(&on_chain.max_commission.to_string())
    ));
    match &report.explain {
        Some(explain) => lines.extend(tell_vault(report, explain, unit)),
        None => {
            lines.push(format!("{} does not list it", report.vault));
            for obstacle in &report.obstacles {
                lines.push(format!("were it listed: {obstacle}"));
            }
        }
    }
    if !report.is_exact {
        lines.push(
            "What acts would change is an approximation: the vault counts something that it does not tell."
                .to_string(),
        );
    }
    let mut text: String = lines.iter().map(|line| screen.wrap(line) + "\n").collect();
    if let Some(explain) = &report.explain {
        text += &caps(explain).render("Caps", &Labels::default(), screen);
    }
    text + &acts(&report.what_if, unit).render(
        "What would change its target, all else as it is",
        &Labels::default(),
        screen,
    )
}

fn tell_vault(report: &Report, explain: &ExplainResponse, unit: &Unit) -> Vec<String> {
    let mut lines = Vec::new();
    let listed = if report.listed {
        "listed"
    } else {
        "not listed"
    };
    let status = match report.status {
        Some(ValidatorStatus::Eligible) => "eligible",
        Some(ValidatorStatus::Waiting) => "waiting: no new stake comes, and what is there stays",
        Some(ValidatorStatus::Leaving) => "leaving: all stake of the vault leaves",
        None => "unknown",
    };
    lines.push(format!("in {}: {listed}, {status}", report.vault));
    if let Some(exclusion) = explain.exclusion {
        let since = explain.excluded_since.map_or(String::new(), |since| {
            format!(" since {}", tell_time(since))
        });
        lines.push(format!("excluded{since}: {}", name_exclusion(exclusion)));
    }
    if let Some(fate) = report.unseen {
        lines.push(format!(
            "the chain says now: {}; the vault reads that at its next refresh, and what follows is as it was at the last one",
            tell_fate(fate)
        ));
    }
    match (&explain.cleared_by, report.fate) {
        (_, Some(Fate::Tombstoned)) => lines.push(
            "what would clear it: nothing, a tombstoned validator cannot be unjailed; its operator begins anew with another".to_string(),
        ),
        (Some(cleared_by), _) => lines.push(format!("what would clear it: {cleared_by}")),
        (None, _) => {}
    }
    if let Some(from) = explain.leaves_from {
        lines.push(format!("the vault leaves it from {} on", tell_time(from)));
    }
    lines.push(format!(
        "stake of the vault: {}, target {}; beside {} of others",
        unit.tell(explain.delegated.u128()),
        unit.show(explain.target.u128()),
        explain
            .external
            .map_or("an unknown amount".to_string(), |tokens| unit
                .show(tokens.u128()))
    ));
    lines.push(match explain.binding {
        Some(cap) => format!("held where it is by: {}", name_cap(cap)),
        None => "no cap holds it: others are smaller, and come first".to_string(),
    });
    if !explain.room.is_zero() {
        lines.push(format!(
            "deposits still bring it {}",
            unit.tell(explain.room.u128())
        ));
    }
    if let Some(until) = explain.redelegation_locked_until {
        lines.push(format!(
            "nothing can be redelegated from it until {}",
            tell_time(until)
        ));
    }
    if let Some(until) = explain.retry_at {
        lines.push(format!(
            "it refused a message: left alone until {}",
            tell_time(until)
        ));
    }
    lines
}

fn caps(explain: &ExplainResponse) -> Table {
    let mut table = Table::new(&[
        Column::Words("cap"),
        Column::Amount("most"),
        Column::Amount("held"),
        Column::Amount("slack"),
        Column::Words(""),
    ]);
    for cap in &explain.caps {
        let name = match &cap.group {
            Some(group) => group.clone(),
            None => name_cap(cap.cap).to_string(),
        };
        table.add([
            name,
            cap.tokens.to_string(),
            cap.held.to_string(),
            cap.slack.to_string(),
            if cap.binds { "binds" } else { "" }.to_string(),
        ]);
    }
    table
}

fn acts(rows: &[WhatIf], unit: &Unit) -> Table {
    let mut table = Table::new(&[
        Column::Words("were there"),
        Column::Amount("target"),
        Column::Amount("change"),
        Column::Words(""),
    ]);
    for row in rows {
        let words = match &row.words {
            Words::SelfBond(tokens) => format!("{} more self-bond", unit.tell(*tokens)),
            Words::Commission(rate) => {
                format!("a commission of {}", percent(&rate.to_string()))
            }
            Words::OwnMaximum(None) => "no maximum of its own".to_string(),
            Words::OwnMaximum(Some(most)) => format!("an own maximum of {}", unit.show(*most)),
            Words::Cleared => "nothing that excludes it".to_string(),
            Words::Asked => "what you asked for".to_string(),
            Words::AskedCleared => "the same, and nothing that excludes it".to_string(),
        };
        table.add([
            words,
            row.target.to_string(),
            row.change.clone(),
            if row.eligible { "" } else { "excluded" }.to_string(),
        ]);
    }
    table
}

/// In words.
fn name_cap(cap: CapName) -> &'static str {
    match cap {
        CapName::VaultShare => "share of the vault",
        CapName::ChainShare => "share of the chain",
        CapName::Match => "share of its stake",
        CapName::OwnerMaximum => "the owner's maximum",
        CapName::OwnMaximum => "its own maximum",
        CapName::Bond => "self-bond",
        CapName::Group => "its group",
        CapName::Ineligible => "it is excluded",
    }
}

fn name_exclusion(exclusion: Exclusion) -> &'static str {
    match exclusion {
        Exclusion::NotListed => "it is not on the list",
        Exclusion::Draining => "the owner drains it",
        Exclusion::Expired => "its listing is over",
        Exclusion::Tombstoned => "it signed two blocks of one height",
        Exclusion::Jailed => "it is jailed",
        Exclusion::NotBonded => "it is not in the bonded set",
        Exclusion::Unknown => "it could not be read, or was not read yet",
        Exclusion::CommissionCeiling => "its greatest commission is above the ceiling",
        Exclusion::Commission => "its commission is too high",
        Exclusion::CommissionLately => "its commission was too high not long ago",
        Exclusion::TopThird => "it is one of the fewest that hold a third of all stake",
        Exclusion::NearTopThird => {
            "it was one of the fewest that hold a third, and is not clear of them yet"
        }
    }
}

/// In words, with its numbers.
pub fn tell_obstacle(obstacle: Obstacle) -> String {
    let show = |rate: Decimal| percent(&rate.to_string());
    match obstacle {
        Obstacle::Tombstoned => "it is tombstoned, and never comes back".to_string(),
        Obstacle::Jailed => "it is jailed".to_string(),
        Obstacle::NotBonded => "it is not in the bonded set".to_string(),
        Obstacle::Commission { rate, most } => format!(
            "it charges {}, and at most {} is allowed",
            show(rate),
            show(most)
        ),
        Obstacle::CommissionCeiling { rate, most } => format!(
            "it may ever charge {}, and at most {} is allowed; nothing can change that",
            show(rate),
            show(most)
        ),
        Obstacle::TopThird => "it is one of the fewest that hold a third of all stake".to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_obstacle_is_told_with_its_numbers() {
        let (rate, most) = (Decimal::percent(11), Decimal::percent(10));
        assert_eq!(
            tell_obstacle(Obstacle::Commission { rate, most }),
            "it charges 11 %, and at most 10 % is allowed"
        );
        assert_eq!(
            tell_obstacle(Obstacle::CommissionCeiling { rate, most }),
            "it may ever charge 11 %, and at most 10 % is allowed; nothing can change that"
        );
    }
}
