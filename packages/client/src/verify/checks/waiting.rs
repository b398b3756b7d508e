//! What is within bounds, and what is about to change.

use defenders_settings::{Moment, SettingName, ensure_in_bounds};
use defenders_types::{Change, ChangeInfo, ConfigResponse, OwnContract};

use super::check::{Check, Finding, cannot_tell, check};
use super::code::{REWARD_POT, VAULT};

use crate::checksums::Checksums;
use crate::multisig::{Count, Status};
use crate::settings::to_settings;
use crate::verify::facts::Facts;
use crate::words::{count, tell_minute};

/// What the owner has decided and not carried out yet is not judged here; nor what others than its members of today may
/// still decide.
pub fn check_proposals(facts: &Facts) -> Check {
    let what = "owner's proposals";
    if facts.owner.info.is_none() {
        return check(what, true, "it is no contract");
    }
    let Some(all) = &facts.proposals else {
        return cannot_tell(what, "the owner does not list them");
    };
    let pending: Vec<&Count> = all.iter().filter(|count| count.is_pending()).collect();
    let sum = |all: &Vec<u64>| {
        all.iter()
            .fold(0u64, |sum, weight| sum.saturating_add(*weight))
    };
    let members: Option<u64> = facts.weights.as_ref().map(sum);
    let of = |is: fn(&Count, Option<u64>) -> bool| -> Vec<String> {
        let found = pending.iter().filter(|count| is(count, members));
        found.map(|count| count.id.to_string()).collect()
    };
    let passed = of(|count, _| count.status == Status::Passed);
    if !passed.is_empty() {
        return cannot_tell(
            what,
            format!(
                "{} passed, and can be carried out at any moment: read `defenders inspect {}` before depositing",
                passed.join(", "),
                passed.join("`, `defenders inspect ")
            ),
        );
    }
    let of_others = of(|count, members| members != Some(count.total_weight));
    match of_others.is_empty() {
        true => check(
            what,
            true,
            format!("none waits to be carried out, {} open", pending.len()),
        ),
        false => cannot_tell(
            what,
            format!(
                "{} may be decided by others than the members of today: read `defenders inspect {}`",
                of_others.join(", "),
                of_others.join("`, `defenders inspect ")
            ),
        ),
    }
}

/// Nobody was offered the ownership.
pub fn check_offer(facts: &Facts) -> Check {
    let what = "offer of the ownership";
    match &facts.ownership.pending_owner {
        None => check(what, true, "none"),
        Some(pending) => check(what, false, format!("{pending} may take it")),
    }
}

/// Changes wait longer than an exit takes: they are told, and only other code than a release's is not ok.
pub fn check_changes(facts: &Facts, checksums: Option<&Checksums>) -> Check {
    let what = "scheduled changes";
    // one that has expired stays on record
    let all = facts.changes.changes.iter();
    let changes: Vec<&ChangeInfo> = all.filter(|it| facts.time < it.expires_at).collect();
    if changes.is_empty() {
        return check(what, true, "none");
    }
    let judged: Vec<(Finding, String)> = changes
        .into_iter()
        .map(|change| judge(change, checksums))
        .collect();
    let is = |wanted: Finding| judged.iter().any(|(finding, _)| *finding == wanted);
    let finding = match (is(Finding::NotOk), is(Finding::CannotTell)) {
        (true, _) => Finding::NotOk,
        (false, true) => Finding::CannotTell,
        (false, false) => Finding::Ok,
    };
    let told: Vec<String> = judged.into_iter().map(|(_, words)| words).collect();
    Check {
        what,
        finding,
        because: told.join("; "),
    }
}

fn judge(info: &ChangeInfo, checksums: Option<&Checksums>) -> (Finding, String) {
    let begin = format!("{} from {}", info.id, tell_minute(info.due_at));
    match &info.change {
        Change::Setting { name, now, then } => {
            let word = |value: &Option<String>| value.clone().unwrap_or("none".to_string());
            let told = format!("{begin}: {name} {} -> {}", word(now), word(then));
            (Finding::Ok, told)
        }
        Change::Listings { validators } => {
            let told = count(validators.len(), "validator is", "validators are");
            (Finding::Ok, format!("{begin}: {told} listed"))
        }
        Change::Upgrade {
            contract,
            code_id,
            checksum,
            ..
        } => {
            let (name, file) = match contract {
                OwnContract::Vault => ("the vault", VAULT),
                OwnContract::RewardPot => ("the pot", REWARD_POT),
            };
            let told = format!("{begin}: other code for {name}, {code_id} ({checksum})");
            match checksums.map(|list| (list.of(file), list.with_hash(checksum))) {
                None => (
                    Finding::CannotTell,
                    format!("{told}; give --checksums of the release"),
                ),
                Some((Some(line), _)) if line.hash == *checksum => {
                    (Finding::Ok, format!("{told}, {file} of this release"))
                }
                Some((_, Some(line))) => {
                    (Finding::NotOk, format!("{told}, which is {}", line.file))
                }
                Some((_, None)) => (Finding::NotOk, format!("{told}, of no release known here")),
            }
        }
    }
}

/// Each setting within the bounds of the code of this release.
pub fn check_bounds(config: &ConfigResponse) -> Check {
    let what = "settings within bounds";
    let settings = to_settings(config);
    let wrong: Vec<String> = SettingName::ALL
        .iter()
        .filter_map(|name| ensure_in_bounds(*name, &settings.get(*name), Moment::Founding).err())
        .map(|error| error.to_string())
        .collect();
    match wrong.as_slice() {
        [] => check(what, true, format!("all {}", SettingName::ALL.len())),
        wrong => check(what, false, wrong.join("; ")),
    }
}
