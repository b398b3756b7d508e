//! Where a key comes from.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use crate::world::{ADDRESS, PRIVATE_KEY, WORDS, World};

#[test]
fn lesson_14_importing_shows_path_key_type_and_address_before_saving() {
    let world = World::new();
    let (output, notices) = world.add("alice", &[]);
    assert_eq!(
        notices,
        format!("alice: m/44'/118'/0'/0/0, secp256k1, {ADDRESS}\n")
    );
    assert!(
        output.contains(&format!("address     {ADDRESS}\n")),
        "{output}"
    );
    // they are shown too where saving fails
    let again = ["keys", "add", "bob", "--mnemonic-file", "words"];
    let said = world.refusal(&again);
    assert!(
        said.starts_with(&format!("bob: m/44'/118'/0'/0/0, secp256k1, {ADDRESS}\n")),
        "{said}"
    );
    assert!(
        said.contains("there is no terminal to ask for the passphrase: give --passphrase-file"),
        "{said}"
    );
    assert!(!world.path(".defenders/keyring/bob.json").exists());
}

#[test]
fn a_dry_run_shows_the_same_and_saves_nothing() {
    let world = World::new();
    let add = [
        "keys",
        "add",
        "alice",
        "--mnemonic-file",
        "words",
        "--dry-run",
    ];
    let json = world.json(&add);
    assert_eq!(json["address"], ADDRESS);
    assert_eq!(json["path"], "m/44'/118'/0'/0/0");
    assert_eq!(json["key_type"], "secp256k1");
    assert!(!world.path(".defenders").exists());
    let said = world.refusal(&["keys", "add", "alice", "--dry-run"]);
    assert!(said.contains("--mnemonic-file"), "{said}");
}

#[test]
fn coin_type_index_and_prefix_are_those_asked_for() {
    let world = World::new();
    let dry = |more: &[&str]| {
        let add = ["keys", "add", "a", "--mnemonic-file", "words", "--dry-run"];
        world.json(&[&add[..], more].concat())["address"]
            .as_str()
            .unwrap()
            .to_string()
    };
    assert_eq!(
        dry(&["--index", "1"]),
        "cosmos1jrkmdcwgq94uaamx6zax2luewlhf7u4kucx3kz"
    );
    assert_eq!(
        dry(&["--coin-type", "330", "--prefix", "terra"]),
        "terra1amdttz2937a3dytmxmkany53pp6ma6dy4vsllv"
    );
    assert_eq!(
        dry(&["--prefix", "osmo"]),
        "osmo19rl4cm2hmr8afy4kldpxz3fka4jguq0a5m7df8"
    );
}

#[test]
fn lesson_14_chains_with_ethsecp256k1_are_refused_with_the_reason_and_nothing_is_saved() {
    let world = World::new();
    let add = [
        "keys",
        "add",
        "alice",
        "--mnemonic-file",
        "words",
        "--passphrase-file",
        "passphrase",
    ];
    for more in [["--coin-type", "60"], ["--prefix", "evmos"]] {
        let said = world.refusal(&[&add[..], &more].concat());
        assert!(
            said.contains("ethsecp256k1") && said.contains("not supported"),
            "{said}"
        );
    }
    assert!(!world.path(".defenders").exists());
}

#[test]
fn a_private_key_can_be_imported() {
    let world = World::new();
    let add = [
        "keys",
        "add",
        "dev",
        "--private-key-file",
        "key.hex",
        "--passphrase-file",
        "passphrase",
    ];
    let json = world.json(&add);
    assert_eq!(json["address"], ADDRESS);
    assert!(json["path"].is_null());
    world.write("short.hex", &PRIVATE_KEY[1..]);
    let said = world.refusal(&["keys", "add", "x", "--private-key-file", "short.hex"]);
    assert!(said.contains("not 64 hex digits"), "{said}");
    assert!(!said.contains(&PRIVATE_KEY[1..]), "{said}");
}

#[test]
fn wrong_mnemonics_say_which_word() {
    let world = World::new();
    world.write("words", &WORDS.replace("about", "abaut"));
    let said = world.refusal(&["keys", "add", "alice", "--mnemonic-file", "words"]);
    assert!(said.contains("word 12 of the mnemonic"), "{said}");
    assert!(!said.contains("abaut"), "{said}");
}

#[test]
fn no_secret_is_ever_an_argument() {
    let world = World::new();
    for flag in ["--mnemonic", "--passphrase", "--private-key"] {
        let said = world.refusal(&["keys", "add", "alice", flag, "x"]);
        assert!(
            said.contains(&format!("unexpected argument '{flag}'")),
            "{said}"
        );
    }
}

/// In no pipe or log.
#[test]
fn a_new_mnemonic_goes_to_a_terminal_or_into_a_new_file_for_its_owner() {
    let world = World::new();
    let add = ["keys", "add", "alice", "--passphrase-file", "passphrase"];
    let said = world.refusal(&add);
    assert!(said.contains("--mnemonic-out names a file"), "{said}");
    assert!(!world.path(".defenders").exists());
    let out = [&add[..], &["--mnemonic-out", "new-words"]].concat();
    let (output, notices) = world.done(&out);
    let words = fs::read_to_string(world.path("new-words")).unwrap();
    assert_eq!(words.split_whitespace().count(), 24);
    let mode = fs::metadata(world.path("new-words"))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
    assert!(!output.contains(words.trim()) && !notices.contains(words.trim()));
    // the words are those of the key
    let dry = [
        "keys",
        "add",
        "x",
        "--mnemonic-file",
        "new-words",
        "--dry-run",
    ];
    assert_eq!(
        world.json(&dry)["address"],
        world.json(&["keys", "show", "alice"])["address"]
    );
    // and no other words take their place
    let bob = [
        "keys",
        "add",
        "bob",
        "--passphrase-file",
        "passphrase",
        "--mnemonic-out",
        "new-words",
    ];
    let said = world.refusal(&bob);
    assert!(said.contains("new-words: cannot be written"), "{said}");
    assert_eq!(fs::read_to_string(world.path("new-words")).unwrap(), words);
    assert!(!world.path(".defenders/keyring/bob.json").exists());
}
