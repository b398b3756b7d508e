//! `defenders inspect`: what a proposal would do, warnings first.

mod checksums;
pub mod live;
mod text;

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::config::{Config, Field, NodeArgs, require};
use crate::input::{FileError, InputError, load};
use crate::multisig::Multisig;
use crate::output::{print, to_json};
use crate::proposal::{ContextArgs, load_context};
use crate::session::{Session, SessionError};
use crate::terminal::WholeViewArgs;
pub use defenders_client::inspect::{Known, Report, compute_report, shown, to_value};
pub use text::{render, render_acts};

/// What to inspect, and what is known.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The number of a proposal on the chain; or a file, as JSON: a message or an answer of a cw3 multisig or of
    /// DAO DAO, a file that DAO DAO imports, or messages alone; - is standard input.
    #[arg(value_name = "FILE|ID")]
    pub input: PathBuf,

    /// The file checksums.txt of a release. Every other checksum is warned of. Default: the file of the settings.
    #[arg(long, value_name = "FILE")]
    pub checksums: Option<PathBuf>,

    /// Ask no node, even where the settings name one: files tell all that is known.
    #[arg(long)]
    pub offline: bool,

    #[command(flatten)]
    pub context: ContextArgs,

    #[command(flatten)]
    pub node: NodeArgs,

    #[command(flatten)]
    pub view: WholeViewArgs,
}

/// Tells what a file or a proposal on the chain says; whether that has warnings.
pub fn run(args: &Args) -> Result<bool, SessionError> {
    let config = Config::of_reader(&args.node)?;
    let is_live = config.nodes.is_some() && !args.offline;
    let report = match read_id(&args.input) {
        Some(id) => {
            if args.offline {
                return Err(SessionError::Impossible(format!(
                    "proposal {id} is on the chain, and --offline asks no node; a file of that name is ./{id}"
                )));
            }
            require(config.nodes.as_ref(), Field::Nodes)?;
            let session = Session::connect(config)?;
            inspect_id(&session, id, args)?
        }
        None if is_live => inspect_live(&Session::connect(config)?, args)?,
        None => {
            let set = config.checksums.as_ref().map(|file| file.value.as_path());
            let known = Known {
                context: load_context(&args.context)?,
                vault: config.vault.map(|vault| vault.value),
                checksums: checksums::load_optional(args.checksums.as_deref().or(set))?,
                codes: None,
            };
            read(&args.input, &known)?
        }
    };
    let text = match args.view.json {
        true => to_json(&report)?,
        false => render(&report, &args.view.screen()),
    };
    print(&text)?;
    Ok(!report.warnings.is_empty())
}

/// The number of a proposal, unless a file is named so.
fn read_id(input: &Path) -> Option<u64> {
    let text = input.to_str()?;
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (is_number && !input.exists()).then(|| text.parse().ok())?
}

fn know(session: &Session, args: &Args) -> Result<Known, SessionError> {
    let vault = match &session.config.vault {
        Some(_) => Some(session.vault(None)?),
        None => None,
    };
    let set = session.config.checksums.as_ref();
    let checksums = args
        .checksums
        .as_deref()
        .or(set.map(|file| file.value.as_path()));
    live::know_with(session, vault.as_ref(), &args.context, checksums)
}

fn inspect_id(session: &Session, id: u64, args: &Args) -> Result<Report, SessionError> {
    let multisig = Multisig::open(session)?;
    let proposal = multisig.proposal(id)?;
    let known = know(session, args)?;
    let (_, report) = live::inspect_proposal(session, &multisig, &proposal, known)?;
    session.tell_warnings();
    Ok(report)
}

fn inspect_live(session: &Session, args: &Args) -> Result<Report, SessionError> {
    let mut known = know(session, args)?;
    let mut twice = Vec::new();
    let top = load(&args.input, |top| Ok(to_value(top.json(), "", &mut twice)))?;
    let name = |error: InputError| error.in_file(&args.input).into();
    let report = live::report_live(session, top, twice, &mut known, &name)?;
    session.tell_warnings();
    Ok(report)
}

/// What `defenders inspect --json` says of a file of a proposal to a vault, without a release's checksums.
pub fn inspect_file(input: &Path, vault: &str, context: &ContextArgs) -> anyhow::Result<Value> {
    let known = Known {
        context: load_context(context)?,
        vault: Some(vault.to_string()),
        checksums: None,
        codes: None,
    };
    Ok(serde_json::to_value(read(input, &known)?)?)
}

fn read(input: &Path, known: &Known) -> Result<Report, FileError> {
    load(input, |top| {
        let mut twice = Vec::new();
        let top = to_value(top.json(), "", &mut twice);
        Ok(compute_report(top, twice, known)?)
    })
}
