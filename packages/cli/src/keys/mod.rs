//! `defenders keys`: the keys that sign.

mod add;
mod args;
mod error;
mod report;

use std::io::{IsTerminal, Write, stderr, stdin};

pub use args::Args;
use args::{Action, DeleteArgs, ListArgs, ShowArgs};
pub use error::KeysError;
use report::{KeyReport, KeyringReport};

use crate::config::Config;
use crate::notice;
use crate::output::{print, to_json};

/// Does it, and writes what became of it to standard output.
pub fn run(args: &Args) -> Result<(), KeysError> {
    match &args.action {
        Action::Add(args) => add::run(args),
        Action::List(args) => list(args),
        Action::Show(args) => show(args),
        Action::Delete(args) => delete(args),
    }
}

fn list(args: &ListArgs) -> Result<(), KeysError> {
    let config = Config::of_keyring(&args.keyring)?;
    let prefix = args.view.prefix(&config);
    let keyring = config.open_keyring()?;
    let listing = keyring.list()?;
    for error in &listing.unreadable {
        notice::warn(&error.to_string());
    }
    let keys = listing
        .keys
        .iter()
        .map(|key| KeyReport::of_stored(key, &prefix));
    let report = KeyringReport::new(&keyring, keys.collect::<Result<_, _>>()?);
    let text = match args.view.json {
        true => to_json(&report)?,
        false => report.render(&args.screen()),
    };
    Ok(print(&text)?)
}

fn show(args: &ShowArgs) -> Result<(), KeysError> {
    let config = Config::of_keyring(&args.keyring)?;
    let prefix = args.view.prefix(&config);
    if args.unlock {
        config.load_key(&args.name, &prefix)?;
    }
    let keyring = config.open_keyring()?;
    let report = KeyReport::of_stored(&keyring.show(&args.name)?, &prefix)?;
    Ok(report.print(args.view.json)?)
}

fn delete(args: &DeleteArgs) -> Result<(), KeysError> {
    let config = Config::of_keyring(&args.keyring)?;
    let keyring = config.open_keyring()?;
    // damaged files are deleted too, only who is not there cannot be
    let known = keyring.show(&args.name);
    if !args.yes && !is_confirmed(&format!("Delete the key {}? Type yes: ", args.name)) {
        return Err(KeysError::Unconfirmed(args.name.clone()));
    }
    keyring.delete(&args.name)?;
    let prefix = args.view.prefix(&config);
    let address = known
        .ok()
        .and_then(|key| key.public_key.address(&prefix).ok());
    let text = match args.view.json {
        true => to_json(&serde_json::json!({ "deleted": args.name.as_str(), "address": address }))?,
        false => format!(
            "deleted {}, {}\n",
            args.name,
            address.as_deref().unwrap_or("not readable")
        ),
    };
    Ok(print(&text)?)
}

/// What somebody at the terminal says; nobody says no.
fn is_confirmed(question: &str) -> bool {
    if !stdin().is_terminal() || !stderr().is_terminal() {
        return false;
    }
    let mut answer = String::new();
    let asked = write!(stderr(), "{question}").and_then(|()| stdin().read_line(&mut answer));
    asked.is_ok() && answer.trim() == "yes"
}
