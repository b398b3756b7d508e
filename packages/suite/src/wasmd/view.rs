//! What can be asked of the real chain.

use cosmwasm_std::Timestamp;
use serde_json::{Value, json};

use super::wire::{self, list, number, text};
use super::{Wasmd, client};
use crate::chain::{ChainView, NativeEntry, NativeValidator, Refusal};

impl ChainView for Wasmd {
    fn height(&self) -> u64 {
        self.height
    }

    fn time(&self) -> Timestamp {
        Timestamp::from_seconds(self.time)
    }

    fn query(&self, contract: &str, msg: &str) -> Result<String, Refusal> {
        let request = json!({"contract": contract, "msg": wire::parsed(msg)});
        let answer = client::ask(&self.request("smart", request));
        let told = answer.map_err(|unserved| Refusal {
            text: unserved.to_string(),
        })?;
        Ok(told["data"].to_string())
    }

    fn balance(&self, address: &str, denom: &str) -> u128 {
        let told = self.native("balance", json!({"address": address, "denom": denom}));
        let gifts = self.gifts.iter().filter(|(whose, _)| whose == address);
        let coins = gifts.flat_map(|(_, coins)| coins);
        let given = coins.filter(|coin| coin.denom == denom);
        let given: u128 = given.map(|coin| coin.amount.u128()).sum();
        number::<u128>(&told["balance"]["amount"]) + given
    }

    fn validators(&self) -> Vec<NativeValidator> {
        let told = self.native("validators", json!({}));
        let native = |validator: &Value| NativeValidator {
            validator: text(&validator["operator_address"]),
            tokens: number(&validator["tokens"]),
            bonded: validator["status"] == "BOND_STATUS_BONDED",
            jailed: validator["jailed"] == true,
        };
        let mut validators: Vec<_> = list(&told["validators"]).iter().map(native).collect();
        validators.sort_by(|a, b| a.validator.cmp(&b.validator));
        validators
    }

    fn delegations(&self, delegator: &str) -> Vec<(String, u128)> {
        let told = self.native("delegations", json!({"delegator_addr": delegator}));
        let shown = |found: &Value| {
            let validator = text(&found["delegation"]["validator_address"]);
            (validator, number(&found["balance"]["amount"]))
        };
        let all = list(&told["delegation_responses"]).iter().map(shown);
        let mut shown: Vec<_> = all.filter(|(_, tokens)| *tokens > 0).collect();
        shown.sort();
        shown
    }

    fn unbonding_entries(&self, delegator: &str) -> Vec<NativeEntry> {
        let told = self.native("unbondings", json!({"delegator_addr": delegator}));
        let pairs = list(&told["unbonding_responses"]).iter();
        let mut entries: Vec<_> = pairs.flat_map(wire::entries).collect();
        entries.sort();
        entries
    }
}
