//! What is known of the vault that a proposal is about: its answers, as files or from a node.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use defenders_settings::Settings;
use defenders_types::{
    Change, ChangeInfo, ChangesResponse, ConfigResponse, ListingInfo, OwnContract, QueryMsg,
};
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

/// A validator of the vault.
#[derive(Debug, Deserialize)]
pub struct Listed {
    /// Operator address.
    pub validator: String,
    /// Listed and not draining.
    pub listed: bool,
    /// What its listing says.
    pub listing: Option<ListingInfo>,
}

/// What is known of the vault.
#[derive(Debug)]
pub struct Context {
    /// Its settings.
    pub settings: Option<Settings>,
    /// What waits.
    pub changes: Option<ChangesResponse>,
    /// Who is listed or holds stake, by operator address.
    pub listings: Option<BTreeMap<String, Listed>>,
    /// Seconds since 1970.
    pub now: u64,
}

impl Context {
    /// Reads all files.
    pub fn load(args: &ContextArgs) -> Result<Self, FileError> {
        let config: Option<ConfigResponse> = load_optional(args.config.as_deref(), "config")?;
        let mut listings = BTreeMap::new();
        for file in &args.listings {
            let page: Page = load_answer(file, "validators")?;
            let named = page.validators.into_iter();
            listings.extend(named.map(|info| (info.validator.clone(), info)));
        }
        Ok(Self {
            settings: config.map(to_settings),
            changes: load_optional(args.changes.as_deref(), "changes")?,
            listings: (!args.listings.is_empty()).then_some(listings),
            now: args.now.unwrap_or_else(read_clock),
        })
    }

    /// What files do not say, a vault on a chain is asked for. `now` is the time of the chain.
    pub fn load_with(
        args: &ContextArgs,
        vault: &Vault<'_>,
        now: u64,
    ) -> Result<Self, SessionError> {
        let files = Self::load(args)?;
        let changes = match files.changes {
            Some(changes) => changes,
            None => vault.ask(&QueryMsg::Changes {})?,
        };
        let listings = match files.listings {
            Some(listings) => listings,
            None => ask_listings(vault)?,
        };
        Ok(Self {
            settings: files
                .settings
                .or_else(|| Some(to_settings(vault.config.clone()))),
            changes: Some(changes),
            listings: Some(listings),
            now: args.now.unwrap_or(now),
        })
    }

    /// Nothing but the time.
    pub fn at(now: u64) -> Self {
        Self {
            settings: None,
            changes: None,
            listings: None,
            now,
        }
    }

    /// The change of this number that waits.
    pub fn change(&self, id: u64) -> Option<&ChangeInfo> {
        self.waiting().find(|change| change.id == id)
    }

    /// The number of the change of this setting that waits.
    pub fn change_of_setting(&self, name: &str) -> Option<u64> {
        let found = self.waiting().find(
            |change| matches!(&change.change, Change::Setting { name: waits, .. } if waits == name),
        );
        found.map(|change| change.id)
    }

    /// The number of the change that lists this validator and waits.
    pub fn change_of_listing(&self, validator: &str) -> Option<u64> {
        let found = self.waiting().find(|change| match &change.change {
            Change::Listings { validators } => {
                validators.iter().any(|waits| waits.validator == validator)
            }
            Change::Setting { .. } | Change::Upgrade { .. } => false,
        });
        found.map(|change| change.id)
    }

    /// The number of the upgrade of this contract that waits.
    pub fn change_of_upgrade(&self, contract: OwnContract) -> Option<u64> {
        let found = self.waiting().find(
            |change| matches!(&change.change, Change::Upgrade { contract: waits, .. } if *waits == contract),
        );
        found.map(|change| change.id)
    }

    /// How many changes wait, when that is known and changes wait at all.
    pub fn count_waiting(&self) -> Option<usize> {
        let changes = self.changes.as_ref()?;
        changes.has_depositors.then(|| self.waiting().count())
    }

    /// The changes that are not gone.
    fn waiting(&self) -> impl Iterator<Item = &ChangeInfo> {
        let all = self.changes.iter().flat_map(|answer| &answer.changes);
        all.filter(|change| self.now < change.expires_at)
    }

    /// What the listing of this validator says, if it is listed and not draining.
    pub fn listing(&self, validator: &str) -> Option<&ListingInfo> {
        let info = self.listings.as_ref()?.get(validator)?;
        info.listing.as_ref().filter(|_| info.listed)
    }
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

fn to_settings(config: ConfigResponse) -> Settings {
    Settings {
        policy: config.policy,
        fee: config.fee,
        parameters: config.parameters,
        power_source: config.power_source,
        guardian: config.guardian,
        exit_slack: config.exit_slack,
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
