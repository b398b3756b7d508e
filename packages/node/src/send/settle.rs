//! Seeing a signed transaction to its end.

use std::time::{Duration, Instant};

use tendermint_rpc::{Client, HttpClient};

use crate::error::NodeError;
use crate::node::Node;
use crate::read::Included;
use crate::send::error::SendError;
use crate::send::journal::{Journal, Pending};
use crate::words::tell_refusal;

/// How long one call of the program waits for a block.
const PATIENCE: Duration = Duration::from_secs(90);
/// Between two looks.
const PAUSE: Duration = Duration::from_millis(400);
/// Between two broadcasts of the same bytes.
const AGAIN_AFTER: Duration = Duration::from_secs(6);

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
/// until the end is certain; of a transaction in a block they say so.
pub(crate) fn settle(
    node: &Node,
    journal: &Journal,
    mut pending: Pending,
    address: &str,
    attempt: Attempt,
) -> Result<Included, SendError> {
    let began = Instant::now();
    let mut sent: Option<Instant> = None;
    // whether some node may have it although the last one refused it
    let mut may_be_known = attempt == Attempt::Later;
    let mut reason = "no block had it yet".to_string();
    loop {
        if may_be_known {
            match find(node, &pending) {
                Ok(Some(included)) => return judge(node, journal, &mut pending, address, included),
                Ok(None) => {}
                Err(error) => reason = error.to_string(),
            }
            match look_for_end(node, &pending, address) {
                Ok(End::Open) => {}
                Ok(End::In(included)) => {
                    return judge(node, journal, &mut pending, address, included);
                }
                Ok(End::Never(error)) => {
                    journal.clear()?;
                    return Err(error);
                }
                Err(error) => reason = error.to_string(),
            }
        }
        if sent.is_none_or(|sent| sent.elapsed() >= AGAIN_AFTER) {
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

fn find(node: &Node, pending: &Pending) -> Result<Option<Included>, NodeError> {
    match node.tx(&pending.hash) {
        // a node that does not index cannot be asked by hash: its blocks can
        Err(NodeError::Refused { reason, .. }) if reason.contains("indexing is disabled") => {
            scan(node, pending, node.status()?.height)
        }
        found => found,
    }
}

/// Looks for the bytes in the blocks up to `latest`, the first that carried them out before all others. A block that
/// is not there is an error: what was not looked at can have them.
fn scan(node: &Node, pending: &Pending, latest: u64) -> Result<Option<Included>, NodeError> {
    let bytes = unhex(&pending.bytes);
    let mut found: Option<Included> = None;
    for height in pending.height..=latest.min(pending.last_height) {
        let block = node.block(height)?;
        let Some(index) = block.txs.iter().position(|tx| *tx == bytes) else {
            continue;
        };
        let mut results = node.block_results(height)?;
        if index >= results.txs.len() {
            continue;
        }
        let outcome = results.txs.swap_remove(index);
        let included = Included {
            hash: pending.hash.clone(),
            height,
            index: u32::try_from(index).unwrap_or(u32::MAX),
            code: outcome.code,
            codespace: outcome.codespace,
            log: outcome.log,
            gas_wanted: outcome.gas_wanted,
            gas_used: outcome.gas_used,
            events: outcome.events,
            bytes: bytes.clone(),
        };
        if included.is_ok() {
            return Ok(Some(included));
        }
        found.get_or_insert(included);
    }
    Ok(found)
}

fn judge(
    node: &Node,
    journal: &Journal,
    pending: &mut Pending,
    address: &str,
    mut included: Included,
) -> Result<Included, SendError> {
    // the same bytes can be in two blocks: the first carried them out, the second failed, and is the one indexed
    if included.code == code::WRONG_SEQUENCE && included.codespace == "sdk" {
        match scan(node, pending, included.height)? {
            Some(first) if first.is_ok() => included = first,
            _ => {
                journal.clear()?;
                return Err(SendError::Displaced {
                    hash: pending.hash.clone(),
                    address: address.to_string(),
                    sequence: pending.sequence,
                });
            }
        }
    }
    pending.included = Some(included.height);
    journal.save(pending)?;
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

/// What can be said of bytes that are not in the index.
enum End {
    /// They may still get in.
    Open,
    /// They are in a block.
    In(Included),
    /// They are in no block, and never will be.
    Never(SendError),
}

/// Behind one address there may be nodes that are not equally far: each conclusion is drawn from one height, and the
/// blocks up to it are looked at.
fn look_for_end(node: &Node, pending: &Pending, address: &str) -> Result<End, NodeError> {
    let (account, height) = node.account_with_height(address)?;
    if height < pending.height {
        // older than the signature, or no height at all: nothing follows from it
        return Ok(End::Open);
    }
    let hash = pending.hash.clone();
    let last_height = pending.last_height;
    if account.sequence > pending.sequence {
        // their place is taken: by themselves, where the index lags behind, or by others
        return Ok(match scan(node, pending, height)? {
            Some(included) => End::In(included),
            None => End::Never(SendError::Displaced {
                hash,
                address: address.to_string(),
                sequence: pending.sequence,
            }),
        });
    }
    Ok(match height > last_height {
        true => End::Never(SendError::Expired { hash, last_height }),
        false => End::Open,
    })
}

pub(crate) fn unhex(text: &str) -> Vec<u8> {
    let digit = |index: usize| {
        text.get(index..index + 2)
            .and_then(|pair| u8::from_str_radix(pair, 16).ok())
    };
    (0..text.len()).step_by(2).map_while(digit).collect()
}
