//! What is known of the vault that a proposal is about: its answers, as files or from a node.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use defenders_client::inspect::{Context, Listed};
use defenders_client::settings::to_settings;
use defenders_types::{ConfigResponse, QueryMsg};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::input::{FileError, InputError, parse_json, read_text};
use crate::session::{SessionError, Vault};
use defenders_node::read_clock;

/// Validators that a vault tells in one answer.
const PAGE: u32 = 30;
/// The last second of the year 9999.
const LATEST: u64 = 253_402_300_799;

/// The vault's answers.
#[derive(Debug, Clone, Default, clap::Args)]
#[command(next_help_heading = "What is known of the vault")]
pub struct ContextArgs {
    /// What the vault answers to `{"config": {}}`: settings as they are now.
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,

    /// What it answers to `{"changes": {}}`: what waits, and the exit delay.
    #[arg(long, value_name = "FILE")]
    pub changes: Option<PathBuf>,

    /// What it answers to `{"validators": {}}`, a page each: the listings.
    #[arg(long, value_name = "FILE")]
    pub listings: Vec<PathBuf>,

    /// The time to reckon from, seconds since 1970. Default: the latest block's, or this machine's clock.
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(..=LATEST))]
    pub now: Option<u64>,
}

/// A page of `validators {}`, as far as it is of use here.
#[derive(Debug, Deserialize)]
struct Page {
    validators: Vec<Listed>,
}

/// Reads all files.
pub fn load_context(args: &ContextArgs) -> Result<Context, FileError> {
    let config: Option<ConfigResponse> = load_optional(args.config.as_deref(), "config")?;
    let mut listings = BTreeMap::new();
    for file in &args.listings {
        let page: Page = load_answer(file, "validators")?;
        let named = page.validators.into_iter();
        listings.extend(named.map(|info| (info.validator.clone(), info)));
    }
    Ok(Context {
        settings: config.as_ref().map(to_settings),
        changes: load_optional(args.changes.as_deref(), "changes")?,
        listings: (!args.listings.is_empty()).then_some(listings),
        now: args.now.unwrap_or_else(read_clock),
    })
}

/// What files do not say, a vault on a chain is asked for. `now` is the time of the chain.
pub fn load_context_with(
    args: &ContextArgs,
    vault: &Vault<'_>,
    now: u64,
) -> Result<Context, SessionError> {
    let files = load_context(args)?;
    let changes = match files.changes {
        Some(changes) => changes,
        None => vault.ask(&QueryMsg::Changes {})?,
    };
    let listings = match files.listings {
        Some(listings) => listings,
        None => ask_listings(vault)?,
    };
    Ok(Context {
        settings: files.settings.or_else(|| Some(to_settings(&vault.config))),
        changes: Some(changes),
        listings: Some(listings),
        now: args.now.unwrap_or(now),
    })
}

/// All pages.
fn ask_listings(vault: &Vault<'_>) -> Result<BTreeMap<String, Listed>, SessionError> {
    let mut listings = BTreeMap::new();
    let mut start_after = None;
    loop {
        let page: Page = vault.ask(&QueryMsg::Validators {
            start_after,
            limit: Some(PAGE),
        })?;
        let is_last = page.validators.len() < PAGE as usize;
        start_after = page.validators.last().map(|it| it.validator.clone());
        let named = page.validators.into_iter();
        listings.extend(named.map(|info| (info.validator.clone(), info)));
        if is_last || start_after.is_none() {
            return Ok(listings);
        }
    }
}

fn load_optional<T: DeserializeOwned>(
    file: Option<&Path>,
    query: &str,
) -> Result<Option<T>, FileError> {
    file.map(|file| load_answer(file, query)).transpose()
}

/// What a vault answers, alone or as nodes and programs wrap it.
fn load_answer<T: DeserializeOwned>(file: &Path, query: &str) -> Result<T, FileError> {
    read_text(file)
        .and_then(|text| {
            let _ = parse_json(&text)?;
            let answer: Value = serde_json::from_str(&text)?;
            let answer = match answer.get("data") {
                Some(data) => data.clone(),
                None => answer,
            };
            serde_json::from_value(answer).map_err(|error| InputError::Impossible {
                path: "top level".to_string(),
                reason: format!(
                    "this is not what a vault answers to {{\"{query}\": {{}}}}: {error}"
                ),
            })
        })
        .map_err(|error| error.in_file(file))
}
