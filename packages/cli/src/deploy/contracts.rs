//! The steps that make contracts: the multisig with its group, and the vault.

use defenders_node::keys::Key;
use defenders_node::send::Draft;
use defenders_node::{Coin, Message};
use defenders_types::vault::InstantiateMsg;
use serde_json::{Value, json};

use super::steps::{Deployment, GROUP, MULTISIG, REWARD_POT, Step, VAULT};
use crate::session::{Errand, SessionError};
use crate::terminal::count;

/// Seconds.
const DAY: u64 = 86_400;

/// A contract that is made at an address known beforehand.
struct Made<'a> {
    address: &'a str,
    admin: &'a str,
    code_id: u64,
    label: &'a str,
    funds: Vec<Coin>,
    salt: Vec<u8>,
}

impl Made<'_> {
    fn message(self, key: &Key, message: &impl serde::Serialize) -> Result<Message, SessionError> {
        Ok(Message::Instantiate {
            sender: key.address().to_string(),
            admin: Some(self.admin.to_string()),
            code_id: self.code_id,
            label: self.label.to_string(),
            msg: serde_json::to_vec(message)
                .map_err(|error| SessionError::Broken(error.to_string()))?,
            funds: self.funds,
            salt: Some(self.salt),
        })
    }
}

impl Deployment<'_> {
    pub(super) fn make_multisig(&mut self) -> Result<(), SessionError> {
        if self.state.multisig.is_some() {
            return Ok(());
        }
        if let Some(address) = self.config.multisig.address.clone() {
            return self.note(|state| state.multisig = Some(address));
        }
        let group_code = self.store(GROUP)?;
        let multisig_code = self.store(MULTISIG)?;
        let (group, multisig) = self.multisig_addresses()?;
        let step = self.founding_multisig(group_code, multisig_code)?;
        self.carry(step, false, |state, _| {
            state.group = Some(group);
            state.multisig = Some(multisig);
            Ok(())
        })
    }

    /// Of group and multisig, where these are made here.
    pub(super) fn multisig_addresses(&self) -> Result<(String, String), SessionError> {
        let key = self.key()?;
        let group = self.predict(GROUP, &key, "group")?;
        Ok((group, self.predict(MULTISIG, &key, "multisig")?))
    }

    /// Who owns the vault: what stands, what is named, or what will be made.
    pub(super) fn owner(&self) -> Result<String, SessionError> {
        let stands = self.state.multisig.as_ref();
        match stands.or(self.config.multisig.address.as_ref()) {
            Some(address) => Ok(address.clone()),
            None => Ok(self.multisig_addresses()?.1),
        }
    }

    /// The step that makes group and multisig. The multisig is its own admin and the group's, so that only members
    /// change members.
    pub(super) fn founding_multisig(
        &self,
        group_code: u64,
        multisig_code: u64,
    ) -> Result<Step, SessionError> {
        let key = self.key()?;
        let (group, multisig) = self.multisig_addresses()?;
        let config = &self.config.multisig;
        let members: Vec<Value> = config
            .members
            .iter()
            .map(|member| json!({ "addr": member.address, "weight": member.weight }))
            .collect();
        let terms = json!({
            "group_addr": group,
            "threshold": { "absolute_count": { "weight": config.threshold } },
            "max_voting_period": { "time": config.voting_days * DAY },
            "executor": "member",
        });
        let made = |address, code_id, label, what| Made {
            address,
            admin: &multisig,
            code_id,
            label,
            funds: vec![],
            salt: self.salt(what),
        };
        let days = usize::try_from(config.voting_days).unwrap_or(usize::MAX);
        let of_group = made(&group, group_code, "Defenders: group", "group");
        let of_multisig = made(&multisig, multisig_code, "Defenders: multisig", "multisig");
        let effects = vec![
            format!("cw4 {}", of_group.address),
            format!("cw3 {}", of_multisig.address),
            format!(
                "passes with a weight of {}; voting takes {}",
                config.threshold,
                count(days, "day", "days")
            ),
        ];
        let messages = vec![
            of_group.message(&key, &json!({ "admin": multisig, "members": members }))?,
            of_multisig.message(&key, &terms)?,
        ];
        let what = format!(
            "Found a multisig of {}",
            count(members.len(), "member", "members")
        );
        Ok(Step {
            key,
            errand: Errand {
                draft: Draft::new(what, messages),
                effects,
            },
        })
    }

    pub(super) fn make_vault(&mut self) -> Result<(), SessionError> {
        if self.state.vault.is_some() {
            return Ok(());
        }
        let pot_code = self.store(REWARD_POT)?;
        let vault_code = self.store(VAULT)?;
        let vault = self.vault_address()?;
        let step = self.founding_vault(pot_code, vault_code)?;
        self.carry(step, false, |state, _| {
            state.vault = Some(vault);
            Ok(())
        })
    }

    /// Of the vault: what stands, or what will be made.
    pub(super) fn vault_address(&self) -> Result<String, SessionError> {
        match &self.state.vault {
            Some(vault) => Ok(vault.clone()),
            None => self.predict(VAULT, &self.key()?, "vault"),
        }
    }

    /// The step that makes the vault, which is its own admin from the first moment.
    pub(super) fn founding_vault(
        &self,
        pot_code: u64,
        vault_code: u64,
    ) -> Result<Step, SessionError> {
        let key = self.key()?;
        let vault = self.vault_address()?;
        let owner = self.owner()?;
        let parts = self
            .config
            .vault
            .parts()
            .map_err(SessionError::Impossible)?;
        let effects = vec![
            format!("vault {vault}"),
            "its own admin: nobody else may replace its code".to_string(),
            format!("owner {owner}"),
            format!("the seed of {} stays in it for ever", self.config.seed),
        ];
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
        let made = Made {
            address: &vault,
            admin: &vault,
            code_id: vault_code,
            label: &self.config.label,
            funds: self.founding_coins()?,
            salt: self.salt("vault"),
        };
        let messages = vec![made.message(&key, &message)?];
        Ok(Step {
            key,
            errand: Errand {
                draft: Draft::new("Found the vault", messages),
                effects,
            },
        })
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
}
