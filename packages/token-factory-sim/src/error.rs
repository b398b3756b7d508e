//! What the module refuses: `Display` is what wasmd gives to a contract's `reply`, the source is the text of
//! the chain's log.

use cosmwasm_std::{Coin, Uint128};
use thiserror::Error;

/// A refusal.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("codespace: {codespace}, code: {code}")]
pub struct FactoryError {
    /// Whose code it is.
    pub codespace: &'static str,
    /// The code.
    pub code: u32,
    /// What the chain's log says.
    #[source]
    pub text: Text,
}

/// The chain's words.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct Text(pub String);

impl FactoryError {
    fn new(codespace: &'static str, code: u32, text: impl Into<String>) -> Self {
        let text = Text(text.into());
        Self {
            codespace,
            code,
            text,
        }
    }

    pub(crate) fn denom_exists() -> Self {
        let text = "attempting to create a denom that already exists (has bank metadata)";
        Self::new("tokenfactory", 2, text)
    }

    pub(crate) fn unauthorized() -> Self {
        Self::new("tokenfactory", 3, "unauthorized account")
    }

    pub(crate) fn invalid_denom(reason: impl AsRef<str>) -> Self {
        let text = format!("{}: invalid denom", reason.as_ref());
        Self::new("tokenfactory", 4, text)
    }

    pub(crate) fn denom_does_not_exist(denom: &str) -> Self {
        let text = format!("denom: {denom}: denom does not exist");
        Self::new("tokenfactory", 10, text)
    }

    pub(crate) fn capability_not_enabled() -> Self {
        let text = "this capability is not enabled on chain";
        Self::new("tokenfactory", 11, text)
    }

    pub(crate) fn no_permission() -> Self {
        Self::new("sdk", 4, "contract doesn't have permission: unauthorized")
    }

    pub(crate) fn insufficient_funds(owned: Uint128, wanted: &Coin) -> Self {
        let owned = format!("{owned}{}", wanted.denom);
        let text =
            format!("spendable balance {owned} is smaller than {wanted}: insufficient funds");
        Self::new("sdk", 5, text)
    }

    pub(crate) fn invalid_address(what: &str, reason: &str) -> Self {
        Self::new(
            "sdk",
            7,
            format!("Invalid {what} ({reason}): invalid address"),
        )
    }

    pub(crate) fn invalid_coins(digits: &str, denom: &str) -> Self {
        Self::new("sdk", 10, format!("{digits}{denom}: invalid coins"))
    }

    pub(crate) fn malformed(type_url: &str) -> Self {
        let text = format!("Cannot unpack proto message with type URL: {type_url}");
        Self::new(
            "wasm",
            10,
            format!("{text}: invalid CosmosMsg from the contract"),
        )
    }

    /// Without a registered code.
    pub(crate) fn unregistered(text: impl Into<String>) -> Self {
        Self::new("undefined", 1, text)
    }
}
