//! What each message does.

use anybuf::Anybuf;
use cosmwasm_std::{
    Addr, Api, BalanceResponse, BankMsg, BankQuery, BlockInfo, Coin, CosmosMsg, CustomMsg,
    CustomQuery, DistributionMsg, QueryRequest, Storage, Uint128, from_json,
};
use cw_multi_test::error::{AnyResult, anyhow};
use cw_multi_test::{BankSudo, CosmosRouter, SudoMsg};
use serde::de::DeserializeOwned;

use crate::address::{is_blocked, validate};
use crate::amount::Amount;
use crate::denom::denom_of;
use crate::error::FactoryError;
use crate::metadata::Metadata;
use crate::params::Params;
use crate::request::{Ask, Request};
use crate::store::{ADMINS, METADATA, save_metadata};

/// A message under way.
pub struct Act<'a, ExecC, QueryC> {
    pub api: &'a dyn Api,
    pub storage: &'a mut dyn Storage,
    pub router: &'a dyn CosmosRouter<ExecC = ExecC, QueryC = QueryC>,
    pub block: &'a BlockInfo,
    pub params: &'a Params,
    pub sender: Addr,
}

impl<ExecC, QueryC> Act<'_, ExecC, QueryC>
where
    ExecC: CustomMsg + DeserializeOwned + 'static,
    QueryC: CustomQuery + DeserializeOwned + 'static,
{
    /// Runs the message; the bytes of its answer.
    pub fn run(&mut self, request: Request) -> AnyResult<Vec<u8>> {
        request.ensure_valid(self.api)?;
        request.ensure_signed_by(&self.sender)?;
        match request.ask {
            Ask::CreateDenom { subdenom } => return self.create(&subdenom),
            Ask::Mint { amount, to } => self.mint(&amount, &to)?,
            Ask::Burn { amount, from } => self.burn(&amount, &from)?,
            Ask::ForceTransfer { .. } => return Err(FactoryError::capability_not_enabled().into()),
            Ask::ChangeAdmin { denom, new_admin } => {
                self.ensure_admin(&denom)?;
                ADMINS.save(self.storage, &denom, &new_admin)?;
            }
            Ask::SetDenomMetadata { metadata } => self.set_metadata(&metadata)?,
        }
        Ok(vec![])
    }

    fn create(&mut self, subdenom: &str) -> AnyResult<Vec<u8>> {
        let denom = denom_of(self.sender.as_str(), subdenom)?;
        if METADATA.has(self.storage, &denom) {
            return Err(FactoryError::denom_exists().into());
        }
        self.charge_fee()?;
        save_metadata(self.storage, &Metadata::bare(&denom))?;
        ADMINS.save(self.storage, &denom, &self.sender.to_string())?;
        Ok(Anybuf::new().append_string(1, &denom).into_vec())
    }

    /// Into the community pool.
    fn charge_fee(&mut self) -> AnyResult<()> {
        let amount = self.params.creation_fee.clone();
        if amount.is_empty() {
            return Ok(());
        }
        for fee in &amount {
            self.ensure_owned(fee)?;
        }
        self.execute(DistributionMsg::FundCommunityPool { amount }.into())
    }

    fn mint(&mut self, amount: &Amount, to: &str) -> AnyResult<()> {
        if !METADATA.has(self.storage, &amount.denom) {
            return Err(FactoryError::denom_does_not_exist(&amount.denom).into());
        }
        self.ensure_admin(&amount.denom)?;
        let to = match to {
            "" => self.sender.clone(),
            to => validate(self.api, to)
                .map_err(|reason| FactoryError::invalid_address("mint to address", &reason))?,
        };
        if is_blocked(self.api, &to) {
            let text = format!("failed to mint to blocked address: {to}");
            return Err(FactoryError::unregistered(text).into());
        }
        let coin = amount.to_coin()?;
        let balance = self.balance(&to, &coin.denom)?;
        if balance.checked_add(coin.amount).is_err() {
            return Err(anyhow!(
                "{balance} and {coin} are more than this bank can hold"
            ));
        }
        let mint = SudoMsg::Bank(BankSudo::Mint {
            to_address: to.into_string(),
            amount: vec![coin],
        });
        self.router
            .sudo(self.api, self.storage, self.block, mint)
            .map(drop)
    }

    fn burn(&mut self, amount: &Amount, from: &str) -> AnyResult<()> {
        self.ensure_admin(&amount.denom)?;
        if !from.is_empty() {
            return Err(FactoryError::capability_not_enabled().into());
        }
        let coin = amount.to_coin()?;
        self.ensure_owned(&coin)?;
        let amount = vec![coin];
        self.execute(BankMsg::Burn { amount }.into())
    }

    fn set_metadata(&mut self, metadata: &Metadata) -> AnyResult<()> {
        if !self.params.takes_metadata {
            return Err(FactoryError::capability_not_enabled().into());
        }
        self.ensure_admin(&metadata.base)?;
        save_metadata(self.storage, metadata)
    }

    fn ensure_admin(&self, denom: &str) -> AnyResult<()> {
        let admin = ADMINS.may_load(self.storage, denom)?;
        match admin.as_deref() == Some(self.sender.as_str()) {
            true => Ok(()),
            false => Err(FactoryError::unauthorized().into()),
        }
    }

    fn ensure_owned(&self, wanted: &Coin) -> AnyResult<()> {
        let owned = self.balance(&self.sender, &wanted.denom)?;
        match owned < wanted.amount {
            true => Err(FactoryError::insufficient_funds(owned, wanted).into()),
            false => Ok(()),
        }
    }

    fn balance(&self, of: &Addr, denom: &str) -> AnyResult<Uint128> {
        let query = QueryRequest::Bank(BankQuery::Balance {
            address: of.to_string(),
            denom: denom.to_owned(),
        });
        let answer = (self.router).query(self.api, self.storage, self.block, query)?;
        Ok(from_json::<BalanceResponse>(answer)?.amount.amount)
    }

    fn execute(&mut self, message: CosmosMsg<ExecC>) -> AnyResult<()> {
        let sender = self.sender.clone();
        self.router
            .execute(self.api, self.storage, self.block, sender, message)
            .map(drop)
    }
}
