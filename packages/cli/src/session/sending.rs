//! Sending: a trial run, what it costs and does, a question, and one transaction that is waited for.

use std::cell::RefCell;

use defenders_node::keys::Key;
use defenders_node::send::{Draft, Estimate, Journal, Receipt, Resumed, SendError, Sender, Signer};

use super::Session;
use super::account::Account;
use super::errand::{Ended, Errand};
use super::error::SessionError;
use crate::config::SendArgs;
use crate::notice;
use crate::output::count_taken;
use crate::terminal::Unit;

/// Writes down what came of an errand.
type Keep<'k> = &'k mut dyn FnMut(&Receipt) -> Result<(), SessionError>;

/// Who sends, and how the user wants it.
pub struct Sending<'a> {
    pub(super) session: &'a Session,
    pub(super) args: &'a SendArgs,
    signs: Signs,
    pub(super) is_json: bool,
    pub(super) is_confirmed: bool,
    /// What was carried out, and is forgotten once the command has said so.
    to_forget: RefCell<Option<ToForget>>,
}

/// Who signs.
enum Signs {
    /// A key that is here.
    Here(Key),
    /// A key elsewhere, of this account.
    Elsewhere(String),
}

impl<'a> Sending<'a> {
    /// Loads the key that signs.
    pub fn open(
        session: &'a Session,
        args: &'a SendArgs,
        is_json: bool,
    ) -> Result<Self, SessionError> {
        let signs = match &args.from_address {
            Some(address) => Signs::Elsewhere(session.account(address)?.address),
            None => Signs::Here(session.config.load_signer(args)?),
        };
        Ok(Self {
            session,
            args,
            signs,
            is_json,
            is_confirmed: args.yes,
            to_forget: RefCell::default(),
        })
    }

    /// Signs with this key; asks nobody where the user has agreed to it before.
    pub fn of_key(
        session: &'a Session,
        args: &'a SendArgs,
        key: Key,
        is_json: bool,
        is_confirmed: bool,
    ) -> Self {
        Self {
            session,
            args,
            signs: Signs::Here(key),
            is_json,
            is_confirmed,
            to_forget: RefCell::default(),
        }
    }

    /// The account that signs.
    pub fn address(&self) -> &str {
        match &self.signs {
            Signs::Here(key) => key.address(),
            Signs::Elsewhere(address) => address,
        }
    }

    /// For whom: the account that is named, else the one that signs.
    pub fn recipient(&self, named: Option<&str>) -> Result<Account, SessionError> {
        match named {
            Some(text) => self.session.account(text),
            None => Ok(Account {
                address: self.address().to_string(),
                name: None,
            }),
        }
    }

    /// Carries an errand out, as far as the user wants it. `unit` says how fees are shown. That it was under way is
    /// forgotten when this ends, if its result was told by then.
    pub fn carry_out(&self, errand: &Errand, unit: &Unit) -> Result<Ended, SessionError> {
        self.carry(errand, unit, None)
    }

    /// The same; `keep` writes down what came of it, and then it is forgotten that it was under way. So a program that is
    /// broken off in between finds it again.
    pub fn carry_out_then(
        &self,
        errand: &Errand,
        unit: &Unit,
        keep: &mut dyn FnMut(&Receipt) -> Result<(), SessionError>,
    ) -> Result<Ended, SessionError> {
        self.carry(errand, unit, Some(keep))
    }

    fn carry(
        &self,
        errand: &Errand,
        unit: &Unit,
        keep: Option<Keep<'_>>,
    ) -> Result<Ended, SessionError> {
        let mut draft = errand.draft.clone();
        draft.memo = self.args.memo.clone().unwrap_or_default();
        if let Some(file) = &self.args.generate_only {
            return self.write_unsigned(&draft, errand, file, unit);
        }
        self.forget()?;
        self.ensure_price_is_bounded()?;
        let sender = self.sender()?;
        if !self.args.dry_run
            && let Some(receipt) = find_done(&sender, &draft)?
        {
            return self.end(&sender, receipt, keep);
        }
        let estimate = sender.estimate(&draft)?;
        self.show(errand, &estimate, unit)?;
        if self.args.dry_run {
            return Ok(Ended::WouldWork(estimate));
        }
        self.confirm()?;
        match sender.send(&draft, &estimate) {
            Ok(receipt) => self.end(&sender, receipt, keep),
            Err(error) if error.is_in_block() => {
                sender.forget()?;
                Err(error.into())
            }
            Err(error) => Err(error.into()),
        }
    }

    fn end(
        &self,
        sender: &Sender<'_>,
        receipt: Receipt,
        keep: Option<Keep<'_>>,
    ) -> Result<Ended, SessionError> {
        let Some(keep) = keep else {
            return self.told(receipt);
        };
        keep(&receipt)?;
        sender.forget()?;
        self.session.tell_warnings();
        Ok(Ended::Sent(receipt))
    }

    /// How the same errand ended, when an earlier call sent it and never told. A command whose checks would fail once
    /// its errand is carried out asks this before it checks.
    pub fn resume(&self, draft: &Draft) -> Result<Option<Ended>, SessionError> {
        if self.args.dry_run || self.args.generate_only.is_some() {
            return Ok(None);
        }
        let sender = self.sender()?;
        match find_done(&sender, draft)? {
            Some(receipt) => Ok(Some(self.told(receipt)?)),
            None => Ok(None),
        }
    }

    /// Who sends, with the notes of what is under way.
    fn sender(&self) -> Result<Sender<'_>, SessionError> {
        let key = match &self.signs {
            Signs::Here(key) => key,
            Signs::Elsewhere(address) => {
                return Err(SessionError::Impossible(format!(
                    "the key of {address} is not here: give --generate-only, and sign that elsewhere"
                )));
            }
        };
        let signer = Signer {
            address: key.address().to_string(),
            key: key.signing_key(),
        };
        let folder = self.session.pending_folder()?;
        Ok(Sender::open(
            &self.session.node,
            signer,
            self.session.fee_policy(),
            &folder,
        )?)
    }

    /// It is carried out. That it was under way is forgotten when this ends, after the command has told the result: a
    /// program that is broken off in between finds it again, and sends nothing.
    fn told(&self, receipt: Receipt) -> Result<Ended, SessionError> {
        self.to_forget.replace(Some(ToForget {
            hash: receipt.included.hash.clone(),
            taken_before: count_taken(),
        }));
        self.session.tell_warnings();
        Ok(Ended::Sent(receipt))
    }

    fn forget(&self) -> Result<(), SessionError> {
        let Some(ToForget { hash, .. }) = self.to_forget.take() else {
            return Ok(());
        };
        let folder = self.session.pending_folder()?;
        let journal = Journal::open(&folder, self.session.node.chain_id(), self.address());
        let cleared = journal.and_then(|journal| journal.clear_of(&hash));
        Ok(cleared.map_err(SendError::from)?)
    }

    /// What a draft would cost; nothing is sent.
    pub fn estimate(&self, draft: &Draft) -> Result<Estimate, SessionError> {
        let policy = self.session.fee_policy();
        Ok(draft.estimate_for(&self.session.node, self.address(), &policy)?)
    }

    /// Sends one of several drafts that the user has seen and confirmed together. `on_done` notes that it is
    /// carried out, before it is forgotten that it was under way: so no draft can get lost or be sent twice between.
    pub fn send_one(
        &self,
        draft: &Draft,
        on_done: &dyn Fn() -> Result<(), SessionError>,
    ) -> Result<Receipt, SessionError> {
        self.ensure_price_is_bounded()?;
        let sender = self.sender()?;
        let receipt = sender.resume(draft).and_then(|resumed| match resumed {
            Resumed::Done(receipt) => Ok(receipt),
            Resumed::Nothing => sender.send(draft, &sender.estimate(draft)?),
            Resumed::Other(words) => {
                notice::warn(&words);
                sender.send(draft, &sender.estimate(draft)?)
            }
        });
        match receipt {
            Ok(receipt) => {
                on_done()?;
                sender.forget()?;
                self.session.tell_warnings();
                Ok(receipt)
            }
            Err(error) => {
                if error.is_in_block() {
                    sender.forget()?;
                }
                Err(error.into())
            }
        }
    }
}

/// What was carried out.
struct ToForget {
    hash: String,
    /// Of texts that standard output took, before it was told.
    taken_before: usize,
}

impl Drop for Sending<'_> {
    fn drop(&mut self) {
        let told = |done: &ToForget| count_taken() > done.taken_before;
        if self.to_forget.borrow().as_ref().is_some_and(told) {
            // what cannot be forgotten now is found to be done by the next call
            let _ = self.forget();
        }
    }
}

/// The same errand, carried out by an earlier call that never told.
fn find_done(sender: &Sender<'_>, draft: &Draft) -> Result<Option<Receipt>, SessionError> {
    match sender.resume(draft)? {
        Resumed::Nothing => Ok(None),
        Resumed::Other(words) => {
            notice::warn(&words);
            Ok(None)
        }
        Resumed::Done(receipt) => {
            notice::warn(&format!(
                "this was under way already, and is carried out in block {}: nothing new was sent",
                receipt.included.height
            ));
            Ok(Some(receipt))
        }
    }
}
