//! `defenders broadcast`: a transaction that was signed elsewhere.

use std::io::{IsTerminal, Write, stderr, stdin};
use std::path::{Path, PathBuf};

use defenders_node::send::SignedFile;
use serde_json::{Value, json};

use crate::config::NodeArgs;
use crate::input::{InputError, read_text};
use crate::output::print;
use crate::session::{Ended, Session, SessionError, report_sent};
use crate::terminal::WholeViewArgs;

/// Which file.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The signed transaction, as `tx sign` of a chain's program writes it; - is standard input.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,

    /// Send without asking.
    #[arg(long)]
    pub yes: bool,

    /// Which chain.
    #[command(flatten)]
    pub node: NodeArgs,
    /// How to show it.
    #[command(flatten)]
    pub view: WholeViewArgs,
}

/// Compares it with the chain, sends it, and waits until a block has it.
pub fn run(args: &Args) -> Result<(), SessionError> {
    let signed = load(&args.file)?;
    let session = Session::read(&args.node)?;
    if !args.view.json {
        print(&tell(&signed))?;
    }
    confirm(args)?;
    let folder = session.pending_folder()?;
    let receipt = signed.send(&session.node, &folder)?;
    report_sent(&Ended::Sent(receipt), args.view.json, "Sent.", json!({}))?;
    Ok(signed.forget(&session.node, &folder)?)
}

fn load(file: &Path) -> Result<SignedFile, SessionError> {
    let text = read_text(file).map_err(|error| error.in_file(file))?;
    let value: Value = serde_json::from_str(&text)
        .map_err(InputError::from)
        .map_err(|error| error.in_file(file))?;
    Ok(SignedFile::read(&value)?)
}

/// Every message whole: what was signed is what is sent.
fn tell(signed: &SignedFile) -> String {
    let messages = signed
        .draft
        .messages
        .iter()
        .filter_map(|message| message.to_json());
    let messages: Vec<String> = messages.map(|message| format!("{message:#}\n")).collect();
    format!(
        "{} messages, sequence {}\n{}",
        messages.len(),
        signed.sequence,
        messages.concat()
    )
}

fn confirm(args: &Args) -> Result<(), SessionError> {
    if args.yes {
        return Ok(());
    }
    if !stdin().is_terminal() || args.view.json {
        return Err(SessionError::NobodyToAsk);
    }
    let _ = write!(stderr(), "Send it? [y/N] ");
    let mut answer = String::new();
    match stdin().read_line(&mut answer).is_ok() && matches!(answer.trim(), "y" | "Y" | "yes") {
        true => Ok(()),
        false => Err(SessionError::NotConfirmed),
    }
}
