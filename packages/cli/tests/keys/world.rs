//! A home folder, and the program in it.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

pub const WORDS: &str =
    "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about";
/// Of the words above, by Go's SDK.
pub const ADDRESS: &str = "cosmos19rl4cm2hmr8afy4kldpxz3fka4jguq0auqdal4";
pub const PRIVATE_KEY: &str = "c4a48e2fce1481cd3294b4490f6678090ea98d3d0e5cd984558ab0968741b104";

pub struct World(TempDir);

impl World {
    /// With words and a passphrase in files.
    pub fn new() -> Self {
        let world = Self(tempfile::tempdir().unwrap());
        world.write("words", WORDS);
        world.write("key.hex", PRIVATE_KEY);
        world.write("passphrase", "correct horse battery\n");
        world
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
        fs::set_permissions(self.path(name), fs::Permissions::from_mode(0o600)).unwrap();
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        let mut program = Command::new(env!("CARGO_BIN_EXE_defenders"));
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("DEFENDERS_") {
                program.env_remove(name);
            }
        }
        program
            .args(arguments)
            .current_dir(self.0.path())
            .env("HOME", self.0.path())
            .env("COLUMNS", "80")
            .output()
            .unwrap()
    }

    /// Output and notices of what goes well.
    pub fn done(&self, arguments: &[&str]) -> (String, String) {
        let output = self.run(arguments);
        let errors = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{arguments:?}: {errors}");
        (String::from_utf8(output.stdout).unwrap(), errors)
    }

    pub fn json(&self, arguments: &[&str]) -> Value {
        let (text, _) = self.done(&[arguments, &["--json"]].concat());
        serde_json::from_str(&text).unwrap()
    }

    /// What is said when it is refused, with `--json` too.
    pub fn refusal(&self, arguments: &[&str]) -> String {
        let refused = |arguments: &[&str]| {
            let output = self.run(arguments);
            let errors = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(2), "{arguments:?}: {errors}");
            assert!(output.stdout.is_empty(), "{arguments:?}");
            errors
        };
        let json = refused(&[arguments, &["--json"]].concat());
        let json: Value = serde_json::from_str(json.lines().last().unwrap()).unwrap();
        assert_eq!(json["error"]["status"], 2);
        refused(arguments)
    }

    /// Adds the key of the words above.
    pub fn add(&self, name: &str, more: &[&str]) -> (String, String) {
        let add = ["keys", "add", name, "--mnemonic-file", "words"];
        self.done(&[&add[..], &["--passphrase-file", "passphrase"], more].concat())
    }
}
