//! What can be asked of a chain about its last block.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::answer::{from_hex, list, malformed, number, read, text};
use crate::chain::Chain;
use crate::coin::{Coin, coin};
use crate::error::Outcome;
use crate::msg::to_value;
use crate::time::unix_seconds;

/// A validator as x/staking has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValidatorState {
    /// Operator address.
    pub operator: String,
    /// All tokens delegated to it.
    pub tokens: u128,
    /// Where it stands with the set: `BOND_STATUS_BONDED`, `_UNBONDING` or `_UNBONDED`.
    pub status: String,
    /// In jail.
    pub is_jailed: bool,
}

impl ValidatorState {
    /// In the set.
    pub fn is_bonded(&self) -> bool {
        self.status == "BOND_STATUS_BONDED"
    }
}

/// An unbonding entry as x/staking has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnbondingEntry {
    /// Operator address.
    pub validator: String,
    /// Height of the undelegation.
    pub creation_height: u64,
    /// Unix time at which it matures.
    pub completion_seconds: u64,
    /// Tokens when it began.
    pub initial_balance: u128,
    /// Tokens left after slashes.
    pub balance: u128,
}

impl Chain {
    /// Asks a module: a short name of the protocol or the path of any gRPC query, and its request in
    /// proto-JSON. Lists are whole.
    pub fn query(&self, query: &str, request: Value) -> Outcome<Value> {
        self.ask("query", json!({"query": query, "request": request}))
    }

    /// Asks a contract.
    pub fn smart<T: DeserializeOwned>(&self, contract: &str, msg: &impl Serialize) -> Outcome<T> {
        Ok(self.smart_with_gas(contract, msg, None)?.0)
    }

    /// Asks a contract, perhaps with another limit of gas than the chain's: the answer and its gas.
    pub fn smart_with_gas<T: DeserializeOwned>(
        &self,
        contract: &str,
        msg: &impl Serialize,
        gas_limit: Option<u64>,
    ) -> Outcome<(T, u64)> {
        let mut request = json!({"contract": contract, "msg": to_value(msg)?});
        if let Some(gas) = gas_limit {
            request["gas"] = gas.into();
        }
        let told = self.ask("smart", request)?;
        let data = read("a contract's answer", &told["data"])?;
        Ok((data, number(&told["gas_used"])?))
    }

    /// Who may replace the code of a contract.
    pub fn admin(&self, contract: &str) -> Outcome<Option<String>> {
        let query = "/cosmwasm.wasm.v1.Query/ContractInfo";
        let told = self.query(query, json!({"address": contract}))?;
        let admin = text(&told["contract_info"]["admin"])?;
        Ok((!admin.is_empty()).then_some(admin))
    }

    /// SHA-256 of a code, 64 hex digits in lower case.
    pub fn checksum(&self, code_id: u64) -> Outcome<String> {
        let query = "/cosmwasm.wasm.v1.Query/CodeInfo";
        let told = self.query(query, json!({"code_id": code_id.to_string()}))?;
        Ok(text(&told["checksum"])?.to_lowercase())
    }

    /// All that a contract has stored, key by key.
    pub fn contract_state(&self, contract: &str) -> Outcome<Vec<(Vec<u8>, Vec<u8>)>> {
        let told = self.query("contract_state", json!({"address": contract}))?;
        list(&told["models"]).iter().map(stored).collect()
    }

    /// What an account has of a denom.
    pub fn balance(&self, address: &str, denom: &str) -> Outcome<u128> {
        let told = self.query("balance", json!({"address": address, "denom": denom}))?;
        number(&told["balance"]["amount"])
    }

    /// All validators.
    pub fn validators(&self) -> Outcome<Vec<ValidatorState>> {
        let told = self.query("validators", json!({}))?;
        list(&told["validators"]).iter().map(validator).collect()
    }

    /// A validator, by operator address.
    pub fn validator(&self, operator: &str) -> Outcome<ValidatorState> {
        let told = self.query("validator", json!({"validator_addr": operator}))?;
        validator(&told["validator"])
    }

    /// Operator address and tokens of each delegation of an account, those worth nothing too.
    pub fn delegations(&self, delegator: &str) -> Outcome<Vec<(String, u128)>> {
        let told = self.query("delegations", json!({"delegator_addr": delegator}))?;
        let shown = |one: &Value| {
            let validator = text(&one["delegation"]["validator_address"])?;
            Ok((validator, number(&one["balance"]["amount"])?))
        };
        let all = list(&told["delegation_responses"]).iter();
        all.map(shown).collect()
    }

    /// Account addresses of all who delegate to a validator.
    pub fn delegators(&self, operator: &str) -> Outcome<Vec<String>> {
        let told = self.query("delegators", json!({"validator_addr": operator}))?;
        let all = list(&told["delegation_responses"]).iter();
        all.map(|one| text(&one["delegation"]["delegator_address"]))
            .collect()
    }

    /// All unbonding entries of an account.
    pub fn unbonding_entries(&self, delegator: &str) -> Outcome<Vec<UnbondingEntry>> {
        let told = self.query("unbondings", json!({"delegator_addr": delegator}))?;
        let mut all = vec![];
        for pair in list(&told["unbonding_responses"]) {
            let validator = text(&pair["validator_address"])?;
            for entry in list(&pair["entries"]) {
                all.push(unbonding_entry(&validator, entry)?);
            }
        }
        Ok(all)
    }

    /// What a withdrawal from a validator would pay; whole coins.
    pub fn rewards(&self, delegator: &str, operator: &str) -> Outcome<Vec<Coin>> {
        let request = json!({"delegator_address": delegator, "validator_address": operator});
        let told = self.query("rewards_from", request)?;
        let whole = |one: &Value| {
            let amount = text(&one["amount"])?;
            let units = amount.split('.').next().unwrap_or_default();
            Ok(coin(number(&units.into())?, text(&one["denom"])?))
        };
        list(&told["rewards"]).iter().map(whole).collect()
    }

    /// Status of a proposal to x/gov, and the staked tokens that say yes and no: as they would be counted now
    /// while voting lasts, as they were counted afterwards.
    pub fn gov_proposal(&self, proposal_id: u64) -> Outcome<(String, [u128; 2])> {
        let request = || json!({"proposal_id": proposal_id.to_string()});
        let told = self.query("proposal", request())?;
        let status = text(&told["proposal"]["status"])?;
        let told = self.query("tally", request())?;
        let count = |name: &str| number(&told["tally"][name]);
        Ok((status, [count("yes_count")?, count("no_count")?]))
    }

    /// Who has voted, in ascending address. x/gov forgets it when voting ends.
    pub fn gov_voters(&self, proposal_id: u64) -> Outcome<Vec<String>> {
        let request = json!({"proposal_id": proposal_id.to_string()});
        let told = self.query("votes", request)?;
        let voters = list(&told["votes"]).iter().map(|vote| text(&vote["voter"]));
        let mut voters: Vec<String> = voters.collect::<Outcome<_>>()?;
        voters.sort();
        Ok(voters)
    }

    /// The account of a module, such as `gov` or `bonded_tokens_pool`.
    pub fn module_account(&self, name: &str) -> Outcome<String> {
        let query = "/cosmos.auth.v1beta1.Query/ModuleAccountByName";
        let told = self.query(query, json!({"name": name}))?;
        text(&told["account"]["base_account"]["address"])
    }
}

fn validator(told: &Value) -> Outcome<ValidatorState> {
    Ok(ValidatorState {
        operator: text(&told["operator_address"])?,
        tokens: number(&told["tokens"])?,
        status: text(&told["status"])?,
        is_jailed: told["jailed"] == true,
    })
}

fn unbonding_entry(validator: &str, told: &Value) -> Outcome<UnbondingEntry> {
    Ok(UnbondingEntry {
        validator: validator.to_owned(),
        creation_height: number(&told["creation_height"])?,
        completion_seconds: whole_seconds(&told["completion_time"])?,
        initial_balance: number(&told["initial_balance"])?,
        balance: number(&told["balance"])?,
    })
}

/// A time as `2025-01-22T00:00:06Z`: the chain's times here are whole seconds.
fn whole_seconds(told: &Value) -> Outcome<u64> {
    let time = text(told)?;
    let seconds = u64::try_from(unix_seconds(&time)?).ok();
    seconds
        .filter(|_| time.len() == 20)
        .ok_or_else(|| malformed("time of whole seconds since 1970", told))
}

/// Key and value of a contract's storage: the key is written in hexadecimal.
fn stored(model: &Value) -> Outcome<(Vec<u8>, Vec<u8>)> {
    let (key, value) = (from_hex(&model["key"])?, text(&model["value"])?);
    let value = STANDARD.decode(value);
    let value = value.map_err(|_| malformed("value in base64", &model["value"]))?;
    Ok((key, value))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop on errors")]

    use super::*;

    #[test]
    fn times_have_no_parts_of_a_second() {
        assert_eq!(whole_seconds(&json!("1970-01-01T00:01:00Z")).unwrap(), 60);
        let error = whole_seconds(&json!("1970-01-01T00:01:00.5Z")).unwrap_err();
        assert!(
            error
                .to_string()
                .ends_with("is no time of whole seconds since 1970")
        );
        assert!(whole_seconds(&json!("1969-12-31T23:59:59Z")).is_err());
    }
}
