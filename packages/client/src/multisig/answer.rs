//! What a cw3 multisig answers.

use cosmwasm_std::Uint128;
use cw_utils::{Duration, Expiration, ThresholdResponse};
use serde::Deserialize;
use serde_json::Value;

/// A proposal, as far as it is of use here.
#[derive(Clone, Debug, Deserialize)]
pub struct Proposal {
    /// Its number.
    pub id: u64,
    /// For those who vote.
    pub title: String,
    /// As the multisig says: not every one counts when asked.
    pub status: Value,
    /// When voting ends.
    pub expires: Expiration,
    /// What it takes to pass.
    pub threshold: ThresholdResponse,
    /// Who proposed it.
    pub proposer: String,
    /// The answer as it came.
    #[serde(skip)]
    pub answer: Value,
}

impl Proposal {
    /// Reads an answer, and keeps all of it.
    pub fn read(answer: Value) -> Result<Self, serde_json::Error> {
        let proposal: Self = serde_json::from_value(answer.clone())?;
        Ok(Self { answer, ..proposal })
    }

    /// The multisig's word.
    pub fn status_as_answered(&self) -> &str {
        self.status.as_str().unwrap_or("unknown")
    }
}

/// A page of proposals.
#[derive(Debug, Deserialize)]
pub struct ProposalsPage {
    /// In ascending number.
    pub proposals: Vec<Value>,
}

/// A vote.
#[derive(Clone, Debug, Deserialize)]
pub struct Vote {
    /// Who.
    pub voter: String,
    /// `yes`, `no`, `abstain`, `veto`.
    pub vote: String,
    /// Its weight when voting began.
    pub weight: u64,
}

/// A page of votes.
#[derive(Debug, Deserialize)]
pub struct VotesPage {
    /// In ascending address.
    pub votes: Vec<Vote>,
}

/// A member, if it is one.
#[derive(Debug, Deserialize)]
pub struct Voter {
    /// Its weight now; None when it is no member.
    pub weight: Option<u64>,
}

/// How a cw3-flex multisig is set up, as far as it is of use here.
#[derive(Clone, Debug, Deserialize)]
pub struct Setup {
    /// The longest that voting takes.
    pub max_voting_period: Duration,
    /// What a proposal costs until it is over.
    pub proposal_deposit: Option<Deposit>,
    /// Who may carry out what has passed; None for anybody.
    #[serde(default)]
    pub executor: Option<Executor>,
}

/// Who may carry out what has passed.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Executor {
    /// Every member.
    Member,
    /// This account.
    Only(String),
}

impl Setup {
    /// Who may carry out what has passed, in words.
    pub fn tell_executor(&self) -> String {
        match &self.executor {
            None => "anybody".to_string(),
            Some(Executor::Member) => "every member".to_string(),
            Some(Executor::Only(account)) => account.clone(),
        }
    }
}

/// A deposit.
#[derive(Clone, Debug, Deserialize)]
pub struct Deposit {
    amount: Uint128,
    denom: DepositDenom,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum DepositDenom {
    Native(String),
    Cw20(String),
}

impl Deposit {
    /// What is sent along, amount and denom; None where a token is taken.
    pub fn coin(&self) -> Option<(u128, &str)> {
        match &self.denom {
            DepositDenom::Native(denom) => Some((self.amount.u128(), denom)),
            DepositDenom::Cw20(_) => None,
        }
    }

    /// In words.
    pub fn tell(&self) -> String {
        match &self.denom {
            DepositDenom::Native(denom) => {
                format!("{} {denom} are paid as the proposal's deposit", self.amount)
            }
            DepositDenom::Cw20(token) => format!(
                "{} of the token {token} are taken as the proposal's deposit: the multisig must be allowed to",
                self.amount
            ),
        }
    }
}
