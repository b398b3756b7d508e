//! Which value holds, and who is named when it is wrong.

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

#[test]
fn unknown_settings_are_refused_with_the_nearest_and_the_line() {
    for (toml, said) in [
        (
            "\nvualt = \"a\"\n",
            "../defenders.toml:2: there is no setting \"vualt\", do you mean \"vault\"?",
        ),
        (
            "gas-price = \"1uatom\"",
            "../defenders.toml:1: there is no setting \"gas-price\", do you mean \"gas_price\"?",
        ),
        (
            "[denom]\nbase = \"uatom\"\ndecimal = 6\n",
            "../defenders.toml:3: there is no setting \"denom.decimal\", do you mean \"decimals\"?",
        ),
        (
            "[denoms]\nbase = \"uatom\"\n",
            "../defenders.toml:1: there is no setting \"denoms\", do you mean \"denom\"?",
        ),
        (
            "\"denom.base\" = \"uatom\"\n",
            "../defenders.toml:1: there is no setting \"denom.base\"",
        ),
    ] {
        let refusal = World::new(toml).refusal();
        assert!(refusal.starts_with(said), "{refusal}");
    }
    let said = World::new("zzzzzzzzzzzz = 1\n").refusal();
    assert!(said.contains(", known are chain_id, nodes,"), "{said}");
}

#[test]
fn secrets_in_the_file_are_refused() {
    for name in ["mnemonic", "passphrase", "private_key"] {
        let said = World::new(&format!("{name} = \"hunter2hunter2\"\n")).refusal();
        assert!(
            said.contains("secrets do not belong into this file"),
            "{said}"
        );
        assert!(!said.contains("hunter2"), "{said}");
    }
}

#[test]
fn values_out_of_range_name_their_place() {
    for (toml, said) in [
        (
            "chain_id = \"a b\"",
            "1: chain_id: must have 1 to 50 letters",
        ),
        ("chain_id = 4", "1: chain_id: must be a text in quotes"),
        ("nodes = []", "1: nodes: must name a node"),
        (
            "nodes = [1]",
            "1: nodes: must be an array of texts in quotes",
        ),
        (
            "nodes = [\"localhost:26657\"]",
            "1: nodes: \"localhost:26657\" is no address of a node",
        ),
        (
            "nodes = [\"tcp://a\"]",
            "1: nodes: \"tcp://a\" is no address of a node",
        ),
        (
            "nodes = [\"http://\"]",
            "1: nodes: \"http://\" is no address of a node",
        ),
        (
            "address_prefix = \"Cosmos\"",
            "1: address_prefix: must be small letters",
        ),
        (
            "vault = \"cosmos1abc\"",
            "1: vault: \"cosmos1abc\" is not the address wanted here",
        ),
        (
            "gas_price = \"0.025\"",
            "1: gas_price: \"0.025\" is no gas price",
        ),
        ("gas_factor = 1.1", "1: gas_factor: must be from 1.2 to 5"),
        ("gas_factor = 1", "1: gas_factor: must be from 1.2 to 5"),
        (
            "daily_fee_limit = \"5\"",
            "1: daily_fee_limit: \"5\" is no amount",
        ),
        ("from = \"Alice\"", "1: from: \"Alice\" is no name of a key"),
        ("keyring = \"\"", "1: keyring: must be a path"),
        (
            "denom = \"ATOM:6\"",
            "1: denom: must be a table with base, symbol and decimals",
        ),
        (
            "[denom]\nsymbol = \"ATOM\"",
            "2: denom.symbol: denom.decimals is missing",
        ),
        (
            "[denom]\ndecimals = 6",
            "2: denom.decimals: denom.symbol is missing",
        ),
        (
            "[denom]\nsymbol = \"ATOM\"\ndecimals = 60",
            "3: denom.decimals: \"60\" is no number of decimals, 0 to 38",
        ),
        (
            "[denom]\nsymbol = \"AT OM\"\ndecimals = 6",
            "2: denom.symbol: \"AT OM\" is no symbol",
        ),
        (
            "upload_gas_price = \"1\"",
            "1: upload_gas_price: \"1\" is no gas price",
        ),
        ("state = \"\"", "1: state: must be a path"),
        (
            "[denom]\nbase = \"u\"",
            "2: denom.base: must be a base denom",
        ),
        ("a = = 1", "1: not valid TOML"),
        (
            "from = \"a\"\nfrom = \"b\"",
            "2: not valid TOML: duplicate key",
        ),
    ] {
        let refusal = World::new(toml).refusal();
        assert!(
            refusal.starts_with("../defenders.toml:"),
            "{toml}: {refusal}"
        );
        assert!(refusal.contains(said), "{toml}: {refusal}");
    }
    let refusal = World::new("")
        .with("DEFENDERS_NODE", "http://a,b")
        .refusal();
    assert!(
        refusal.starts_with("DEFENDERS_NODE: \"b\" is no address"),
        "{refusal}"
    );
}

#[test]
fn contradictions_name_both_places() {
    let world = World::new("address_prefix = \"osmo\"\n").with("DEFENDERS_VAULT", VAULT);
    assert_eq!(
        world.refusal(),
        format!(
            "vault, from DEFENDERS_VAULT, and address_prefix, from ../defenders.toml:1: {VAULT} does not begin with osmo1"
        )
    );
    let world = World::new("gas_price = \"0.3uatom\"\nmax_gas_price = \"0.2uatom\"\n");
    assert_eq!(
        world.refusal(),
        "gas_price, from ../defenders.toml:1, and max_gas_price, from ../defenders.toml:2: 0.3uatom is above 0.2uatom"
    );
    let world = World::new("gas_price = \"0.1uatom\"\nmax_gas_price = \"0.2uosmo\"\n");
    assert!(
        world
            .refusal()
            .ends_with("0.1uatom and 0.2uosmo are of two denoms")
    );
}

#[test]
fn what_is_missing_says_how_to_give_it() {
    let config = World::new("").config();
    let said = require(config.vault.as_ref(), Field::Vault).unwrap_err();
    assert_eq!(
        said.to_string(),
        "vault is needed: give --vault, the variable DEFENDERS_VAULT or vault in defenders.toml"
    );
}
