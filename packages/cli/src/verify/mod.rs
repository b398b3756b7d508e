//! `defenders verify`: whether a vault is what it says, from the chain alone, before anybody deposits.

mod facts;
mod text;

use std::path::PathBuf;

use defenders_client::checksums::Checksums;
use defenders_client::verify::{
    Check, Finding, Release, Report, Subject, compute_all, compute_dumb,
};
use defenders_node::NodeError;

use crate::config::{Field, NodeArgs, require};
use crate::deploy::load_checksums;
use crate::output::{print, to_json};
use crate::session::{Session, SessionError};
use crate::terminal::WholeViewArgs;
use facts::{read_contract_with_code, read_facts};

/// Which vault, and what it is held against.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Its address. Default: the vault of the settings.
    pub address: Option<String>,

    /// `checksums.txt` of the release that it should be. Default: the file that the settings name.
    #[arg(long, value_name = "FILE")]
    pub checksums: Option<PathBuf>,

    /// Who should own it. Default: the multisig of the settings.
    #[arg(long, value_name = "ADDRESS")]
    pub owner: Option<String>,

    /// End with 0 although not all could be told, when nothing is not ok.
    #[arg(long)]
    pub allow_unknown: bool,

    /// Which chain.
    #[command(flatten)]
    pub node: NodeArgs,
    /// How to show it.
    #[command(flatten)]
    pub view: WholeViewArgs,
}

/// Shows every check. Whether it may be taken as ok.
pub fn run(args: &Args) -> Result<bool, SessionError> {
    let session = Session::read(&args.node)?;
    let set = session.config.checksums.as_ref().map(|file| &file.value);
    let file = args.checksums.as_ref().or(set);
    let checksums = file.map(|file| load_checksums(file)).transpose()?;
    let release = file.zip(checksums.as_ref());
    let release = release.map(|(file, list)| Release::new(file.display().to_string(), list));
    let (subject, checks) = look(&session, args, checksums.as_ref())?;
    let report = Report::new(subject, release, checks);
    session.tell_warnings();
    let text = match args.view.json {
        true => to_json(&report)?,
        false => text::render(&report, &args.view.screen()),
    };
    print(&text)?;
    Ok(match report.verdict {
        Finding::Ok => true,
        Finding::NotOk => false,
        Finding::CannotTell => args.allow_unknown,
    })
}

fn look(
    session: &Session,
    args: &Args,
    checksums: Option<&Checksums>,
) -> Result<(Subject, Vec<Check>), SessionError> {
    let set = session.config.multisig.as_ref();
    let owner = args.owner.as_ref().or(set.map(|multisig| &multisig.value));
    let facts = session
        .vault(args.address.as_deref())
        .and_then(|vault| read_facts(&session.node, &vault));
    match facts {
        Ok(facts) => {
            let subject = Subject {
                vault: facts.vault.address.clone(),
                chain_id: facts.chain_id.clone(),
                height: facts.height,
            };
            let owner = owner.map(String::as_str);
            Ok((subject, compute_all(&facts, checksums, owner)))
        }
        // other code in the vault's place: no fault of who asks
        Err(SessionError::Node(
            error @ (NodeError::Undecodable { .. } | NodeError::Query { .. }),
        )) => {
            let set = || require(session.config.vault.as_ref(), Field::Vault).cloned();
            let address = args.address.clone().map_or_else(set, Ok)?;
            let contract = read_contract_with_code(&session.node, &address)?;
            let status = session.node.status()?;
            let subject = Subject {
                vault: address,
                chain_id: status.chain_id,
                height: status.height,
            };
            let reason = error.to_string();
            let checks = compute_dumb(&contract, &reason, checksums);
            Ok((subject, checks))
        }
        Err(error) => Err(error),
    }
}
