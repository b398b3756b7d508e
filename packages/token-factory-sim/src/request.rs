//! What a message asks: its bytes, and what the chain refuses before it looks at any state.

use anybuf::Bufany;
use cosmwasm_std::{Addr, Api};

use crate::address::validate;
use crate::amount::Amount;
use crate::denom::{denom_of, ensure_of_factory};
use crate::error::FactoryError;
use crate::metadata::Metadata;

/// Which message it is.
#[derive(Clone, Copy)]
pub enum Kind {
    CreateDenom,
    Mint,
    Burn,
    ForceTransfer,
    ChangeAdmin,
    SetDenomMetadata,
}

impl Kind {
    /// By its name, if this module has such a message.
    pub fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "MsgCreateDenom" => Self::CreateDenom,
            "MsgMint" => Self::Mint,
            "MsgBurn" => Self::Burn,
            "MsgForceTransfer" => Self::ForceTransfer,
            "MsgChangeAdmin" => Self::ChangeAdmin,
            "MsgSetDenomMetadata" => Self::SetDenomMetadata,
            _ => return None,
        })
    }
}

/// A message.
pub struct Request {
    pub sender: String,
    pub ask: Ask,
}

/// What it asks.
pub enum Ask {
    CreateDenom {
        subdenom: String,
    },
    Mint {
        amount: Amount,
        to: String,
    },
    Burn {
        amount: Amount,
        from: String,
    },
    ForceTransfer {
        amount: Amount,
        from: String,
        to: String,
    },
    ChangeAdmin {
        denom: String,
        new_admin: String,
    },
    SetDenomMetadata {
        metadata: Metadata,
    },
}

impl Request {
    /// `None` when the bytes are not those of the message.
    pub fn decode(kind: Kind, bytes: &[u8]) -> Option<Self> {
        let message = Bufany::deserialize(bytes).ok()?;
        let sender = message.string(1)?;
        let amount = || Amount::decode(&message, 2);
        let ask = match kind {
            Kind::CreateDenom => Ask::CreateDenom {
                subdenom: message.string(2)?,
            },
            Kind::Mint => Ask::Mint {
                amount: amount()?,
                to: message.string(3)?,
            },
            Kind::Burn => Ask::Burn {
                amount: amount()?,
                from: message.string(3)?,
            },
            Kind::ForceTransfer => Ask::ForceTransfer {
                amount: amount()?,
                from: message.string(3)?,
                to: message.string(4)?,
            },
            Kind::ChangeAdmin => Ask::ChangeAdmin {
                denom: message.string(2)?,
                new_admin: message.string(3)?,
            },
            Kind::SetDenomMetadata => Ask::SetDenomMetadata {
                metadata: Metadata::decode(&message, 2)?,
            },
        };
        Some(Self { sender, ask })
    }

    /// The SDK's `ValidateBasic`.
    pub fn ensure_valid(&self, api: &dyn Api) -> Result<(), FactoryError> {
        ensure_address(api, "sender address", &self.sender)?;
        match &self.ask {
            Ask::CreateDenom { subdenom } => denom_of(&self.sender, subdenom).map(drop),
            Ask::Mint { amount, to } => {
                if !to.is_empty() {
                    ensure_address(api, "mint to address", to)?;
                }
                amount.ensure_positive()
            }
            Ask::Burn { amount, from } => {
                amount.ensure_positive()?;
                match from.is_empty() {
                    true => Ok(()),
                    false => ensure_address(api, "burn from address", from),
                }
            }
            Ask::ForceTransfer { amount, from, to } => {
                ensure_address(api, "from address", from)?;
                ensure_address(api, "to address", to)?;
                amount.ensure_valid()
            }
            Ask::ChangeAdmin { denom, new_admin } => {
                ensure_address(api, "address", new_admin)?;
                ensure_of_factory(api, denom)
            }
            Ask::SetDenomMetadata { metadata } => {
                metadata.ensure_valid()?;
                ensure_of_factory(api, &metadata.base)
            }
        }
    }

    /// Nobody signs for others.
    pub fn ensure_signed_by(&self, signer: &Addr) -> Result<(), FactoryError> {
        match self.sender == signer.as_str() {
            true => Ok(()),
            false => Err(FactoryError::no_permission()),
        }
    }
}

fn ensure_address(api: &dyn Api, what: &str, address: &str) -> Result<(), FactoryError> {
    match validate(api, address) {
        Ok(_) => Ok(()),
        Err(reason) => Err(FactoryError::invalid_address(what, &reason)),
    }
}
