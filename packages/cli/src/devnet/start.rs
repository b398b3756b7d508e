//! Starting: the node, and the first time everything on it.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::accounts;
use super::args::{SharesKind, StartArgs};
use super::error::DevnetError;
use super::files;
use super::founding;
use super::home::{Home, Running, failed, last_line};
use super::made::{self, Made};
use super::program::{find_page, find_program};
use super::{page, spec, status};
use crate::notice;

/// A free port of this machine.
const ANY_PORT: &str = "127.0.0.1:0";
/// The fewest blocks that a node keeps.
const LEAST_KEPT: u64 = 10;
/// What a node can count.
const MOST_KEPT: u64 = i64::MAX.unsigned_abs();
/// How long a node may take to its first block: many blocks may have to be looked at again.
const PATIENCE: Duration = Duration::from_secs(120);

/// Starts it, or says that it runs.
pub fn start(args: &StartArgs) -> Result<(), DevnetError> {
    ensure_here(args)?;
    let began = Instant::now();
    let home = Home::at(&args.at.home)?;
    ensure_time(made::block_time(args))?;
    ensure_kept(args.keep_blocks)?;
    ensure_own(&home)?;
    fs::create_dir_all(&home.folder).map_err(|error| failed(&home.folder, error))?;
    // what is missing for it is told before anything is begun
    let dist = args.page.then(find_page).transpose()?;
    let lock = home.lock()?;
    made::ensure_made_so(args, &home)?;
    let running = match home.running() {
        Some(running) => {
            made::ensure_running_so(args, &home, &running)?;
            notice::tell_step(&format!("runs already, as process {}", running.pid));
            running
        }
        None => start_node(args, &home)?,
    };
    let noted = founding::noted(&home);
    let known = noted
        .as_ref()
        .map(|(vault, multisig)| (vault.as_str(), multisig.as_str()));
    files::write_settings(&home, &running, known)?;
    if !args.bare && !home.founded().is_file() {
        let shares = note_shares(args, &home)?;
        founding::found(&home, shares)?;
    }
    if let Some(dist) = dist {
        page::start(&home, &running, &dist, args.page_port)?;
    }
    drop(lock);
    notice::tell_step(&format!(
        "ready after {} seconds",
        began.elapsed().as_secs()
    ));
    status::run(&args.at)?;
    match args.foreground {
        true => wait(&home),
        false => Ok(()),
    }
}

/// What the vault's shares are: noted before there is one, so that every later start has the same.
fn note_shares(args: &StartArgs, home: &Home) -> Result<SharesKind, DevnetError> {
    let Some(made) = Made::load(home) else {
        return Ok(args.shares.unwrap_or_default());
    };
    let (made, shares) = made.founded(args);
    made.save(home)?;
    Ok(shares)
}

/// Nothing is begun among files that are somebody else's.
fn ensure_own(home: &Home) -> Result<(), DevnetError> {
    let foreign = home.list_foreign()?;
    match foreign.first() {
        Some(name) if !home.is_one() => Err(DevnetError::Impossible(format!(
            "{} has other files in it ({name}): give an empty folder, or one that is not there yet, with --home",
            home.folder.display()
        ))),
        Some(_) | None => Ok(()),
    }
}

fn start_node(args: &StartArgs, home: &Home) -> Result<Running, DevnetError> {
    let program = find_program()?;
    let made = match home.spec().is_file() {
        true => Made::load(home).map(|made| made.started(args)),
        false => {
            let (validators, made) = made::choose(args)?;
            let accounts = accounts::load(home)?;
            let text = spec::write("defenders-devnet-1", &validators, &accounts);
            made.save(home)?;
            home.write(&home.spec(), &format!("{text:#}\n"))?;
            Some(made)
        }
    };
    let mut command = Command::new(&program);
    command
        .arg("node")
        .arg("--home")
        .arg(home.chain())
        .arg("--spec")
        .arg(home.spec())
        .args(["--block-time", made::block_time(args)]);
    for (flag, address) in [
        ("--rpc", &args.rpc),
        ("--grpc", &args.grpc),
        ("--rest", &args.rest),
    ] {
        let address = address.as_deref().unwrap_or(ANY_PORT);
        command.args([flag, address]);
    }
    if let Some(keep) = args.keep_blocks {
        command.args(["--keep-blocks", &keep.to_string()]);
    }
    let log = home.folder.join("node.log");
    let log = File::options()
        .create(true)
        .append(true)
        .open(&log)
        .map_err(|error| failed(&log, error))?;
    // its own group: what interrupts this program does not end it
    use std::os::unix::process::CommandExt;
    let started = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(log)
        .process_group(0)
        .spawn();
    let mut child = started.map_err(|error| failed(&program, error))?;
    let running = wait_for_first_block(home, &mut child)?;
    if let Some(made) = made {
        made.save(home)?;
    }
    Ok(running)
}

fn wait_for_first_block(home: &Home, child: &mut Child) -> Result<Running, DevnetError> {
    let log = home.folder.join("node.log");
    let ended = |reason: String| DevnetError::Failed {
        what: "the node".to_string(),
        reason: format!("{reason}; {} has more", log.display()),
    };
    if let Some(output) = child.stdout.take() {
        let mut line = String::new();
        // it says one line, when its first block is there, or nothing and ends
        let _ = BufReader::new(output).read_line(&mut line);
    }
    let began = Instant::now();
    while began.elapsed() < PATIENCE {
        if let Some(running) = home.running() {
            return Ok(running);
        }
        if let Ok(Some(status)) = child.try_wait() {
            return Err(ended(format!("ended with {status}: {}", last_line(&log))));
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    Err(ended(format!(
        "made no block within {} seconds",
        PATIENCE.as_secs()
    )))
}

/// Stays until the node ends. Interrupting this leaves the node running.
fn wait(home: &Home) -> Result<(), DevnetError> {
    notice::tell_step("stays here until the node ends; `defenders devnet stop` ends it");
    while home.running().is_some() {
        std::thread::sleep(Duration::from_millis(300));
    }
    Ok(())
}

/// `1s`, `500ms`: what Go takes, and no standing still.
fn ensure_time(text: &str) -> Result<(), DevnetError> {
    let digits = text
        .bytes()
        .take_while(|byte| byte.is_ascii_digit() || *byte == b'.')
        .count();
    let (number, unit) = text.split_at(digits);
    let is_time = number.bytes().any(|byte| (b'1'..=b'9').contains(&byte))
        && number.matches('.').count() <= 1;
    match is_time && matches!(unit, "ms" | "s" | "m") {
        true => Ok(()),
        false => Err(DevnetError::Impossible(format!(
            "{text:?} is no time between blocks: give it as 1s or 500ms"
        ))),
    }
}

/// Fewer are not enough for the node itself.
fn ensure_kept(blocks: Option<u64>) -> Result<(), DevnetError> {
    match blocks {
        Some(blocks) if !(LEAST_KEPT..=MOST_KEPT).contains(&blocks) => {
            Err(DevnetError::Impossible(format!(
                "--keep-blocks {blocks}: a node keeps {LEAST_KEPT} blocks at least; without --keep-blocks it keeps all"
            )))
        }
        _ => Ok(()),
    }
}

/// Whoever reaches the RPC can stop the chain, and everybody knows its keys: it is for this machine only.
fn ensure_here(args: &StartArgs) -> Result<(), DevnetError> {
    for (flag, address) in [
        ("--rpc", &args.rpc),
        ("--grpc", &args.grpc),
        ("--rest", &args.rest),
    ] {
        let Some(address) = address else { continue };
        let parsed: Option<SocketAddr> = address.parse().ok();
        if !parsed.is_some_and(|address| address.ip().is_loopback()) {
            return Err(DevnetError::Impossible(format!(
                "{flag} {address:?}: a devnet listens on this machine only, as on 127.0.0.1:26657: whoever reaches it can stop it, and everybody knows its keys"
            )));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_node_would_not_take_is_refused_before_anything_is_begun() {
        for text in ["1s", "500ms", "0.5s", "2m"] {
            assert!(ensure_time(text).is_ok(), "{text}");
        }
        for text in ["0s", "0.0ms", "1.2.3s", ".s", "s", "5", "5h", "-1s", ""] {
            assert!(ensure_time(text).is_err(), "{text}");
        }
        for blocks in [None, Some(10), Some(1_000)] {
            assert!(ensure_kept(blocks).is_ok(), "{blocks:?}");
        }
        for blocks in [0, 3, 9, u64::MAX] {
            let refused = ensure_kept(Some(blocks)).unwrap_err();
            assert!(refused.is_of_user(), "{refused}");
            assert!(
                refused.to_string().contains("10 blocks at least"),
                "{refused}"
            );
        }
    }
}
