//! The steps of a deployment, in their order. Each looks at the notes and at the chain first, and is noted before it
//! is forgotten that it was under way: broken off anywhere, the next run goes on.

use std::path::PathBuf;

use cosmwasm_std::{Uint128, instantiate2_address};
use defenders_node::keys::{Key, KeyName};
use defenders_node::send::{Draft, Journal, Receipt, SendError};
use defenders_node::{Coin, Message, Node};
use defenders_types::{ExecuteMsg, HealthResponse, QueryMsg, vault::InstantiateMsg};
use serde_json::{Value, json};

use super::acts::load_proposal;
use super::args::Args;
use super::checksums::Checksums;
use super::config::DeployConfig;
use super::state::State;
use crate::notice;
use crate::session::{Ended, Errand, Sending, Session, SessionError, Vault};
use crate::terminal::Unit;

/// Contracts by the name of their file.
const REWARD_POT: &str = "reward_pot";
const VAULT: &str = "vault";
const GROUP: &str = "cw4_group";
const MULTISIG: &str = "cw3_flex_multisig";
/// More ticks than any refresh of a full list takes.
const MOST_TICKS: u32 = 40;
/// Seconds.
const DAY: u64 = 86_400;

/// A deployment under way.
pub struct Deployment<'a> {
    session: &'a Session,
    args: &'a Args,
    config: DeployConfig,
    checksums: Checksums,
    state: State,
    file: PathBuf,
    unit: Unit,
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
        let checksums = Checksums::load(&config.wasm.join("checksums.txt"))?;
        let unit = Unit::new(
            session
                .config
                .denom
                .as_ref()
                .map(|denom| denom.value.clone()),
            false,
        );
        Ok(Self {
            session,
            args,
            config,
            checksums,
            state,
            file,
            unit,
        })
    }

    /// What stands.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Does what can be done now. What is left for others, in words; None when all of it stands.
    pub fn carry_on(&mut self) -> Result<Option<String>, SessionError> {
        self.ensure_noted_is_there()?;
        let is_trial = self.args.send.dry_run || self.args.send.generate_only.is_some();
        if is_trial {
            return Err(SessionError::Impossible(
                "a deployment cannot be tried or written to a file: each step needs what the one before made; `defenders devnet` is the place to try it".to_string(),
            ));
        }
        self.ensure_ready()?;
        self.confirm()?;
        self.make_multisig()?;
        self.make_vault()?;
        if let Some(left) = self.carry_first_proposal()? {
            return Ok(Some(left));
        }
        self.refresh()?;
        self.deposit()?;
        Ok(None)
    }

    /// What the notes say has to be on the chain still: a devnet may have begun anew.
    fn ensure_noted_is_there(&self) -> Result<(), SessionError> {
        for (name, code) in &self.state.codes {
            let wanted = self
                .checksums
                .of(&format!("{name}.wasm"))
                .map(|line| line.hash.clone());
            let found = self.node().code_info(*code)?.map(|info| info.checksum);
            if found.is_none() || (wanted.is_some() && found != wanted) {
                return Err(self.gone(&format!("code {code} of {name}")));
            }
        }
        for address in [&self.state.group, &self.state.multisig, &self.state.vault]
            .into_iter()
            .flatten()
        {
            if self.node().contract_info(address)?.is_none() {
                return Err(self.gone(address));
            }
        }
        Ok(())
    }

    fn gone(&self, what: &str) -> SessionError {
        SessionError::Impossible(format!(
            "{} notes {what}, and {} has it not, or another one: is it another chain of that name, or another release? Remove the file to begin anew",
            self.file.display(),
            self.session.node.chain_id()
        ))
    }

    /// What can be judged beforehand is, so that nothing is paid for a deployment that cannot end.
    fn ensure_ready(&self) -> Result<(), SessionError> {
        let seed = self.config.seed().map_err(SessionError::Impossible)?;
        let staked = self.node().staking_params()?.bond_denom;
        if seed.denom != staked {
            return Err(SessionError::Impossible(format!(
                "seed {seed} is not of the denom that {} stakes, {staked}",
                self.node().chain_id()
            )));
        }
        for name in [GROUP, MULTISIG, REWARD_POT, VAULT] {
            self.checksums
                .read_wasm(&self.config.wasm, &format!("{name}.wasm"))?;
        }
        let parts = self
            .config
            .vault
            .parts()
            .map_err(SessionError::Impossible)?;
        let most = cosmwasm_std::Decimal::percent(10);
        if parts.fee.performance_fee_rate > most {
            return Err(SessionError::Impossible(format!(
                "vault.fee.performance_fee_rate {} is above {most}, the most that the code allows",
                parts.fee.performance_fee_rate
            )));
        }
        self.ensure_voters()?;
        self.ensure_free_addresses()?;
        self.ensure_affordable(&seed)
    }

    /// Keys that vote are here, and their accounts are members.
    fn ensure_voters(&self) -> Result<(), SessionError> {
        let own = self.key()?;
        let voters = self.config.first.iter().flat_map(|first| &first.voters);
        let members = &self.config.multisig.members;
        let is_member = |address: &str| {
            members.is_empty() || members.iter().any(|member| member.address == address)
        };
        let proposes = self.config.first.is_some();
        if proposes && !is_member(own.address()) {
            return Err(SessionError::Impossible(format!(
                "{} deploys and proposes, and is no member of the multisig",
                own.address()
            )));
        }
        for name in voters {
            let key = self.key_of(name)?;
            if !is_member(key.address()) {
                return Err(SessionError::Impossible(format!(
                    "first.voters: {name} ({}) is no member of the multisig",
                    key.address()
                )));
            }
        }
        Ok(())
    }

    /// Nothing of this salt stands yet, but what is noted.
    fn ensure_free_addresses(&self) -> Result<(), SessionError> {
        let key = self.key()?;
        let wanted = [
            (
                MULTISIG,
                "multisig",
                self.state.multisig.is_some() || self.config.multisig.address.is_some(),
            ),
            (VAULT, "vault", self.state.vault.is_some()),
        ];
        for (name, what, is_there) in wanted {
            let address = self.predict(name, &key, what)?;
            let is_pending = is_there || self.is_under_way(&key)?;
            if !is_pending && self.node().contract_info(&address)?.is_some() {
                return Err(SessionError::Impossible(format!(
                    "{address} stands already: this key has deployed the same {what} with the salt {:?}; name another salt, or the notes of that deployment with --state",
                    self.config.salt
                )));
            }
        }
        Ok(())
    }

    /// Whether a transaction of this key is under way: it may be what made a contract that is not noted yet.
    fn is_under_way(&self, key: &Key) -> Result<bool, SessionError> {
        let folder = self.session.pending_folder()?;
        let journal = Journal::open(&folder, self.node().chain_id(), key.address())
            .map_err(SendError::from)?;
        Ok(journal.load().map_err(SendError::from)?.is_some())
    }

    /// The deployer has what it will send along; fees come on top.
    fn ensure_affordable(&self, seed: &Coin) -> Result<(), SessionError> {
        let deposit = match self
            .config
            .first
            .as_ref()
            .and_then(|first| first.deposit.as_ref())
        {
            Some(text) if !self.state.is_deposited => {
                text.parse::<Coin>().map_or(0, |coin| coin.amount)
            }
            Some(_) | None => 0,
        };
        let seed_left = if self.state.vault.is_some() {
            0
        } else {
            seed.amount
        };
        let needed = seed_left.saturating_add(deposit);
        let address = self.key()?.address().to_string();
        let balance = self.node().balance(&address, &seed.denom)?;
        match balance >= needed {
            true => Ok(()),
            false => Err(SessionError::Impossible(format!(
                "{address} has {balance}{}, and seed and first deposit are {needed}{}, beside fees",
                seed.denom, seed.denom
            ))),
        }
    }

    fn confirm(&self) -> Result<(), SessionError> {
        if self.args.send.yes {
            return Ok(());
        }
        use std::io::{IsTerminal, Write, stderr, stdin};
        if !stdin().is_terminal() || self.args.view.json {
            return Err(SessionError::NobodyToAsk);
        }
        let _ = write!(
            stderr(),
            "Deploy on {}: contracts from {}, a seed of {}. Each step costs a fee. Go on? [y/N] ",
            self.session.node.chain_id(),
            self.config.wasm.display(),
            self.config.seed
        );
        let mut answer = String::new();
        match stdin().read_line(&mut answer).is_ok() && matches!(answer.trim(), "y" | "Y" | "yes") {
            true => Ok(()),
            false => Err(SessionError::NotConfirmed),
        }
    }

    fn make_multisig(&mut self) -> Result<(), SessionError> {
        if self.state.multisig.is_some() {
            return Ok(());
        }
        if let Some(address) = self.config.multisig.address.clone() {
            if self.node().contract_info(&address)?.is_none() {
                return Err(SessionError::Impossible(format!(
                    "multisig.address {address} is no contract here"
                )));
            }
            return self.note(|state| state.multisig = Some(address));
        }
        let group_code = self.store(GROUP)?;
        let multisig_code = self.store(MULTISIG)?;
        let key = self.key()?;
        let multisig = self.predict(MULTISIG, &key, "multisig")?;
        let group = self.predict(GROUP, &key, "group")?;
        let members: Vec<Value> = self
            .config
            .multisig
            .members
            .iter()
            .map(|member| json!({ "addr": member.address, "weight": member.weight }))
            .collect();
        let terms = json!({
            "group_addr": group,
            "threshold": { "absolute_count": { "weight": self.config.multisig.threshold } },
            "max_voting_period": { "time": self.config.multisig.voting_days * DAY },
            "executor": "member",
        });
        // the multisig is its own admin and the group's, so that only members change members
        let messages = vec![
            instantiate(
                &key,
                &multisig,
                group_code,
                "Defenders: group",
                &json!({ "admin": multisig, "members": members }),
                vec![],
                &self.salt("group"),
            )?,
            instantiate(
                &key,
                &multisig,
                multisig_code,
                "Defenders: multisig",
                &terms,
                vec![],
                &self.salt("multisig"),
            )?,
        ];
        let what = format!("Found a multisig of {} members", members.len());
        self.carry(key, what, messages, |state, _| {
            state.group = Some(group);
            state.multisig = Some(multisig);
            Ok(())
        })
    }

    fn make_vault(&mut self) -> Result<(), SessionError> {
        if self.state.vault.is_some() {
            return Ok(());
        }
        let pot_code = self.store(REWARD_POT)?;
        let vault_code = self.store(VAULT)?;
        let key = self.key()?;
        let vault = self.predict(VAULT, &key, "vault")?;
        let parts = self
            .config
            .vault
            .parts()
            .map_err(SessionError::Impossible)?;
        let owner = self.state.multisig.clone().unwrap_or_default();
        let message = InstantiateMsg {
            owner,
            share: parts.share,
            reward_pot_code_id: pot_code,
            bonded_pool: self.node().module_account("bonded_tokens_pool")?,
            power_source: parts.power_source,
            fee: parts.fee,
            policy: parts.policy,
            parameters: parts.parameters,
        };
        let label = self.config.label.clone();
        let funds = self.founding_coins()?;
        let salt = self.salt("vault");
        // the vault is its own admin from the first moment
        let messages = vec![instantiate(
            &key, &vault, vault_code, &label, &message, funds, &salt,
        )?];
        self.carry(key, "Found the vault".to_string(), messages, |state, _| {
            state.vault = Some(vault);
            Ok(())
        })
    }

    /// Proposes, lets those vote whose keys are here, and carries out. What is left, while votes are missing.
    fn carry_first_proposal(&mut self) -> Result<Option<String>, SessionError> {
        let Some(first) = &self.config.first else {
            return Ok(None);
        };
        if self.state.is_executed {
            return Ok(None);
        }
        let (proposal, voters) = (first.proposal.clone(), first.voters.clone());
        let (vault, multisig) = (
            self.vault_address(),
            self.state.multisig.clone().unwrap_or_default(),
        );
        if self.state.proposal.is_none() {
            let now = match self.state.proposed_at {
                Some(time) => time,
                None => self.node().status()?.time,
            };
            self.note(|state| state.proposed_at = Some(now))?;
            let message = load_proposal(&proposal, &vault, now)?;
            let key = self.key()?;
            let messages = vec![call(key.address(), &multisig, &message, vec![])?];
            self.carry(
                key,
                "Propose the first decisions".to_string(),
                messages,
                |state, receipt| {
                    let id = receipt
                        .included
                        .value("wasm", "proposal_id")
                        .and_then(|id| id.parse().ok());
                    state.proposal = Some(id.ok_or_else(|| {
                        SessionError::Broken("the multisig told no number".to_string())
                    })?);
                    Ok(())
                },
            )?;
        }
        let id = self.state.proposal.unwrap_or_default();
        for name in voters {
            if self.status_of(&multisig, id)? != "open" {
                break;
            }
            let key = self.key_of(&name)?;
            let has_voted: Value = self.node().smart(
                &multisig,
                &json!({ "vote": { "proposal_id": id, "voter": key.address() } }),
            )?;
            if has_voted.get("vote").is_some_and(|vote| !vote.is_null()) {
                continue;
            }
            let vote = json!({ "vote": { "proposal_id": id, "vote": "yes" } });
            let messages = vec![call(key.address(), &multisig, &vote, vec![])?];
            self.carry(
                key,
                format!("Vote yes on proposal {id} as {name}"),
                messages,
                |_, _| Ok(()),
            )?;
        }
        match self.status_of(&multisig, id)?.as_str() {
            "passed" => {
                let key = self.key()?;
                let execute = json!({ "execute": { "proposal_id": id } });
                let messages = vec![call(key.address(), &multisig, &execute, vec![])?];
                self.carry(
                    key,
                    format!("Carry out proposal {id}"),
                    messages,
                    |state, _| {
                        state.is_executed = true;
                        Ok(())
                    },
                )?;
                Ok(None)
            }
            "executed" => {
                self.note(|state| state.is_executed = true)?;
                Ok(None)
            }
            "open" => Ok(Some(format!(
                "votes: proposal {id} of {multisig} is open; members vote with `defenders vote {id} yes`"
            ))),
            ended => Err(SessionError::Impossible(format!(
                "proposal {id} of {multisig} ended as {ended}: write another one with `defenders propose`, then go on without [first]"
            ))),
        }
    }

    /// Lets the vault read all powers: deposits open with it.
    fn refresh(&mut self) -> Result<(), SessionError> {
        if self.state.is_refreshed {
            return Ok(());
        }
        for _ in 0..MOST_TICKS {
            let vault = Vault::open(self.node(), &self.vault_address())?;
            let health: HealthResponse = vault.ask(&QueryMsg::Health {})?;
            if health.powers_age.is_some() && health.is_own_admin {
                return self.note(|state| state.is_refreshed = true);
            }
            let tick = json!({ "tick": { "job": "refresh" } });
            let key = self.key()?;
            let messages = vec![call(key.address(), &vault.address, &tick, vec![])?];
            self.carry(
                key,
                "Let the vault read the powers of validators".to_string(),
                messages,
                |_, _| Ok(()),
            )?;
        }
        Err(SessionError::Broken(format!(
            "the vault has not read all powers after {MOST_TICKS} ticks"
        )))
    }

    fn deposit(&mut self) -> Result<(), SessionError> {
        let deposit = self
            .config
            .first
            .as_ref()
            .and_then(|first| first.deposit.clone());
        let Some(deposit) = deposit.filter(|_| !self.state.is_deposited) else {
            return Ok(());
        };
        let coin: Coin = deposit
            .parse()
            .map_err(|error| SessionError::Impossible(format!("first.deposit: {error}")))?;
        let amount = Uint128::new(coin.amount);
        let vault = Vault::open(self.node(), &self.vault_address())?;
        let _: Uint128 = vault.ask(&QueryMsg::PreviewDeposit { amount })?;
        let message = ExecuteMsg::Deposit {
            amount: None,
            recipient: None,
            min_shares_out: None,
            delegate: None,
        };
        let key = self.key()?;
        let messages = vec![call(key.address(), &vault.address, &message, vec![coin])?];
        self.carry(key, format!("Deposit {deposit}"), messages, |state, _| {
            state.is_deposited = true;
            Ok(())
        })
    }

    /// A contract's code: as noted, or stored now.
    fn store(&mut self, name: &str) -> Result<u64, SessionError> {
        if let Some(code) = self.state.codes.get(name) {
            return Ok(*code);
        }
        let (wasm, hash) = self
            .checksums
            .read_wasm(&self.config.wasm, &format!("{name}.wasm"))?;
        let key = self.key()?;
        let store = defenders_node::message::StoreCode {
            sender: key.address().to_string(),
            wasm,
        };
        let messages = vec![Message::Store(store)];
        self.carry(
            key,
            format!("Store the code of {name} ({hash})"),
            messages,
            |state, receipt| {
                let code = receipt
                    .included
                    .value("store_code", "code_id")
                    .and_then(|code| code.parse().ok());
                let code = code
                    .ok_or_else(|| SessionError::Broken("the chain told no code id".to_string()))?;
                state.codes.insert(name.to_string(), code);
                Ok(())
            },
        )?;
        self.state
            .codes
            .get(name)
            .copied()
            .ok_or_else(|| SessionError::Broken(format!("no code of {name} is noted")))
    }

    fn carry(
        &mut self,
        key: Key,
        what: String,
        messages: Vec<Message>,
        note: impl FnOnce(&mut State, &Receipt) -> Result<(), SessionError>,
    ) -> Result<(), SessionError> {
        let errand = Errand {
            draft: Draft::new(what.clone(), messages),
            effects: vec![],
        };
        let is_quiet = self.args.view.json;
        let sending = Sending::confirmed(self.session, &self.args.send, key, true);
        let mut next = self.state.clone();
        let file = self.file.clone();
        let ended = sending.carry_out_then(&errand, &self.unit, |receipt| {
            note(&mut next, receipt)?;
            next.save(&file)
        })?;
        self.state = next;
        if let (Ended::Sent(receipt), false) = (&ended, is_quiet) {
            notice::tell_step(&format!("block {}: {what}", receipt.included.height));
        }
        Ok(())
    }

    fn note(&mut self, change: impl FnOnce(&mut State)) -> Result<(), SessionError> {
        change(&mut self.state);
        self.state.save(&self.file)
    }

    fn status_of(&self, multisig: &str, id: u64) -> Result<String, SessionError> {
        let proposal: Value = self
            .node()
            .smart(multisig, &json!({ "proposal": { "proposal_id": id } }))?;
        Ok(proposal
            .get("status")
            .and_then(Value::as_str)
            .unwrap_or("unknown")
            .to_string())
    }

    fn founding_coins(&self) -> Result<Vec<Coin>, SessionError> {
        let mut coins = vec![self.config.seed().map_err(SessionError::Impossible)?];
        for fee in self
            .config
            .creation_fee()
            .map_err(SessionError::Impossible)?
        {
            match coins.iter_mut().find(|coin| coin.denom == fee.denom) {
                Some(coin) => coin.amount = coin.amount.saturating_add(fee.amount),
                None => coins.push(fee),
            }
        }
        coins.sort_by(|one, other| one.denom.cmp(&other.denom));
        Ok(coins)
    }

    fn predict(&self, name: &str, key: &Key, what: &str) -> Result<String, SessionError> {
        let broken =
            |reason: String| SessionError::Broken(format!("the address of {name}: {reason}"));
        let line = self
            .checksums
            .of(&format!("{name}.wasm"))
            .ok_or_else(|| broken("no checksum".to_string()))?;
        let (prefix, creator) =
            bech32::decode(key.address()).map_err(|error| broken(error.to_string()))?;
        let hash: Vec<u8> = (0..line.hash.len())
            .step_by(2)
            .filter_map(|at| u8::from_str_radix(line.hash.get(at..at + 2)?, 16).ok())
            .collect();
        let address = instantiate2_address(&hash, &creator.into(), &self.salt(what))
            .map_err(|error| broken(error.to_string()))?;
        bech32::encode::<bech32::Bech32>(prefix, address.as_slice())
            .map_err(|error| broken(error.to_string()))
    }

    fn salt(&self, what: &str) -> Vec<u8> {
        format!("{} {what}", self.config.salt).into_bytes()
    }

    fn vault_address(&self) -> String {
        self.state.vault.clone().unwrap_or_default()
    }

    fn key(&self) -> Result<Key, SessionError> {
        Ok(self.session.config.load_signer(&self.args.send)?)
    }

    fn key_of(&self, name: &str) -> Result<Key, SessionError> {
        let own = self.key()?;
        let name: KeyName = name
            .parse()
            .map_err(|error: defenders_node::keys::KeyError| {
                SessionError::Impossible(format!("first.voters: {error}"))
            })?;
        Ok(self.session.config.load_key(&name, own.prefix())?)
    }

    fn node(&self) -> &'a Node {
        &self.session.node
    }
}

fn call(
    sender: &str,
    contract: &str,
    message: &impl serde::Serialize,
    funds: Vec<Coin>,
) -> Result<Message, SessionError> {
    Message::execute(sender, contract, message, funds)
        .map_err(|error| SessionError::Broken(error.to_string()))
}

fn instantiate(
    key: &Key,
    admin: &str,
    code_id: u64,
    label: &str,
    message: &impl serde::Serialize,
    funds: Vec<Coin>,
    salt: &[u8],
) -> Result<Message, SessionError> {
    Ok(Message::Instantiate {
        sender: key.address().to_string(),
        admin: Some(admin.to_string()),
        code_id,
        label: label.to_string(),
        msg: serde_json::to_vec(message)
            .map_err(|error| SessionError::Broken(error.to_string()))?,
        funds,
        salt: Some(salt.to_vec()),
    })
}
