//! The vault's queries, typed. Lists are read to their end, page by page.

use std::any::type_name;

use cosmwasm_std::{Uint128, to_json_string};
use defenders_types::{
    BatchInfo, BatchesResponse, BlockInput, ConfigResponse, ExplainResponse, HealthResponse, Job,
    JobState, JobsResponse, LedgerEntry, LedgerKey, LedgerResponse, OwnershipResponse,
    PlanResponse, PositionResponse, QueryMsg, RateResponse, SolvencyResponse, TotalsResponse,
    ValidatorInfo, ValidatorsResponse,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::chain::{ChainView, Refusal};
use crate::units::{DAY, DENOM, json as text_of};

/// The largest page.
const PAGE: u32 = 30;

/// A vault on a chain, and what can be asked of both.
pub struct Reader<C: ?Sized> {
    /// The chain.
    pub chain: Box<C>,
    /// The vault's address.
    pub vault: String,
    /// The denom of its shares. `None`: they are a cw20.
    pub share_denom: Option<String>,
}

impl<C: ChainView + ?Sized> Reader<C> {
    /// Tokens in an account.
    pub fn tokens(&self, address: &str) -> u128 {
        self.chain.balance(address, DENOM)
    }

    /// The time of the last block, seconds.
    pub fn now(&self) -> u64 {
        self.chain.time().seconds()
    }

    /// Asks the vault anything. Every answer has what `serde` writes for its type: the vault writes it in
    /// another way. The real chain's program sorts the fields.
    pub fn try_query<T: DeserializeOwned + Serialize>(&self, msg: &QueryMsg) -> Result<T, Refusal> {
        Ok(read(&self.chain.query(&self.vault, &text_of(msg))?, msg))
    }

    /// Asks the vault what it must answer.
    pub fn query<T: DeserializeOwned + Serialize>(&self, msg: &QueryMsg) -> T {
        self.try_query(msg).unwrap()
    }

    /// Roles, policy, parameters. A vault from before changes waited tells neither slack nor guardian nor what its
    /// shares are: once it is migrated it has the shortest slack, nobody, and a cw20.
    pub fn config(&self) -> ConfigResponse {
        let question = QueryMsg::Config {};
        let mut answer = self.chain.query(&self.vault, &text_of(&question)).unwrap();
        let mut told: Value = serde_json::from_str(&answer).unwrap();
        if told.get("exit_slack").is_none() {
            told["exit_slack"] = (7 * DAY).into();
            told["guardian"] = Value::Null;
        }
        if told.get("share").is_none() {
            told["share"] = json!({"cw20": {}});
        }
        answer = told.to_string();
        read(&answer, &question)
    }

    /// Who owns the vault, and who may take its place.
    pub fn ownership(&self) -> OwnershipResponse {
        self.query(&QueryMsg::Ownership {})
    }

    /// What `tick {}` would do in the next block, some seconds from now.
    pub fn plan(&self, seconds: u64) -> PlanResponse {
        self.query(&QueryMsg::Plan {
            at: Some(BlockInput {
                height: self.chain.height() + 1,
                time: self.chain.time().plus_seconds(seconds),
            }),
        })
    }

    /// Locks, budgets, caps, age of the data.
    pub fn health(&self) -> HealthResponse {
        self.query(&QueryMsg::Health {})
    }

    /// Why a validator has the stake that it has.
    pub fn explain(&self, validator: &str) -> ExplainResponse {
        self.query(&QueryMsg::Explain {
            validator: validator.into(),
        })
    }

    /// The book's aggregates.
    pub fn totals(&self) -> TotalsResponse {
        self.query(&QueryMsg::Totals {})
    }

    /// What a share is worth.
    pub fn rate(&self) -> RateResponse {
        self.query(&QueryMsg::Rate {})
    }

    /// The book beside the bank and the chain. A vault from before shares could be coins does not tell of them.
    pub fn solvency(&self) -> SolvencyResponse {
        let question = QueryMsg::Solvency {};
        let answer = self.chain.query(&self.vault, &text_of(&question)).unwrap();
        let mut told: Value = serde_json::from_str(&answer).unwrap();
        if told.get("shares").is_none() {
            let supply = self.totals().total_shares;
            let own = self.shares(&self.vault).to_string();
            told["shares"] = json!({
                "supply": supply, "supply_by_token": supply,
                "owned": own, "balance": own, "surplus": "0", "deficit": "0",
            });
        }
        read(&told.to_string(), &question)
    }

    /// Shares of an owner.
    pub fn shares(&self, address: &str) -> u128 {
        if let Some(denom) = &self.share_denom {
            return self.chain.balance(address, denom);
        }
        let msg = QueryMsg::Balance {
            address: address.into(),
        };
        let answer: cw20::BalanceResponse = self.query(&msg);
        answer.balance.u128()
    }

    /// Tokens that shares are worth.
    pub fn worth(&self, shares: u128) -> u128 {
        let amount = Uint128::new(shares);
        let tokens: Uint128 = self.query(&QueryMsg::ConvertToAssets { amount });
        tokens.u128()
    }

    /// Shares that a deposit would mint.
    pub fn preview_deposit(&self, tokens: u128) -> u128 {
        let amount = Uint128::new(tokens);
        let shares: Uint128 = self.query(&QueryMsg::PreviewDeposit { amount });
        shares.u128()
    }

    /// An owner's shares and the first page of its withdrawals.
    pub fn position(&self, owner: &str) -> PositionResponse {
        self.query(&QueryMsg::Position {
            owner: owner.into(),
            start_after: None,
            limit: Some(PAGE),
        })
    }

    /// One batch.
    pub fn batch(&self, batch_id: u64) -> Option<BatchInfo> {
        self.query(&QueryMsg::Batch { batch_id })
    }

    /// Fee or bounty still owed.
    pub fn fee_owed(&self, recipient: &str) -> u128 {
        let msg = QueryMsg::FeeOwed {
            recipient: recipient.into(),
        };
        let tokens: Uint128 = self.query(&msg);
        tokens.u128()
    }

    /// All jobs.
    pub fn jobs(&self) -> Vec<JobState> {
        let answer: JobsResponse = self.query(&QueryMsg::Jobs {});
        answer.jobs
    }

    /// One job.
    pub fn job(&self, job: Job) -> JobState {
        let mut jobs = self.jobs();
        jobs.retain(|state| state.job == job);
        jobs.pop().expect("every job is told")
    }

    /// All batches, oldest first.
    pub fn batches(&self) -> Vec<BatchInfo> {
        pages(|last: Option<&BatchInfo>| {
            let answer: BatchesResponse = self.query(&QueryMsg::Batches {
                start_after: last.map(|batch| batch.batch_id),
                limit: Some(PAGE),
            });
            answer.batches
        })
    }

    /// All validators that are listed or hold stake.
    pub fn validator_infos(&self) -> Vec<ValidatorInfo> {
        pages(|last: Option<&ValidatorInfo>| {
            let answer: ValidatorsResponse = self.query(&QueryMsg::Validators {
                start_after: last.map(|info| info.validator.clone()),
                limit: Some(PAGE),
            });
            answer.validators
        })
    }

    /// One validator that is listed or holds stake.
    pub fn validator_info(&self, validator: &str) -> ValidatorInfo {
        let mut infos = self.validator_infos();
        infos.retain(|info| info.validator == validator);
        infos.pop().expect("the vault knows this validator")
    }

    /// The whole unbonding ledger.
    pub fn ledger(&self) -> Vec<LedgerEntry> {
        pages(|last: Option<&LedgerEntry>| {
            let answer: LedgerResponse = self.query(&QueryMsg::Ledger {
                start_after: last.map(|entry| LedgerKey {
                    completion_time: entry.completion_time,
                    validator: entry.validator.clone(),
                }),
                limit: Some(PAGE),
            });
            answer.entries
        })
    }

    /// All owners of shares with what they own, the vault included.
    pub fn share_owners(&self) -> Vec<(String, u128)> {
        if let Some(denom) = &self.share_denom {
            return self.chain.owners(denom);
        }
        let accounts = pages(|last: Option<&String>| {
            let answer: cw20::AllAccountsResponse = self.query(&QueryMsg::AllAccounts {
                start_after: last.cloned(),
                limit: Some(PAGE),
            });
            answer.accounts
        });
        let owner = |account: String| {
            let shares = self.shares(&account);
            (account, shares)
        };
        accounts.into_iter().map(owner).collect()
    }
}

/// Every answer is what `serde` writes for its type.
fn read<T: DeserializeOwned + Serialize>(answer: &str, asked: &QueryMsg) -> T {
    let read: T = serde_json::from_str(answer).expect("an answer of another type");
    if type_name::<T>() != type_name::<Value>() {
        let written = to_json_string(&read).expect("an answer that cannot be written");
        let [told, typed] = [answer, &written]
            .map(|text| serde_json::from_str::<Value>(text).expect("JSON that is none"));
        assert_eq!(told, typed, "{asked:?}");
    }
    read
}

/// Reads pages until one is not full.
fn pages<T>(page: impl Fn(Option<&T>) -> Vec<T>) -> Vec<T> {
    let mut all: Vec<T> = vec![];
    loop {
        let next = page(all.last());
        let is_last = next.len() < PAGE as usize;
        all.extend(next);
        if is_last {
            return all;
        }
    }
}
