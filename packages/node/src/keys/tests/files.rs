//! What becomes of files that are not as they were written.

use super::*;

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
