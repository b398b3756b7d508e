//! Seeing a signed transaction to its end.

use std::time::{Duration, Instant};

use tendermint_rpc::{Client, HttpClient};

use crate::error::NodeError;
use crate::node::Node;
use crate::read::Included;
use crate::send::error::SendError;
use crate::send::journal::{Journal, Pending};
use crate::send::outlook::{Outlook, look_up, unhex};
use crate::words::tell_refusal;

/// How long one call of the program waits for a block.
const PATIENCE: Duration = Duration::from_secs(90);
/// Between two looks.
const PAUSE: Duration = Duration::from_millis(400);
/// Between two broadcasts of the same bytes.
const AGAIN_AFTER: Duration = Duration::from_secs(6);
/// Whoever listens is told after so long that it is still waited for, and again after each time as long.
const TELL_EVERY: Duration = Duration::from_secs(10);
/// An index may be so far behind the blocks.
const INDEX_LAG: Duration = Duration::from_secs(5);

/// Codes of the SDK (`types/errors`).
mod code {
    pub const OUT_OF_GAS: u32 = 11;
    pub const TX_IN_MEMPOOL: u32 = 19;
    pub const MEMPOOL_FULL: u32 = 20;
    pub const TX_TIMEOUT: u32 = 30;
    pub const WRONG_SEQUENCE: u32 = 32;
}

/// Whether a node may have these bytes already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Attempt {
    /// Signed a moment ago, and shown to nobody.
    First,
    /// Found in the notes.
    Later,
}

/// What a node said of the bytes at its door.
enum Door {
    /// It has them.
    Admitted,
    /// Not now.
    Later(String),
    /// Its place is taken, or not free yet.
    WrongSequence(String),
    /// Never.
    Refused {
        codespace: String,
        code: u32,
        log: String,
    },
}

/// Sends the bytes until a block has them, they can get into none any more, or patience ends. The notes keep them
/// until it is certain that nothing came of them; what came of them otherwise is forgotten by whoever tells it.
pub(crate) fn settle(
    node: &Node,
    journal: &Journal,
    pending: Pending,
    address: &str,
    attempt: Attempt,
) -> Result<Included, SendError> {
    let began = Instant::now();
    let mut sent: Option<Instant> = None;
    let mut told = began;
    // whether some node may have it although the last one refused it
    let mut may_be_known = attempt == Attempt::Later;
    let mut reason = "no block had it yet".to_string();
    loop {
        let mut is_place_free = true;
        if may_be_known {
            match look_up(node, &pending, address) {
                Ok(Outlook::InBlock(included)) => return judge(included),
                Ok(Outlook::MayGetIn) => {}
                Ok(Outlook::Never(error)) => {
                    journal.clear()?;
                    return Err(error);
                }
                Ok(Outlook::CannotBeTold(searched)) if began.elapsed() >= INDEX_LAG => {
                    return Err(SendError::Undecided {
                        hash: pending.hash,
                        address: address.to_string(),
                        sequence: pending.sequence,
                        searched: Box::new(searched),
                        file: journal.file().display().to_string(),
                    });
                }
                Ok(Outlook::CannotBeTold(_)) => is_place_free = false,
                Err(error) => reason = error.to_string(),
            }
        }
        if is_place_free && sent.is_none_or(|sent| sent.elapsed() >= AGAIN_AFTER) {
            sent = Some(Instant::now());
            match knock(node, &pending) {
                Ok(Door::Admitted) => may_be_known = true,
                Ok(Door::Later(log)) => reason = log,
                Ok(Door::WrongSequence(log)) if may_be_known => reason = log,
                Ok(Door::WrongSequence(log)) => {
                    journal.clear()?;
                    return Err(refused("sdk".to_string(), code::WRONG_SEQUENCE, &log));
                }
                Ok(Door::Refused {
                    code: code::TX_TIMEOUT,
                    log,
                    ..
                }) if may_be_known => reason = log,
                Ok(Door::Refused {
                    codespace,
                    code,
                    log,
                }) if !may_be_known => {
                    journal.clear()?;
                    return Err(refused(codespace, code, &log));
                }
                Ok(Door::Refused { log, .. }) => reason = log,
                Err(error) => {
                    // it may have got there all the same
                    may_be_known = true;
                    reason = error.to_string();
                    node.move_on();
                }
            }
        }
        if began.elapsed() >= PATIENCE {
            let height = node.status().map_or(0, |status| status.height);
            return Err(SendError::Waiting {
                hash: pending.hash,
                height,
                last_height: pending.last_height,
                reason,
            });
        }
        if told.elapsed() >= TELL_EVERY {
            told = Instant::now();
            let height = node.status().map_or(0, |status| status.height);
            node.tell_listener(&format!(
                "waiting for {} seconds: {reason}; the latest block is {height}",
                began.elapsed().as_secs()
            ));
        }
        std::thread::sleep(PAUSE);
    }
}

fn refused(codespace: String, code: u32, log: &str) -> SendError {
    let reason = tell_refusal(log);
    SendError::RefusedAtDoor {
        codespace,
        code,
        reason,
    }
}

fn knock(node: &Node, pending: &Pending) -> Result<Door, NodeError> {
    let bytes = unhex(&pending.bytes);
    let call = async |client: &HttpClient| client.broadcast_tx_sync(bytes.clone()).await;
    // one node only: another one's refusal would hide that the first may have taken it
    let answer = node.tell("broadcast_tx_sync", call);
    let answer = match answer {
        Ok(answer) => answer,
        Err(NodeError::Refused { reason, .. }) if reason.contains("already exists in cache") => {
            return Ok(Door::Admitted);
        }
        Err(NodeError::Refused { reason, .. }) if reason.contains("mempool is full") => {
            return Ok(Door::Later(reason));
        }
        Err(error) => return Err(error),
    };
    let is_sdk = answer.codespace == "sdk";
    Ok(match answer.code.value() {
        0 => Door::Admitted,
        code::TX_IN_MEMPOOL if is_sdk => Door::Admitted,
        code::MEMPOOL_FULL if is_sdk => Door::Later(answer.log),
        code::WRONG_SEQUENCE if is_sdk => Door::WrongSequence(answer.log),
        code => Door::Refused {
            codespace: answer.codespace,
            code,
            log: answer.log,
        },
    })
}

/// What came of a transaction that a block has.
pub(crate) fn judge(included: Included) -> Result<Included, SendError> {
    if included.is_ok() {
        return Ok(included);
    }
    if included.code == code::OUT_OF_GAS && included.codespace == "sdk" {
        return Err(SendError::OutOfGas {
            hash: included.hash,
            height: included.height,
            used: included.gas_used,
            wanted: included.gas_wanted,
        });
    }
    Err(SendError::Failed {
        reason: tell_refusal(&included.log),
        hash: included.hash,
        height: included.height,
        codespace: included.codespace,
        code: included.code,
    })
}
