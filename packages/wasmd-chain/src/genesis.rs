//! What a chain begins with.

use std::sync::Arc;

use serde::Serialize;
use serde_json::{Value, json};

use crate::chain::Chain;
use crate::coin::{Coin, to_text};
use crate::error::{Error, Outcome};
use crate::program::Program;

/// Which queries to the chain's modules contracts may send by protobuf.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AcceptList {
    /// None, as wasmd's own application.
    None,
    /// Those of the Cosmos Hub.
    Hub,
    /// Those of Osmosis.
    Osmosis,
    /// All.
    All,
    /// These paths.
    #[serde(untagged)]
    Paths {
        /// Answered in proto-JSON.
        stargate: Vec<String>,
        /// Answered in protobuf.
        grpc: Vec<String>,
    },
}

/// Parameters. `None` is the protocol's default, the SDK's nearly throughout; parts of one are decimal
/// text, such as `"0.05"`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Params {
    /// Seconds from an undelegation to its payment.
    pub unbonding_seconds: Option<u64>,
    /// Size of the bonded set.
    pub max_validators: Option<u32>,
    /// Live unbonding entries per delegator and validator.
    pub max_entries: Option<u32>,
    /// Least commission of a validator.
    pub min_commission: Option<String>,
    /// Past headers kept in the state, which only light clients read.
    pub historical_entries: Option<u32>,
    /// Blocks over which missed votes are counted.
    pub signed_blocks_window: Option<u64>,
    /// Part of them that must be signed.
    pub min_signed_per_window: Option<String>,
    /// Seconds in jail for missed votes.
    pub downtime_jail_seconds: Option<u64>,
    /// Part slashed for missed votes.
    pub slash_fraction_downtime: Option<String>,
    /// Part slashed for a double sign.
    pub slash_fraction_double_sign: Option<String>,
    /// Minted per year; `"0"` mints nothing.
    pub inflation: Option<String>,
    /// Blocks that make a year's minting.
    pub blocks_per_year: Option<u64>,
    /// Part of all rewards that goes to the community pool.
    pub community_tax: Option<String>,
    /// What x/tokenfactory takes for a denom, coins as text such as `"7ufee,3ustake"`.
    pub denom_creation_fee: Option<String>,
    /// x/tokenfactory sets no metadata of bank denoms.
    pub refuse_denom_metadata: Option<bool>,
    /// Transfers that arrive may call contracts, as on chains with ibc-hooks.
    pub memo_calls: Option<bool>,
    /// In the staking denom per gas, for fees that are not named.
    pub gas_price: Option<String>,
    /// Gas of a block; -1 is no limit.
    pub block_max_gas: Option<i64>,
    /// Gas of a query to a contract.
    pub smart_query_gas: Option<u64>,
    /// Which queries to the chain's modules contracts may send.
    pub accept_list: Option<AcceptList>,
}

/// A validator of the genesis. Its name also names its operator's account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Validator {
    name: String,
    tokens: String,
    commission: Option<String>,
    min_self_delegation: Option<String>,
    coins: Option<String>,
}

impl Validator {
    /// With so many units of the staking denom, its operator's own. A million is one voting power.
    pub fn new(name: impl Into<String>, tokens: u128) -> Self {
        Self {
            name: name.into(),
            tokens: tokens.to_string(),
            commission: None,
            min_self_delegation: None,
            coins: None,
        }
    }

    /// With this commission, decimal text, instead of 5 %.
    pub fn commission(mut self, rate: impl Into<String>) -> Self {
        self.commission = Some(rate.into());
        self
    }

    /// With this least self-delegation instead of 1.
    pub fn min_self_delegation(mut self, tokens: u128) -> Self {
        self.min_self_delegation = Some(tokens.to_string());
        self
    }

    /// With these coins beside the stake.
    pub fn coins(mut self, coins: &[Coin]) -> Self {
        self.coins = Some(to_text(coins));
        self
    }
}

/// Collects what a chain begins with.
#[derive(Clone, Debug, Default)]
pub struct Genesis {
    denom: Option<String>,
    chain_id: Option<String>,
    time_seconds: Option<u64>,
    accounts: Vec<Value>,
    validators: Vec<Validator>,
    params: Params,
    patch: Option<Value>,
}

impl Genesis {
    /// Nobody, and the protocol's defaults: the denom `ustake`, 2025-01-01T00:00:00Z.
    pub fn new() -> Self {
        Self::default()
    }

    /// With this denom for staking, minting and fees.
    pub fn denom(mut self, denom: impl Into<String>) -> Self {
        self.denom = Some(denom.into());
        self
    }

    /// With this chain id instead of the chain's name here.
    pub fn chain_id(mut self, chain_id: impl Into<String>) -> Self {
        self.chain_id = Some(chain_id.into());
        self
    }

    /// With the first block at this Unix time.
    pub fn time_seconds(mut self, time_seconds: u64) -> Self {
        self.time_seconds = Some(time_seconds);
        self
    }

    /// With coins for a named account, which can sign.
    pub fn account(mut self, name: &str, coins: &[Coin]) -> Self {
        let account = json!({"name": name, "coins": to_text(coins)});
        self.accounts.push(account);
        self
    }

    /// With coins at an address.
    pub fn address(mut self, address: &str, coins: &[Coin]) -> Self {
        let account = json!({"address": address, "coins": to_text(coins)});
        self.accounts.push(account);
        self
    }

    /// With one more validator. A chain needs one with power.
    pub fn validator(mut self, validator: Validator) -> Self {
        self.validators.push(validator);
        self
    }

    /// With these parameters.
    pub fn params(mut self, params: Params) -> Self {
        self.params = params;
        self
    }

    /// With this merge patch (RFC 7386) over the whole application state, for anything else.
    pub fn patch(mut self, patch: Value) -> Self {
        self.patch = Some(patch);
        self
    }

    /// Begins the chain on the shared program; block 1 is made.
    pub fn begin(self) -> Outcome<Chain> {
        self.begin_on(&Program::shared()?)
    }

    /// Begins the chain on a program of one's own.
    pub fn begin_on(self, program: &Arc<Program>) -> Outcome<Chain> {
        Chain::begin(program, self.into_request()?)
    }

    fn into_request(self) -> Outcome<Value> {
        let plain = |value: serde_json::Result<Value>| {
            value.map(without_nulls).map_err(|source| Error::Json {
                what: "a genesis",
                source,
            })
        };
        let mut request = without_nulls(json!({
            "denom": self.denom,
            "chain_id": self.chain_id,
            "time_seconds": self.time_seconds,
            "accounts": self.accounts,
            "validators": plain(serde_json::to_value(self.validators))?,
            "params": plain(serde_json::to_value(self.params))?,
        }));
        if let Some(patch) = self.patch {
            request["genesis"] = patch; // in which a null means: remove
        }
        Ok(request)
    }
}

/// Without the fields that are not given.
fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(fields) => fields
            .into_iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(key, value)| (key, without_nulls(value)))
            .collect(),
        Value::Array(items) => items.into_iter().map(without_nulls).collect(),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop on errors")]

    use super::*;
    use crate::coin::coin;

    #[test]
    fn request_has_only_what_was_given() {
        let genesis = Genesis::new()
            .account("alice", &[coin(5, "ustake"), coin(1, "uatom")])
            .validator(Validator::new("val-0", 7).commission("0.1"))
            .params(Params {
                max_validators: Some(3),
                denom_creation_fee: Some("7ufee,3ustake".into()),
                refuse_denom_metadata: Some(true),
                accept_list: Some(AcceptList::Hub),
                ..Params::default()
            })
            .patch(json!({"mint": null}));
        let expected = json!({
            "accounts": [{"name": "alice", "coins": "1uatom,5ustake"}],
            "validators": [{"name": "val-0", "tokens": "7", "commission": "0.1"}],
            "params": {
                "max_validators": 3,
                "denom_creation_fee": "7ufee,3ustake",
                "refuse_denom_metadata": true,
                "accept_list": "hub",
            },
            "genesis": {"mint": null},
        });
        assert_eq!(genesis.into_request().unwrap(), expected);
        let paths = AcceptList::Paths {
            stargate: vec![],
            grpc: vec!["/a.B/C".into()],
        };
        let told = serde_json::to_value(paths).unwrap();
        assert_eq!(told, json!({"stargate": [], "grpc": ["/a.B/C"]}));
    }
}
