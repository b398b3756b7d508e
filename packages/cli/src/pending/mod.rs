//! `defenders pending`: what is under way with the accounts of this machine's user.

mod report;

use defenders_node::send::{Journal, JournalError, Outlook, Pending, SendError, look_up};

use crate::config::NodeArgs;
use crate::output::{print, to_json};
use crate::session::{Session, SessionError};
use crate::terminal::WholeViewArgs;
use report::{Report, Row, State};

/// What is wanted of it.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Forget the transaction with this hash. Refused while it may still get into a block.
    #[arg(long, value_name = "HASH")]
    pub forget: Option<String>,

    /// Which chain.
    #[command(flatten)]
    pub node: NodeArgs,
    /// How to show it.
    #[command(flatten)]
    pub view: WholeViewArgs,
}

/// Something that is noted, and the notes to forget it with.
struct Noted {
    row: Row,
    /// None while another program holds them.
    journal: Option<Journal>,
}

/// Looks everything up that is noted for this chain. Nothing is sent.
pub fn run(args: &Args) -> Result<(), SessionError> {
    let session = Session::read(&args.node)?;
    let noted = read_all(&session)?;
    let chain_id = session.node.chain_id();
    let report = match &args.forget {
        None => Report {
            chain_id: chain_id.to_string(),
            forgotten: None,
            pending: noted.into_iter().map(|noted| noted.row).collect(),
        },
        Some(hash) => {
            let found = find(noted, hash, chain_id)?;
            forget(&found)?;
            Report {
                chain_id: chain_id.to_string(),
                forgotten: Some(found.row.hash.clone()),
                pending: vec![found.row],
            }
        }
    };
    session.tell_warnings();
    let text = match args.view.json {
        true => to_json(&report)?,
        false => report.render(),
    };
    Ok(print(&text)?)
}

fn find(noted: Vec<Noted>, hash: &str, chain_id: &str) -> Result<Noted, SessionError> {
    let busy = noted.iter().find(|noted| noted.journal.is_none());
    let reason = match busy {
        Some(busy) => format!("nothing is forgotten: {}", busy.row.because),
        None => format!(
            "no transaction {hash} is under way on {chain_id}: `defenders pending` lists what is"
        ),
    };
    let found = noted
        .into_iter()
        .find(|noted| noted.row.hash.eq_ignore_ascii_case(hash));
    found.ok_or(SessionError::Impossible(reason))
}

fn read_all(session: &Session) -> Result<Vec<Noted>, SessionError> {
    let folder = session.pending_folder()?;
    let chain_id = session.node.chain_id();
    let mut all = Vec::new();
    for address in Journal::list(&folder, chain_id).map_err(SendError::from)? {
        match Journal::open(&folder, chain_id, &address) {
            Ok(journal) => {
                let Some(pending) = journal.load().map_err(SendError::from)? else {
                    continue;
                };
                let row = look(session, &pending, &address, &journal);
                let journal = Some(journal);
                all.push(Noted { row, journal });
            }
            Err(error @ JournalError::Busy { .. }) => all.push(Noted {
                row: Row::of_busy(address, &error),
                journal: None,
            }),
            Err(error) => return Err(SendError::from(error).into()),
        }
    }
    Ok(all)
}

fn look(session: &Session, pending: &Pending, address: &str, journal: &Journal) -> Row {
    let (state, because) = match look_up(&session.node, pending, address) {
        Ok(Outlook::InBlock(included)) if included.is_ok() => (
            State::CarriedOut,
            format!("carried out in block {}", included.height),
        ),
        Ok(Outlook::InBlock(included)) => (
            State::Failed,
            format!(
                "failed in block {}: {}",
                included.height,
                defenders_node::tell_refusal(&included.log)
            ),
        ),
        Ok(Outlook::MayGetIn) => (State::MayGetIn, tell_until(pending, address)),
        Ok(Outlook::Never(error)) => (State::Never, error.to_string()),
        Ok(Outlook::CannotBeTold(searched)) => (
            State::CannotBeTold,
            format!(
                "another or this transaction of the account has used its place, and these nodes cannot tell which: {searched}"
            ),
        ),
        Err(error) => (State::NotLookedUp, error.to_string()),
    };
    Row::new(pending, address, journal.file(), state, because)
}

fn tell_until(pending: &Pending, address: &str) -> String {
    match pending.last_height {
        Some(last) => format!("it may get into a block up to {last}"),
        None => format!(
            "it may get into a block until another transaction of {address} takes its place (sequence {})",
            pending.sequence
        ),
    }
}

/// Only what cannot surface any more, or has surfaced, is forgotten: else the same could be carried out twice.
fn forget(noted: &Noted) -> Result<(), SessionError> {
    let row = &noted.row;
    match (&noted.journal, row.state) {
        (None, _) => Err(SessionError::Impossible(format!(
            "{} is not forgotten: {}",
            row.hash, row.because
        ))),
        (Some(_), State::MayGetIn | State::BeingSent) => Err(SessionError::Impossible(format!(
            "{} is not forgotten: {}; run the command that sent it again, which waits for it and sends nothing new",
            row.hash, row.because
        ))),
        (Some(_), State::NotLookedUp) => Err(SessionError::Impossible(format!(
            "{} is not forgotten, because nobody knows whether it may still get into a block: {}",
            row.hash, row.because
        ))),
        (Some(journal), _) => Ok(journal.clear_of(&row.hash).map_err(SendError::from)?),
    }
}
