//! In what the tokens and shares of a vault are shown.

use defenders_types::{QueryMsg, Share};
use serde::Deserialize;

use super::{Session, SessionError, Vault};
use crate::terminal::{Denom, Screen, Unit, ViewArgs, parse_amount};

/// In what the tokens and shares of a vault are shown, and read.
pub struct Units {
    /// The bond denom.
    pub denom: String,
    /// How its amounts are shown.
    pub tokens: Unit,
    /// What shares are called in base units: their denom, or `shares`.
    pub share: String,
    /// How they are shown.
    pub shares: Unit,
    display: Option<Denom>,
    share_display: Option<Denom>,
}

/// What a cw20 says of itself, as far as it matters here.
#[derive(Deserialize)]
struct TokenInfo {
    symbol: String,
    decimals: u32,
}

impl Session {
    /// Of a vault, as the arguments want them, else as the settings and the chain say.
    pub fn units(&self, vault: &Vault<'_>, view: &ViewArgs) -> Result<Units, SessionError> {
        let denom = vault.config.denom.clone();
        let display = view.denom.clone().or_else(|| self.display_of(&denom));
        let (share, share_display) = match &vault.config.share {
            Share::Denom { denom, .. } => (denom.clone(), self.display_by_bank(denom)),
            Share::Cw20 {} => {
                let info: TokenInfo = vault.ask(&QueryMsg::TokenInfo {})?;
                let display = Denom {
                    symbol: info.symbol,
                    exponent: info.decimals.min(38),
                };
                ("shares".to_string(), Some(display))
            }
        };
        Ok(Units {
            denom,
            tokens: Unit::new(display.clone(), view.full),
            share,
            shares: Unit::new(share_display.clone(), view.full),
            display,
            share_display,
        })
    }
}

impl Units {
    /// A screen whose amounts are tokens.
    pub fn screen(&self, view: &ViewArgs) -> Screen {
        view.screen(self.display.clone())
    }

    /// An amount of tokens as people give it.
    pub fn parse_tokens(&self, text: &str) -> Result<u128, SessionError> {
        parse_amount(text, &self.denom, self.display.as_ref()).map_err(SessionError::Impossible)
    }

    /// A number of shares as people give it.
    pub fn parse_shares(&self, text: &str) -> Result<u128, SessionError> {
        parse_amount(text, &self.share, self.share_display.as_ref())
            .map_err(SessionError::Impossible)
    }
}
