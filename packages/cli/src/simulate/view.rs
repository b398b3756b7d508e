//! What the vault and the chain answer, typed and with all pages.

use std::collections::BTreeMap;

use anyhow::{Result, bail};
use cosmwasm_std::{Addr, Decimal, Timestamp, Uint128};
use defenders_types::{
    BatchInfo, BatchesResponse, ConfigResponse, JobState, JobsResponse, LedgerEntry, LedgerKey,
    LedgerResponse, PositionResponse, QueryMsg, RateResponse, SolvencyResponse, TotalsResponse,
    ValidatorInfo, ValidatorsResponse,
};
use serde::de::DeserializeOwned;
use staking_sim::Chain;

/// Most rows that the vault gives per page.
const PAGE: u32 = 30;

/// Reads, and changes nothing.
#[derive(Clone, Copy)]
pub struct View<'a> {
    pub chain: &'a Chain,
    pub vault: &'a Addr,
    pub denom: &'a str,
}

impl View<'_> {
    fn query<T: DeserializeOwned>(&self, msg: &QueryMsg) -> Result<T> {
        Ok(self.chain.app.wrap().query_wasm_smart(self.vault, msg)?)
    }

    /// Roles, policy, bounds.
    pub fn query_config(&self) -> Result<ConfigResponse> {
        self.query(&QueryMsg::Config {})
    }

    /// The book's aggregates.
    pub fn query_totals(&self) -> Result<TotalsResponse> {
        self.query(&QueryMsg::Totals {})
    }

    /// The book beside the bank and the chain.
    pub fn query_solvency(&self) -> Result<SolvencyResponse> {
        self.query(&QueryMsg::Solvency {})
    }

    /// What a share is worth, rounded down.
    pub fn query_tokens_per_share(&self) -> Result<Decimal> {
        let answer: RateResponse = self.query(&QueryMsg::Rate {})?;
        Ok(answer.tokens_per_share)
    }

    /// Every job.
    pub fn query_jobs(&self) -> Result<Vec<JobState>> {
        let answer: JobsResponse = self.query(&QueryMsg::Jobs {})?;
        Ok(answer.jobs)
    }

    /// Shares of an account.
    pub fn query_shares(&self, account: &Addr) -> Result<Uint128> {
        let answer: cw20::BalanceResponse = self.query(&QueryMsg::Balance {
            address: account.to_string(),
        })?;
        Ok(answer.balance)
    }

    /// What shares are worth, tokens.
    pub fn query_tokens_of(&self, shares: Uint128) -> Result<Uint128> {
        self.query(&QueryMsg::ConvertToAssets { amount: shares })
    }

    /// Withdrawals of an account that are not claimed yet, those of its oldest 30 batches.
    pub fn query_position(&self, account: &Addr) -> Result<PositionResponse> {
        self.query(&QueryMsg::Position {
            owner: account.to_string(),
            start_after: None,
            limit: Some(PAGE),
        })
    }

    /// Every batch after `start_after`, oldest first.
    pub fn query_batches(&self, mut start_after: Option<u64>) -> Result<Vec<BatchInfo>> {
        let mut batches: Vec<BatchInfo> = vec![];
        loop {
            let answer: BatchesResponse = self.query(&QueryMsg::Batches {
                start_after,
                limit: Some(PAGE),
            })?;
            let Some(last) = answer.batches.last() else {
                return Ok(batches);
            };
            start_after = Some(last.batch_id);
            batches.extend(answer.batches);
        }
    }

    /// One batch, if the vault still knows it.
    pub fn query_batch(&self, batch_id: u64) -> Result<Option<BatchInfo>> {
        self.query(&QueryMsg::Batch { batch_id })
    }

    /// One validator that the vault knows.
    pub fn query_validator(&self, validator: &str) -> Result<ValidatorInfo> {
        // the address less its last letter sorts before it, and with bech32 right before it
        let mut last = validator.to_string();
        last.pop();
        loop {
            let rows = self.query_validators_page(Some(last))?;
            last = match rows.last() {
                Some(row) => row.validator.clone(),
                None => bail!("the vault does not know {validator}"),
            };
            if let Some(row) = rows.into_iter().find(|row| row.validator == validator) {
                return Ok(row);
            }
        }
    }

    fn query_validators_page(&self, start_after: Option<String>) -> Result<Vec<ValidatorInfo>> {
        let answer: ValidatorsResponse = self.query(&QueryMsg::Validators {
            start_after,
            limit: Some(PAGE),
        })?;
        Ok(answer.validators)
    }

    /// Every validator that the vault knows.
    pub fn query_validators(&self) -> Result<Vec<ValidatorInfo>> {
        let mut validators: Vec<ValidatorInfo> = vec![];
        loop {
            let last = validators.last().map(|last| last.validator.clone());
            let page = self.query_validators_page(last)?;
            if page.is_empty() {
                return Ok(validators);
            }
            validators.extend(page);
        }
    }

    /// Every entry of the vault's own unbonding ledger.
    pub fn query_ledger(&self) -> Result<Vec<LedgerEntry>> {
        let mut entries: Vec<LedgerEntry> = vec![];
        loop {
            let answer: LedgerResponse = self.query(&QueryMsg::Ledger {
                start_after: entries.last().map(|last| LedgerKey {
                    completion_time: last.completion_time,
                    validator: last.validator.clone(),
                }),
                limit: Some(PAGE),
            })?;
            if answer.entries.is_empty() {
                return Ok(entries);
            }
            entries.extend(answer.entries);
        }
    }

    /// Tokens in the bank.
    pub fn query_bank_balance(&self, account: &Addr) -> Result<Uint128> {
        let coin = self.chain.app.wrap().query_balance(account, self.denom)?;
        Ok(coin.amount)
    }

    /// The vault's delegations, by the chain.
    pub fn delegations(&self) -> BTreeMap<String, Uint128> {
        self.chain.delegations(self.vault).into_iter().collect()
    }

    /// The vault's unbonding entries by the chain: initial balances by completion and validator.
    pub fn unbonding_entries(&self) -> BTreeMap<(Timestamp, String), Uint128> {
        let mut entries = BTreeMap::new();
        for (validator, entry) in self.chain.all_unbonding_entries(self.vault) {
            let key = (entry.completion_time, validator);
            *entries.entry(key).or_default() += entry.initial_balance;
        }
        entries
    }

    /// Time of the open block.
    pub fn now(&self) -> Timestamp {
        self.chain.app.block_info().time
    }
}
