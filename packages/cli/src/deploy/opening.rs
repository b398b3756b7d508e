//! Opening for deposits: the powers are read, and the first deposit is made.

use cosmwasm_std::Uint128;
use defenders_node::Coin;
use defenders_types::{ExecuteMsg, HealthResponse, QueryMsg};
use serde_json::json;

use super::steps::{Deployment, Step, call};
use crate::session::{SessionError, Vault};

/// More ticks than any refresh of a full list takes.
const MOST_TICKS: u32 = 40;

impl Deployment<'_> {
    /// Lets the vault read all powers: deposits open with it.
    pub(super) fn refresh(&mut self) -> Result<(), SessionError> {
        if self.state.is_refreshed {
            return Ok(());
        }
        for _ in 0..MOST_TICKS {
            let vault = Vault::open(self.node(), &self.vault_address()?)?;
            let health: HealthResponse = vault.ask(&QueryMsg::Health {})?;
            if health.powers_age.is_some() && health.is_own_admin {
                return self.note(|state| state.is_refreshed = true);
            }
            let step = self.refreshing()?;
            self.carry(step, false, |_, _| Ok(()))?;
        }
        Err(SessionError::Broken(format!(
            "the vault has not read all powers after {MOST_TICKS} ticks"
        )))
    }

    /// The step that lets the vault read a page of powers.
    pub(super) fn refreshing(&self) -> Result<Step, SessionError> {
        let tick = json!({ "tick": { "job": "refresh" } });
        let what = "Let the vault read the powers of validators".to_string();
        let effects = vec!["deposits open when it has read all of them".to_string()];
        let vault = self.vault_address()?;
        call(self.key()?, what, effects, &vault, &tick, vec![])
    }

    pub(super) fn deposit(&mut self) -> Result<(), SessionError> {
        let Some((coin, step)) = self.depositing()? else {
            return Ok(());
        };
        let amount = Uint128::new(coin.amount);
        let vault = Vault::open(self.node(), &self.vault_address()?)?;
        let _: Uint128 = vault.ask(&QueryMsg::PreviewDeposit { amount })?;
        self.carry(step, false, |state, _| {
            state.is_deposited = true;
            Ok(())
        })
    }

    /// The step that makes the first deposit; None when it is made, or none is wanted.
    pub(super) fn depositing(&self) -> Result<Option<(Coin, Step)>, SessionError> {
        let deposit = self
            .config
            .first
            .as_ref()
            .and_then(|first| first.deposit.clone());
        let Some(deposit) = deposit.filter(|_| !self.state.is_deposited) else {
            return Ok(None);
        };
        let coin: Coin = deposit
            .parse()
            .map_err(|error| SessionError::Impossible(format!("first.deposit: {error}")))?;
        let message = ExecuteMsg::Deposit {
            amount: None,
            recipient: None,
            min_shares_out: None,
            delegate: None,
        };
        let key = self.key()?;
        let vault = self.vault_address()?;
        let effects = vec![format!("its shares are {}'s", key.address())];
        let funds = vec![coin.clone()];
        let what = format!("Deposit {deposit}");
        let step = call(key, what, effects, &vault, &message, funds)?;
        Ok(Some((coin, step)))
    }
}
