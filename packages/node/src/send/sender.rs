//! Who sends: an account with its key, on a chain.

use std::path::Path;
use std::time::Duration;

use cosmrs::crypto::secp256k1::SigningKey;
use sha2::{Digest, Sha256};

use crate::node::Node;
use crate::proto::cosmos::tx::v1beta1::{Fee, SignDoc, TxRaw};
use crate::proto::prost::Message as ProtoMessage;
use crate::read::{Account, hex};
use crate::send::draft::{Draft, Estimate, auth_info};
use crate::send::error::SendError;
use crate::send::fee::FeePolicy;
use crate::send::journal::{Journal, Pending};
use crate::send::receipt::Receipt;
use crate::send::resume::{Resumed, resume};
use crate::send::settle::{Attempt, settle};

/// Blocks within which a signed transaction may get in.
const VALID_BLOCKS: u64 = 100;
/// How often something is signed whose place is taken at the door.
const TRIES: u32 = 4;
const TRY_AGAIN_AFTER: Duration = Duration::from_secs(2);

/// An account with its key.
pub struct Signer<'a> {
    /// On the chain that is sent to.
    pub address: String,
    /// Its key.
    pub key: &'a SigningKey,
}

/// Sends for an account; nobody else can with the same notes while it lives.
pub struct Sender<'a> {
    node: &'a Node,
    signer: Signer<'a>,
    policy: FeePolicy,
    journal: Journal,
}

impl<'a> Sender<'a> {
    /// Takes the account's notes, in a folder of all chains and accounts.
    pub fn open(
        node: &'a Node,
        signer: Signer<'a>,
        policy: FeePolicy,
        folder: &Path,
    ) -> Result<Self, SendError> {
        let journal = Journal::open(folder, node.chain_id(), &signer.address)?;
        Ok(Self {
            node,
            signer,
            policy,
            journal,
        })
    }

    /// Its address.
    pub fn address(&self) -> &str {
        &self.signer.address
    }

    /// Sees an earlier transaction to its end, if one is under way: sends its bytes again where needed, and waits.
    /// What came of it, when it was the same intention as `draft`: then that is the answer. An error is of the
    /// earlier one where it was the same, or where nothing can be said of it; other ends are told as a warning.
    pub fn resume(&self, draft: &Draft) -> Result<Resumed, SendError> {
        let intention = draft.intention();
        resume(self.node, &self.journal, self.address(), |pending| {
            pending.intention == intention
        })
    }

    /// What a trial run used, and what the transaction will cost; refused when the account cannot pay the fee.
    pub fn estimate(&self, draft: &Draft) -> Result<Estimate, SendError> {
        draft.ensure_signer(self.address())?;
        let estimate = self.try_out(draft)?;
        let fee = &estimate.fee;
        let balance = self.node.spendable(self.address(), &fee.denom)?;
        if balance < fee.amount {
            return Err(SendError::CannotPay {
                address: self.address().to_string(),
                balance,
                fee: fee.amount,
                denom: fee.denom.clone(),
            });
        }
        let spent = draft.messages.iter().fold(0u128, |sum, message| {
            sum.saturating_add(message.spends(&fee.denom))
        });
        // the trial run took no fee
        if balance < fee.amount.saturating_add(spent) {
            return Err(SendError::CannotPayBoth {
                address: self.address().to_string(),
                balance,
                spent,
                fee: fee.amount,
                denom: fee.denom.clone(),
            });
        }
        Ok(estimate)
    }

    /// A trial run. A transaction of this account that waits in the mempool, sent by somebody else with the key, is
    /// given the time of some blocks.
    fn try_out(&self, draft: &Draft) -> Result<Estimate, SendError> {
        let try_once = || {
            let account = self.node.account(self.address())?;
            let key = self.signer.key.public_key();
            draft.estimate(self.node, account.sequence, Some(key), &self.policy)
        };
        for _ in 1..TRIES {
            match try_once() {
                Err(SendError::WouldFail { reason }) if is_wrong_sequence(&reason) => {
                    std::thread::sleep(TRY_AGAIN_AFTER);
                }
                ended => return ended,
            }
        }
        try_once()
    }

    /// Signs, writes down, sends, and waits until a block has it. A place that is taken at the door, by a transaction
    /// of this account that waits there, is asked for again: what was refused there is nowhere.
    pub fn send(&self, draft: &Draft, estimate: &Estimate) -> Result<Receipt, SendError> {
        draft.ensure_signer(self.address())?;
        for _ in 1..TRIES {
            match self.send_once(draft, estimate) {
                Err(error) if error.is_wrong_sequence_at_door() => {
                    std::thread::sleep(TRY_AGAIN_AFTER)
                }
                ended => return ended,
            }
        }
        self.send_once(draft, estimate)
    }

    fn send_once(&self, draft: &Draft, estimate: &Estimate) -> Result<Receipt, SendError> {
        let account = self.node.account(self.address())?;
        let height = self.node.status()?.height;
        let last_height = height.saturating_add(VALID_BLOCKS);
        let bytes = self.sign(draft, estimate, account, last_height)?;
        let pending = Pending {
            hash: hash_of(&bytes),
            bytes: hex(&bytes),
            intention: draft.intention(),
            what: draft.what.clone(),
            sequence: account.sequence,
            height,
            last_height: Some(last_height),
        };
        self.journal.save(&pending)?;
        let included = settle(
            self.node,
            &self.journal,
            pending,
            self.address(),
            Attempt::First,
        )?;
        Ok(Receipt {
            included,
            was_under_way: false,
        })
    }

    /// The result was told: nothing is under way any more.
    pub fn forget(&self) -> Result<(), SendError> {
        Ok(self.journal.clear()?)
    }

    fn sign(
        &self,
        draft: &Draft,
        estimate: &Estimate,
        account: Account,
        last_height: u64,
    ) -> Result<Vec<u8>, SendError> {
        let fee = Fee {
            amount: vec![estimate.fee.to_proto()],
            gas_limit: estimate.gas_limit,
            ..Fee::default()
        };
        let auth = auth_info(Some(self.signer.key.public_key()), account.sequence, fee)?;
        let doc = SignDoc {
            body_bytes: draft.body(last_height).encode_to_vec(),
            auth_info_bytes: auth.encode_to_vec(),
            chain_id: self.node.chain_id().to_string(),
            account_number: account.number,
        };
        let signature = self.signer.key.sign(&doc.encode_to_vec());
        let signature = signature.map_err(|error| SendError::Key {
            reason: error.to_string(),
        })?;
        let raw = TxRaw {
            body_bytes: doc.body_bytes,
            auth_info_bytes: doc.auth_info_bytes,
            signatures: vec![signature.to_vec()],
        };
        Ok(raw.encode_to_vec())
    }
}

/// In the words of the SDK's `ante`.
fn is_wrong_sequence(reason: &str) -> bool {
    reason.contains("account sequence mismatch")
}

/// A transaction's name: SHA-256 of its bytes, upper case hex.
pub(crate) fn hash_of(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes)).to_uppercase()
}
