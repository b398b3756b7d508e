//! What a proposal would do, seen from the chain: settings, changes, listings and code as they are there.

use std::collections::BTreeMap;
use std::path::Path;

use defenders_client::chain::CodeInfo;
use defenders_client::inspect::{
    Codes, Context, Known, Report, compute_report, find_proposed_codes, inspect_counted,
};
use serde_json::Value;

use crate::chain_facts::read_code;
use crate::input::InputError;
use crate::inspect::checksums;
use crate::multisig::{Count, Multisig, Proposal};
use crate::proposal::{ContextArgs, load_context, load_context_with};
use crate::session::{Session, SessionError, Vault};

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
            load_context_with(args, vault, now)?,
            Codes {
                vault: code_of(session, &vault.address)?,
                reward_pot: code_of(session, &vault.config.reward_pot)?,
                proposed: BTreeMap::new(),
            },
        ),
        None => (
            Context {
                now: args.now.unwrap_or(now),
                ..load_context(args)?
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
        Some(info) => Ok(read_code(&session.node, info.code_id)?),
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
    let compute = |known: &Known| {
        let report = compute_report(top.clone(), twice.clone(), known);
        report.map_err(|error| name(error.into()))
    };
    let report = compute(known)?;
    match know_codes(session, &report, known)? {
        true => compute(known),
        false => Ok(report),
    }
}

/// Asks for the codes that a report names; whether there are any.
fn know_codes(session: &Session, report: &Report, known: &mut Known) -> Result<bool, SessionError> {
    let Some(codes) = &mut known.codes else {
        return Ok(false);
    };
    for code_id in find_proposed_codes(report) {
        let info = read_code(&session.node, code_id)?;
        codes.proposed.insert(code_id, info);
    }
    Ok(!codes.proposed.is_empty())
}

/// What a proposal of a multisig says, with its votes counted at the latest block.
pub fn inspect_proposal(
    session: &Session,
    multisig: &Multisig<'_>,
    proposal: &Proposal,
    mut known: Known,
) -> Result<(Count, Report), SessionError> {
    let count = multisig.count(proposal, &session.node.status()?)?;
    let setup = multisig.setup()?;
    let compute = |known: &Known| {
        inspect_counted(proposal, &count, setup.as_ref(), known)
            .map_err(|error| SessionError::Broken(format!("proposal {}: {error}", proposal.id)))
    };
    let mut report = compute(&known)?;
    if know_codes(session, &report, &mut known)? {
        report = compute(&known)?;
    }
    Ok((count, report))
}
