//! A development chain of a test's own: a copy of one that was founded once for all tests of the process.

use std::fs;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::OnceLock;

use serde_json::Value;
use tempfile::TempDir;

/// The program as built.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_defenders");

/// A running chain with a vault.
pub struct Devnet {
    folder: TempDir,
}

/// What a call of the program came to.
#[derive(Debug)]
pub struct Ran {
    /// Exit status; -1 when it was killed.
    pub status: i32,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

impl Ran {
    fn of(output: &Output) -> Self {
        Self {
            status: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// Standard output as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// It ended well.
    #[track_caller]
    pub fn ok(self) -> Self {
        assert_eq!(self.status, 0, "{self:?}");
        self
    }

    /// It ended with this status and said this.
    #[track_caller]
    pub fn fails(self, status: i32, words: &str) -> Self {
        assert_eq!(self.status, status, "{self:?}");
        assert!(self.stderr.contains(words), "no {words:?} in {self:?}");
        self
    }
}

/// Founded once: twenty validators, a vault, its multisig, first deposits; stopped.
fn template() -> &'static Path {
    static TEMPLATE: OnceLock<TempDir> = OnceLock::new();
    let folder = TEMPLATE.get_or_init(|| {
        let folder = TempDir::new().unwrap();
        let home = folder.path().join("devnet");
        let home = home.to_str().unwrap();
        let begun = call(
            folder.path(),
            &[
                "devnet",
                "start",
                "--most",
                "20",
                "--block-time",
                "200ms",
                "--home",
                home,
            ],
        );
        assert_eq!(begun.status, 0, "{begun:?}");
        call(folder.path(), &["devnet", "stop", "--home", home]).ok();
        folder
    });
    folder.path()
}

/// Calls the program from a folder.
pub fn call(folder: &Path, arguments: &[&str]) -> Ran {
    let output = command(folder, arguments).output().unwrap();
    Ran::of(&output)
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    command
        .args(arguments)
        .current_dir(folder)
        .env("COLUMNS", "80")
        .stdin(Stdio::null());
    command
}

impl Devnet {
    /// A chain with a vault, of one's own, with blocks of a fifth of a second.
    pub fn with_vault() -> Self {
        let folder = TempDir::new().unwrap();
        copy(&template().join("devnet"), &folder.path().join("devnet"));
        let devnet = Self { folder };
        // a node takes the ports that it had: copies would take them from each other while one is down
        fs::remove_file(devnet.home().join("chain/data/ports.json")).unwrap();
        devnet.start();
        devnet
    }

    /// A chain without a vault, and the files that say what to deploy on it.
    pub fn bare() -> Self {
        let folder = TempDir::new().unwrap();
        let home = folder.path().join("devnet");
        fs::create_dir(&home).unwrap();
        for file in ["deploy.toml", "first.json", "checksums.txt"] {
            fs::copy(template().join("devnet").join(file), home.join(file)).unwrap();
        }
        let devnet = Self { folder };
        devnet
            .defenders(&[
                "devnet",
                "start",
                "--home",
                ".",
                "--bare",
                "--most",
                "20",
                "--block-time",
                "200ms",
            ])
            .ok();
        devnet
    }

    /// Its folder.
    pub fn home(&self) -> PathBuf {
        self.folder.path().join("devnet")
    }

    /// Starts the node, which is not running.
    pub fn start(&self) {
        self.defenders(&["devnet", "start", "--home", ".", "--block-time", "200ms"])
            .ok();
    }

    /// Ends the node as a power cut would the program.
    pub fn kill_node(&self) {
        let text = fs::read_to_string(self.home().join("chain/node.json")).unwrap();
        let node: Value = serde_json::from_str(&text).unwrap();
        let pid = node["pid"].to_string();
        Command::new("kill").args(["-9", &pid]).status().unwrap();
        // its ports are free a moment later
        let rpc = node["rpc"].as_str().unwrap().trim_start_matches("http://");
        while TcpStream::connect(rpc).is_ok() {
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
    }

    /// Calls the program from the chain's folder, where it finds chain, vault and keys.
    pub fn defenders(&self, arguments: &[&str]) -> Ran {
        call(&self.home(), arguments)
    }

    /// Lets the keeper do all that is due, within a daily limit of fees.
    pub fn keep_once(&self, limit: &str, more: &[&str]) -> Ran {
        let once = ["keep", "--once", "--spread", "0", "--from", "keeper"];
        self.defenders(&[&once[..], &["--daily-fee-limit", limit], more].concat())
    }

    /// Starts the program, to be broken off.
    pub fn spawn(&self, arguments: &[&str]) -> Child {
        let mut command = command(&self.home(), arguments);
        command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    }

    /// What `devnet status` tells.
    pub fn status(&self) -> Value {
        self.defenders(&["devnet", "status", "--home", ".", "--json"])
            .ok()
            .json()
    }

    /// RPC address.
    pub fn url(&self) -> String {
        self.status()["rpc"].as_str().unwrap().to_string()
    }

    /// The vault.
    pub fn vault(&self) -> String {
        self.status()["vault"].as_str().unwrap().to_string()
    }

    /// The multisig that owns it.
    pub fn multisig(&self) -> String {
        self.status()["multisig"].as_str().unwrap().to_string()
    }

    /// An account's address.
    pub fn account(&self, name: &str) -> String {
        let status = self.status();
        let accounts = status["accounts"].as_array().unwrap();
        let found = accounts.iter().find(|account| account["name"] == name);
        found.unwrap()["address"].as_str().unwrap().to_string()
    }

    /// Validators by name, the most powerful first.
    pub fn validators(&self) -> Vec<(String, String)> {
        let status = self.status();
        let text = |value: &Value| value.as_str().unwrap().to_string();
        let all = status["validators"].as_array().unwrap().iter();
        all.map(|validator| (text(&validator["name"]), text(&validator["operator"])))
            .collect()
    }

    /// Lets time pass.
    pub fn advance(&self, seconds: u64) {
        let time = format!("{seconds}s");
        self.defenders(&["devnet", "advance", &time, "--home", "."])
            .ok();
    }

    /// Puts a validator out of the set.
    pub fn jail(&self, name: &str) {
        self.defenders(&["devnet", "jail", name, "--home", "."])
            .ok();
    }
}

impl Drop for Devnet {
    fn drop(&mut self) {
        let _ = self.defenders(&["devnet", "stop", "--home", "."]);
    }
}

/// What a web server answers, as JSON.
pub fn get(url: &str) -> Value {
    let output = Command::new("curl").args(["-sf", url]).output().unwrap();
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{url}: {error}"))
}

/// With permissions: those of keyrings are looked at.
fn copy(from: &Path, to: &Path) {
    let status = Command::new("cp")
        .arg("-a")
        .args([from, to])
        .status()
        .unwrap();
    assert!(status.success());
}
