//! Which value holds.

mod refusals;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::args::{KeyringArgs, NodeArgs, SendArgs};
use super::collect::{Flags, Surroundings};
use super::*;

const VAULT: &str = "cosmos1qurswpc8qurswpc8qurswpc8qurswpc8qurswpc8qurswpc8qurs79d55s";
const MULTISIG: &str = "cosmos1q5zs2pg9q5zs2pg9q5zs2pg9q5zs2pg9r8q7pk";

/// A folder in a folder with a `defenders.toml`.
struct World {
    above: TempDir,
    variables: BTreeMap<&'static str, String>,
}

impl World {
    fn new(toml: &str) -> Self {
        let above = tempfile::tempdir().unwrap();
        fs::create_dir(above.path().join("work")).unwrap();
        fs::write(above.path().join("defenders.toml"), toml).unwrap();
        Self {
            above,
            variables: BTreeMap::new(),
        }
    }

    fn with(mut self, name: &'static str, value: &str) -> Self {
        self.variables.insert(name, value.to_string());
        self
    }

    fn settle(&self, node: &NodeArgs, send: &SendArgs) -> Result<Config, ConfigError> {
        let around = Surroundings {
            folder: self.above.path().join("work"),
            variable: &|name| self.variables.get(name).cloned(),
        };
        Config::settle(Flags::default().with_node(node).with_send(send), &around)
    }

    fn config(&self) -> Config {
        self.settle(&NodeArgs::default(), &SendArgs::default())
            .unwrap()
    }

    fn refusal(&self) -> String {
        let settled = self.settle(&NodeArgs::default(), &SendArgs::default());
        settled.unwrap_err().to_string()
    }
}

fn at_line(line: usize) -> Origin {
    let file = PathBuf::from("../defenders.toml");
    Origin::File { file, line }
}

#[test]
fn a_flag_is_stronger_than_a_variable_and_a_variable_than_the_file() {
    let world = World::new("\nchain_id = \"file-1\"\n");
    let chain_id = |world: &World, flag: Option<&str>| {
        let node = NodeArgs {
            chain_id: flag.map(str::to_string),
            ..NodeArgs::default()
        };
        let config = world.settle(&node, &SendArgs::default()).unwrap();
        let settled = config.chain_id.unwrap();
        (settled.value, settled.from)
    };
    assert_eq!(chain_id(&world, None), ("file-1".to_string(), at_line(2)));
    let world = world.with("DEFENDERS_CHAIN_ID", "variable-1");
    let variable = Origin::Variable("DEFENDERS_CHAIN_ID");
    assert_eq!(chain_id(&world, None), ("variable-1".to_string(), variable));
    let flag = Origin::Flag("--chain-id");
    assert_eq!(
        chain_id(&world, Some("flag-1")),
        ("flag-1".to_string(), flag)
    );
    // an empty variable says nothing
    let world = world.with("DEFENDERS_CHAIN_ID", "");
    assert_eq!(chain_id(&world, None).1, at_line(2));
}

#[test]
fn all_settings_of_the_help_are_read() {
    let help = crate::help::CONFIG;
    let (_, toml) = help.split_once("left out:\n").unwrap();
    let (toml, _) = toml.split_once("\n\n").unwrap();
    let config = World::new(toml).config();
    assert_eq!(config.file, Some(PathBuf::from("../defenders.toml")));
    assert_eq!(config.chain_id.unwrap().value, "cosmoshub-4");
    let nodes = config.nodes.unwrap();
    assert_eq!(
        nodes.value,
        ["https://rpc.one.example", "https://rpc.two.example"]
    );
    assert_eq!(nodes.from, at_line(2));
    assert_eq!(config.address_prefix.unwrap().value, "cosmos");
    assert_eq!(config.vault.unwrap().value, VAULT);
    assert_eq!(config.multisig.unwrap().value, MULTISIG);
    assert_eq!(config.gas_price.unwrap().value.to_string(), "0.025uatom");
    assert_eq!(config.max_gas_price.unwrap().value.to_string(), "0.1uatom");
    assert_eq!(config.gas_factor.value.to_string(), "1.5");
    let limit = config.daily_fee_limit.unwrap().value;
    assert_eq!(limit.to_string(), "5000000uatom");
    assert_eq!(config.from.unwrap().value.as_str(), "alice");
    let upload = config.upload_gas_price.as_ref().unwrap();
    assert_eq!(upload.value.to_string(), "0.2uatom");
    assert_eq!(config.state.unwrap().value, Path::new("../state"));
    assert_eq!(config.denom_base.unwrap().value, "uatom");
    let denom = config.denom.unwrap().value;
    assert_eq!((denom.symbol.as_str(), denom.exponent), ("ATOM", 6));
}

#[test]
fn paths_of_the_file_are_seen_from_the_file_and_others_from_the_working_folder() {
    let world = World::new("keyring = \"keys\"\npassphrase_file = \"~/secret\"\n");
    let world = world.with("HOME", "/home/alice");
    let config = world.config();
    assert_eq!(config.keyring.unwrap().value, Path::new("../keys"));
    let file = config.passphrase_file.unwrap();
    assert_eq!(file.value, Path::new("/home/alice/secret"));
    let send = SendArgs {
        keyring: KeyringArgs {
            keyring: Some("keys".into()),
            passphrase_file: None,
        },
        ..SendArgs::default()
    };
    let config = world.settle(&NodeArgs::default(), &send).unwrap();
    assert_eq!(config.keyring.unwrap().value, Path::new("keys"));
}

#[test]
fn keys_are_in_the_home_folder_when_nobody_says_another_place() {
    let config = World::new("").with("HOME", "/home/alice").config();
    let keyring = config.keyring.unwrap();
    assert_eq!(keyring.value, Path::new("/home/alice/.defenders/keyring"));
    assert_eq!(keyring.from, Origin::Default);
    let config = World::new("").config();
    assert!(config.keyring.is_none());
    let said = config.keyring_folder().unwrap_err().to_string();
    assert!(
        said.ends_with(
            "give --keyring, the variable DEFENDERS_KEYRING or keyring in defenders.toml"
        ),
        "{said}"
    );
}

/// One account has one place for what is under way, whatever keyring its key comes from.
#[test]
fn notes_are_the_users_and_not_the_keyrings() {
    let state = |world: World| {
        let config = world.config();
        config.pending_folder().unwrap().display().to_string()
    };
    let home = |toml: &str| World::new(toml).with("HOME", "/home/alice");
    let usual = "/home/alice/.local/state/defenders/pending";
    assert_eq!(state(home("")), usual);
    assert_eq!(state(home("keyring = \"other/keys\"\n")), usual);
    let named = || home("").with("XDG_STATE_HOME", "/state");
    assert_eq!(state(named()), "/state/defenders/pending");
    let relative = home("").with("XDG_STATE_HOME", "state");
    assert_eq!(state(relative), usual);
    let own = state(home("state = \"notes\"\n"));
    assert!(
        own.starts_with('/') && own.ends_with("/notes/pending"),
        "{own}"
    );
    let variable = named().with("DEFENDERS_STATE", "/own");
    assert_eq!(state(variable), "/own/pending");
    let said = World::new("").config().pending_folder().unwrap_err();
    let said = said.to_string();
    assert!(
        said.ends_with("give the variable DEFENDERS_STATE or state in defenders.toml"),
        "{said}"
    );
}

#[test]
fn the_prefix_follows_from_the_vault() {
    let config = World::new(&format!("vault = \"{VAULT}\"\n")).config();
    let prefix = config.address_prefix.unwrap();
    assert_eq!(
        (prefix.value.as_str(), prefix.from),
        ("cosmos", Origin::Vault)
    );
}
