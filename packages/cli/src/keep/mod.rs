//! `defenders keep`: does what anyone may do for a vault, when it is due.

mod args;
mod budget;
mod choose;
mod claims;
mod culprits;
mod keeper;
pub mod notes;
mod outcome;
mod spend;
pub mod tend;
mod trouble;

use std::thread;
use std::time::Duration;

use defenders_node::keys::Key;
use defenders_node::send::{Sender, Signer};
use defenders_node::{Coin, read_clock};
use serde_json::json;

pub use args::Args;
use claims::Refused;
use keeper::Keeper;
use outcome::{Round, is_fatal};

use crate::config::{Config, Field, require};
use crate::monitor::{Log, NotesFile, Shared, back_off_seconds, draw, names, notes_folder, serve};
use crate::notice;
use crate::session::{Session, SessionError};

/// Most rounds of one call with `--once`.
const MOST_ROUNDS: u32 = 100;
/// Seconds that a round may take: three waits for a block, and a search for who is at fault.
const PATIENCE: u64 = 1_200;

/// Keeps a vault until something makes that senseless; with `--once` until nothing is due.
pub fn run(args: &Args) -> Result<(), SessionError> {
    notice::speak_json();
    if args.send.generate_only.is_some() {
        return Err(SessionError::Impossible(
            "keep signs by itself: --generate-only is for commands that send once".to_string(),
        ));
    }
    let config = Config::of_keeper(&args.node, &args.send, args.daily_fee_limit.as_deref())?;
    let limit = require(config.daily_fee_limit.as_ref(), Field::DailyFeeLimit)?.clone();
    require(config.vault.as_ref(), Field::Vault)?;
    require(config.nodes.as_ref(), Field::Nodes)?;
    let key = config.load_signer(&args.send)?;
    let board = Shared::default();
    board.lock().beat(read_clock(), PATIENCE);
    if let Some(address) = args.serve {
        let bound = serve(address, &board)?;
        Log.tell("serving", json!({"address": bound.to_string()}));
    }
    let ended = keep(args, &key, &limit, &board);
    if let Err(error) = &ended {
        Log.tell(
            "ended",
            json!({"kind": error.kind(), "reason": error.to_string()}),
        );
    }
    ended
}

fn keep(args: &Args, key: &Key, limit: &Coin, board: &Shared) -> Result<(), SessionError> {
    let mut failures = 0;
    loop {
        let ended = keep_connected(args, key, limit, board, &mut failures);
        match ended {
            Err(error) if !args.is_once() && !is_fatal(&error) => {
                failures += 1;
                pause_after(&error, failures, board);
            }
            ended => return ended,
        }
    }
}

/// Until the connection has to be made anew.
fn keep_connected(
    args: &Args,
    key: &Key,
    limit: &Coin,
    board: &Shared,
    failures: &mut u32,
) -> Result<(), SessionError> {
    let config = Config::of_keeper(&args.node, &args.send, args.daily_fee_limit.as_deref())?;
    let session = Session::connect(config)?;
    let vault = session.vault(None)?;
    let signer = Signer {
        address: key.address().to_string(),
        key: key.signing_key(),
    };
    let folder = session.pending_folder()?;
    let sender = Sender::open(&session.node, signer, session.fee_policy(), &folder)?;
    let folder = notes_folder(&session, args.notes.as_deref(), "keep")?;
    let name = format!("{}-{}.json", session.node.chain_id(), key.address());
    let file = NotesFile::open(&folder, &name)?;
    let mut keeper = Keeper {
        args,
        session: &session,
        vault: &vault,
        sender: &sender,
        limit,
        notes: file.load()?,
        file: &file,
        board,
        log: Log,
        read_at: 0,
        refused: Refused::default(),
        claims_at: 0,
        unclaimed: Vec::new(),
        no_room_until: 0,
    };
    Log.tell(
        "keeping",
        json!({"vault": vault.address, "chain_id": session.node.chain_id(), "node": session.node.url(),
            "from": key.address(), "daily_fee_limit": limit}),
    );
    match args.is_once() {
        true => keep_once(&mut keeper),
        false => loop {
            board.lock().beat(read_clock(), PATIENCE);
            let round = keeper.round();
            tell_of_nodes(&session);
            match round {
                Ok(round) => {
                    *failures = 0;
                    set_failures(board, 0);
                    let pause = match round {
                        Round::Idle | Round::Held => args.every,
                        // there may be more, and nobody is asked without a pause
                        Round::Worked | Round::Failed => 1,
                    };
                    thread::sleep(Duration::from_secs(pause));
                }
                // what the vault is may have changed as well: begin anew
                Err(error) => return Err(error),
            }
        },
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
    tell_of_nodes(keeper.session);
    match is_left {
        true => Err(SessionError::Broken(
            "something is due and was not done: the lines above say why".to_string(),
        )),
        false => Ok(()),
    }
}

fn tell_of_nodes(session: &Session) {
    for warning in session.node.take_warnings() {
        Log.tell("node", json!({"warning": warning}));
    }
}

fn pause_after(error: &SessionError, failures: u32, board: &Shared) {
    let wait = back_off_seconds(failures, draw());
    set_failures(board, failures);
    board
        .lock()
        .beat(read_clock(), wait.saturating_add(PATIENCE));
    Log.tell(
        "broken_off",
        json!({"kind": error.kind(), "reason": error.to_string(), "failures_in_row": failures,
            "again_in_seconds": wait}),
    );
    thread::sleep(Duration::from_secs(wait));
}

fn set_failures(board: &Shared, failures: u32) {
    board
        .lock()
        .set_gauge(&names::ROUND_FAILURES, &[], failures);
}
