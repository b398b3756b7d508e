//! `defenders propose`: one file in words becomes the proposal of a multisig and the import file of DAO DAO.

mod acts;
mod files;
mod input;
mod listing;
mod settings;
mod upgrade;

use std::fs;
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde_json::Value;

use crate::file_command::FileCommandError;
use crate::input::{FileError, InputError, file_name, is_standard_input, load};
use crate::inspect::{Known, Report, compute_report};
use crate::notice;
use crate::output::{print, to_json};
use crate::proposal::{Context, ContextArgs};
use crate::terminal::WholeViewArgs;
use input::Proposal;

/// What to propose, and where to write it.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What is proposed, as JSON; - is standard input.
    #[arg(value_name = "FILE")]
    pub input: PathBuf,

    /// Where the multisig's proposal goes. Default: NAME.cw3.json beside NAME.json.
    #[arg(long, value_name = "FILE")]
    pub cw3: Option<PathBuf>,

    /// Where the file goes that DAO DAO imports. Default: NAME.dao-dao.json beside NAME.json.
    #[arg(long, value_name = "FILE")]
    pub dao_dao: Option<PathBuf>,

    #[command(flatten)]
    pub context: ContextArgs,

    #[command(flatten)]
    pub view: WholeViewArgs,
}

/// What was written, and what it says.
#[derive(Serialize)]
struct Written {
    cw3: String,
    dao_dao: String,
    proposal: Value,
    says: Report,
}

/// Reads the file, writes both, and shows what they say.
pub fn run(args: &Args) -> Result<(), FileCommandError> {
    let context = Context::load(&args.context)?;
    let cw3 = output_file(args.cw3.as_ref(), &args.input, "cw3")?;
    let dao_dao = output_file(args.dao_dao.as_ref(), &args.input, "dao-dao")?;
    let (proposal, message) = convert(&args.input, &cw3, &dao_dao, &context)?;
    let known = Known {
        context,
        vault: Some(proposal.vault.clone()),
        checksums: None,
    };
    let says = load_back(&cw3, &message, &known)?;
    let (cw3, dao_dao) = (file_name(&cw3), file_name(&dao_dao));
    let screen = args.view.screen();
    for warning in &says.warnings {
        notice::warn(&warning.to_string());
    }
    let text = match args.view.json {
        true => to_json(&Written {
            cw3,
            dao_dao,
            proposal: message,
            says,
        })?,
        false => format!(
            "{}\nWritten:\n  {cw3}  for the multisig\n  {dao_dao}  for DAO DAO's bulk import\n",
            says.render_acts(&screen)
        ),
    };
    Ok(print(&text)?)
}

/// Reads the file in words and writes both others, as `defenders propose` does, without showing anything.
pub fn write_files(
    input: &Path,
    cw3: &Path,
    dao_dao: &Path,
    context: &ContextArgs,
) -> anyhow::Result<()> {
    convert(input, cw3, dao_dao, &Context::load(context)?)?;
    Ok(())
}

fn convert(
    input: &Path,
    cw3: &Path,
    dao_dao: &Path,
    context: &Context,
) -> Result<(Proposal, Value), FileCommandError> {
    let proposal = load(input, |top| Proposal::read(top, context))?;
    let message = files::cw3(&proposal);
    write(cw3, &to_json(&message)?)?;
    write(dao_dao, &to_json(&files::dao_dao(&proposal))?)?;
    Ok((proposal, message))
}

/// What was written, read as anybody's proposal would be.
fn load_back(file: &Path, message: &Value, known: &Known) -> Result<Report, FileError> {
    let report = compute_report(message.clone(), Vec::new(), known);
    report.map_err(|error| error.in_file(file))
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
