//! Founding a vault on a development chain, by the program's own commands. Each goes on where it was broken off.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use serde_json::Value;

use super::accounts;
use super::args::SharesKind;
use super::error::DevnetError;
use super::files::{write_deployment, write_settings};
use super::home::{Home, failed};
use super::spec;
use crate::{leash, notice};

/// What each of these deposits first.
const DEPOSITS: [(&str, &str); 3] = [
    ("alice", "5000STAKE"),
    ("bob", "2000STAKE"),
    ("carol", "800STAKE"),
];
/// What the keeper may spend of fees in a day.
const KEEPER_LIMIT: &str = "100000000ustake";

/// Deploys and makes the first deposits.
pub fn found(home: &Home, shares: SharesKind) -> Result<(), DevnetError> {
    if !home.deployment().is_file() {
        write_deployment(home, &spec::read(home)?, &accounts::load(home)?, shares)?;
    }
    let mut calls = Calls::new(home);
    let config = ["--config", "deploy.toml"];
    let as_founder = ["--from", "op-1", "--yes"];
    calls.run(&[&["deploy"][..], &config, &as_founder].concat())?;
    let (vault, multisig) = noted(home).ok_or_else(|| DevnetError::Failed {
        what: "defenders deploy".to_string(),
        reason: format!("{} names no vault", home.deployment_state().display()),
    })?;
    let running = home.ensure_running()?;
    write_settings(home, &running, Some((&vault, &multisig)))?;
    for (name, amount) in DEPOSITS {
        let made = home.deposit_of(name);
        if made.is_file() {
            continue;
        }
        // who was broken off before it was noted has shares already: nobody gives any to these accounts before
        if !calls.has_shares(name)? {
            calls.run(&["deposit", amount, "--from", name, "--yes"])?;
        }
        home.write(&made, amount)?;
    }
    // so that stake is where it belongs from the beginning
    let limit = ["--daily-fee-limit", KEEPER_LIMIT];
    calls.run(
        &[
            &["keep", "--once", "--spread", "0", "--from", "keeper"][..],
            &limit,
        ]
        .concat(),
    )?;
    home.write(&home.founded(), "")
}

/// The vault and its multisig, once they are noted.
pub fn noted(home: &Home) -> Option<(String, String)> {
    let noted: Value =
        serde_json::from_slice(&std::fs::read(home.deployment_state()).ok()?).ok()?;
    let text = |field: &str| noted.get(field)?.as_str().map(str::to_string);
    Some((text("vault")?, text("multisig")?))
}

/// Calls of this program from the chain's folder, where it finds its settings. They end when this program does.
struct Calls<'a> {
    home: &'a Home,
    /// What they have said so far: no warning is told twice.
    said: BTreeSet<String>,
}

impl<'a> Calls<'a> {
    fn new(home: &'a Home) -> Self {
        let said = BTreeSet::new();
        Self { home, said }
    }

    fn run(&mut self, arguments: &[&str]) -> Result<(), DevnetError> {
        let is_json = notice::is_json();
        self.call(arguments, is_json, true).map(|_| ())
    }

    fn has_shares(&mut self, name: &str) -> Result<bool, DevnetError> {
        let answer = self.call(&["position", name], true, false)?;
        let answer: Value = serde_json::from_str(&answer).unwrap_or_default();
        let shares = answer.get("shares").and_then(Value::as_str);
        match shares {
            Some(shares) => Ok(shares != "0"),
            None => Err(DevnetError::Failed {
                what: format!("defenders position {name}"),
                reason: "it tells no shares".to_string(),
            }),
        }
    }

    /// What it answers on standard output. What it says beside that is passed on where it is to be heard.
    fn call(
        &mut self,
        arguments: &[&str],
        is_json: bool,
        is_heard: bool,
    ) -> Result<String, DevnetError> {
        let what = format!("defenders {}", arguments.join(" "));
        let broken = |reason: String| DevnetError::Failed {
            what: what.clone(),
            reason,
        };
        let program = std::env::current_exe().map_err(|error| broken(error.to_string()))?;
        let mut command = Command::new(program);
        command
            .args(arguments)
            .args(is_json.then_some("--json"))
            .env(leash::VARIABLE, "1")
            .current_dir(&self.home.folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let started = command.spawn();
        let mut child = started.map_err(|error| broken(error.to_string()))?;
        // waiting would close it
        let leash = child.stdin.take();
        let output = child.stdout.take();
        let answer = std::thread::spawn(move || {
            let output = output.map(std::io::read_to_string);
            output.and_then(Result::ok).unwrap_or_default()
        });
        let mut error = None;
        let told = child.stderr.take().map(BufReader::new);
        for line in told
            .into_iter()
            .flat_map(BufRead::lines)
            .map_while(Result::ok)
        {
            match find_error(&line) {
                Some(message) => error = Some(message),
                None if is_heard => self.pass_on(&line),
                None => {}
            }
        }
        let ended = child
            .wait()
            .map_err(|error| failed(&self.home.folder, error))?;
        drop(leash);
        match ended.success() {
            true => Ok(answer.join().unwrap_or_default()),
            false => {
                let reason = error.unwrap_or_else(|| format!("it ended with {ended}"));
                Err(broken(format!("{reason}; `start` again goes on")))
            }
        }
    }

    fn pass_on(&mut self, line: &str) {
        let words = match notice::is_json() {
            true => line.to_string(),
            false => find_warning(line),
        };
        if !words.trim().is_empty() && self.said.insert(words.clone()) {
            notice::pass_on(&words);
        }
    }
}

/// For people: what a line warns of, where it is JSON, as those of the keeper always are.
fn find_warning(line: &str) -> String {
    let value: Option<Value> = serde_json::from_str(line).ok();
    let message = value
        .as_ref()
        .and_then(|value| value.pointer("/warning/message")?.as_str());
    message.map_or(line.to_string(), |message| format!("warning: {message}"))
}

/// The message of a line that tells why the program ends.
fn find_error(line: &str) -> Option<String> {
    if let Some(message) = line.strip_prefix("error: ") {
        return Some(message.to_string());
    }
    let value: Value = serde_json::from_str(line).ok()?;
    let message = value.pointer("/error/message")?.as_str()?;
    Some(message.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn why_a_call_failed_is_read_from_its_last_words() {
        for (line, found) in [
            ("error: no node answers", Some("no node answers")),
            (
                r#"{"error":{"status":1,"kind":"node","file":null,"message":"no node answers"}}"#,
                Some("no node answers"),
            ),
            ("warning: a test keyring", None),
            (r#"{"warning":{"message":"m"}}"#, None),
            ("block 7: Found the vault", None),
        ] {
            assert_eq!(find_error(line).as_deref(), found, "{line}");
        }
    }

    #[test]
    fn people_read_no_json() {
        let line = r#"{"warning":{"message":"a test keyring"}}"#;
        assert_eq!(find_warning(line), "warning: a test keyring");
        assert_eq!(
            find_warning("block 7: Found the vault"),
            "block 7: Found the vault"
        );
    }
}
