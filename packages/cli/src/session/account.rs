//! Accounts as people name them: by address, or by the name of a key.

use defenders_node::keys::KeyName;

use super::{Session, SessionError};
use crate::config::{Field, require};
use crate::proposal::{Prefix, parse_address};

/// An account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// On the chain.
    pub address: String,
    /// Of its key, when it was named by that.
    pub name: Option<String>,
}

impl Session {
    /// The account with this address, or with the key of this name.
    pub fn account(&self, text: &str) -> Result<Account, SessionError> {
        if parse_address(text).is_ok() {
            self.ensure_account(text)?;
            return Ok(Account {
                address: text.to_string(),
                name: None,
            });
        }
        let name: KeyName = text.parse().map_err(|_| {
            SessionError::Impossible(format!(
                "{text:?} is neither an address nor a name that a key can have"
            ))
        })?;
        let prefix = require(self.config.address_prefix.as_ref(), Field::AddressPrefix)?;
        let keyring = self.config.open_keyring().map_err(|error| {
            SessionError::Impossible(format!(
                "{text:?} is no address of an account, and no key can be looked up: {error}"
            ))
        })?;
        let key = keyring.show(&name).map_err(|error| {
            SessionError::Impossible(format!("{text:?} is no address of an account, and {error}"))
        })?;
        let address = key.public_key.address(prefix).map_err(|error| {
            SessionError::Impossible(format!("the key {text} has no address: {error}"))
        })?;
        Ok(Account {
            address,
            name: Some(text.to_string()),
        })
    }

    /// Refuses an address that is none of an account of this chain.
    fn ensure_account(&self, address: &str) -> Result<(), SessionError> {
        let refused = |reason: String| {
            SessionError::Impossible(format!(
                "{address} is not the address wanted here: {reason}"
            ))
        };
        let found = Prefix::of(address).ok_or_else(|| refused("it is none".to_string()))?;
        if found.is_operator() {
            return Err(refused(
                "it is an operator's, an account's is wanted".to_string(),
            ));
        }
        match &self.config.address_prefix {
            Some(wanted) if wanted.value != found.as_str() => Err(refused(format!(
                "it begins with {}1, this chain wants {}1",
                found.as_str(),
                wanted.value
            ))),
            _ => Ok(()),
        }
    }
}
