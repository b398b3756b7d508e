//! Why something was not sent, or not carried out.

use crate::error::NodeError;
use crate::price::GasPrice;
use crate::send::journal::JournalError;
use crate::send::searched::Searched;

/// Why something was not sent, or not carried out.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// The chain cannot be asked.
    #[error(transparent)]
    Node(#[from] NodeError),
    /// The notes of what is under way cannot be kept.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// A trial run failed: nothing was sent.
    #[error("this would fail, so nothing was sent: {reason}")]
    WouldFail {
        /// In the chain's or contract's words.
        reason: String,
    },
    /// The chain asks for a higher price than the user pays: nothing was sent.
    #[error(
        "the chain asks for {asked} a unit of gas, above the most that is allowed, {most}: nothing was sent; raise --max-gas-price, or wait"
    )]
    TooDear {
        /// The price now.
        asked: GasPrice,
        /// The user's maximum.
        most: GasPrice,
    },
    /// No price is known at all: nothing was sent.
    #[error(
        "the node names no gas price, and none was given: nothing was sent; give --gas-price, as 0.025uatom"
    )]
    NoPrice,
    /// A fee of 2^128 and above: nothing was sent.
    #[error("{gas} units of gas at {price} cost more than can be paid: nothing was sent")]
    FeeOverflow {
        /// Gas.
        gas: u64,
        /// Price of a unit.
        price: GasPrice,
    },
    /// The account cannot pay the fee: nothing was sent.
    #[error(
        "{address} can spend {balance}{denom}, and the fee is {fee}{denom}: nothing was sent; send it some"
    )]
    CannotPay {
        /// Who would pay.
        address: String,
        /// What it may spend.
        balance: u128,
        /// What is needed.
        fee: u128,
        /// Of what.
        denom: String,
    },
    /// The account can pay the fee or what is sent, and not both: nothing was sent.
    #[error(
        "{address} can spend {balance}{denom}, and {spent}{denom} are to be sent with a fee of {fee}{denom}: nothing was sent; send less, or send it some"
    )]
    CannotPayBoth {
        /// Who would pay.
        address: String,
        /// What it may spend.
        balance: u128,
        /// What the messages take.
        spent: u128,
        /// The fee.
        fee: u128,
        /// Of what.
        denom: String,
    },
    /// A node refused it at the door: it is in no block, and will be in none.
    #[error("refused before it got into a block (code {code} of {codespace}): {reason}")]
    RefusedAtDoor {
        /// Of the module.
        codespace: String,
        /// Not 0.
        code: u32,
        /// In words.
        reason: String,
    },
    /// It is in a block, and failed there; the fee is paid.
    #[error(
        "failed in block {height} (transaction {hash}, code {code} of {codespace}), the fee is paid: {reason}"
    )]
    Failed {
        /// Transaction.
        hash: String,
        /// Block.
        height: u64,
        /// Of the module.
        codespace: String,
        /// Not 0.
        code: u32,
        /// In words.
        reason: String,
    },
    /// It used all its gas.
    #[error(
        "out of gas in block {height} (transaction {hash}), the fee is paid: {used} of {wanted} units were not enough; raise --gas-factor"
    )]
    OutOfGas {
        /// Transaction.
        hash: String,
        /// Block.
        height: u64,
        /// Used.
        used: i64,
        /// The limit.
        wanted: i64,
    },
    /// It may still get in: what was asked for is not done yet, and must not be asked for anew.
    #[error(
        "transaction {hash} is not in a block yet, as far as is known{}: {reason}; the same command again waits for it and sends nothing new",
        tell_limit(*.last_height, *.height)
    )]
    Waiting {
        /// Transaction.
        hash: String,
        /// The chain's height; 0 when no node says it.
        height: u64,
        /// The last height at which it may get in; None when it may for as long as its place is free.
        last_height: Option<u64>,
        /// Why no longer was waited for it.
        reason: String,
    },
    /// Its place is used, and the nodes do not have all blocks in which it may be.
    #[error(
        "the nodes cannot tell whether transaction {hash} was carried out: {address} has used its place (sequence {sequence}), and {searched}. Nothing new was sent. Name a node that has these blocks with --node; or look the account up elsewhere, and forget the transaction with `defenders pending --forget {hash}`. It is noted in {file}"
    )]
    Undecided {
        /// Transaction.
        hash: String,
        /// Whose.
        address: String,
        /// Which place.
        sequence: u64,
        /// Where it was looked for.
        searched: Box<Searched>,
        /// The note of it.
        file: String,
    },
    /// It can no longer get in, and nothing took its place.
    #[error(
        "transaction {hash} did not get into a block up to {last_height}, and cannot any more: nothing was done"
    )]
    Expired {
        /// Transaction.
        hash: String,
        /// The last height at which it could have.
        last_height: u64,
    },
    /// Another transaction of this account took its place.
    #[error(
        "another transaction of {address}{} took the place of {hash} (sequence {sequence}): nothing of it was done; is the key used elsewhere?",
        .by.as_ref().map_or(String::new(), |by| format!(" ({by})"))
    )]
    Displaced {
        /// Transaction.
        hash: String,
        /// Whose.
        address: String,
        /// Which place.
        sequence: u64,
        /// The other one's hash, where it is known.
        by: Option<String>,
    },
    /// More than one signer, or another than the key.
    #[error("{found} has to sign, and the key is that of {expected}")]
    WrongSigner {
        /// Whom the message names.
        found: String,
        /// Whose key it is.
        expected: String,
    },
    /// The key cannot sign.
    #[error("the key cannot sign: {reason}")]
    Key {
        /// Why.
        reason: String,
    },
}

impl SendError {
    /// Whether the account's next transaction waits at the door already.
    pub fn is_wrong_sequence_at_door(&self) -> bool {
        matches!(self, SendError::RefusedAtDoor { codespace, code: 32, .. } if codespace == "sdk")
    }
    /// Whether a block has it, and it failed there: the fee is paid.
    pub fn is_in_block(&self) -> bool {
        matches!(self, SendError::Failed { .. } | SendError::OutOfGas { .. })
    }

    /// Whether it says for certain what came of a transaction that was signed.
    pub fn is_end(&self) -> bool {
        let is_nowhere = matches!(
            self,
            SendError::Expired { .. }
                | SendError::Displaced { .. }
                | SendError::RefusedAtDoor { .. }
        );
        is_nowhere || self.is_in_block()
    }
}

/// Until when it may get in.
fn tell_limit(last_height: Option<u64>, height: u64) -> String {
    match last_height {
        None => {
            ", and stays valid until another transaction of the account takes its place".to_string()
        }
        Some(last_height) if height > last_height => {
            format!(" (it could get in up to block {last_height}, now {height})")
        }
        Some(last_height) => {
            format!(", and may get into one up to {last_height} (now {height})")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file without a timeout stays valid: nothing may say that it ends.
    #[test]
    fn what_has_no_last_height_is_never_said_to_end() {
        let waiting = |last_height| {
            let error = SendError::Waiting {
                hash: "AB".to_string(),
                height: 120,
                last_height,
                reason: "no block had it yet".to_string(),
            };
            error.to_string()
        };
        let said = waiting(None);
        assert!(
            said.contains("stays valid until another transaction"),
            "{said}"
        );
        assert!(!said.contains("up to"), "{said}");
        let said = waiting(Some(130));
        assert!(
            said.contains("may get into one up to 130 (now 120)"),
            "{said}"
        );
        let said = waiting(Some(110));
        assert!(said.contains("could get in up to block 110"), "{said}");
    }
}
