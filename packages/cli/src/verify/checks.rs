//! Each check, from facts: pure.

use defenders_settings::{Moment, SettingName, Settings, ensure_in_bounds};
use defenders_types::{Change, ConfigResponse};
use serde::Serialize;

use super::facts::{Contract, Facts};
use crate::deploy::Checksums;

/// The files of a release that may own a vault, and choose who does.
const MULTISIG: &str = "cw3_flex_multisig.wasm";
const GROUP: &str = "cw4_group.wasm";

/// What came of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    /// As it should be.
    Ok,
    /// Not as it should be.
    NotOk,
    /// What is needed to tell is not there.
    CannotTell,
}

/// A check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// What is looked at.
    pub what: &'static str,
    /// What came of it.
    pub finding: Finding,
    /// With the numbers and addresses.
    pub because: String,
}

fn check(what: &'static str, is_ok: bool, because: String) -> Check {
    let finding = match is_ok {
        true => Finding::Ok,
        false => Finding::NotOk,
    };
    Check {
        what,
        finding,
        because,
    }
}

fn cannot_tell(what: &'static str, because: impl Into<String>) -> Check {
    Check {
        what,
        finding: Finding::CannotTell,
        because: because.into(),
    }
}

/// All checks, in the order in which a depositor asks.
pub fn compute_all(
    facts: &Facts,
    checksums: Option<&Checksums>,
    owner: Option<&str>,
) -> Vec<Check> {
    vec![
        check_code("vault's code", &facts.vault, "vault.wasm", checksums),
        check_version("vault's name and version", &facts.vault, "defenders-vault"),
        check_admin(
            "who may replace the vault's code",
            &facts.vault,
            &facts.vault.address,
        ),
        check_code("pot's code", &facts.pot, "reward_pot.wasm", checksums),
        check_admin(
            "who may replace the pot's code",
            &facts.pot,
            &facts.vault.address,
        ),
        check_pot(facts),
        check_owner(facts, owner),
        check_owner_code(facts, checksums),
        check_group_code(facts, checksums),
        check_group(facts),
        check_offer(facts),
        check_changes(facts, checksums),
        check_denom(facts),
        check_bounds(&facts.config),
        check_open(facts),
        check_solvency(facts),
    ]
}

fn check_code(
    what: &'static str,
    contract: &Contract,
    file: &str,
    checksums: Option<&Checksums>,
) -> Check {
    let Some(code) = &contract.code else {
        return check(what, false, format!("{} is no contract", contract.address));
    };
    let is = format!("code {} is {}", code.code_id, code.checksum);
    let Some(checksums) = checksums else {
        return cannot_tell(what, format!("{is}; give --checksums of the release"));
    };
    match checksums.of(file) {
        None => cannot_tell(what, format!("{is}; the list has no {file}")),
        Some(line) if line.hash == code.checksum => {
            check(what, true, format!("{is}, as released ({})", line.builder))
        }
        Some(line) => check(
            what,
            false,
            format!("{is}, and the release is {}", line.hash),
        ),
    }
}

fn check_version(what: &'static str, contract: &Contract, name: &str) -> Check {
    let own = env!("CARGO_PKG_VERSION");
    match &contract.cw2 {
        None => check(what, false, "it does not say".to_string()),
        Some((found, version)) if !found.ends_with(name) => {
            check(what, false, format!("it calls itself {found} {version}"))
        }
        Some((found, version)) if version == own => check(what, true, format!("{found} {version}")),
        Some((found, version)) => {
            cannot_tell(what, format!("{found} {version}; this program knows {own}"))
        }
    }
}

fn check_admin(what: &'static str, contract: &Contract, expected: &str) -> Check {
    match contract.admin() {
        Some(admin) if admin == expected => check(
            what,
            true,
            "the vault itself, after the exit delay".to_string(),
        ),
        Some(admin) => check(what, false, format!("{admin}, at any moment")),
        None => check(
            what,
            false,
            "nobody: a fault in it could not be mended".to_string(),
        ),
    }
}

fn check_pot(facts: &Facts) -> Check {
    let what = "whom the pot pays";
    match &facts.pot_config {
        None => check(what, false, "it does not say".to_string()),
        Some((vault, denom)) => {
            let is_ok = *vault == facts.vault.address && *denom == facts.config.denom;
            check(what, is_ok, format!("{vault}, in {denom}"))
        }
    }
}

fn check_owner(facts: &Facts, owner: Option<&str>) -> Check {
    let what = "owner";
    let found = &facts.config.owner;
    match (owner, &facts.owner.info) {
        (Some(expected), _) if expected != found => {
            check(what, false, format!("{found}, and it should be {expected}"))
        }
        (_, None) => check(
            what,
            false,
            format!("{found} is no contract: one key decides alone"),
        ),
        (Some(_), Some(_)) => check(what, true, found.clone()),
        (None, Some(_)) => cannot_tell(
            what,
            format!("{found} is a contract; give --owner to say which it should be"),
        ),
    }
}

fn check_owner_code(facts: &Facts, checksums: Option<&Checksums>) -> Check {
    let what = "owner's code";
    let Some(code) = &facts.owner.code else {
        return check(what, false, "it has none".to_string());
    };
    let is = format!("code {} is {}", code.code_id, code.checksum);
    let admin = facts.owner.admin();
    if let Some(admin) = admin.filter(|admin| *admin != facts.owner.address) {
        return check(
            what,
            false,
            format!("{is}, and {admin} may replace it at any moment"),
        );
    }
    match checksums.map(|list| list.with_hash(&code.checksum)) {
        None => cannot_tell(what, format!("{is}; give --checksums of the release")),
        Some(None) => cannot_tell(what, format!("{is}, which is not of this release")),
        Some(Some(line)) if line.file == MULTISIG => {
            check(what, true, format!("{is}, {MULTISIG} as released"))
        }
        Some(Some(line)) => {
            let because = format!("{is}, which is {}: no multisig", line.file);
            check(what, false, because)
        }
    }
}

fn check_group_code(facts: &Facts, checksums: Option<&Checksums>) -> Check {
    let what = "group's code";
    match &facts.group {
        Some(group) => check_code(what, group, GROUP, checksums),
        None => cannot_tell(what, "the owner names no group"),
    }
}

fn check_group(facts: &Facts) -> Check {
    let what = "who chooses the members";
    match (&facts.group, &facts.group_admin) {
        (None, _) => cannot_tell(what, "the owner names no group"),
        (Some(group), Some(admin)) if *admin == facts.owner.address => {
            let foreign = group.admin().filter(|admin| *admin != facts.owner.address);
            match foreign {
                None => check(
                    what,
                    true,
                    format!("the members of {}, by a proposal", group.address),
                ),
                Some(admin) => check(
                    what,
                    false,
                    format!("{admin} may replace the code of {}", group.address),
                ),
            }
        }
        (Some(group), Some(admin)) if admin.is_empty() => {
            check(what, true, format!("nobody: {} is fixed", group.address))
        }
        (Some(group), Some(admin)) => check(
            what,
            false,
            format!("{admin} changes {} alone", group.address),
        ),
        (Some(group), None) => cannot_tell(what, format!("{} does not say", group.address)),
    }
}

fn check_offer(facts: &Facts) -> Check {
    let what = "offer of the ownership";
    match &facts.ownership.pending_owner {
        None => check(what, true, "none".to_string()),
        Some(pending) => check(what, false, format!("{pending} may take it")),
    }
}

fn check_changes(facts: &Facts, checksums: Option<&Checksums>) -> Check {
    let what = "scheduled changes";
    let all = &facts.changes.changes;
    let unknown = all.iter().find_map(|change| match &change.change {
        Change::Upgrade {
            code_id, checksum, ..
        } => match checksums.and_then(|list| list.with_hash(checksum)) {
            Some(_) => None,
            None => Some(format!(
                "change {} is other code, {code_id} ({checksum}), of no release known here",
                change.id
            )),
        },
        Change::Setting { .. } | Change::Listings { .. } => None,
    });
    match (unknown, all.len()) {
        (Some(unknown), _) => check(what, false, unknown),
        (None, 0) => check(what, true, "none".to_string()),
        (None, count) => check(
            what,
            true,
            format!(
                "{count} wait, none of them before the exit delay; `defenders inspect` says which"
            ),
        ),
    }
}

fn check_denom(facts: &Facts) -> Check {
    let (found, staked) = (&facts.config.denom, &facts.bond_denom);
    check(
        "denom",
        found == staked,
        format!("{found}; the chain stakes {staked}"),
    )
}

fn check_bounds(config: &ConfigResponse) -> Check {
    let what = "settings within bounds";
    let settings = Settings {
        policy: config.policy.clone(),
        fee: config.fee.clone(),
        parameters: config.parameters.clone(),
        power_source: config.power_source.clone(),
        guardian: config.guardian.clone(),
        exit_slack: config.exit_slack,
    };
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

fn check_open(facts: &Facts) -> Check {
    let what = "deposits";
    match (facts.health.is_own_admin, facts.health.powers_age) {
        (true, Some(_)) if !facts.health.powers_stale => {
            check(what, true, "open, as far as caps leave room".to_string())
        }
        (true, Some(age)) => cannot_tell(
            what,
            format!("the powers are {age} seconds old: a tick is due"),
        ),
        (true, None) => cannot_tell(what, "it has not read the powers of validators yet"),
        (false, _) => check(
            what,
            false,
            "closed: the chain does not show it as its own admin".to_string(),
        ),
    }
}

fn check_solvency(facts: &Facts) -> Check {
    let solvency = &facts.solvency;
    let is_ok = solvency.deficit.is_zero() && solvency.shares.deficit.is_zero();
    let because = match is_ok {
        true => format!("has what it owes, and {} more", solvency.surplus),
        false => format!(
            "{} tokens and {} shares are missing",
            solvency.deficit, solvency.shares.deficit
        ),
    };
    check("its coins", is_ok, because)
}
