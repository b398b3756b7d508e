//! What is under way when somebody comes back, seen to its end.

use crate::node::Node;
use crate::send::error::SendError;
use crate::send::journal::{Journal, Pending};
use crate::send::receipt::Receipt;
use crate::send::settle::{Attempt, settle};

/// What came of a transaction that was under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resumed {
    /// None was.
    Nothing,
    /// It was this very intention, and is carried out.
    Done(Receipt),
    /// It was another one, or came to nothing: in words.
    Other(String),
}

/// Sees what is noted to its end. What came of the same intention is the answer. Of another one the end is told, and
/// forgotten; where no end is certain, that is the error, and nothing new may be signed.
pub(crate) fn resume(
    node: &Node,
    journal: &Journal,
    address: &str,
    is_same: impl Fn(&Pending) -> bool,
) -> Result<Resumed, SendError> {
    let Some(pending) = journal.load()? else {
        return Ok(Resumed::Nothing);
    };
    let is_same = is_same(&pending);
    let what = pending.what.clone();
    match settle(node, journal, pending, address, Attempt::Later) {
        Ok(included) if is_same => Ok(Resumed::Done(Receipt {
            included,
            was_under_way: true,
        })),
        Ok(included) => {
            journal.clear()?;
            let words = format!(
                "an earlier transaction ({what}) was carried out in block {}: {}",
                included.height, included.hash
            );
            Ok(Resumed::Other(words))
        }
        Err(error) if !error.is_end() => Err(error),
        Err(error) => {
            // it is told now, once: the same may be asked for anew
            journal.clear()?;
            match (is_same, error.is_in_block()) {
                (true, true) => Err(error),
                (true, false) => Ok(Resumed::Other(format!("an earlier attempt: {error}"))),
                (false, _) => Ok(Resumed::Other(format!(
                    "an earlier transaction ({what}): {error}"
                ))),
            }
        }
    }
}
