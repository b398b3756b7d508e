//! `defenders watch`: tells operators what becomes of their validators.

pub mod alert;
mod args;
pub mod facts;
mod judge;
pub mod memory;
pub mod page;
mod read;
#[cfg(test)]
mod tests;
mod webhook;

use std::thread;
use std::time::Duration;

use defenders_node::{Status, read_clock, show_utc};
use serde_json::{Value, json};

use alert::Standing;
pub use args::Args;
use judge::{Wishes, judge, step};
use memory::Memory;
use webhook::Webhook;

use crate::monitor::{
    Log, NotesFile, Page, Shared, Source, back_off_seconds, draw, notes_folder, serve,
};
use crate::notice;
use crate::session::{Session, SessionError, Vault};

/// Seconds that a look may take.
const PATIENCE: u64 = 600;

/// Watches validators until something makes that senseless; with `--once` looks once.
pub fn run(args: &Args) -> Result<(), SessionError> {
    notice::speak_json();
    let webhook = args.webhook.as_deref().map(Webhook::open).transpose()?;
    let board = Shared::default();
    board.lock().beat(read_clock(), PATIENCE);
    if let Some(address) = args.serve {
        let bound = serve(address, &board)?;
        Log.tell("serving", json!({"address": bound.to_string()}));
    }
    let mut failures = 0;
    loop {
        match watch(args, webhook.as_ref(), &board, &mut failures) {
            Err(error @ (SessionError::Node(_) | SessionError::Send(_)))
                if !args.once && !error.is_of_user() =>
            {
                failures += 1;
                let wait = back_off_seconds(failures, draw());
                let patience = wait.saturating_add(PATIENCE);
                board.lock().beat(read_clock(), patience);
                Log.tell(
                    "broken_off",
                    json!({"kind": error.kind(), "reason": error.to_string(), "failures_in_row": failures,
                        "again_in_seconds": wait}),
                );
                thread::sleep(Duration::from_secs(wait));
            }
            ended => return ended,
        }
    }
}

/// Until the connection has to be made anew.
fn watch(
    args: &Args,
    webhook: Option<&Webhook>,
    board: &Shared,
    failures: &mut u32,
) -> Result<(), SessionError> {
    let session = Session::read(&args.node)?;
    let vault = match &session.config.vault {
        Some(_) => Some(session.vault(None)?),
        None => None,
    };
    let folder = notes_folder(&session, args.notes.as_deref(), "watch")?;
    let file = NotesFile::open(&folder, &format!("{}.json", session.node.chain_id()))?;
    let mut watcher = Watcher {
        args,
        session: &session,
        vault: vault.as_ref(),
        memory: file.load()?,
        file: &file,
        board,
        webhook,
        bond_denom: session.node.staking_params()?.bond_denom,
    };
    loop {
        board.lock().beat(read_clock(), PATIENCE);
        watcher.look()?;
        *failures = 0;
        if args.once {
            return Ok(());
        }
        thread::sleep(Duration::from_secs(args.every));
    }
}

struct Watcher<'a> {
    args: &'a Args,
    session: &'a Session,
    vault: Option<&'a Vault<'a>>,
    memory: Memory,
    file: &'a NotesFile,
    board: &'a Shared,
    webhook: Option<&'a Webhook>,
    bond_denom: String,
}

impl Watcher<'_> {
    /// Looks once. While every node is behind nothing is judged by what they say: what held, holds.
    fn look(&mut self) -> Result<(), SessionError> {
        let status = self.find_freshest()?;
        for warning in self.session.node.take_warnings() {
            Log.tell("node", json!({"warning": warning}));
        }
        let now = read_clock();
        let is_behind = status.is_behind();
        {
            let mut board = self.board.lock();
            board.put(Source::Node, Page::default(), now);
            board.put_block(status.time, is_behind);
        }
        self.tell_of_node(&status, is_behind, now);
        if !is_behind {
            self.judge_all(&status, now)?;
        }
        self.flush();
        self.file.save(&self.memory)
    }

    fn find_freshest(&self) -> Result<Status, SessionError> {
        let mut status = self.session.node.status()?;
        for _ in 1..self.session.node.node_count() {
            if !status.is_behind() {
                break;
            }
            self.session.node.move_on();
            status = self.session.node.status()?;
        }
        Ok(status)
    }

    fn judge_all(&mut self, status: &Status, now: u64) -> Result<(), SessionError> {
        let wishes = Wishes {
            missed: self.args.missed,
            repeat: self.args.repeat,
        };
        let wanted = &self.args.validators;
        let facts = read::look(&self.session.node, self.vault, wanted, &self.memory, status)?;
        for facts in &facts {
            let seen = self.memory.validators.entry(facts.validator.clone());
            let seen = seen.or_default();
            let told = judge(seen, facts, wishes, status.time, now);
            seen.height = status.height;
            for told in told {
                let (event, object) = told.to_line(&facts.validator, &facts.name);
                self.tell(event, object, now);
            }
        }
        let page = page::page(&facts, &self.memory, &self.bond_denom);
        self.board.lock().put(Source::Validators, page, now);
        if self.args.once {
            let names: Vec<&str> = facts.iter().map(|facts| facts.name.as_str()).collect();
            Log.tell("looked", json!({"height": status.height, "names": names}));
        }
        Ok(())
    }

    /// An old block is an alert of its own.
    fn tell_of_node(&mut self, status: &Status, is_behind: bool, now: u64) {
        let standing = step(
            &mut self.memory.stale_node,
            is_behind,
            self.args.repeat,
            now,
        );
        let held = self.memory.stale_node;
        if !is_behind {
            self.memory.stale_node = None;
        }
        let Some(standing) = standing else { return };
        let since = held.map_or(now, |held| held.since);
        let object = json!({
            "alert": "stale_node",
            "standing": standing.as_str(),
            "severity": "warning",
            "node": status.url,
            "since": show_utc(since),
            "message": match standing {
                Standing::Resolved => "the node is in step again".to_string(),
                Standing::Firing | Standing::Repeated => format!(
                    "the latest block of {} is {} seconds old: validators are not judged meanwhile",
                    status.url, status.age_seconds()
                ),
            },
            "what_to_do": (standing != Standing::Resolved)
                .then_some("mend the node, or name another one as well with --node"),
        });
        self.tell("alert", object, now);
    }

    /// Writes it, and keeps it for the webhook until that has taken it.
    fn tell(&mut self, event: &'static str, object: Value, now: u64) {
        Log.tell(event, object.clone());
        if self.webhook.is_some() {
            let mut posted = object;
            if let Value::Object(fields) = &mut posted {
                fields.insert("time".to_string(), show_utc(now).into());
                fields.insert("event".to_string(), event.into());
            }
            self.memory.post(posted);
        }
    }

    fn flush(&mut self) {
        let Some(webhook) = self.webhook else { return };
        while let Some(object) = self.memory.outbox.front() {
            match webhook.post(object) {
                Ok(()) => {
                    self.memory.outbox.pop_front();
                }
                Err(reason) => {
                    Log.tell(
                        "not_posted",
                        json!({"waiting": self.memory.outbox.len(), "reason": reason}),
                    );
                    return;
                }
            }
        }
    }
}
