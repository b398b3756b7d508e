//! Keys and keyrings as they should be.

mod files;
mod words;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use proptest::prelude::*;
use tempfile::TempDir;
use zeroize::Zeroizing;

use super::cipher::Cost;
use super::file::KeyFile;
use super::*;

/// Enough for tests.
const CHEAP: Cost = Cost { m: 64, t: 1, p: 1 };
const PASSPHRASE: &str = "correct horse battery";

fn abandon() -> Mnemonic {
    Mnemonic::parse(&format!("{}about", "abandon ".repeat(11))).unwrap()
}

fn key() -> PrivateKey {
    PrivateKey::from_mnemonic(&abandon(), HdPath::COSMOS).unwrap()
}

fn name(text: &str) -> KeyName {
    text.parse().unwrap()
}

fn passphrase(text: &str) -> Passphrase {
    Passphrase::new(Zeroizing::new(text.to_string())).unwrap()
}

/// A keyring in a folder of its own, for as long as it is kept.
struct World {
    folder: TempDir,
    keyring: Keyring,
}

impl World {
    fn new(is_test: bool) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys");
        let keyring = Keyring::open_or_create(&path, is_test).unwrap();
        let keyring = keyring.with_cost(CHEAP);
        Self { folder, keyring }
    }

    fn import(&self, called: &str) -> Result<StoredKey, KeyError> {
        self.keyring
            .import(&name(called), &key(), Some(&passphrase(PASSPHRASE)))
    }

    fn file(&self, called: &str) -> PathBuf {
        self.keyring.folder().join(format!("{called}.json"))
    }

    fn load(&self, called: &str) -> Result<Key, KeyError> {
        self.keyring
            .load(&name(called), "cosmos", Some(&passphrase(PASSPHRASE)))
    }

    /// Puts other text into a key's file.
    fn change(&self, called: &str, change: impl Fn(String) -> String) {
        let text = fs::read_to_string(self.file(called)).unwrap();
        fs::write(self.file(called), change(text)).unwrap();
    }
}

#[test]
fn names_are_names_of_files_everywhere() {
    for good in ["a", "alice-2", &"a".repeat(32)] {
        assert_eq!(name(good).as_str(), good);
    }
    for bad in [
        "",
        "Alice",
        "a b",
        "a.b",
        "../a",
        "a/b",
        "é",
        &"a".repeat(33),
    ] {
        let said = bad.parse::<KeyName>().unwrap_err().to_string();
        assert!(
            said.starts_with(&format!("{bad:?} is no name of a key")),
            "{said}"
        );
    }
}

#[test]
fn least_length_of_a_passphrase_is_named() {
    let said = Passphrase::new(Zeroizing::new("elevenchars".to_string())).unwrap_err();
    assert_eq!(
        said.to_string(),
        "the passphrase has 11 characters: it needs at least 12"
    );
    passphrase("twelve chars");
    passphrase("éééééééééééé");
}

#[test]
fn a_key_comes_back_with_its_passphrase_and_only_so() {
    let world = World::new(false);
    let stored = world.import("alice").unwrap();
    assert_eq!(stored.path, Some(HdPath::COSMOS));
    assert_eq!(world.keyring.show(&name("alice")).unwrap(), stored);
    let key = world.load("alice").unwrap();
    assert_eq!(
        key.address(),
        "cosmos19rl4cm2hmr8afy4kldpxz3fka4jguq0auqdal4"
    );
    assert_eq!(key.public_key(), stored.public_key.into());
    let load = |passphrase| world.keyring.load(&name("alice"), "cosmos", passphrase);
    let another = passphrase("another passphrase");
    let wrong = load(Some(&another)).unwrap_err();
    assert!(matches!(wrong, KeyError::WrongPassphrase { .. }), "{wrong}");
    let none = load(None).unwrap_err();
    assert!(matches!(none, KeyError::PassphraseMissing { .. }), "{none}");
}

#[test]
fn files_are_for_their_owner_and_hold_no_secret_in_plain() {
    let world = World::new(false);
    world.import("alice").unwrap();
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(world.keyring.folder()), 0o700);
    assert_eq!(mode(&world.file("alice")), 0o600);
    let text = fs::read_to_string(world.file("alice")).unwrap();
    assert!(!text.contains(&hex::encode(key().as_bytes())));
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(json["version"], 1);
    assert_eq!(json["name"], "alice");
    assert_eq!(json["key_type"], "secp256k1");
    assert_eq!(json["path"], "m/44'/118'/0'/0/0");
    assert_eq!(json["public_key"], key().public_key().to_hex());
    assert_eq!(json["encrypted"]["kdf"], "argon2id");
    assert_eq!(json["encrypted"]["cipher"], "chacha20poly1305");
    // nothing else is left in the folder
    assert_eq!(fs::read_dir(world.keyring.folder()).unwrap().count(), 1);
}

#[test]
fn the_same_key_and_passphrase_never_give_the_same_file() {
    let world = World::new(false);
    let read = |called: &str| -> serde_json::Value {
        world.import(called).unwrap();
        serde_json::from_slice(&fs::read(world.file(called)).unwrap()).unwrap()
    };
    let (one, other) = (read("one"), read("other"));
    for field in ["salt", "nonce", "ciphertext"] {
        assert_ne!(
            one["encrypted"][field], other["encrypted"][field],
            "{field}"
        );
    }
}

#[test]
fn nothing_is_overwritten_and_one_passphrase_opens_all() {
    let world = World::new(false);
    world.import("alice").unwrap();
    let before = fs::read(world.file("alice")).unwrap();
    assert!(matches!(
        world.import("alice"),
        Err(KeyError::KeyExists { .. })
    ));
    assert_eq!(fs::read(world.file("alice")).unwrap(), before);
    let other = passphrase("another passphrase");
    let refused = world.keyring.import(&name("bob"), &key(), Some(&other));
    assert!(matches!(refused, Err(KeyError::OtherPassphrase { .. })));
    assert!(!world.file("bob").exists());
}

#[test]
fn keys_are_listed_by_name_and_deleted() {
    let world = World::new(false);
    for called in ["carol", "alice", "bob"] {
        world.import(called).unwrap();
    }
    fs::write(world.keyring.folder().join("notes.txt"), "no key").unwrap();
    let names = || -> Vec<String> {
        let listing = world.keyring.list().unwrap();
        assert!(listing.unreadable.is_empty());
        listing
            .keys
            .iter()
            .map(|key| key.name.to_string())
            .collect()
    };
    assert_eq!(names(), ["alice", "bob", "carol"]);
    world.keyring.delete(&name("bob")).unwrap();
    assert_eq!(names(), ["alice", "carol"]);
    let said = world.keyring.delete(&name("bob")).unwrap_err().to_string();
    assert!(
        said.starts_with("there is no key bob in the keyring"),
        "{said}"
    );
    assert!(said.ends_with(": there are alice, carol"), "{said}");
}

#[test]
fn test_keyrings_are_marked_and_stay_apart() {
    let world = World::new(true);
    assert!(world.keyring.is_test());
    world.keyring.import(&name("dev"), &key(), None).unwrap();
    let key = world.keyring.load(&name("dev"), "cosmos", None).unwrap();
    assert_eq!(
        key.address(),
        "cosmos19rl4cm2hmr8afy4kldpxz3fka4jguq0auqdal4"
    );
    let refused = Keyring::open_or_create(world.keyring.folder(), false);
    assert!(matches!(
        refused,
        Err(KeyError::OtherKind { is_test: true, .. })
    ));
    // a key in plain that was put among encrypted ones
    let other = World::new(false);
    fs::copy(world.file("dev"), other.file("dev")).unwrap();
    let error = other.load("dev").unwrap_err();
    assert!(
        matches!(error, KeyError::OtherProtection { is_plain: true, .. }),
        "{error}"
    );
    other.import("alice").unwrap();
    let refused = Keyring::open_or_create(other.keyring.folder(), true);
    assert!(matches!(
        refused,
        Err(KeyError::OtherKind { is_test: false, .. })
    ));
}

#[test]
fn without_a_folder_there_is_no_keyring_and_opening_makes_none() {
    let world = World::new(false);
    let missing = world.folder.path().join("missing");
    assert!(matches!(
        Keyring::open(&missing),
        Err(KeyError::NoKeyring { .. })
    ));
    assert!(!missing.exists());
    let file = world.folder.path().join("file");
    fs::write(&file, "").unwrap();
    assert!(matches!(
        Keyring::open(&file),
        Err(KeyError::NoKeyring { .. })
    ));
}

#[test]
fn nothing_secret_is_in_debug() {
    let secret = hex::encode(key().as_bytes());
    let mut said = format!("{:?} {:?} {:?}", key(), abandon(), passphrase(PASSPHRASE));
    said += &format!("{:?}", key().into_key(name("a"), "cosmos").unwrap());
    for text in [secret.as_str(), "abandon", "horse"] {
        assert!(!said.contains(text), "{said}");
    }
}
