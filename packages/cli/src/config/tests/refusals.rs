//! What is refused, and who is named.

use super::*;

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
