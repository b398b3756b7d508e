//! The chain's folder.

use std::fs;
use std::io;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Deserialize;

use super::error::DevnetError;

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
        Ok(Self { folder })
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

    /// What the node says of itself, when it runs and answers to its own name.
    pub fn running(&self) -> Option<Running> {
        let text = fs::read(self.chain().join("node.json")).ok()?;
        let running: Running = serde_json::from_slice(&text).ok()?;
        // a node that was killed left its file behind, and nobody listens
        let address = running.rpc.strip_prefix("http://")?.parse().ok()?;
        TcpStream::connect_timeout(&address, Duration::from_secs(2)).ok()?;
        Some(running)
    }

    /// The same, or that it does not run.
    pub fn ensure_running(&self) -> Result<Running, DevnetError> {
        self.running().ok_or_else(|| DevnetError::NotRunning {
            home: self.folder.display().to_string(),
        })
    }

    /// Writes a file of it.
    pub fn write(&self, path: &Path, text: &str) -> Result<(), DevnetError> {
        fs::write(path, text).map_err(|error| failed(path, error))
    }
}

/// A file that cannot be read or written.
pub fn failed(path: &Path, error: io::Error) -> DevnetError {
    DevnetError::Io {
        path: path.display().to_string(),
        error,
    }
}
