//! `defenders watch`: tells operators what becomes of their validators.

pub mod alert;
mod args;
mod endpoint;
pub mod facts;
mod judge;
pub mod memory;
pub mod page;
mod read;
mod teller;
#[cfg(test)]
mod tests;
mod watcher;
mod webhook;

use std::thread;
use std::time::Duration;

use defenders_node::read_clock;
use serde_json::json;

pub use args::Args;
use endpoint::EndpointAlert;
use teller::Teller;
use watcher::{Watched, Watcher, find_watched};
use webhook::Webhook;

use crate::config::{Config, Field, require};
use crate::monitor::{
    Hide, Log, Shared, draw, host_of, names, node_back_off_seconds, notes_folder, serve,
};
use crate::notice;
use crate::session::{Session, SessionError};

/// Where to post, where no argument says it: an address may hold a token.
const WEBHOOK: &str = "DEFENDERS_WEBHOOK";
/// Seconds that a look may take.
const PATIENCE: u64 = 600;
/// Looks in a row that have to break off before it is an alert: one answer that is late is none.
const BROKEN_LOOKS: u32 = 2;

/// What a watch has from its beginning to its end, however often the connection is made anew.
struct Post<'a> {
    args: &'a Args,
    /// Read once: a file that is changed or gone means nothing to a watch that runs.
    config: Config,
    board: Shared,
    teller: Teller,
    /// Who is watched, once the chain has been asked: names may change afterwards.
    watched: Option<Vec<Watched>>,
    /// Looks in a row that broke off.
    failures: u32,
}

/// Watches validators until something makes that senseless; with `--once` looks once.
pub fn run(args: &Args) -> Result<(), SessionError> {
    notice::speak_json();
    let by_environment = || std::env::var(WEBHOOK).ok().filter(|url| !url.is_empty());
    let webhook = args.webhook.clone().or_else(by_environment);
    let webhook = webhook.as_deref().map(Webhook::open).transpose()?;
    let config = Config::of_reader(&args.node)?;
    let nodes = require(config.nodes.as_ref(), Field::Nodes)?;
    let log = Log::hiding(Hide::addresses(nodes));
    let board = Shared::default();
    board.lock().beat(read_clock(), PATIENCE);
    if let Some(address) = args.serve {
        let bound = serve(address, &board)?;
        log.tell("serving", json!({"address": bound.to_string()}));
    }
    let mut post = Post {
        args,
        config,
        board,
        teller: Teller::new(log, webhook),
        watched: None,
        failures: 0,
    };
    if let Some(chain_id) = post.config.chain_id.clone() {
        post.open_notes(&chain_id.value)?;
    }
    loop {
        let ended = post.watch();
        match ended {
            Err(error) if post.is_of_node(&error) => {
                post.break_off(&error)?;
                if args.once {
                    return Err(error);
                }
                post.pause(&error);
            }
            ended => return ended,
        }
    }
}

impl Post<'_> {
    fn open_notes(&mut self, chain_id: &str) -> Result<(), SessionError> {
        let folder = notes_folder(&self.config, self.args.notes.as_deref(), "watch")?;
        self.teller.open_notes(&folder, chain_id)
    }

    /// Until the connection has to be made anew.
    fn watch(&mut self) -> Result<(), SessionError> {
        let session = Session::connect(self.config.clone())?;
        self.open_notes(session.node.chain_id())?;
        let vault = match &session.config.vault {
            Some(_) => Some(session.vault(None)?),
            None => None,
        };
        let watched = match self.watched.take() {
            Some(watched) => watched,
            None => self.begin(&session)?,
        };
        let watched = self.watched.insert(watched);
        let mut watcher = Watcher {
            args: self.args,
            session: &session,
            vault: vault.as_ref(),
            watched,
            board: &self.board,
            bond_denom: session.node.staking_params()?.bond_denom,
        };
        loop {
            self.board.lock().beat(read_clock(), PATIENCE);
            watcher.look(&mut self.teller)?;
            self.failures = 0;
            set_failures(&self.board, 0);
            let (repeat, now) = (self.args.repeat, read_clock());
            EndpointAlert::NodeUnreachable.tell(&mut self.teller, None, repeat, now);
            self.teller.flush()?;
            if self.args.once {
                return Ok(());
            }
            thread::sleep(Duration::from_secs(self.args.every));
        }
    }

    /// Finds out who is meant, and says so.
    fn begin(&self, session: &Session) -> Result<Vec<Watched>, SessionError> {
        let watched = find_watched(&session.node, &self.args.validators)?;
        let rows: Vec<_> = watched
            .iter()
            .map(|it| json!({"validator": it.address, "name": it.name}))
            .collect();
        self.teller.note(
            "watching",
            json!({"validators": rows, "chain_id": session.node.chain_id(), "node": host_of(session.node.url()),
                "vault": session.config.vault.as_ref().map(|vault| &vault.value)}),
        );
        Ok(watched)
    }

    /// Whether it is the nodes' fault and may pass. What was found once is there.
    fn is_of_node(&self, error: &SessionError) -> bool {
        match error {
            SessionError::Node(_) => !error.is_of_user() || self.watched.is_some(),
            SessionError::NoVault { .. } => self.watched.is_some(),
            _ => false,
        }
    }

    /// Nothing could be read: after a second time, or where nobody looks again, it is an alert.
    fn break_off(&mut self, error: &SessionError) -> Result<(), SessionError> {
        self.failures = self.failures.saturating_add(1);
        set_failures(&self.board, self.failures);
        let is_alert = self.args.once
            || self.failures >= BROKEN_LOOKS
            || self.teller.memory.unreachable.is_some();
        if is_alert {
            let message = format!("validators cannot be watched: {error}");
            let (repeat, now) = (self.args.repeat, read_clock());
            EndpointAlert::NodeUnreachable.tell(&mut self.teller, Some(message), repeat, now);
        }
        self.teller.flush()
    }

    fn pause(&mut self, error: &SessionError) {
        let wait = node_back_off_seconds(self.failures, draw());
        let patience = wait.saturating_add(PATIENCE);
        self.board.lock().beat(read_clock(), patience);
        self.teller.note(
            "broken_off",
            json!({"kind": error.kind(), "reason": error.to_string(), "failures_in_row": self.failures,
                "again_in_seconds": wait}),
        );
        thread::sleep(Duration::from_secs(wait));
    }
}

fn set_failures(board: &Shared, failures: u32) {
    let mut board = board.lock();
    board.set_gauge(&names::LOOK_FAILURES, &[], failures);
    board.put_broken_off(failures > 0);
}
