//! `defenders propose`: one file in words becomes the proposal of a multisig and the import file of DAO DAO.

mod acts;
mod args;
mod files;
mod input;
mod listing;
mod scope;
mod send;
mod settings;
mod times;
mod upgrade;

use std::fs;
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde_json::Value;

pub use args::Args;
use input::Proposal;

use crate::config::{Config, Field, require};
use crate::input::{FileError, InputError, file_name, is_standard_input, parse_json, read_text};
use crate::inspect::live::{know_with, report_live};
use crate::inspect::{Known, Report, compute_report, render_acts};
use crate::notice;
use crate::output::{print, to_json};
use crate::proposal::{Context, ContextArgs, load_context};
use crate::session::{Session, SessionError};

/// What was written, and what it says.
#[derive(Serialize)]
struct Written {
    cw3: String,
    dao_dao: String,
    proposal: Value,
    says: Report,
}

/// Reads the file, writes both, shows what they say, and proposes it where that is wanted.
pub fn run(args: &Args) -> Result<(), SessionError> {
    let sending = &args.sending;
    if !args.send && (sending.dry_run || sending.yes || sending.generate_only.is_some()) {
        return Err(SessionError::Impossible(
            "nothing is sent without --send: give it, or leave out --yes, --dry-run and --generate-only"
                .to_string(),
        ));
    }
    let config = Config::of_sender(&args.node, sending)?;
    if args.send {
        require(config.nodes.as_ref(), Field::Nodes)?;
    }
    let is_live = config.nodes.is_some() && !args.offline;
    let cw3 = output_file(args.cw3.as_ref(), &args.input, "cw3")?;
    let dao_dao = output_file(args.dao_dao.as_ref(), &args.input, "dao-dao")?;
    let text = read_text(&args.input).map_err(|error| error.in_file(&args.input))?;
    let session = match is_live {
        true => Some(Session::connect(config)?),
        false => None,
    };
    let mut known = know(args, session.as_ref(), &text)?;
    let (proposal, message) = convert(&args.input, &text, &cw3, &dao_dao, &known.context)?;
    known.vault = Some(proposal.vault.clone());
    let says = load_back(session.as_ref(), &cw3, &message, &mut known)?;
    let (cw3, dao_dao) = (file_name(&cw3), file_name(&dao_dao));
    for warning in &says.warnings {
        notice::warn(&warning.to_string());
    }
    if let (Some(session), true) = (&session, args.send) {
        let file = (text.as_str(), &proposal);
        return send::propose(args, session, file, &message, &says, (cw3, dao_dao));
    }
    let screen = args.view.screen();
    let text = match args.view.json {
        true => to_json(&Written {
            cw3,
            dao_dao,
            proposal: message,
            says,
        })?,
        false => format!(
            "{}\nWritten:\n  {cw3}  for the multisig\n  {dao_dao}  for DAO DAO's bulk import\n",
            render_acts(&says, &screen)
        ),
    };
    Ok(print(&text)?)
}

/// What is known of the vault that the file is about.
fn know(args: &Args, session: Option<&Session>, text: &str) -> Result<Known, SessionError> {
    let of_files = || -> Result<Known, SessionError> {
        Ok(Known {
            context: load_context(&args.context)?,
            vault: None,
            checksums: None,
            codes: None,
        })
    };
    let Some(session) = session else {
        return of_files();
    };
    // what is wrong with the file is told when all of it is read
    let file: Value = serde_json::from_str(text).unwrap_or_default();
    let Some(vault) = file.get("vault").and_then(Value::as_str) else {
        return of_files();
    };
    send::ensure_vault(session, &args.input, vault)?;
    let vault = session.vault(Some(vault))?;
    know_with(session, Some(&vault), &args.context, None)
}

/// Reads the file in words and writes both others, as `defenders propose` does, without showing anything.
pub fn write_files(
    input: &Path,
    cw3: &Path,
    dao_dao: &Path,
    context: &ContextArgs,
) -> anyhow::Result<()> {
    let text = read_text(input).map_err(|error| error.in_file(input))?;
    convert(input, &text, cw3, dao_dao, &load_context(context)?)?;
    Ok(())
}

/// The message to the multisig of a proposal in words, where nothing is known of the vault but the time.
pub fn compute_message(text: &str, now: u64) -> Result<Value, InputError> {
    let context = Context::at(now);
    let proposal = Proposal::read(parse_json(text)?, &context)?;
    Ok(files::cw3(&proposal))
}

fn convert(
    input: &Path,
    text: &str,
    cw3: &Path,
    dao_dao: &Path,
    context: &Context,
) -> Result<(Proposal, Value), SessionError> {
    let proposal = parse_json(text)
        .and_then(|top| Proposal::read(top, context))
        .map_err(|error| error.in_file(input))?;
    let message = files::cw3(&proposal);
    write(cw3, &to_json(&message)?)?;
    write(dao_dao, &to_json(&files::dao_dao(&proposal))?)?;
    Ok((proposal, message))
}

/// What was written, read as anybody's proposal would be.
fn load_back(
    session: Option<&Session>,
    file: &Path,
    message: &Value,
    known: &mut Known,
) -> Result<Report, SessionError> {
    let name = |error: InputError| error.in_file(file).into();
    match session {
        Some(session) => report_live(session, message.clone(), Vec::new(), known, &name),
        None => {
            compute_report(message.clone(), Vec::new(), known).map_err(|error| name(error.into()))
        }
    }
}

/// Beside the input, unless the user says where.
fn output_file(
    given: Option<&PathBuf>,
    input: &Path,
    kind: &'static str,
) -> Result<PathBuf, FileError> {
    match given {
        Some(file) => Ok(file.clone()),
        None if is_standard_input(input) => Err(InputError::Impossible {
            path: "top level".to_string(),
            reason: "standard input has no name to call the results by: give --cw3 and --dao-dao"
                .to_string(),
        }
        .in_file(input)),
        None => Ok(input.with_extension(format!("{kind}.json"))),
    }
}

fn write(file: &Path, text: &str) -> Result<(), FileError> {
    fs::write(file, text).map_err(|error| InputError::Unwritable(error).in_file(file))
}
