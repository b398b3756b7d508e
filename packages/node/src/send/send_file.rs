//! A signed transaction as a file, compared with the chain and sent.

use std::path::Path;

use k256::ecdsa::signature::Verifier;
use k256::ecdsa::{Signature, VerifyingKey};

use crate::error::NodeError;
use crate::message::Message;
use crate::node::Node;
use crate::proto::cosmos::tx::v1beta1::SignDoc;
use crate::proto::prost::Message as ProtoMessage;
use crate::read::hex;
use crate::send::draft::simulate;
use crate::send::error::SendError;
use crate::send::journal::{Journal, Pending};
use crate::send::receipt::Receipt;
use crate::send::resume::{Resumed, resume};
use crate::send::sender::hash_of;
use crate::send::settle::{Attempt, judge, settle};
use crate::send::signed_file::{DIRECT, SignedFile};
use crate::send::unsigned::UnsignedError;

/// A transaction that is in a block already, whoever sent it. None also where the node keeps no index: its sequence
/// tells then.
fn find_done(node: &Node, hash: &str) -> Result<Option<Receipt>, SendError> {
    let found = match node.tx(hash) {
        Err(NodeError::NoIndex { .. }) => None,
        found => found?,
    };
    found
        .map(|included| {
            Ok(Receipt {
                included: judge(included)?,
                was_under_way: true,
            })
        })
        .transpose()
}

impl SignedFile {
    /// Sends it: sequence, signer and signature are compared with the chain first. `tell` hears how an earlier, other
    /// transaction of the account ended; where that is not certain, nothing is sent.
    pub fn send(
        &mut self,
        node: &Node,
        folder: &Path,
        tell: impl Fn(&str),
    ) -> Result<Receipt, UnsignedError> {
        let address = self.ensure_signer()?;
        let account = node.account(&address).map_err(SendError::from)?;
        let is_signed = self.is_signed_for(node.chain_id(), account.number);
        let bytes = self.to_bytes();
        let journal = Journal::open(folder, node.chain_id(), &address).map_err(SendError::from)?;
        let text = hex(&bytes);
        match resume(node, &journal, &address, |pending| pending.bytes == text)? {
            Resumed::Done(receipt) => return Ok(receipt),
            Resumed::Other(words) => tell(&words),
            Resumed::Nothing => {}
        }
        if account.sequence > self.sequence
            && let Some(receipt) = find_done(node, &hash_of(&bytes))?
        {
            return Ok(receipt);
        }
        self.ensure_fits(node, &address, is_signed)?;
        let height = node.status().map_err(SendError::from)?.height;
        let pending = Pending {
            hash: hash_of(&bytes),
            bytes: text,
            intention: self.draft.intention(),
            what: self.draft.what.clone(),
            sequence: self.sequence,
            height,
            // without a bound it stays valid as long as its place is free, whatever this program says
            last_height: Some(self.timeout_height).filter(|height| *height > 0),
        };
        journal.save(&pending).map_err(SendError::from)?;
        let included = settle(node, &journal, pending, &address, Attempt::First)?;
        Ok(Receipt {
            included,
            was_under_way: false,
        })
    }

    /// Whether it could be sent now: signer, sequence and signature are compared with the chain, and its bytes are run
    /// there without keeping anything. The gas that they used.
    pub fn preview(&mut self, node: &Node) -> Result<u64, UnsignedError> {
        let address = self.ensure_signer()?;
        let account = node.account(&address).map_err(SendError::from)?;
        let is_signed = self.is_signed_for(node.chain_id(), account.number);
        self.ensure_fits(node, &address, is_signed)?;
        Ok(simulate(node, self.to_bytes())?.0)
    }

    /// The result was told.
    pub fn forget(&self, node: &Node, folder: &Path) -> Result<(), UnsignedError> {
        let address = self.draft.messages.first().map_or("", Message::signer);
        let journal = Journal::open(folder, node.chain_id(), address).map_err(SendError::from)?;
        let hash = hash_of(&self.to_bytes());
        Ok(journal.clear_of(&hash).map_err(SendError::from)?)
    }

    /// What its signer signs on a chain, in `SIGN_MODE_DIRECT`.
    pub fn sign_bytes(&self, chain_id: &str, account_number: u64) -> Vec<u8> {
        let doc = SignDoc {
            body_bytes: self.body.clone(),
            auth_info_bytes: self.auth.clone(),
            chain_id: chain_id.to_string(),
            account_number,
        };
        doc.encode_to_vec()
    }

    /// Whoever the messages name, when it is whose key signed.
    fn ensure_signer(&self) -> Result<String, UnsignedError> {
        let expected = self.draft.messages.first().map_or("", Message::signer);
        let prefix = expected.rsplit_once('1').map_or("", |(prefix, _)| prefix);
        let found = self.signer(prefix)?;
        match found == expected {
            true => Ok(found),
            false => Err(UnsignedError::Signer {
                found,
                expected: expected.to_string(),
            }),
        }
    }

    fn ensure_fits(
        &self,
        node: &Node,
        address: &str,
        is_signed: bool,
    ) -> Result<(), UnsignedError> {
        let account = node.account(address).map_err(SendError::from)?;
        if account.sequence != self.sequence {
            return Err(UnsignedError::Sequence {
                address: address.to_string(),
                signed: self.sequence,
                next: account.sequence,
            });
        }
        if !is_signed {
            return Err(UnsignedError::Signature {
                chain_id: node.chain_id().to_string(),
                number: account.number,
            });
        }
        Ok(())
    }

    /// Whether its signature is of this chain and account. Of the spellings that one is taken which was signed.
    pub(super) fn is_signed_for(&mut self, chain_id: &str, account_number: u64) -> bool {
        if self.mode != DIRECT {
            // of JSON that cannot be made here only the chain can say whether it fits
            let signed = self.amino_sign_bytes(chain_id, account_number);
            return signed.is_none_or(|signed| self.is_signature_of(&signed));
        }
        for body in self.spellings.clone() {
            self.body = body;
            if self.is_signature_of(&self.sign_bytes(chain_id, account_number)) {
                return true;
            }
        }
        false
    }

    fn is_signature_of(&self, bytes: &[u8]) -> bool {
        let key = VerifyingKey::from_sec1_bytes(&self.key);
        let signature = Signature::from_slice(&self.signature);
        match (key, signature) {
            (Ok(key), Ok(signature)) => key.verify(bytes, &signature).is_ok(),
            _ => false,
        }
    }
}
