//! The arguments of `defenders keys`.

use std::path::PathBuf;

use defenders_node::keys::KeyName;

use crate::config::{Config, KeyringArgs};
use crate::help;
use crate::terminal::{Screen, find_width};

/// When nobody says another prefix.
const USUAL_PREFIX: &str = "cosmos";

/// What to do with which key.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    pub action: Action,
}

#[derive(Debug, clap::Subcommand)]
pub enum Action {
    /// Save a key: of a new mnemonic, of one in a file, or a private key in a file.
    #[command(after_help = help::KEYS_ADD)]
    Add(AddArgs),
    /// Show all keys.
    #[command(after_help = help::KEYS_LIST)]
    List(ListArgs),
    /// Show one key.
    #[command(after_help = help::KEYS_SHOW)]
    Show(ShowArgs),
    /// Delete a key. Without its mnemonic nobody gets it back.
    #[command(after_help = help::KEYS_DELETE)]
    Delete(DeleteArgs),
}

#[derive(Debug, clap::Args)]
pub struct AddArgs {
    /// Name of the key: 1 to 32 of a to z, digits and hyphens.
    #[arg(value_name = "NAME")]
    pub name: KeyName,

    /// Import the key of the mnemonic in this file; - is standard input.
    #[arg(long, value_name = "FILE", group = "imported")]
    pub mnemonic_file: Option<PathBuf>,

    /// Import the private key in this file: 64 hex digits; - is standard input.
    #[arg(long, value_name = "FILE", group = "imported", conflicts_with_all = ["coin_type", "index"])]
    pub private_key_file: Option<PathBuf>,

    /// Where a new mnemonic is written instead of shown. What was there is not overwritten.
    #[arg(long, value_name = "FILE", conflicts_with = "imported")]
    pub mnemonic_out: Option<PathBuf>,

    /// Coin type of the path m/44'/COIN_TYPE'/0'/0/INDEX.
    #[arg(long, value_name = "COIN_TYPE", default_value_t = 118)]
    pub coin_type: u32,

    /// Index of the path.
    #[arg(long, value_name = "INDEX", default_value_t = 0)]
    pub index: u32,

    /// Show path, key type and address of what would be imported, and save nothing.
    #[arg(long, requires = "imported")]
    pub dry_run: bool,

    /// Keep keys in plain in this keyring: for a chain on this machine only.
    #[arg(long)]
    pub test: bool,

    #[command(flatten)]
    pub keyring: KeyringArgs,

    #[command(flatten)]
    pub view: KeyViewArgs,
}

#[derive(Debug, clap::Args)]
pub struct ListArgs {
    #[command(flatten)]
    pub keyring: KeyringArgs,

    #[command(flatten)]
    pub view: KeyViewArgs,

    /// Show whole addresses and names, however wide the table gets.
    #[arg(long, help_heading = "How to show it")]
    pub full: bool,
}

impl ListArgs {
    pub fn screen(&self) -> Screen {
        Screen::new(find_width(), self.full, None, None)
    }
}

#[derive(Debug, clap::Args)]
pub struct ShowArgs {
    /// Name of the key.
    #[arg(value_name = "NAME")]
    pub name: KeyName,

    /// Unlock it, to see that the passphrase is right.
    #[arg(long)]
    pub unlock: bool,

    #[command(flatten)]
    pub keyring: KeyringArgs,

    #[command(flatten)]
    pub view: KeyViewArgs,
}

#[derive(Debug, clap::Args)]
pub struct DeleteArgs {
    /// Name of the key.
    #[arg(value_name = "NAME")]
    pub name: KeyName,

    /// Delete without asking.
    #[arg(long)]
    pub yes: bool,

    #[command(flatten)]
    pub keyring: KeyringArgs,

    #[command(flatten)]
    pub view: KeyViewArgs,
}

/// How to show keys.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "How to show it")]
pub struct KeyViewArgs {
    /// What addresses begin with. Default: as the settings say, else cosmos.
    #[arg(long, value_name = "PREFIX")]
    pub prefix: Option<String>,

    /// Print one JSON object on standard output, and nothing else there; errors are JSON too.
    #[arg(long)]
    pub json: bool,
}

impl KeyViewArgs {
    /// What addresses begin with: as said here, else as the settings say, else as usual.
    pub fn prefix(&self, config: &Config) -> String {
        let settled = config
            .address_prefix
            .as_ref()
            .map(|prefix| prefix.value.as_str());
        let said = self.prefix.as_deref();
        said.or(settled).unwrap_or(USUAL_PREFIX).to_string()
    }
}
