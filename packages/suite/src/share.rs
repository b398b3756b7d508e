//! Shares of both kinds: what a vault of either is told, and what one does with its shares.

use cosmwasm_std::{Coin, Uint128, coin, coins};
use defenders_types::{ExecuteMsg, ShareInput};

use crate::chain::{Code, Outcome, Tx, TxResult};
use crate::event::text;
use crate::suite::Suite;
use crate::units::{DENOM, json};

/// The vault is its own cw20 token.
pub fn share_cw20() -> ShareInput {
    ShareInput::Cw20 {
        name: "Defenders stake".into(),
        symbol: "DEFEND".into(),
        decimals: 6,
    }
}

/// Coins of the chain's token factory.
pub fn share_denom() -> ShareInput {
    ShareInput::Denom {
        subdenom: "udefend".into(),
        name: "Defenders stake".into(),
        symbol: "DEFEND".into(),
        decimals: 6,
        description: Some("Stake with small validators".into()),
        message_prefix: None,
    }
}

/// What a founder sends so that the seed is this many tokens, by ascending denom.
pub fn founding_coins(seed: u128, share: &ShareInput, fee: &[Coin]) -> Vec<Coin> {
    let mut funds = match share {
        ShareInput::Cw20 { .. } => vec![],
        ShareInput::Denom { .. } => fee.to_vec(),
    };
    match funds.iter_mut().find(|coin| coin.denom == DENOM) {
        Some(coin) => coin.amount += Uint128::new(seed),
        None => funds.push(coin(seed, DENOM)),
    }
    funds.retain(|coin| !coin.amount.is_zero());
    funds.sort_by(|a, b| a.denom.cmp(&b.denom));
    funds
}

impl Suite {
    /// Shares as coins that are sent along; of a cw20 none.
    pub fn share_coins(&self, shares: u128) -> Vec<Coin> {
        match &self.share_denom {
            Some(denom) if shares > 0 => coins(shares, denom),
            _ => vec![],
        }
    }

    /// What the vault calls its shares: their denom, or as a cw20 its own address.
    pub fn share_name(&self) -> String {
        let denom = self.share_denom.clone();
        denom.unwrap_or_else(|| self.vault.clone())
    }

    /// The transaction that moves shares to an account.
    pub fn transfer(&self, sender: &str, recipient: &str, shares: u128) -> Tx {
        if self.share_denom.is_some() {
            return Tx::Send {
                sender: sender.into(),
                recipient: recipient.into(),
                coins: self.share_coins(shares),
            };
        }
        let msg = ExecuteMsg::Transfer {
            recipient: recipient.into(),
            amount: Uint128::new(shares),
        };
        Tx::Execute {
            sender: sender.into(),
            contract: self.vault.clone(),
            msg: json(&msg),
            funds: vec![],
        }
    }

    /// Moves shares to an account.
    pub fn try_transfer(&mut self, sender: &str, recipient: &str, shares: u128) -> TxResult {
        let tx = self.transfer(sender, recipient, shares);
        self.tx(tx)
    }

    /// Burns shares that are coins, as any contract can: one that is made for it.
    pub fn burn(&mut self, sender: &str, shares: u128) -> Outcome {
        let sink = self.found_sink(sender);
        let tx = Tx::Execute {
            sender: sender.into(),
            contract: sink,
            msg: r#"{"burn":{}}"#.into(),
            funds: self.share_coins(shares),
        };
        self.tx(tx).unwrap()
    }

    /// A contract that takes shares of either kind.
    pub fn found_sink(&mut self, sender: &str) -> String {
        let tx = Tx::Instantiate {
            code_id: self.chain.store(Code::ShareSink),
            sender: sender.into(),
            admin: None,
            salt: None,
            msg: "{}".into(),
            funds: vec![],
        };
        let outcome = self.tx(tx).unwrap();
        let mut events = outcome.events.iter();
        let event = events.find(|event| event.ty == "instantiate").unwrap();
        text(event, "_contract_address")
    }

    /// What comes along with a message: the shares of a request, where they are coins.
    pub(crate) fn funds_of(&self, msg: &ExecuteMsg, funds: Vec<Coin>) -> Vec<Coin> {
        match msg {
            ExecuteMsg::RequestWithdrawal {
                shares: Some(shares),
                ..
            } if funds.is_empty() => self.share_coins(shares.u128()),
            _ => funds,
        }
    }
}
