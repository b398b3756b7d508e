//! Vectors, and what becomes of files that are not as they were written.

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

/// Made by Go: `hd.Secp256k1` of the SDK 0.53. The first is also what wallets document.
#[test]
fn mnemonics_give_the_keys_and_addresses_of_the_sdk() {
    let abandon = format!("{}about", "abandon ".repeat(11));
    let art = format!("{}art", "abandon ".repeat(23));
    let wrong = format!("{}wrong", "zoo ".repeat(11));
    for (words, coin_type, index, address, private_key) in [
        (
            &abandon,
            118,
            0,
            "cosmos19rl4cm2hmr8afy4kldpxz3fka4jguq0auqdal4",
            "c4a48e2fce1481cd3294b4490f6678090ea98d3d0e5cd984558ab0968741b104",
        ),
        (
            &abandon,
            118,
            1,
            "cosmos1jrkmdcwgq94uaamx6zax2luewlhf7u4kucx3kz",
            "c9ba8e1818baf4ceb063420dcedc7a482056a1580e4dbe797af3484aff7b8651",
        ),
        (
            &abandon,
            330,
            0,
            "terra1amdttz2937a3dytmxmkany53pp6ma6dy4vsllv",
            "05be413bb5bd1fb67757251976dd43adf0d4db27d1a5444b4f6ef754ef939b10",
        ),
        (
            &abandon,
            118,
            0,
            "osmo19rl4cm2hmr8afy4kldpxz3fka4jguq0a5m7df8",
            "c4a48e2fce1481cd3294b4490f6678090ea98d3d0e5cd984558ab0968741b104",
        ),
        (
            &art,
            118,
            0,
            "cosmos1r5v5srda7xfth3hn2s26txvrcrntldjumt8mhl",
            "8088c2ed2149c34f6d6533b774da4e1692eb5cb426fdbaef6898eeda489630b7",
        ),
        (
            &wrong,
            118,
            7,
            "cosmos172x4ece4fyztyu7fvc3389p8j4srqqaqn62u5z",
            "1d3a143719d641772a769e54009e54647cd67794646b1a32c03b5f4a58e5ef99",
        ),
    ] {
        let prefix = address.split_once('1').unwrap().0;
        let mnemonic = Mnemonic::parse(words).unwrap();
        let path = HdPath::new(coin_type, index).unwrap();
        let derived = PrivateKey::from_mnemonic(&mnemonic, path).unwrap();
        assert_eq!(hex::encode(derived.as_bytes()), private_key);
        let imported = PrivateKey::from_hex(&format!(" {private_key}\n")).unwrap();
        assert_eq!(imported.public_key(), derived.public_key());
        assert_eq!(imported.path(), None);
        assert_eq!(derived.path(), Some(path));
        let key = derived.into_key(name("a"), prefix).unwrap();
        assert_eq!((key.address(), key.prefix()), (address, prefix));
        let signed = key.signing_key().sign(b"a message").unwrap();
        assert_eq!(signed.to_bytes().len(), 64);
    }
}

#[test]
fn new_mnemonics_have_24_words_and_none_comes_twice() {
    let one = Mnemonic::generate().unwrap();
    let other = Mnemonic::generate().unwrap();
    assert_eq!(one.words().split(' ').count(), 24);
    assert_ne!(one.words(), other.words());
    let again = Mnemonic::parse(&one.words().to_uppercase().replace(' ', "\n ")).unwrap();
    assert_eq!(again.words(), one.words());
}

#[test]
fn wrong_mnemonics_say_what_is_wrong_and_no_word() {
    for (words, said) in [
        (
            "",
            "the mnemonic has 0 words: it must have 12, 15, 18, 21 or 24",
        ),
        (
            "abandon about",
            "the mnemonic has 2 words: it must have 12, 15, 18, 21 or 24",
        ),
        (
            &"abandon ".repeat(12),
            "the mnemonic's checksum is wrong: a word is missing, replaced by another, or in another place",
        ),
        (
            &format!("{}abaut", "abandon ".repeat(11)),
            "word 12 of the mnemonic is not in the English list of BIP-39: look for a slip of the pen",
        ),
    ] {
        assert_eq!(Mnemonic::parse(words).unwrap_err().to_string(), said);
    }
}

#[test]
fn private_keys_are_32_bytes_of_the_curve() {
    let order = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";
    for text in [
        "",
        "00",
        &"0".repeat(64),
        order,
        &"f".repeat(66),
        &"g".repeat(64),
        "0xc4a4",
    ] {
        assert!(
            matches!(PrivateKey::from_hex(text), Err(KeyError::PrivateKey)),
            "{text}"
        );
    }
}

/// The same words give other accounts there.
#[test]
fn chains_that_sign_as_ethereum_does_are_refused_with_the_reason() {
    let said = HdPath::new(60, 0).unwrap_err().to_string();
    assert!(
        said.contains("ethsecp256k1") && said.contains("give the coin type"),
        "{said}"
    );
    for prefix in ["evmos", "inj", "dym"] {
        let said = key().public_key().address(prefix).unwrap_err().to_string();
        assert!(
            said.contains(&format!("{prefix}1 belong to ethsecp256k1 keys")),
            "{said}"
        );
        assert!(key().into_key(name("a"), prefix).is_err());
    }
    assert!(matches!(
        HdPath::new(1 << 31, 0),
        Err(KeyError::PathNumber { .. })
    ));
    for prefix in ["", "Cosmos", "cos mos", "cosmos1é"] {
        let refused = key().public_key().address(prefix);
        assert!(matches!(refused, Err(KeyError::Prefix { .. })), "{prefix}");
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
fn files_that_others_can_read_are_refused_with_the_way_out() {
    let world = World::new(false);
    world.import("alice").unwrap();
    let set = |path: &std::path::Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    set(&world.file("alice"), 0o644);
    let said = world.load("alice").unwrap_err().to_string();
    let file = world.file("alice").display().to_string();
    assert_eq!(
        said,
        format!("{file} can be read by others (mode 644): run chmod 600 {file}")
    );
    set(world.keyring.folder(), 0o755);
    let said = Keyring::open(world.keyring.folder())
        .unwrap_err()
        .to_string();
    assert!(said.contains("run chmod 700"), "{said}");
}

#[test]
fn truncated_files_are_damaged_at_every_length() {
    let world = World::new(false);
    world.import("alice").unwrap();
    let whole = fs::read(world.file("alice")).unwrap();
    // the newline at the end says nothing
    for length in 0..whole.len() - 1 {
        fs::write(world.file("alice"), &whole[..length]).unwrap();
        let error = world.load("alice").unwrap_err();
        assert!(
            matches!(error, KeyError::Damaged { .. }),
            "{length}: {error}"
        );
    }
    let listing = world.keyring.list().unwrap();
    assert_eq!((listing.keys.len(), listing.unreadable.len()), (0, 1));
    world.keyring.delete(&name("alice")).unwrap();
    world.import("alice").unwrap();
    world.load("alice").unwrap();
}

#[test]
fn a_changed_file_is_damaged_and_no_wrong_passphrase() {
    let world = World::new(false);
    world.import("alice").unwrap();
    world.change("alice", |text| text.replace("\"t\": 1", "\"t\": 2"));
    let said = world.load("alice").unwrap_err().to_string();
    assert!(
        said.contains("is damaged (its checksum is another one): restore it"),
        "{said}"
    );
}

#[test]
fn a_later_version_names_itself() {
    let world = World::new(false);
    world.import("alice").unwrap();
    world.change("alice", |_| {
        "{\"version\": 2, \"hardware\": true}".to_string()
    });
    let said = world.load("alice").unwrap_err().to_string();
    assert!(
        said.contains("version 2, this program knows up to 1: use the program"),
        "{said}"
    );
}

#[test]
fn swapped_files_are_recognised() {
    let world = World::new(false);
    world.import("alice").unwrap();
    world.import("bob").unwrap();
    let aside = world.file("aside");
    fs::rename(world.file("alice"), &aside).unwrap();
    fs::rename(world.file("bob"), world.file("alice")).unwrap();
    fs::rename(&aside, world.file("bob")).unwrap();
    for (called, inside) in [("alice", "bob"), ("bob", "alice")] {
        let error = world.load(called).unwrap_err();
        assert!(
            matches!(&error, KeyError::OtherName { name, .. } if name == inside),
            "{error}"
        );
    }
}

/// Whoever can write the file can make its checksum, and not the cipher's tag.
#[test]
fn another_name_path_or_public_key_with_a_right_checksum_does_not_open() {
    let world = World::new(false);
    world.import("alice").unwrap();
    let file = world.file("alice");
    let read = || KeyFile::read(&file, &fs::read(&file).unwrap()).unwrap();
    let opens = |forged: KeyFile| {
        let text = forged.write().unwrap();
        let forged = KeyFile::read(&file, text.as_bytes()).unwrap();
        forged.open(&file, Some(&passphrase(PASSPHRASE)))
    };
    assert!(opens(read()).is_ok());
    let other = PrivateKey::from_mnemonic(&abandon(), HdPath::new(118, 1).unwrap()).unwrap();
    for forge in [
        (&|file: &mut KeyFile| file.name = name("bob")) as &dyn Fn(&mut KeyFile),
        &|file| file.path = None,
        &|file| file.public_key = *other.public_key(),
    ] {
        let mut forged = read();
        forge(&mut forged);
        assert!(matches!(
            opens(forged),
            Err(KeyError::WrongPassphrase { .. })
        ));
    }
    let mut forged = KeyFile::plain(name("alice"), &key());
    forged.public_key = *other.public_key();
    assert!(matches!(opens(forged), Err(KeyError::Damaged { .. })));
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

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    /// Bytes replaced, left out and put in: no panic, and never another key.
    #[test]
    fn changed_files_never_panic_and_never_open_as_another_key(
        is_plain: bool,
        changes in prop::collection::vec((any::<prop::sample::Index>(), 0..3u8, any::<u8>()), 1..4),
    ) {
        let file = PathBuf::from("alice.json");
        let made = match is_plain {
            true => KeyFile::plain(name("alice"), &key()),
            false => KeyFile::seal(name("alice"), &key(), &passphrase(PASSPHRASE), CHEAP).unwrap(),
        };
        let mut text = made.write().unwrap().as_bytes().to_vec();
        for (place, change, byte) in changes {
            let place = place.index(text.len());
            match change {
                0 => text[place] = byte,
                1 => { text.remove(place); }
                _ => text.insert(place, byte),
            }
        }
        let opened = KeyFile::read(&file, &text)
            .and_then(|read| read.open(&file, Some(&passphrase(PASSPHRASE))));
        if let Ok(opened) = opened {
            prop_assert_eq!(*opened.public_key(), *key().public_key());
        }
    }

    /// Anything at all.
    #[test]
    fn other_files_never_panic_and_are_damaged(text in prop::collection::vec(any::<u8>(), 0..400)) {
        let read = KeyFile::read(&PathBuf::from("alice.json"), &text);
        prop_assert!(read.is_err());
    }

    /// JSON of the right shape with any texts in it.
    #[test]
    fn files_of_the_right_shape_never_panic(
        text in "[ -~]{0,70}", path in proptest::option::of("m/44'/[0-9]{1,12}'/0'/0/[0-9]{1,12}"), m: u32, t: u32,
    ) {
        let json = serde_json::json!({
            "version": 1, "name": text, "key_type": "secp256k1", "path": path, "public_key": text,
            "encrypted": {
                "kdf": "argon2id", "cost": { "m": m, "t": t, "p": 1 }, "salt": text,
                "cipher": "chacha20poly1305", "nonce": text, "ciphertext": text,
            },
            "checksum": text,
        });
        let read = KeyFile::read(&PathBuf::from("alice.json"), json.to_string().as_bytes());
        prop_assert!(read.is_err());
    }
}
