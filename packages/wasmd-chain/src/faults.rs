//! What a chain is told to do wrong.

use serde_json::{Value, json};

use crate::chain::Chain;
use crate::error::Outcome;

/// A message of a contract that a validator can be told to refuse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageKind {
    /// `MsgDelegate`.
    Delegate,
    /// `MsgUndelegate`.
    Undelegate,
    /// `MsgBeginRedelegate`, with the validator at either end.
    Redelegate,
    /// `MsgWithdrawDelegatorReward`.
    Withdraw,
    /// `MsgCancelUnbondingDelegation`.
    CancelUnbonding,
}

impl MessageKind {
    fn type_url(self) -> &'static str {
        match self {
            Self::Delegate => "/cosmos.staking.v1beta1.MsgDelegate",
            Self::Undelegate => "/cosmos.staking.v1beta1.MsgUndelegate",
            Self::Redelegate => "/cosmos.staking.v1beta1.MsgBeginRedelegate",
            Self::Withdraw => "/cosmos.distribution.v1beta1.MsgWithdrawDelegatorReward",
            Self::CancelUnbonding => "/cosmos.staking.v1beta1.MsgCancelUnbondingDelegation",
        }
    }
}

/// A refusal: a message of a contract of this kind that names this validator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedMessage {
    /// Operator address.
    pub validator: String,
    /// Which message.
    pub kind: MessageKind,
    /// The module that is to seem the refuser.
    pub codespace: String,
    /// Its number for the reason; not 0.
    pub code: u32,
}

/// All that goes wrong at one time. Faults are no part of the chain's state, and reach contracts only,
/// but for `blocked`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Faults {
    /// Messages that are refused.
    pub messages: Vec<RefusedMessage>,
    /// No query to the chain's modules is accepted.
    pub queries: bool,
    /// Operator addresses that such queries fail about.
    pub unreadable: Vec<String>,
    /// Accounts of whose delegations a contract is shown none.
    pub hidden: Vec<String>,
    /// Undelegations are answered without their amount, as by Cosmos SDK before 0.48.
    pub no_amounts: bool,
    /// Redelegations are answered without their completion time, as by no chain known.
    pub no_times: bool,
    /// Accounts to which the bank sends nothing.
    pub blocked: Vec<String>,
    /// Mints of the token factory are refused.
    pub mints: bool,
    /// Burns are refused, as where x/wasm may not burn.
    pub burns: bool,
}

impl Faults {
    /// With this refusal: a message of a contract that names this operator address fails with a code of
    /// any codespace.
    pub fn refuse(
        mut self,
        validator: &str,
        kind: MessageKind,
        codespace: &str,
        code: u32,
    ) -> Self {
        self.messages.push(RefusedMessage {
            validator: validator.to_owned(),
            kind,
            codespace: codespace.to_owned(),
            code,
        });
        self
    }
}

impl Chain {
    /// From now on these faults, and no others.
    pub fn set_faults(&self, faults: &Faults) -> Outcome<()> {
        let message = |refused: &RefusedMessage| {
            json!({
                "type": refused.kind.type_url(),
                "validator": refused.validator,
                "codespace": refused.codespace,
                "code": refused.code,
            })
        };
        let messages: Vec<Value> = faults.messages.iter().map(message).collect();
        self.ask(
            "faults",
            json!({
                "messages": messages,
                "queries": faults.queries,
                "unreadable": faults.unreadable,
                "hidden": faults.hidden,
                "no_amounts": faults.no_amounts,
                "no_times": faults.no_times,
                "blocked": faults.blocked,
                "mints": faults.mints,
                "burns": faults.burns,
            }),
        )
        .map(drop)
    }
}
