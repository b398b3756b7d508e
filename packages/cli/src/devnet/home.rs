//! The chain's folder.

use std::fs::{self, File};
use std::io;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::time::Duration;

use defenders_node::http::call_json_rpc;
use defenders_node::write_whole;
use serde::Deserialize;
use serde_json::{Value, json};

use super::error::DevnetError;

/// Its folder unless another one is named.
pub const USUAL: &str = "devnet";

/// All that the chain puts into its folder.
const OWN: [&str; 16] = [
    "chain",
    "spec.json",
    "keyring",
    "pending",
    "defenders.toml",
    "deploy.toml",
    "deploy.state.json",
    "first.json",
    "founded",
    "node.log",
    "keep",
    "start.json",
    "start.lock",
    "checksums.txt",
    "page.json",
    "page.log",
];
/// A node on this machine answers sooner.
const A_MOMENT: Duration = Duration::from_secs(2);
/// What the notes of first deposits begin with.
const DEPOSIT_OF: &str = "deposit-of-";

/// Where everything of it lies.
pub struct Home {
    /// Absolute.
    pub folder: PathBuf,
}

/// What the node says of itself while it runs.
#[derive(Debug, Clone, Deserialize)]
pub struct Running {
    /// The chain.
    pub chain_id: String,
    /// RPC address.
    pub rpc: String,
    /// gRPC address.
    pub grpc: String,
    /// REST address.
    pub rest: String,
    /// Its process.
    pub pid: u32,
}

impl Home {
    /// A folder, there or not.
    pub fn at(folder: &Path) -> Result<Self, DevnetError> {
        let folder = std::path::absolute(folder).map_err(|error| failed(folder, error))?;
        let here = Self {
            folder: std::env::current_dir().map_err(|error| failed(&folder, error))?,
        };
        // whoever stands in the folder itself means it
        let is_usual = folder == here.folder.join(USUAL);
        match is_usual && !folder.exists() && here.is_one() {
            true => Ok(here),
            false => Ok(Self { folder }),
        }
    }

    /// Whether it is the folder of a development chain: it has what the chain began with, and its test keyring.
    pub fn is_one(&self) -> bool {
        self.spec().is_file() && self.keyring().join("TEST-KEYRING").is_file()
    }

    /// What lies in the folder and is none of the chain's.
    pub fn list_foreign(&self) -> Result<Vec<String>, DevnetError> {
        let entries = match fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(failed(&self.folder, error)),
        };
        let names = entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
        let names: io::Result<Vec<String>> = names.collect();
        let mut names = names.map_err(|error| failed(&self.folder, error))?;
        names.retain(|name| !is_own(name));
        names.sort();
        Ok(names)
    }

    /// Removes what is the chain's, and the folder when nothing else is in it.
    pub fn remove(&self) -> Result<(), DevnetError> {
        let foreign = self.list_foreign()?;
        let entries = fs::read_dir(&self.folder).map_err(|error| failed(&self.folder, error))?;
        for entry in entries {
            let path = entry.map_err(|error| failed(&self.folder, error))?.path();
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            if foreign.contains(&name) {
                continue;
            }
            let removed = match path.is_dir() {
                true => fs::remove_dir_all(&path),
                false => fs::remove_file(&path),
            };
            removed.map_err(|error| failed(&path, error))?;
        }
        match foreign.is_empty() {
            true => fs::remove_dir(&self.folder).map_err(|error| failed(&self.folder, error)),
            false => Ok(()),
        }
    }

    /// Noted when an account's first deposit was made.
    pub fn deposit_of(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{DEPOSIT_OF}{name}"))
    }

    /// Where the node keeps its state.
    pub fn chain(&self) -> PathBuf {
        self.folder.join("chain")
    }

    /// What the chain begins with.
    pub fn spec(&self) -> PathBuf {
        self.folder.join("spec.json")
    }

    /// The keys of all accounts, in plain.
    pub fn keyring(&self) -> PathBuf {
        self.folder.join("keyring")
    }

    /// The settings that every command finds from here.
    pub fn settings(&self) -> PathBuf {
        self.folder.join("defenders.toml")
    }

    /// What is deployed.
    pub fn deployment(&self) -> PathBuf {
        self.folder.join("deploy.toml")
    }

    /// The first decisions of the multisig.
    pub fn first_proposal(&self) -> PathBuf {
        self.folder.join("first.json")
    }

    /// What stands of the deployment.
    pub fn deployment_state(&self) -> PathBuf {
        self.folder.join("deploy.state.json")
    }

    /// Noted when everything was deployed and the first deposits made.
    pub fn founded(&self) -> PathBuf {
        self.folder.join("founded")
    }

    /// How it was made and started.
    pub fn start_notes(&self) -> PathBuf {
        self.folder.join("start.json")
    }

    /// The list of checksums of the contracts that were deployed.
    pub fn checksums(&self) -> PathBuf {
        self.folder.join("checksums.txt")
    }

    /// While this lives no other start works in the folder.
    pub fn lock(&self) -> Result<File, DevnetError> {
        let path = self.folder.join("start.lock");
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(|error| failed(&path, error))?;
        match file.try_lock() {
            Ok(()) => Ok(file),
            Err(fs::TryLockError::WouldBlock) => Err(DevnetError::Impossible(format!(
                "another `defenders devnet start` works in {} at this moment: wait for it",
                self.folder.display()
            ))),
            Err(fs::TryLockError::Error(error)) => Err(failed(&path, error)),
        }
    }

    /// Where the page is served.
    pub fn page_notes(&self) -> PathBuf {
        self.folder.join("page.json")
    }

    /// What the server of the page has to say when it goes wrong.
    pub fn page_log(&self) -> PathBuf {
        self.folder.join("page.log")
    }

    /// What the node says of itself, when it runs and answers to its own name.
    pub fn running(&self) -> Option<Running> {
        self.listening().filter(is_itself)
    }

    /// Whether the node of this process still listens, although it may answer to nobody for a while.
    pub fn has_node(&self, pid: u32) -> bool {
        self.listening().is_some_and(|running| running.pid == pid)
    }

    fn listening(&self) -> Option<Running> {
        let text = fs::read(self.chain().join("node.json")).ok()?;
        let running: Running = serde_json::from_slice(&text).ok()?;
        // a node that was killed left its file behind, and nobody listens
        let address = running.rpc.strip_prefix("http://")?.parse().ok()?;
        TcpStream::connect_timeout(&address, A_MOMENT).ok()?;
        Some(running)
    }

    /// The same, or that it does not run.
    pub fn ensure_running(&self) -> Result<Running, DevnetError> {
        self.running().ok_or_else(|| DevnetError::NotRunning {
            home: self.folder.display().to_string(),
        })
    }

    /// Writes a file of it, whole or not at all.
    pub fn write(&self, path: &Path, text: &str) -> Result<(), DevnetError> {
        write_whole(path, text.as_bytes()).map_err(|error| failed(path, error))
    }
}

/// Whether a file of this name is the chain's: also one that was being written.
fn is_own(name: &str) -> bool {
    let is_half = |own: &&str| {
        let next = Path::new(own).with_extension("next");
        next == Path::new(name)
    };
    name.starts_with(DEPOSIT_OF) || OWN.contains(&name) || OWN.iter().any(is_half)
}

/// Whether the node of these notes listens there, and nobody else who has got the port since. A node that makes many
/// blocks does not answer for a while to its own method: then its chain says enough.
fn is_itself(running: &Running) -> bool {
    let ask = |method| call_json_rpc(&running.rpc, method, &json!({}), A_MOMENT).ok();
    if let Some(told) = ask("devnet_status") {
        let is_of = |field: &str, value: Value| told.get(field) == Some(&value);
        return is_of("pid", json!(running.pid)) && is_of("chain_id", json!(running.chain_id));
    }
    let network = ask("status").and_then(|told| told.pointer("/node_info/network").cloned());
    network == Some(json!(running.chain_id))
}

/// A file that cannot be read or written.
pub fn failed(path: &Path, error: io::Error) -> DevnetError {
    DevnetError::Io {
        path: path.display().to_string(),
        error,
    }
}

/// The end of a log.
pub fn last_line(log: &Path) -> String {
    let text = fs::read_to_string(log).unwrap_or_default();
    text.lines().last().unwrap_or("it said nothing").to_string()
}
