//! Sending: a trial run, what it costs and does, a question, and one transaction that is waited for.

use std::fs;
use std::io::{IsTerminal, Write, stderr, stdin};
use std::path::PathBuf;

use defenders_node::keys::Key;
use defenders_node::send::{
    Draft, Estimate, FeePolicy, Receipt, Resumed, SendError, Sender, Signer,
};
use serde_json::{Value, json};

use super::Session;
use super::errand::{Ended, Errand};
use super::error::SessionError;
use crate::config::SendArgs;
use crate::notice;
use crate::output::{print, to_json};
use crate::terminal::Unit;

/// Who sends, and how the user wants it.
pub struct Sending<'a> {
    session: &'a Session,
    args: &'a SendArgs,
    key: Key,
    is_json: bool,
    is_confirmed: bool,
}

impl<'a> Sending<'a> {
    /// Loads the key that signs.
    pub fn open(
        session: &'a Session,
        args: &'a SendArgs,
        is_json: bool,
    ) -> Result<Self, SessionError> {
        let key = session.config.load_signer(args)?;
        Ok(Self {
            session,
            args,
            key,
            is_json,
            is_confirmed: args.yes,
        })
    }

    /// Signs with this key, and asks nobody: the user has agreed to all of it.
    pub fn confirmed(session: &'a Session, args: &'a SendArgs, key: Key, is_json: bool) -> Self {
        Self {
            session,
            args,
            key,
            is_json,
            is_confirmed: true,
        }
    }

    /// The account that signs.
    pub fn address(&self) -> &str {
        self.key.address()
    }

    /// Carries an errand out, as far as the user wants it. `unit` says how fees are shown.
    pub fn carry_out(&self, errand: &Errand, unit: &Unit) -> Result<Ended, SessionError> {
        self.carry_out_then(errand, unit, |_| Ok(()))
    }

    /// The same; `keep` writes down what came of it, before the notes of what is under way are thrown away. So a
    /// program that is broken off in between finds it again.
    pub fn carry_out_then(
        &self,
        errand: &Errand,
        unit: &Unit,
        keep: impl FnOnce(&Receipt) -> Result<(), SessionError>,
    ) -> Result<Ended, SessionError> {
        let mut draft = errand.draft.clone();
        draft.memo = self.args.memo.clone().unwrap_or_default();
        if let Some(file) = &self.args.generate_only {
            return self.write_unsigned(&draft, errand, file, unit);
        }
        let sender = self.sender()?;
        if !self.args.dry_run
            && let Some(receipt) = find_done(&sender, &draft)?
        {
            keep(&receipt)?;
            return self.told(&sender, receipt);
        }
        let estimate = sender.estimate(&draft)?;
        self.show(errand, &estimate, unit)?;
        if self.args.dry_run {
            return Ok(Ended::WouldWork(estimate));
        }
        self.confirm()?;
        match sender.send(&draft, &estimate) {
            Ok(receipt) => {
                keep(&receipt)?;
                self.told(&sender, receipt)
            }
            Err(error @ (SendError::Failed { .. } | SendError::OutOfGas { .. })) => {
                sender.forget()?;
                Err(error.into())
            }
            Err(error) => Err(error.into()),
        }
    }

    /// How the same errand ended, when an earlier call sent it and never told. A command whose checks would fail once
    /// its errand is carried out asks this before it checks.
    pub fn resume(&self, draft: &Draft) -> Result<Option<Ended>, SessionError> {
        if self.args.dry_run || self.args.generate_only.is_some() {
            return Ok(None);
        }
        let sender = self.sender()?;
        match find_done(&sender, draft)? {
            Some(receipt) => Ok(Some(self.told(&sender, receipt)?)),
            None => Ok(None),
        }
    }

    /// Who sends, with the notes of what is under way.
    fn sender(&self) -> Result<Sender<'_>, SessionError> {
        let signer = Signer {
            address: self.key.address().to_string(),
            key: self.key.signing_key(),
        };
        let folder = self.session.pending_folder()?;
        Ok(Sender::open(
            &self.session.node,
            signer,
            self.session.fee_policy(),
            &folder,
        )?)
    }

    fn told(&self, sender: &Sender<'_>, receipt: Receipt) -> Result<Ended, SessionError> {
        // a result that is lost on the way to the user is looked up by the next call
        sender.forget()?;
        self.session.tell_warnings();
        Ok(Ended::Sent(receipt))
    }

    fn write_unsigned(
        &self,
        draft: &Draft,
        errand: &Errand,
        file: &PathBuf,
        unit: &Unit,
    ) -> Result<Ended, SessionError> {
        let policy = self.session.fee_policy();
        let estimate = draft.estimate_for(&self.session.node, self.key.address(), &policy)?;
        let unsigned = draft.to_unsigned(&estimate)?;
        self.show(errand, &estimate, unit)?;
        let unwritable = |error| SessionError::Unwritable {
            file: file.display().to_string(),
            error,
        };
        fs::write(file, to_json(&unsigned)?).map_err(unwritable)?;
        Ok(Ended::Written(file.clone()))
    }

    fn show(&self, errand: &Errand, estimate: &Estimate, unit: &Unit) -> Result<(), SessionError> {
        if self.is_json {
            return Ok(());
        }
        let mut text = format!("{}\n", errand.draft.what);
        text += &format!("  from    {}\n", self.key.address());
        for effect in &errand.effects {
            text += &format!("  effect  {effect}\n");
        }
        text += &format!(
            "  fee     {} for at most {} units of gas ({} in a trial run)\n",
            tell_fee(estimate, unit, &self.session.bond_denom()),
            estimate.gas_limit,
            estimate.gas_used
        );
        Ok(print(&text)?)
    }

    /// Asks the user, unless that is agreed to beforehand.
    pub fn confirm(&self) -> Result<(), SessionError> {
        if self.is_confirmed {
            return Ok(());
        }
        if !stdin().is_terminal() || self.is_json {
            return Err(SessionError::NobodyToAsk);
        }
        let _ = write!(stderr(), "Send it? [y/N] ");
        let _ = stderr().flush();
        let mut answer = String::new();
        let read = stdin().read_line(&mut answer);
        match read.is_ok() && matches!(answer.trim(), "y" | "Y" | "yes") {
            true => Ok(()),
            false => Err(SessionError::NotConfirmed),
        }
    }

    /// What a draft would cost; nothing is sent.
    pub fn estimate(&self, draft: &Draft) -> Result<Estimate, SessionError> {
        let policy = self.session.fee_policy();
        Ok(draft.estimate_for(&self.session.node, self.key.address(), &policy)?)
    }

    /// Sends one of several drafts that the user has seen and confirmed together. `on_done` notes that it is
    /// carried out, before it is forgotten that it was under way: so no draft can get lost or be sent twice between.
    pub fn send_one(
        &self,
        draft: &Draft,
        on_done: &dyn Fn() -> Result<(), SessionError>,
    ) -> Result<Receipt, SessionError> {
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
                if matches!(error, SendError::Failed { .. } | SendError::OutOfGas { .. }) {
                    sender.forget()?;
                }
                Err(error.into())
            }
        }
    }
}

impl Session {
    /// What the settings say of fees.
    pub fn fee_policy(&self) -> FeePolicy {
        FeePolicy {
            price: self
                .config
                .gas_price
                .as_ref()
                .map(|price| price.value.clone()),
            max_price: self
                .config
                .max_gas_price
                .as_ref()
                .map(|price| price.value.clone()),
            gas_thousandths: self.config.gas_factor.value.thousandths(),
        }
    }

    /// Where the notes of what is under way are: beside the keys.
    pub fn pending_folder(&self) -> Result<PathBuf, SessionError> {
        Ok(self.config.keyring_folder()?.with_file_name("pending"))
    }

    fn bond_denom(&self) -> String {
        self.config
            .denom_base
            .as_ref()
            .map(|base| base.value.clone())
            .unwrap_or_default()
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

fn tell_fee(estimate: &Estimate, unit: &Unit, bond_denom: &str) -> String {
    match estimate.fee.denom == bond_denom {
        true => unit.tell(estimate.fee.amount),
        false => estimate.fee.to_string(),
    }
}

/// Writes how an errand ended: for programs an object, with `more` fields of the command's own; for people `words`
/// and where it is.
pub fn report_sent(
    ended: &Ended,
    is_json: bool,
    words: &str,
    more: Value,
) -> Result<(), SessionError> {
    let text = match (is_json, ended) {
        (true, ended) => {
            let mut object = to_object(ended);
            if let (Some(object), Value::Object(more)) = (object.as_object_mut(), more) {
                object.extend(more);
            }
            to_json(&object)?
        }
        (false, Ended::Sent(receipt)) => format!(
            "{words}\n  block   {}\n  hash    {}\n  gas     {}\n",
            receipt.included.height, receipt.included.hash, receipt.included.gas_used
        ),
        (false, Ended::WouldWork(_)) => "Nothing was sent: this was a trial run.\n".to_string(),
        (false, Ended::Written(file)) => format!(
            "Nothing was sent: sign {} elsewhere, then give the result to `defenders broadcast`.\n",
            file.display()
        ),
    };
    Ok(print(&text)?)
}

fn to_object(ended: &Ended) -> Value {
    match ended {
        Ended::Sent(receipt) => json!({
            "sent": true,
            "hash": receipt.included.hash,
            "height": receipt.included.height,
            "gas_used": receipt.included.gas_used,
            "was_under_way": receipt.was_under_way,
        }),
        Ended::WouldWork(estimate) => json!({
            "sent": false,
            "gas_used": estimate.gas_used,
            "gas_limit": estimate.gas_limit,
            "fee": estimate.fee,
        }),
        Ended::Written(file) => json!({ "sent": false, "file": file }),
    }
}
