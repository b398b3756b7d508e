//! `defenders broadcast`: a transaction that was signed elsewhere.

use std::path::{Path, PathBuf};

use defenders_node::send::{SignedFile, UnsignedError};
use serde_json::{Value, json};

use crate::config::NodeArgs;
use crate::input::{InputError, read_text};
use crate::notice;
use crate::output::print;
use crate::session::{Ended, Session, SessionError, ask_whether_to_send, report_sent};
use crate::terminal::{WholeViewArgs, count};

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
    let mut signed = load(&args.file)?;
    let session = Session::read(&args.node)?;
    if !args.view.json {
        print(&tell(&signed))?;
    }
    if !args.yes {
        ask_whether_to_send(args.view.json)?;
    }
    let folder = session.pending_folder()?;
    let sent = signed.send(&session.node, &folder, notice::warn);
    session.tell_warnings();
    match sent {
        Ok(receipt) => {
            report_sent(&Ended::Sent(receipt), args.view.json, "Sent.", json!({}))?;
            Ok(signed.forget(&session.node, &folder)?)
        }
        Err(UnsignedError::Send(error)) if error.is_in_block() => {
            signed.forget(&session.node, &folder)?;
            Err(error.into())
        }
        Err(error) => Err(error.into()),
    }
}

fn load(file: &Path) -> Result<SignedFile, SessionError> {
    let text = read_text(file).map_err(|error| error.in_file(file))?;
    // with the place in the file
    serde_json::from_str::<Value>(&text)
        .map_err(InputError::from)
        .map_err(|error| error.in_file(file))?;
    Ok(SignedFile::read(&text)?)
}

/// Every message whole: what was signed is what is sent.
fn tell(signed: &SignedFile) -> String {
    let messages = signed
        .draft
        .messages
        .iter()
        .filter_map(|message| message.to_json());
    let messages: Vec<String> = messages.map(|message| format!("{message:#}\n")).collect();
    let until = match signed.timeout_height {
        0 => "valid until another transaction of the account takes its place".to_string(),
        last => format!("valid up to block {last}"),
    };
    format!(
        "{}, sequence {}, {until}\n{}",
        count(messages.len(), "message", "messages"),
        signed.sequence,
        messages.concat()
    )
}
