//! `defenders inspect`: what a proposal would do, warnings first.

mod actions;
mod addresses;
mod admins;
mod checksums;
mod cosmos;
mod effects;
mod fields;
mod listings;
mod report;
mod settings;
mod source;
mod text;
mod upgrade;
mod vault;
mod warnings;

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::file_command::FileCommandError;
use crate::input::{FileError, InputError, load};
use crate::output::{print, to_json};
use crate::proposal::{Context, ContextArgs, parse_address};
use crate::terminal::WholeViewArgs;
pub use fields::to_value;
pub use report::Report;
use warnings::Warnings;

/// What to inspect, and what is known.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The proposal, as JSON: a message or an answer of a cw3 multisig or of DAO DAO, a file that DAO DAO
    /// imports, or messages alone; - is standard input.
    #[arg(value_name = "FILE")]
    pub input: PathBuf,

    /// Address of the vault. Every other contract is warned of.
    #[arg(long, value_name = "ADDRESS", value_parser = parse_address)]
    pub vault: Option<String>,

    /// The file checksums.txt of a release. Every other checksum is warned of.
    #[arg(long, value_name = "FILE")]
    pub checksums: Option<PathBuf>,

    #[command(flatten)]
    pub context: ContextArgs,

    #[command(flatten)]
    pub view: WholeViewArgs,
}

/// What a proposal is judged by.
#[derive(Debug)]
pub struct Known {
    /// What the vault answers.
    pub context: Context,
    /// Its address.
    pub vault: Option<String>,
    /// Of the releases, in small hexadecimal letters.
    pub checksums: Option<Vec<String>>,
}

/// Reads the file, and tells what it says; whether that has warnings.
pub fn run(args: &Args) -> Result<bool, FileCommandError> {
    let known = Known {
        context: Context::load(&args.context)?,
        vault: args.vault.clone(),
        checksums: checksums::load_optional(args.checksums.as_deref())?,
    };
    let report = read(&args.input, &known)?;
    let text = match args.view.json {
        true => to_json(&report)?,
        false => report.render(&args.view.screen()),
    };
    print(&text)?;
    Ok(!report.warnings.is_empty())
}

/// What `defenders inspect --json` says of a file of a proposal to a vault, without a release's checksums.
pub fn inspect_file(input: &Path, vault: &str, context: &ContextArgs) -> anyhow::Result<Value> {
    let known = Known {
        context: Context::load(context)?,
        vault: Some(vault.to_string()),
        checksums: None,
    };
    Ok(serde_json::to_value(read(input, &known)?)?)
}

fn read(input: &Path, known: &Known) -> Result<Report, FileError> {
    load(input, |top| {
        let mut twice = Vec::new();
        let top = fields::to_value(top.json(), "", &mut twice);
        compute_report(top, twice, known)
    })
}

/// What a proposal says. `twice` are the places of fields that it gives twice.
pub fn compute_report(top: Value, twice: Vec<String>, known: &Known) -> Result<Report, InputError> {
    let mut warnings = Warnings::default();
    fields::warn_of_twice(&twice, &mut warnings);
    let source = source::find(top, known, &mut warnings)?;
    let messages = source.messages.iter();
    let messages: Vec<_> = messages
        .map(|(place, message)| cosmos::read(place, message, known, &mut warnings))
        .collect();
    for (place, message) in &source.messages {
        admins::warn_of_hidden(place, message, &mut warnings);
    }
    effects::warn_of_repeated(&messages, &mut warnings);
    effects::warn_of_too_many(&messages, &known.context, &mut warnings);
    Ok(Report {
        warnings: warnings.finish(),
        form: source.form,
        title: source.title,
        description: source.description,
        status: source.status,
        messages,
    })
}
