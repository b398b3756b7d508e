//! `defenders config`: which setting holds, and who said so.

use crate::world::World;

#[test]
fn every_setting_is_shown_with_where_it_comes_from() {
    let world = World::new();
    world.write(
        "defenders.toml",
        "chain_id = \"hub-4\"\n\nnodes = [\"http://a\", \"http://b\"]\n",
    );
    let json = world.json(&["config", "--chain-id", "other-1"]);
    assert_eq!(json["file"], "defenders.toml");
    let settings = &json["settings"];
    assert_eq!(settings["chain_id"]["value"], "other-1");
    assert_eq!(settings["chain_id"]["from"], "--chain-id");
    assert_eq!(settings["nodes"]["value"][1], "http://b");
    assert_eq!(settings["nodes"]["from"], "defenders.toml:3");
    assert_eq!(settings["gas_factor"]["value"], "1.5");
    assert_eq!(settings["gas_factor"]["from"], "default");
    assert!(settings["vault"].is_null());
    let (text, _) = world.done(&["config"]);
    assert!(
        text.lines()
            .any(|line| line.contains("http://a, http://b") && line.ends_with("defenders.toml:3")),
        "{text}"
    );
}

#[test]
fn long_values_fit_the_screen_and_are_whole_with_full() {
    let world = World::new();
    let vault = "cosmos1qurswpc8qurswpc8qurswpc8qurswpc8qurswpc8qurswpc8qurs79d55s";
    let node = "https://rpc.a-provider-with-a-long-name.example/cosmoshub/v1/0123456789abcdef";
    world.write(
        "defenders.toml",
        &format!(
            "vault = \"{vault}\"\nnodes = [\"{node}\", \"http://b\"]\n\
             [denom]\nsymbol = \"ATOM\"\ndecimals = 6\n"
        ),
    );
    let (text, _) = world.done(&["config"]);
    let widest = text.lines().map(|line| line.chars().count()).max();
    assert!(widest <= Some(80), "{text}");
    assert!(text.contains("cosmos1"), "{text}");
    let settings = &world.json(&["config"])["settings"];
    assert_eq!(settings["denom.symbol"]["from"], "defenders.toml:4");
    assert_eq!(settings["denom.decimals"]["from"], "defenders.toml:5");
    let (text, _) = world.done(&["config", "--full"]);
    assert!(text.contains(vault) && text.contains(node), "{text}");
}

#[test]
fn wrong_settings_end_every_command_that_reads_them() {
    let world = World::new();
    world.write("defenders.toml", "vualt = \"cosmos1\"\n");
    for arguments in [
        &["config"][..],
        &["keys", "list"],
        &["keys", "add", "a", "--mnemonic-file", "words"],
    ] {
        let said = world.refusal(arguments);
        assert_eq!(
            said,
            "error: defenders.toml:1: there is no setting \"vualt\", do you mean \"vault\"?\n"
        );
    }
    assert!(!world.path(".defenders").exists());
}

#[test]
fn flags_of_sending_exclude_what_contradicts() {
    let world = World::new();
    for arguments in [
        &["--from", "a", "--mnemonic-file", "words"][..],
        &["--dry-run", "--generate-only", "tx.json"],
    ] {
        let said = world.refusal(&[&["config"], arguments].concat());
        assert!(said.contains("cannot be used with"), "{said}");
    }
    let said = world.refusal(&["config", "--gas-factor", "1.1"]);
    assert_eq!(
        said,
        "error: --gas-factor: must be from 1.2 to 5, with at most three places\n"
    );
}
