//! A deployment under way. Its steps look at the notes and at the chain first, and are noted before it is forgotten
//! that they were under way: broken off anywhere, the next run goes on.

use std::path::PathBuf;

use defenders_client::checksums::Checksums;
use defenders_node::keys::{Key, KeyName, NoKeyName};
use defenders_node::message::StoreCode;
use defenders_node::send::{Draft, Receipt};
use defenders_node::{Message, Node};

use super::args::Args;
use super::checksums::{load_checksums, read_wasm};
use super::config::DeployConfig;
use super::preview::Preview;
use super::state::State;
use crate::config::SendArgs;
use crate::notice;
use crate::output::print;
use crate::session::{Ended, Errand, Sending, Session, SessionError};
use crate::terminal::Unit;

/// Contracts by the name of their file.
pub const REWARD_POT: &str = "reward_pot";
pub const VAULT: &str = "vault";
pub const GROUP: &str = "cw4_group";
pub const MULTISIG: &str = "cw3_flex_multisig";

/// A deployment under way.
pub struct Deployment<'a> {
    pub(super) session: &'a Session,
    pub(super) args: &'a Args,
    pub(super) config: DeployConfig,
    pub(super) checksums: Checksums,
    pub(super) state: State,
    pub(super) file: PathBuf,
    pub(super) unit: Unit,
    /// The price of uploads, where they have one of their own.
    uploads: Option<Session>,
}

/// A transaction of a deployment.
pub struct Step {
    /// Who signs.
    pub key: Key,
    /// What it does, and what comes of it.
    pub errand: Errand,
}

/// How a run of a deployment ended.
pub enum Outcome {
    /// What is left for others, in words; None when all of it stands.
    Done(Option<String>),
    /// Nothing was sent: this would be.
    WouldDo(Preview),
}

impl<'a> Deployment<'a> {
    /// From where the notes say it stands.
    pub fn new(
        session: &'a Session,
        args: &'a Args,
        config: DeployConfig,
        state: State,
        file: PathBuf,
    ) -> Result<Self, SessionError> {
        let checksums = load_checksums(&config.wasm.join("checksums.txt"))?;
        let mut state = state;
        if state.codes.is_empty() {
            state.config = Some(config.fingerprint.clone());
        }
        Ok(Self {
            session,
            args,
            config,
            checksums,
            state,
            file,
            unit: session.fee_unit(),
            uploads: open_uploads(args)?,
        })
    }

    /// What stands.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Does what can be done now, or shows it.
    pub fn carry_on(&mut self) -> Result<Outcome, SessionError> {
        if self.args.send.generate_only.is_some() {
            return Err(SessionError::Impossible(
                "a deployment cannot be written to one file: each step needs what the one before made; --dry-run shows all of them".to_string(),
            ));
        }
        self.ensure_noted_is_there()?;
        self.ensure_ready()?;
        if self.args.send.dry_run {
            return Ok(Outcome::WouldDo(self.preview()?));
        }
        self.confirm()?;
        self.make_multisig()?;
        self.make_vault()?;
        if let Some(left) = self.carry_first_proposal()? {
            return Ok(Outcome::Done(Some(left)));
        }
        self.refresh()?;
        self.deposit()?;
        Ok(Outcome::Done(None))
    }

    /// One question for all whose fee can be told now; the steps that follow ask when theirs can.
    fn confirm(&self) -> Result<(), SessionError> {
        if self.args.send.yes {
            return Ok(());
        }
        use std::io::{IsTerminal, Write, stderr, stdin};
        if !stdin().is_terminal() || self.args.view.json {
            return Err(SessionError::NobodyToAsk);
        }
        let preview = self.preview()?;
        if preview.steps.is_empty() {
            return Ok(());
        }
        let screen = self.args.view.screen();
        print(&preview.render(&screen, &self.unit))?;
        let _ = write!(
            stderr(),
            "Deploy on {}? Steps whose fee is not known yet ask again. [y/N] ",
            self.node().chain_id()
        );
        let _ = stderr().flush();
        let mut answer = String::new();
        match stdin().read_line(&mut answer).is_ok() && matches!(answer.trim(), "y" | "Y" | "yes") {
            true => Ok(()),
            false => Err(SessionError::NotConfirmed),
        }
    }

    /// A contract's code: as noted, or stored now.
    pub(super) fn store(&mut self, name: &str) -> Result<u64, SessionError> {
        if let Some(code) = self.state.codes.get(name) {
            return Ok(*code);
        }
        let step = self.storing(name)?;
        self.carry(step, true, |state, receipt| {
            let code = receipt
                .included
                .value("store_code", "code_id")
                .and_then(|code| code.parse().ok());
            let code =
                code.ok_or_else(|| SessionError::Broken("the chain told no code id".to_string()))?;
            state.codes.insert(name.to_string(), code);
            Ok(())
        })?;
        self.state
            .codes
            .get(name)
            .copied()
            .ok_or_else(|| SessionError::Broken(format!("no code of {name} is noted")))
    }

    /// The step that stores a contract's code.
    pub(super) fn storing(&self, name: &str) -> Result<Step, SessionError> {
        let (wasm, hash) = read_wasm(&self.checksums, &self.config.wasm, &format!("{name}.wasm"))?;
        let effects = vec![
            format!("{} bytes of code, with the SHA-256", wasm.len()),
            hash,
        ];
        let key = self.key()?;
        let store = StoreCode {
            sender: key.address().to_string(),
            wasm,
        };
        let what = format!("Store the code of {name}");
        Ok(Step {
            key,
            errand: Errand {
                draft: Draft::new(what, vec![Message::Store(store)]),
                effects,
            },
        })
    }

    /// Sends a step, and notes what came of it. `is_agreed`: the first question was about its fee too.
    pub(super) fn carry(
        &mut self,
        step: Step,
        is_agreed: bool,
        note: impl FnOnce(&mut State, &Receipt) -> Result<(), SessionError>,
    ) -> Result<(), SessionError> {
        let what = step.errand.draft.what.clone();
        let is_json = self.args.view.json;
        let is_confirmed = is_agreed || self.args.send.yes;
        let mut next = self.state.clone();
        let ended = {
            let (session, args) = (self.session_of(&step), &self.args.send);
            let sending = Sending::of_key(session, args, step.key, is_json, is_confirmed);
            let mut note = Some(note);
            sending.carry_out_then(&step.errand, &self.unit, &mut |receipt| {
                if let Some(note) = note.take() {
                    note(&mut next, receipt)?;
                }
                next.save(&self.file)
            })?
        };
        self.state = next;
        if let (Ended::Sent(receipt), false) = (&ended, is_json) {
            notice::tell_step(&format!("block {}: {what}", receipt.included.height));
        }
        Ok(())
    }

    /// Whose settings say what the step may cost.
    pub(super) fn session_of(&self, step: &Step) -> &Session {
        let is_upload = |message: &Message| matches!(message, Message::Store(_));
        let uploads = self.uploads.as_ref();
        let uploads = uploads.filter(|_| step.errand.draft.messages.iter().any(is_upload));
        uploads.unwrap_or(self.session)
    }

    pub(super) fn note(&mut self, change: impl FnOnce(&mut State)) -> Result<(), SessionError> {
        change(&mut self.state);
        self.state.save(&self.file)
    }

    pub(super) fn key(&self) -> Result<Key, SessionError> {
        Ok(self.session.config.load_signer(&self.args.send)?)
    }

    pub(super) fn key_of(&self, name: &str) -> Result<Key, SessionError> {
        let own = self.key()?;
        let name: KeyName = name.parse().map_err(|error: NoKeyName| {
            SessionError::Impossible(format!("first.voters: {error}"))
        })?;
        Ok(self.session.config.load_key(&name, own.prefix())?)
    }

    pub(super) fn node(&self) -> &'a Node {
        &self.session.node
    }
}

/// The same chain, with the price of uploads.
fn open_uploads(args: &Args) -> Result<Option<Session>, SessionError> {
    let Some(price) = &args.upload_gas_price else {
        return Ok(None);
    };
    let send = SendArgs {
        gas_price: Some(price.clone()),
        ..args.send.clone()
    };
    let session = Session::send(&args.node, &send).map_err(|error| {
        SessionError::Impossible(format!("--upload-gas-price {price}: {error}"))
    })?;
    Ok(Some(session))
}

/// A step of one call.
pub fn call(
    key: Key,
    what: String,
    effects: Vec<String>,
    contract: &str,
    message: &impl serde::Serialize,
    funds: Vec<defenders_node::Coin>,
) -> Result<Step, SessionError> {
    let message = Message::execute(key.address(), contract, message, funds)
        .map_err(|error| SessionError::Broken(error.to_string()))?;
    Ok(Step {
        key,
        errand: Errand {
            draft: Draft::new(what, vec![message]),
            effects,
        },
    })
}
