//! The web page beside a development chain: a server of its own process, which lives as long as the node.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::accounts::PREFIX;
use super::args::PageArgs;
use super::error::DevnetError;
use super::founding;
use super::home::{Home, Running, failed, last_line};
use super::host::Host;
use super::spec::DENOM;
use crate::notice;
use crate::output::{print, to_json};

/// How long a port may be somebody else's before another one is taken: the server of the node before ends a moment
/// after it.
const PATIENCE: Duration = Duration::from_secs(3);
/// The list of checksums beside the page.
const CHECKSUMS: &str = "checksums.txt";
/// A server on this machine answers sooner.
const A_MOMENT: Duration = Duration::from_secs(1);

/// Where it is served, as noted in the chain's folder.
#[derive(Debug, Serialize, Deserialize)]
struct Notes {
    port: u16,
    /// Of the node that it ends with.
    node_pid: u32,
}

/// Starts the server, unless it is there.
pub fn start(
    home: &Home,
    running: &Running,
    dist: &Path,
    port: Option<u16>,
) -> Result<(), DevnetError> {
    if let Some(address) = find(home, running) {
        return match port {
            Some(port) if address != address_of(port) => Err(DevnetError::Impossible(format!(
                "the page is served at {address} already: leave --page-port out, or stop the chain first"
            ))),
            Some(_) | None => Ok(()),
        };
    }
    let log = home.page_log();
    let file = File::create(&log).map_err(|error| failed(&log, error))?;
    let broken = |reason: String| DevnetError::Failed {
        what: "serving the page".to_string(),
        reason,
    };
    let program = std::env::current_exe().map_err(|error| broken(error.to_string()))?;
    let mut command = Command::new(program);
    command
        .args(["devnet", "serve-page", "--home"])
        .arg(&home.folder)
        .arg("--dist")
        .arg(dist);
    if let Some(port) = port {
        command.args(["--port", &port.to_string()]);
    }
    // its own group: what interrupts this program does not end it
    use std::os::unix::process::CommandExt;
    let started = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(file)
        .process_group(0)
        .spawn();
    let mut child = started.map_err(|error| broken(error.to_string()))?;
    let mut line = String::new();
    if let Some(output) = child.stdout.take() {
        // it says where it is, or nothing and ends
        let _ = BufReader::new(output).read_line(&mut line);
    }
    match line.trim() {
        "" => {
            let said = last_line(&log);
            Err(broken(
                said.strip_prefix("error: ").unwrap_or(&said).to_string(),
            ))
        }
        address => {
            notice::tell_step(&format!("the page is at {address}"));
            Ok(())
        }
    }
}

/// Serves until the node is gone.
pub fn serve(args: &PageArgs) -> Result<(), DevnetError> {
    let home = Home::at(&args.at.home)?;
    let running = home.ensure_running()?;
    let config = to_json(&config(&home, &running)?)?;
    let mut made = BTreeMap::from([("config.json", config.into_bytes())]);
    if let Ok(list) = std::fs::read(home.checksums()) {
        made.insert(CHECKSUMS, list);
    }
    let host = Host {
        dist: args.dist.clone(),
        made,
    };
    let listener = listen(args.port, noted(&home).map(|notes| notes.port))?;
    let port = match listener.local_addr() {
        Ok(address) => address.port(),
        Err(error) => return Err(failed(&home.page_notes(), error)),
    };
    let notes = Notes {
        port,
        node_pid: running.pid,
    };
    home.write(&home.page_notes(), &to_json(&notes)?)?;
    host.serve(
        listener,
        || home.has_node(running.pid),
        || print(&format!("{}\n", address_of(port))),
    )
}

/// Where the page of this node is served.
pub fn find(home: &Home, running: &Running) -> Option<String> {
    let notes = noted(home).filter(|notes| notes.node_pid == running.pid)?;
    is_open(notes.port).then(|| address_of(notes.port))
}

/// Until the server has seen that its node is gone. One that does not is no reason to wait for ever.
pub fn wait_for_end(home: &Home) {
    let Some(notes) = noted(home) else { return };
    let began = Instant::now();
    while is_open(notes.port) && began.elapsed() < PATIENCE {
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn noted(home: &Home) -> Option<Notes> {
    serde_json::from_slice(&std::fs::read(home.page_notes()).ok()?).ok()
}

fn is_open(port: u16) -> bool {
    TcpStream::connect_timeout(&here(port), A_MOMENT).is_ok()
}

fn here(port: u16) -> SocketAddr {
    (Ipv4Addr::LOCALHOST, port).into()
}

fn address_of(port: u16) -> String {
    format!("http://{}/", here(port))
}

/// At the port that is asked for; else at the one it had, or any.
fn listen(asked: Option<u16>, before: Option<u16>) -> Result<TcpListener, DevnetError> {
    let began = Instant::now();
    loop {
        let refused = match TcpListener::bind(here(asked.or(before).unwrap_or(0))) {
            Ok(listener) => return Ok(listener),
            Err(error) => error,
        };
        if began.elapsed() > PATIENCE {
            return match asked {
                Some(port) => Err(DevnetError::Impossible(format!(
                    "--page-port {port}: {refused}; choose another port"
                ))),
                None => TcpListener::bind(here(0)).map_err(|error| {
                    DevnetError::Impossible(format!("no port is free for the page: {error}"))
                }),
            };
        }
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// What the page has to know of its chain: `config.json`.
fn config(home: &Home, running: &Running) -> Result<Value, DevnetError> {
    let (vault, multisig) = founding::noted(home).ok_or_else(|| {
        DevnetError::Impossible(
            "there is no vault on this chain for the page: start it without --bare".to_string(),
        )
    })?;
    let mut config = json!({
        "chainId": running.chain_id,
        "chainName": "Defenders devnet",
        "rest": [running.rest],
        "rpc": running.rpc,
        "vault": vault,
        "bech32Prefix": PREFIX,
        "denom": { "base": DENOM, "symbol": "STAKE", "decimals": 6 },
        "gasPrice": "0.025",
        "demo": true,
        "owner": multisig,
    });
    if home.checksums().is_file() {
        config["checksums"] = json!(CHECKSUMS);
    }
    Ok(config)
}
