//! `defenders keep`: does what anyone may do for a vault, when it is due.

mod args;
mod bounty;
mod budget;
mod choose;
mod claims;
mod culprits;
mod keeper;
mod limit;
pub mod notes;
mod outcome;
mod spend;
pub mod tend;
mod tick;
mod trouble;
mod turn;

use std::thread;
use std::time::Duration;

use defenders_node::keys::Key;
use defenders_node::send::{Sender, Signer};
use defenders_node::{Coin, read_clock};
use serde_json::json;

pub use args::Args;
use claims::Refused;
use keeper::Keeper;
use limit::{ensure_denom, read_limit};
use outcome::{Round, is_about_balance, is_fatal};
use turn::Turn;

use crate::config::{Config, Field, require};
use crate::monitor::{
    Hide, Log, NotesFile, Shared, draw, host_of, names, node_back_off_seconds, notes_folder, serve,
};
use crate::notice;
use crate::session::{Session, SessionError};

/// Most rounds of one call with `--once`.
const MOST_ROUNDS: u32 = 100;
/// Seconds that a round may take beside waiting for others: three waits for a block, and a search for who is at fault.
const PATIENCE: u64 = 1_200;

/// What a keeper has from its beginning to its end, however often the connection is made anew.
struct Post<'a> {
    args: &'a Args,
    /// Read once: a file that is changed or gone means nothing to a keeper that runs.
    config: &'a Config,
    key: &'a Key,
    limit: &'a Coin,
    board: &'a Shared,
    log: &'a Log,
    /// Rounds in a row that broke off.
    failures: u32,
    /// The vault was found.
    has_found: bool,
    turn: Turn,
}

/// Keeps a vault until something makes that senseless; with `--once` until nothing is due.
pub fn run(args: &Args) -> Result<(), SessionError> {
    notice::speak_json();
    if args.send.generate_only.is_some() {
        return Err(SessionError::Impossible(
            "keep signs by itself: --generate-only is for commands that send once".to_string(),
        ));
    }
    let config = Config::of_keeper(&args.node, &args.send, args.daily_fee_limit.as_deref())?;
    let limit = read_limit(&config)?;
    require(config.vault.as_ref(), Field::Vault)?;
    let nodes = require(config.nodes.as_ref(), Field::Nodes)?;
    let log = Log::hiding(Hide::addresses(nodes));
    let key = config.load_signer(&args.send)?;
    let board = Shared::default();
    board.lock().beat(read_clock(), patience(args));
    if let Some(address) = args.serve {
        let bound = serve(address, &board)?;
        log.tell("serving", json!({"address": bound.to_string()}));
    }
    let post = Post {
        args,
        config: &config,
        key: &key,
        limit: &limit,
        board: &board,
        log: &log,
        failures: 0,
        has_found: false,
        turn: Turn::default(),
    };
    let ended = post.keep();
    if let Err(error) = &ended {
        tell_end(&log, error, &key, &limit);
    }
    ended
}

/// The last lines: too little for fees is the one end that somebody has to be called for.
fn tell_end(log: &Log, error: &SessionError, key: &Key, limit: &Coin) {
    if is_about_balance(error) {
        log.tell(
            "alert",
            json!({"alert": "empty_wallet", "severity": "critical", "account": key.address(),
                "message": error.to_string(),
                "what_to_do": format!("send {} some {}, then start the keeper again", key.address(), limit.denom)}),
        );
    }
    log.tell(
        "ended",
        json!({"kind": error.kind(), "reason": error.to_string()}),
    );
}

/// Seconds within which the loop comes by again.
fn patience(args: &Args) -> u64 {
    let waits = args.spread.saturating_mul(2).saturating_add(args.every);
    PATIENCE.saturating_add(waits)
}

impl Post<'_> {
    fn keep(mut self) -> Result<(), SessionError> {
        loop {
            match self.keep_connected() {
                Err(error) if !self.args.is_once() && !self.is_the_end(&error) => {
                    self.failures = self.failures.saturating_add(1);
                    self.pause_after(&error);
                }
                ended => return ended,
            }
        }
    }

    /// Whether going on changes nothing. A vault that was found once is there: a node that knows none is not in step.
    fn is_the_end(&self, error: &SessionError) -> bool {
        let is_of_node = matches!(error, SessionError::NoVault { .. });
        is_fatal(error) && !(self.has_found && is_of_node)
    }

    /// Until the connection has to be made anew.
    fn keep_connected(&mut self) -> Result<(), SessionError> {
        let (args, board, log) = (self.args, self.board, self.log);
        let session = Session::connect(self.config.clone())?;
        ensure_denom(&session, self.limit)?;
        let vault = session.vault(None)?;
        self.has_found = true;
        let signer = Signer {
            address: self.key.address().to_string(),
            key: self.key.signing_key(),
        };
        let folder = session.pending_folder()?;
        let sender = Sender::open(&session.node, signer, session.fee_policy(), &folder)?;
        let folder = notes_folder(&session.config, args.notes.as_deref(), "keep")?;
        let name = format!("{}-{}.json", session.node.chain_id(), self.key.address());
        let file = NotesFile::open(&folder, &name)?;
        log.tell(
            "keeping",
            json!({"vault": vault.address, "chain_id": session.node.chain_id(),
                "node": host_of(session.node.url()), "from": self.key.address(), "daily_fee_limit": self.limit}),
        );
        let mut keeper = Keeper {
            args,
            session: &session,
            vault: &vault,
            sender: &sender,
            limit: self.limit,
            notes: file.load()?,
            file: &file,
            board,
            log,
            turn: &mut self.turn,
            read_at: 0,
            refused: Refused::default(),
            claims_at: 0,
            unclaimed: Vec::new(),
            no_room_until: 0,
        };
        if args.is_once() {
            return keep_once(&mut keeper);
        }
        loop {
            board.lock().beat(read_clock(), patience(args));
            let round = keeper.round();
            tell_of_nodes(log, &session);
            // after an error what the vault is may have changed as well: all is read anew
            let round = round?;
            self.failures = 0;
            set_failures(board, 0);
            let pause = match round {
                Round::Idle | Round::Held => args.every,
                // there may be more, and nobody is asked without a pause
                Round::Worked | Round::Failed => 1,
            };
            thread::sleep(Duration::from_secs(pause));
        }
    }

    fn pause_after(&self, error: &SessionError) {
        let wait = node_back_off_seconds(self.failures, draw());
        set_failures(self.board, self.failures);
        let patience = wait.saturating_add(patience(self.args));
        self.board.lock().beat(read_clock(), patience);
        self.log.tell(
            "broken_off",
            json!({"kind": error.kind(), "reason": error.to_string(), "failures_in_row": self.failures,
                "again_in_seconds": wait}),
        );
        thread::sleep(Duration::from_secs(wait));
    }
}

/// Does what is due. What failed, or has to wait for another day, is an error at the end.
fn keep_once(keeper: &mut Keeper<'_>) -> Result<(), SessionError> {
    let mut is_left = false;
    for _ in 0..MOST_ROUNDS {
        match keeper.round()? {
            Round::Worked => {}
            Round::Failed => is_left = true,
            Round::Held => {
                is_left = true;
                break;
            }
            // what failed was done in the end
            Round::Idle => {
                is_left = false;
                break;
            }
        }
    }
    tell_of_nodes(keeper.log, keeper.session);
    match is_left {
        true => Err(SessionError::Broken(
            "something is due and was not done: the lines above say why".to_string(),
        )),
        false => Ok(()),
    }
}

fn tell_of_nodes(log: &Log, session: &Session) {
    for warning in session.node.take_warnings() {
        log.tell("node", json!({"warning": warning}));
    }
}

fn set_failures(board: &Shared, failures: u32) {
    let mut board = board.lock();
    board.set_gauge(&names::ROUND_FAILURES, &[], failures);
    board.put_broken_off(failures > 0);
}
