//! `defenders verify`: whether a vault is what it says, from the chain alone, before anybody deposits.

mod checks;
mod facts;
mod report;

use std::path::PathBuf;

use crate::config::NodeArgs;
use crate::deploy::Checksums;
use crate::output::{print, to_json};
use crate::session::{Session, SessionError};
use crate::terminal::WholeViewArgs;

/// Which vault, and what it is held against.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Its address. Default: the vault of the settings.
    pub address: Option<String>,

    /// `checksums.txt` of the release that it should be.
    #[arg(long, value_name = "FILE")]
    pub checksums: Option<PathBuf>,

    /// Who should own it. Default: the multisig of the settings.
    #[arg(long, value_name = "ADDRESS")]
    pub owner: Option<String>,

    /// Which chain.
    #[command(flatten)]
    pub node: NodeArgs,
    /// How to show it.
    #[command(flatten)]
    pub view: WholeViewArgs,
}

/// Shows every check. Whether none of them failed.
pub fn run(args: &Args) -> Result<bool, SessionError> {
    let session = Session::read(&args.node)?;
    let vault = session.vault(args.address.as_deref())?;
    let checksums = args.checksums.as_deref().map(Checksums::load).transpose()?;
    let set = session
        .config
        .multisig
        .as_ref()
        .map(|multisig| multisig.value.clone());
    let owner = args.owner.clone().or(set);
    let facts = facts::Facts::read(&session.node, &vault)?;
    let report = report::Report::new(
        &facts,
        checks::compute_all(&facts, checksums.as_ref(), owner.as_deref()),
    );
    session.tell_warnings();
    let text = match args.view.json {
        true => to_json(&report)?,
        false => report.render(&args.view.screen()),
    };
    print(&text)?;
    Ok(report.is_ok)
}
