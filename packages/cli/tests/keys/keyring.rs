//! Keys that lie in a keyring.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use crate::world::{ADDRESS, PRIVATE_KEY, World};

#[test]
fn keys_are_listed_shown_and_deleted() {
    let world = World::new();
    world.add("alice", &[]);
    world.add("bob", &["--index", "1"]);
    let (list, notices) = world.done(&["keys", "list"]);
    assert_eq!(notices, "");
    assert!(list.contains("alice  cosmos19…0auqdal4"), "{list}");
    assert!(
        list.lines().all(|line| line.chars().count() <= 80),
        "{list}"
    );
    let (full, _) = world.done(&["keys", "list", "--full"]);
    assert!(full.contains(ADDRESS), "{full}");
    let json = world.json(&["keys", "list"]);
    assert_eq!(json["is_test"], false);
    assert_eq!(json["keys"][0]["address"], ADDRESS);
    assert_eq!(json["keys"][1]["path"], "m/44'/118'/0'/0/1");
    let show = ["keys", "show", "alice", "--prefix", "osmo"];
    assert_eq!(
        world.json(&show)["address"],
        "osmo19rl4cm2hmr8afy4kldpxz3fka4jguq0a5m7df8"
    );
    let said = world.refusal(&["keys", "delete", "alice"]);
    assert!(
        said.contains("the key alice stays: nobody said yes; --yes"),
        "{said}"
    );
    let json = world.json(&["keys", "delete", "alice", "--yes"]);
    assert_eq!(
        (&json["deleted"], &json["address"]),
        (&"alice".into(), &ADDRESS.into())
    );
    let said = world.refusal(&["keys", "show", "alice"]);
    assert!(said.trim_end().ends_with(": there are bob"), "{said}");
}

#[test]
fn lesson_17_a_passphrase_that_is_wrong_or_short_says_so() {
    let world = World::new();
    world.add("alice", &[]);
    world.write("wrong", "another passphrase");
    world.write("short", "elevenchars");
    let unlock = |file: &'static str| {
        [
            "keys",
            "show",
            "alice",
            "--unlock",
            "--passphrase-file",
            file,
        ]
    };
    world.done(&unlock("passphrase"));
    let said = world.refusal(&unlock("wrong"));
    assert!(
        said.contains("alice.json: the passphrase is wrong"),
        "{said}"
    );
    let said = world.refusal(&unlock("short"));
    assert!(
        said.contains("has 11 characters: it needs at least 12"),
        "{said}"
    );
    let said = world.refusal(&["keys", "show", "alice", "--unlock"]);
    assert!(
        said.contains("there is no terminal to ask for the passphrase"),
        "{said}"
    );
    let said = world.refusal(&unlock("missing"));
    assert!(said.contains("missing: cannot be read"), "{said}");
}

#[test]
fn what_is_there_stays_and_one_passphrase_opens_all() {
    let world = World::new();
    world.add("alice", &[]);
    let add = |name| {
        [
            "keys",
            "add",
            name,
            "--mnemonic-file",
            "words",
            "--passphrase-file",
        ]
    };
    let said = world.refusal(&[&add("alice")[..], &["passphrase"]].concat());
    assert!(
        said.contains("there is a key alice in the keyring"),
        "{said}"
    );
    world.write("wrong", "another passphrase");
    let said = world.refusal(&[&add("bob")[..], &["wrong"]].concat());
    assert!(said.contains("another passphrase opens the keys"), "{said}");
}

#[test]
fn a_test_keyring_warns_at_every_use() {
    let world = World::new();
    let keyring = ["--keyring", "dev"];
    let add = [
        "keys",
        "add",
        "dev",
        "--private-key-file",
        "key.hex",
        "--test",
    ];
    let warned = |arguments: &[&str]| {
        let (output, notices) = world.done(&[arguments, &keyring].concat());
        assert!(
            notices.starts_with("warning: dev is a test keyring: its keys lie in plain"),
            "{notices}"
        );
        output
    };
    warned(&add);
    warned(&["keys", "list"]);
    warned(&["keys", "show", "dev", "--unlock"]);
    let text = fs::read_to_string(world.path("dev/dev.json")).unwrap();
    assert!(text.contains(PRIVATE_KEY));
    let secret = [
        "keys",
        "add",
        "x",
        "--mnemonic-file",
        "words",
        "--keyring",
        "dev",
    ];
    let said = world.refusal(&secret);
    assert!(
        said.contains("dev is a test keyring, which holds keys in plain: take another folder"),
        "{said}"
    );
}

#[test]
fn damaged_and_open_files_say_what_to_do() {
    let world = World::new();
    world.add("alice", &[]);
    let file = world.path(".defenders/keyring/alice.json");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
    let said = world.refusal(&["keys", "show", "alice"]);
    assert!(said.contains("run chmod 600"), "{said}");
    world.write(".defenders/keyring/alice.json", "{\"version\": 1");
    let said = world.refusal(&["keys", "show", "alice"]);
    assert!(said.contains("the file is damaged"), "{said}");
    let (list, notices) = world.done(&["keys", "list"]);
    assert!(list.starts_with("no keys in"), "{list}");
    assert!(
        notices.starts_with("warning: ") && notices.contains("is damaged"),
        "{notices}"
    );
    world.done(&["keys", "delete", "alice", "--yes"]);
}

#[test]
fn secrets_that_others_can_read_are_warned_of() {
    let world = World::new();
    fs::set_permissions(world.path("words"), fs::Permissions::from_mode(0o644)).unwrap();
    let (_, notices) = world.add("alice", &[]);
    assert!(
        notices.starts_with("warning: words can be read by others: run chmod 600\n"),
        "{notices}"
    );
}

#[test]
fn without_a_keyring_nothing_is_made_by_looking() {
    let world = World::new();
    for arguments in [
        &["keys", "list"][..],
        &["keys", "show", "a"],
        &["keys", "delete", "a", "--yes"],
    ] {
        let said = world.refusal(arguments);
        assert!(
            said.contains("there is no keyring") && said.contains("adding a key makes one"),
            "{said}"
        );
    }
    assert!(!world.path(".defenders").exists());
    let said = world.refusal(&["keys", "show", "Alice"]);
    assert!(said.contains("1 to 32 of the letters a to z"), "{said}");
}

/// On a terminal: one question a run, also where the passphrase is needed for what is there and for what is new.
#[test]
fn lesson_17_one_question_a_run() {
    use std::io::Write;
    use std::process::{Command, Stdio};

    let world = World::new();
    world.add("alice", &[]);
    let program = env!("CARGO_BIN_EXE_defenders");
    let add = format!("{program} keys add bob --mnemonic-file words --index 1");
    let mut script = Command::new("script")
        .args(["-qec", &add, "/dev/null"])
        .current_dir(world.path("."))
        .env("HOME", world.path("."))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut keyboard = script.stdin.take().unwrap();
    keyboard.write_all(b"correct horse battery\n").unwrap();
    let output = script.wait_with_output().unwrap();
    drop(keyboard);
    let shown = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{shown}");
    assert_eq!(shown.matches("Passphrase of ").count(), 1, "{shown}");
    assert!(shown.contains("at least 12 characters"), "{shown}");
    world.done(&[
        "keys",
        "show",
        "bob",
        "--unlock",
        "--passphrase-file",
        "passphrase",
    ]);
}
