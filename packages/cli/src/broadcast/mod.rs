//! `defenders broadcast`: a transaction that was signed elsewhere.

use std::path::{Path, PathBuf};

use defenders_node::send::{SignedFile, UnsignedError};
use serde_json::{Value, json};

use crate::config::NodeArgs;
use crate::input::{InputError, read_text};
use crate::notice;
use crate::output::{print, to_json};
use crate::session::{Ended, Session, SessionError, ask_whether_to_send, report_sent};
use crate::terminal::{WholeViewArgs, count, find_width, hang};

/// Which file.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The signed transaction, as `tx sign` of a chain's program writes it; - is standard input.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,

    /// Send without asking.
    #[arg(long)]
    pub yes: bool,

    /// Compare it with the chain and try it there, and send nothing.
    #[arg(long, conflicts_with = "yes")]
    pub dry_run: bool,

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
    if args.dry_run {
        let gas_used = signed.preview(&session.node);
        session.tell_warnings();
        return report_trial(args, gas_used?);
    }
    if !args.yes {
        ask_whether_to_send(args.view.json)?;
    }
    let folder = session.pending_folder()?;
    let sent = signed.send(&session.node, &folder, notice::warn);
    session.tell_warnings();
    match sent {
        Ok(receipt) => {
            let words = match receipt.was_under_way {
                true => "It was carried out already: nothing new was sent.",
                false => "Sent.",
            };
            report_sent(&Ended::Sent(receipt), args.view.json, words, json!({}))?;
            Ok(signed.forget(&session.node, &folder)?)
        }
        Err(UnsignedError::Send(error)) if error.is_in_block() => {
            signed.forget(&session.node, &folder)?;
            Err(error.into())
        }
        Err(error) => Err(error.into()),
    }
}

fn report_trial(args: &Args, gas_used: u64) -> Result<(), SessionError> {
    let text = match args.view.json {
        true => to_json(&json!({ "sent": false, "gas_used": gas_used }))?,
        false => {
            format!("Nothing was sent: this was a trial run. It used {gas_used} units of gas.\n")
        }
    };
    Ok(print(&text)?)
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
    let fee = &signed.fee;
    let coins: Vec<String> = fee.coins.iter().map(ToString::to_string).collect();
    let coins = match coins.is_empty() {
        true => "nothing".to_string(),
        false => coins.join(", "),
    };
    let payer = fee.granter.as_ref().or(fee.payer.as_ref());
    let payer = payer.map_or(String::new(), |payer| format!(", paid by {payer}"));
    let memo = match signed.draft.memo.as_str() {
        "" => String::new(),
        memo => hang("memo    ", &format!("{memo:?}"), find_width()),
    };
    let head = format!(
        "{}, sequence {}, {until}",
        count(messages.len(), "message", "messages"),
        signed.sequence,
    );
    let limit = fee.gas_limit;
    let fee = format!("{coins} for at most {limit} units of gas{payer}");
    [
        hang("", &head, find_width()),
        hang("fee     ", &fee, find_width()),
        memo,
        messages.concat(),
    ]
    .concat()
}
