//! What there is to tell of what is seen, beside what was seen before.

use defenders_client::words::tell_time;

use super::alert::{Kind, Standing, Told};
use super::facts::{Facts, MissedBlock, VaultFacts, percent};
use super::memory::{Held, Seen};

/// How long a missed block counts as *lately*, seconds of the chain.
pub const LATELY: u64 = 600;

/// What the user wants to be told.
#[derive(Clone, Copy, Debug)]
pub struct Wishes {
    /// Blocks missed lately from which on it is an alert.
    pub missed: u64,
    /// Seconds after which an alert that still holds is told again.
    pub repeat: u64,
}

/// What there is to tell. Alerts come from what is so now, not from what has just happened: after a restart they hold as
/// before, and they are told again until they are over. `chain_now` is a time of the chain, `now` one of this machine.
pub fn judge(
    seen: &mut Seen,
    facts: &Facts,
    wishes: Wishes,
    chain_now: u64,
    now: u64,
) -> Vec<Told> {
    note_missed(seen, facts, chain_now);
    let mut told = Vec::new();
    for kind in Kind::ALL {
        let holds = why_holds(kind, seen, facts, wishes);
        told.extend(tell_alert(seen, kind, holds, wishes.repeat, now));
    }
    if !facts.is_removed {
        told.extend(tell_changes(seen, facts));
    }
    told
}

/// How many blocks were missed lately: as seen in the blocks, or as the chain's counter rose, whichever is more. The
/// counter also falls, when old blocks leave the window: only its rises say something.
pub fn missed_lately(seen: &Seen) -> u64 {
    let blocks = u64::try_from(seen.missed.len()).unwrap_or(u64::MAX);
    let increases = seen
        .increases
        .iter()
        .fold(0u64, |sum, (_, more)| sum.saturating_add(*more));
    blocks.max(increases)
}

fn note_missed(seen: &mut Seen, facts: &Facts, chain_now: u64) {
    for MissedBlock { height, time, .. } in &facts.missed_blocks {
        if seen.missed.iter().all(|(known, _)| known != height) {
            seen.missed.push_back((*height, *time));
        }
    }
    if let (Some(before), Some(after)) = (seen.counter, facts.missed)
        && after > before
    {
        seen.increases.push_back((chain_now, after - before));
    }
    seen.counter = facts.missed;
    let is_late = |time: u64| chain_now.saturating_sub(time) <= LATELY;
    seen.missed.retain(|(_, time)| is_late(*time));
    seen.increases.retain(|(time, _)| is_late(*time));
}

/// Why an alert holds, in words; None when it does not.
fn why_holds(kind: Kind, seen: &Seen, facts: &Facts, wishes: Wishes) -> Option<String> {
    let name = &facts.name;
    match kind {
        Kind::Tombstoned => facts
            .is_tombstoned
            .then(|| format!("{name} signed two blocks of one height, and is out for ever")),
        Kind::Jailed => {
            (facts.is_jailed && !facts.is_tombstoned).then(|| match facts.jailed_until {
                0 => format!("{name} is jailed"),
                until => format!(
                    "{name} is jailed, and may come back from {}",
                    tell_time(until)
                ),
            })
        }
        Kind::Removed => facts
            .is_removed
            .then(|| format!("{name} is no validator any more: all stake has left it")),
        Kind::NotBonded => (!facts.is_bonded && !facts.is_jailed && !facts.is_removed).then(|| {
            format!(
                "{name} is not in the set of {} places; it has {} base units",
                facts.places, facts.tokens
            )
        }),
        Kind::MissingBlocks => {
            let count = missed_lately(seen);
            (count >= wishes.missed).then(|| tell_missed(facts, count))
        }
        Kind::NearJail => {
            let missed = facts.missed.filter(|_| !facts.is_jailed)?;
            (facts.missed_allowed > 0 && missed.saturating_mul(2) >= facts.missed_allowed).then(
                || {
                    format!(
                        "{name} has missed {missed} blocks of the chain's window, and may miss {}",
                        facts.missed_allowed
                    )
                },
            )
        }
        Kind::Excluded => {
            let vault = facts.vault.as_ref()?;
            let why = vault.exclusion.as_ref()?;
            // of a double sign the vault sees the jailing only
            let nothing = "nothing: its key is banned for ever".to_string();
            let cleared = match facts.is_tombstoned {
                true => Some(&nothing),
                false => vault.cleared_by.as_ref(),
            };
            let cleared = cleared.map_or(String::new(), |by| format!("; what clears it: {by}"));
            Some(format!("the vault gives {name} no stake: {why}{cleared}"))
        }
    }
}

fn tell_missed(facts: &Facts, count: u64) -> String {
    let blocks = match count {
        1 => "1 block".to_string(),
        count => format!("{count} blocks"),
    };
    let last = facts.missed_blocks.last().map(|block| {
        format!(
            "; block {} was missed by {} of {} others too",
            block.height, block.others, block.others_asked
        )
    });
    let blame = match facts.missed_blocks.iter().all(is_networks_fault) {
        true if !facts.missed_blocks.is_empty() => ": the network rather than this validator",
        _ => "",
    };
    format!(
        "{} missed {blocks} within {} minutes{}{blame}",
        facts.name,
        LATELY / 60,
        last.unwrap_or_default()
    )
}

/// A third of the others or more missed it as well.
fn is_networks_fault(block: &MissedBlock) -> bool {
    block.others_asked > 0 && block.others.saturating_mul(3) >= block.others_asked
}

/// What to tell of an alert, which holds for a reason or not; what was told is noted.
fn tell_alert(
    seen: &mut Seen,
    kind: Kind,
    holds: Option<String>,
    repeat: u64,
    now: u64,
) -> Option<Told> {
    let mut held = seen.alerts.remove(&kind);
    let standing = step(&mut held, holds.is_some(), repeat, now);
    if let Some(held) = held
        && holds.is_some()
    {
        seen.alerts.insert(kind, held);
    }
    let since = held.map_or(now, |held| held.since);
    Some(Told::Alert {
        kind,
        standing: standing?,
        since,
        message: holds.unwrap_or_else(|| {
            format!(
                "{} is over, after {} seconds",
                kind.as_str(),
                now.saturating_sub(since)
            )
        }),
    })
}

/// How an alert goes on; None when there is nothing to tell. When it is over, `held` still says since when it held.
pub fn step(held: &mut Option<Held>, holds: bool, repeat: u64, now: u64) -> Option<Standing> {
    match (held.as_mut(), holds) {
        (None, false) => None,
        (None, true) => {
            *held = Some(Held {
                since: now,
                told_at: now,
            });
            Some(Standing::Firing)
        }
        (Some(_), false) => Some(Standing::Resolved),
        (Some(held), true) => {
            let is_time = now.saturating_sub(held.told_at) >= repeat;
            if is_time {
                held.told_at = now;
            }
            is_time.then_some(Standing::Repeated)
        }
    }
}

fn tell_changes(seen: &mut Seen, facts: &Facts) -> Vec<Told> {
    let mut told = Vec::new();
    let rates = [facts.commission, facts.max_commission, facts.max_change];
    let texts = rates.map(|rate| rate.to_string());
    let before = seen.commission.replace(texts.clone());
    if let Some(before) = before.filter(|before| *before != texts) {
        let was: u128 = before[0].parse().unwrap_or(0);
        told.push(Told::Change {
            what: "commission",
            message: format!(
                "{} charges {} (before: {}), may charge {} at most, and may change by {} a day",
                facts.name,
                percent(facts.commission),
                percent(was),
                percent(facts.max_commission),
                percent(facts.max_change)
            ),
            before: Some(before.join(",")),
            after: Some(texts.join(",")),
        });
    }
    if let Some(vault) = &facts.vault {
        told.extend(tell_stake(seen, facts, vault));
        told.extend(tell_cap(seen, facts, vault));
    }
    told
}

fn tell_stake(seen: &mut Seen, facts: &Facts, vault: &VaultFacts) -> Option<Told> {
    let after = vault.delegated.to_string();
    let before = seen.delegated.replace(after.clone())?;
    let was: u128 = before.parse().ok()?;
    let (verb, by) = match vault.delegated.cmp(&was) {
        std::cmp::Ordering::Equal => return None,
        std::cmp::Ordering::Greater => ("gained", vault.delegated - was),
        std::cmp::Ordering::Less => ("lost", was - vault.delegated),
    };
    Some(Told::Change {
        what: "vault_stake",
        message: format!(
            "{} {verb} {by}{} of the vault's stake, and has {after}{}; its target is {}{}",
            facts.name, vault.denom, vault.denom, vault.target, vault.denom
        ),
        before: Some(before),
        after: Some(after),
    })
}

fn tell_cap(seen: &mut Seen, facts: &Facts, vault: &VaultFacts) -> Option<Told> {
    // on the first look nothing has changed
    let is_first = seen.height == 0;
    let before = std::mem::replace(&mut seen.binding, vault.binding.clone());
    if is_first || before == vault.binding {
        return None;
    }
    let tell = |cap: &Option<String>| cap.clone().unwrap_or_else(|| "none".to_string());
    Some(Told::Change {
        what: "binding_cap",
        message: format!(
            "the cap that keeps {} from more of the vault's stake is {} (before: {})",
            facts.name,
            tell(&vault.binding),
            tell(&before)
        ),
        before,
        after: vault.binding.clone(),
    })
}
