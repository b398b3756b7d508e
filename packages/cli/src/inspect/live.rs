//! What a proposal would do, seen from the chain: settings, changes, listings and code as they are there.

use std::collections::BTreeMap;
use std::path::Path;

use defenders_node::read::CodeInfo;
use serde_json::Value;

use super::source::tell_passed;
use super::warnings::Warning;
use super::{Known, Report, compute_report};
use crate::input::InputError;
use crate::inspect::checksums;
use crate::multisig::{Count, Multisig, Proposal};
use crate::proposal::{Context, ContextArgs};
use crate::session::{Session, SessionError, Vault};

/// Code that the chain keeps.
#[derive(Debug, Default)]
pub struct Codes {
    /// What the vault runs.
    pub vault: Option<CodeInfo>,
    /// What its pot runs.
    pub reward_pot: Option<CodeInfo>,
    /// What is proposed, by number; None where there is none of that number.
    pub proposed: BTreeMap<u64, Option<CodeInfo>>,
}

/// All that the chain knows of the vault that the settings name; without one, just the time.
pub fn know(session: &Session) -> Result<Known, SessionError> {
    let vault = match &session.config.vault {
        Some(_) => Some(session.vault(None)?),
        None => None,
    };
    let set = session.config.checksums.as_ref();
    know_with(
        session,
        vault.as_ref(),
        &ContextArgs::default(),
        set.map(|file| file.value.as_path()),
    )
}

/// The same of a vault, where files take the place of what the chain says.
pub fn know_with(
    session: &Session,
    vault: Option<&Vault<'_>>,
    args: &ContextArgs,
    checksums_file: Option<&Path>,
) -> Result<Known, SessionError> {
    let now = session.node.status()?.time;
    let (context, codes) = match vault {
        Some(vault) => (
            Context::load_with(args, vault, now)?,
            Codes {
                vault: code_of(session, &vault.address)?,
                reward_pot: code_of(session, &vault.config.reward_pot)?,
                proposed: BTreeMap::new(),
            },
        ),
        None => (
            Context {
                now: args.now.unwrap_or(now),
                ..Context::load(args)?
            },
            Codes::default(),
        ),
    };
    Ok(Known {
        context,
        vault: vault.map(|vault| vault.address.clone()),
        checksums: checksums::load_optional(checksums_file)?,
        codes: Some(codes),
    })
}

fn code_of(session: &Session, contract: &str) -> Result<Option<CodeInfo>, SessionError> {
    match session.node.contract_info(contract)? {
        Some(info) => Ok(session.node.code_info(info.code_id)?),
        None => Ok(None),
    }
}

/// What a proposal says; the chain is asked for the code that it names. `name` says where what is no proposal
/// comes from.
pub fn report_live(
    session: &Session,
    top: Value,
    twice: Vec<String>,
    known: &mut Known,
    name: &dyn Fn(InputError) -> SessionError,
) -> Result<Report, SessionError> {
    let report = compute_report(top.clone(), twice.clone(), known).map_err(name)?;
    let Some(codes) = &mut known.codes else {
        return Ok(report);
    };
    for message in &report.messages {
        for row in &message.fields {
            if let Some(code_id) = row.value.as_u64()
                && row.field == "schedule_upgrade.code_id"
            {
                let info = session
                    .node
                    .code_info(code_id)
                    .map_err(SessionError::Node)?;
                codes.proposed.insert(code_id, info);
            }
        }
    }
    match codes.proposed.is_empty() {
        true => Ok(report),
        false => compute_report(top, twice, known).map_err(name),
    }
}

/// What a proposal of a multisig says, with its votes counted at the latest block.
pub fn inspect_proposal(
    session: &Session,
    multisig: &Multisig<'_>,
    proposal: &Proposal,
    mut known: Known,
) -> Result<(Count, Report), SessionError> {
    let count = multisig.count(proposal, &session.node.status()?)?;
    let mut top = proposal.answer.clone();
    if let Some(status) = top.get_mut("status") {
        *status = Value::String(count.status.to_string());
    }
    let name =
        |error: InputError| SessionError::Broken(format!("proposal {}: {error}", proposal.id));
    let mut report = report_live(session, top, Vec::new(), &mut known, &name)?;
    if let Some(setup) = multisig.setup()? {
        let passed = report.warnings.iter_mut().find(|it| it.kind == "passed");
        if let Some(warning) = passed {
            warning.message = tell_passed(&setup.tell_executor());
        }
    }
    if let Some(message) = count.tell_difference() {
        report.warnings.push(Warning {
            place: "status".to_string(),
            kind: "status",
            message,
        });
    }
    report.count = Some(count.clone());
    Ok((count, report))
}
