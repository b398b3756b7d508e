//! What can be judged beforehand is, so that nothing is paid for a deployment that cannot end.

use defenders_node::Coin;
use defenders_node::keys::Key;
use defenders_node::send::{Journal, SendError};
use defenders_types::PowerSource;
use serde_json::{Value, json};

use super::checksums::read_wasm;
use super::config::VaultParts;
use super::settings::ensure_settings;
use super::steps::{Deployment, GROUP, MULTISIG, REWARD_POT, VAULT};
use crate::multisig::Multisig;
use crate::proposal::Prefix;
use crate::session::SessionError;

impl Deployment<'_> {
    /// What the notes say has to be on the chain still: a devnet may have begun anew.
    pub(super) fn ensure_noted_is_there(&self) -> Result<(), SessionError> {
        let made_with = self.state.config.as_ref();
        if made_with.is_some_and(|made_with| *made_with != self.config.fingerprint) {
            return Err(SessionError::Impossible(format!(
                "{} notes a deployment that was begun with other settings than {} has now (label, seed, salt, multisig or vault): what stands keeps those; undo the change, or deploy anew with another --state and another salt",
                self.file.display(),
                self.args.config.display()
            )));
        }
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

    /// Refuses what would fail in a later step.
    pub(super) fn ensure_ready(&self) -> Result<(), SessionError> {
        let seed = self.config.seed().map_err(SessionError::Impossible)?;
        let staked = self.node().staking_params()?.bond_denom;
        if seed.denom != staked {
            return Err(SessionError::Impossible(format!(
                "seed {seed} is not of the denom that {} stakes, {staked}",
                self.node().chain_id()
            )));
        }
        for name in [GROUP, MULTISIG, REWARD_POT, VAULT] {
            read_wasm(&self.checksums, &self.config.wasm, &format!("{name}.wasm"))?;
        }
        let parts = self
            .config
            .vault
            .parts()
            .map_err(SessionError::Impossible)?;
        ensure_settings(&parts, seed.amount).map_err(SessionError::Impossible)?;
        self.ensure_addresses(&parts)?;
        self.ensure_multisig()?;
        self.ensure_voters()?;
        self.ensure_free_addresses()?;
        self.ensure_affordable(&seed)?;
        if self.state.proposal.is_none() {
            let now = self.node().status()?.time;
            self.proposing(self.state.proposed_at.unwrap_or(now))?;
        }
        Ok(())
    }

    /// Accounts are of this chain, and no member comes twice.
    fn ensure_addresses(&self, parts: &VaultParts) -> Result<(), SessionError> {
        let own = self.key()?;
        let prefix = Prefix::of(own.address())
            .ok_or_else(|| SessionError::Broken(format!("{} is no address", own.address())))?;
        let ensure = |field: &str, address: &str| {
            prefix.ensure_account(address).map_err(|reason| {
                SessionError::Impossible(format!("{field}: {address:?} is no account: {reason}"))
            })
        };
        ensure("vault.fee.recipient", &parts.fee.recipient)?;
        if let PowerSource::Attested {
            attester: Some(attester),
        } = &parts.power_source
        {
            ensure("vault.power_source.attested.attester", attester)?;
        }
        let multisig = &self.config.multisig;
        if let Some(address) = &multisig.address {
            ensure("multisig.address", address)?;
        }
        let mut seen = std::collections::BTreeSet::new();
        for member in &multisig.members {
            ensure("multisig.members", &member.address)?;
            if !seen.insert(&member.address) {
                return Err(SessionError::Impossible(format!(
                    "multisig.members: {} comes twice",
                    member.address
                )));
            }
        }
        Ok(())
    }

    /// A multisig that is named is there.
    fn ensure_multisig(&self) -> Result<(), SessionError> {
        if let Some(address) = &self.config.multisig.address {
            Multisig::checked(self.node(), address, "multisig.address")?;
        }
        Ok(())
    }

    /// Whether an account votes in the multisig, there or still to be made.
    fn is_member(&self, address: &str) -> Result<bool, SessionError> {
        let Some(multisig) = &self.config.multisig.address else {
            let mut members = self.config.multisig.members.iter();
            return Ok(members.any(|member| member.address == address));
        };
        let question = json!({ "voter": { "address": address } });
        let voter: Value = self.node().smart(multisig, &question)?;
        Ok(voter.get("weight").is_some_and(|weight| !weight.is_null()))
    }

    /// Keys that vote are here, and their accounts are members.
    fn ensure_voters(&self) -> Result<(), SessionError> {
        let own = self.key()?;
        let voters = self.config.first.iter().flat_map(|first| &first.voters);
        let proposes = self.config.first.is_some();
        if proposes && !self.is_member(own.address())? {
            return Err(SessionError::Impossible(format!(
                "{} deploys and proposes, and is no member of the multisig",
                own.address()
            )));
        }
        for name in voters {
            let key = self.key_of(name)?;
            if !self.is_member(key.address())? {
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
}
