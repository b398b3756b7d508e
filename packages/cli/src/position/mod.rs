//! `defenders position`: what an account has in the vault.

mod report;
mod tables;
mod when;

use crate::config::{Config, KeyringArgs, NodeArgs};
use crate::output::{print, to_json};
use crate::session::{Session, SessionError};
use crate::terminal::ViewArgs;

use report::Report;
pub use report::name_state;
pub use when::{tell_payment, tell_span, tell_when};

/// What `position` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Whose: an address, or the name of a key.
    #[arg(value_name = "ADDRESS|KEY")]
    pub account: String,

    /// Which chain.
    #[command(flatten)]
    pub node: NodeArgs,
    /// Where keys are.
    #[command(flatten)]
    pub keyring: KeyringArgs,
    /// How to show it.
    #[command(flatten)]
    pub view: ViewArgs,
}

/// Asks the vault, and writes the answer to standard output.
pub fn run(args: &Args) -> Result<(), SessionError> {
    let session = Session::connect(Config::of_viewer(&args.node, &args.keyring)?)?;
    let account = session.account(&args.account)?;
    let vault = session.vault(None)?;
    let units = session.units(&vault, &args.view)?;
    let status = session.node.status()?;
    let position = vault.position(&account.address)?;
    let report = Report::new(&vault, &units, &status, account, position);
    let text = match args.view.json {
        true => to_json(&report)?,
        false => tables::render(&report, &units, &units.screen(&args.view)),
    };
    session.tell_warnings();
    Ok(print(&text)?)
}
