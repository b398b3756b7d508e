//! A run of the program against a chain: the settings that hold, a node, the vault, and sending.

mod account;
mod answers;
mod confirming;
mod errand;
mod error;
mod names;
mod sending;
mod sent;
mod units;
mod vault;

pub use account::Account;
pub use confirming::{ask, ask_whether_to_send};
pub use errand::{Ended, Errand};
pub use error::SessionError;
pub use names::name_validators;
pub use sending::Sending;
pub use sent::report_sent;
pub use units::Units;
pub use vault::Vault;

use std::path::PathBuf;

use defenders_node::send::FeePolicy;
use defenders_node::{Endpoints, Node};

use crate::config::{Config, ConfigError, Field, NodeArgs, SendArgs, require};
use crate::notice;
use crate::terminal::Denom;

/// The settings that hold, and a node that answers.
pub struct Session {
    /// Every value knows where it comes from.
    pub config: Config,
    /// The chain.
    pub node: Node,
}

impl Session {
    /// For a command that reads.
    pub fn read(args: &NodeArgs) -> Result<Self, SessionError> {
        Self::connect(Config::of_reader(args)?)
    }

    /// For a command that sends.
    pub fn send(args: &NodeArgs, send: &SendArgs) -> Result<Self, SessionError> {
        Self::connect(Config::of_sender(args, send)?)
    }

    /// With settings at hand.
    pub fn connect(config: Config) -> Result<Self, SessionError> {
        let nodes = require(config.nodes.as_ref(), Field::Nodes)?.clone();
        let chain_id = config.chain_id.as_ref().map(|id| id.value.clone());
        let mut node = Node::connect(&Endpoints { nodes, chain_id })?;
        node.listen(notice::say);
        let session = Self { config, node };
        session.tell_warnings();
        Ok(session)
    }

    /// The vault that the settings name, or the one given in its place. A contract that is no vault is refused.
    pub fn vault(&self, given: Option<&str>) -> Result<Vault<'_>, SessionError> {
        let address = match given {
            Some(address) => address,
            None => require(self.config.vault.as_ref(), Field::Vault)?,
        };
        let vault = Vault::open(&self.node, address)?;
        self.ensure_denom(&vault.config.denom)?;
        Ok(vault)
    }

    /// Amounts of another coin would be shown and read in the unit of the settings.
    fn ensure_denom(&self, denom: &str) -> Result<(), SessionError> {
        match &self.config.denom_base {
            Some(base) if base.value != denom => Err(ConfigError::Value {
                field: Field::DenomBase,
                from: base.from.clone(),
                reason: format!("it is {:?}, and the vault stakes {denom:?}", base.value),
            }
            .into()),
            Some(_) | None => Ok(()),
        }
    }

    /// How amounts of a base denom are shown: as the settings say, else as the bank of the chain says, else in base
    /// units.
    pub fn display_of(&self, base: &str) -> Option<Denom> {
        let set = self.config.denom.as_ref().map(|denom| denom.value.clone());
        let is_other = self
            .config
            .denom_base
            .as_ref()
            .is_some_and(|set| set.value != base);
        set.filter(|_| !is_other)
            .or_else(|| self.display_by_bank(base))
    }

    /// How the chain's bank says that amounts of a denom are shown.
    fn display_by_bank(&self, base: &str) -> Option<Denom> {
        let metadata = self.node.denom_metadata(base).ok().flatten()?;
        let unit = metadata
            .denom_units
            .iter()
            .find(|unit| unit.denom == metadata.display)?;
        (unit.exponent > 0).then(|| Denom {
            symbol: metadata.display.clone(),
            exponent: unit.exponent,
        })
    }

    /// Says what there is to say of the nodes, once.
    pub fn tell_warnings(&self) {
        for warning in self.node.take_warnings() {
            notice::warn(&warning);
        }
    }

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
            upload_price: self
                .config
                .upload_gas_price
                .as_ref()
                .map(|price| price.value.clone()),
            gas_thousandths: self.config.gas_factor.value.thousandths(),
        }
    }

    /// Where the notes of what is under way are.
    pub fn pending_folder(&self) -> Result<PathBuf, SessionError> {
        Ok(self.config.pending_folder()?)
    }

    /// The base denom of the settings; empty when they name none.
    fn bond_denom(&self) -> String {
        self.config
            .denom_base
            .as_ref()
            .map(|base| base.value.clone())
            .unwrap_or_default()
    }
}
