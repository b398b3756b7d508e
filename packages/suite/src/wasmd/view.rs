//! What can be asked of the real chain.

use cosmwasm_std::Timestamp;
use serde_json::{Value, json};

use super::Wasmd;
use super::translate::parsed;
use crate::chain::{ChainView, NativeEntry, NativeValidator, Refusal};

impl ChainView for Wasmd {
    fn height(&self) -> u64 {
        self.chain.height()
    }

    fn time(&self) -> Timestamp {
        Timestamp::from_seconds(self.chain.time_seconds())
    }

    fn query(&self, contract: &str, msg: &str) -> Result<String, Refusal> {
        let told = self.chain.smart::<Value>(contract, &parsed(msg));
        told.map(|data| data.to_string()).map_err(|error| Refusal {
            text: error.to_string(),
        })
    }

    fn admin(&self, contract: &str) -> Option<String> {
        self.chain.admin(contract).unwrap()
    }

    fn checksum(&self, code_id: u64) -> String {
        self.chain.checksum(code_id).unwrap()
    }

    fn owners(&self, denom: &str) -> Vec<(String, u128)> {
        let path = "/cosmos.bank.v1beta1.Query/DenomOwners";
        let told = self.chain.query(path, json!({"denom": denom})).unwrap();
        let rows = told["denom_owners"].as_array().unwrap();
        let text = |row: &Value, name| row[name].as_str().unwrap().to_owned();
        let owner = |row: &Value| {
            let amount = text(&row["balance"], "amount");
            (text(row, "address"), amount.parse().unwrap())
        };
        let mut owners: Vec<(String, u128)> = rows.iter().map(owner).collect();
        owners.sort();
        owners
    }

    fn balance(&self, address: &str, denom: &str) -> u128 {
        let gifts = self.gifts.iter().filter(|(whose, _)| whose == address);
        let coins = gifts.flat_map(|(_, coins)| coins);
        let given = coins.filter(|coin| coin.denom == denom);
        let given: u128 = given.map(|coin| coin.amount).sum();
        self.chain.balance(address, denom).unwrap() + given
    }

    fn validators(&self) -> Vec<NativeValidator> {
        let all = self.chain.validators().unwrap().into_iter();
        let native = |state: wasmd_chain::ValidatorState| NativeValidator {
            bonded: state.is_bonded(),
            validator: state.operator,
            tokens: state.tokens,
            jailed: state.is_jailed,
        };
        let mut validators: Vec<_> = all.map(native).collect();
        validators.sort_by(|a, b| a.validator.cmp(&b.validator));
        validators
    }

    fn delegations(&self, delegator: &str) -> Vec<(String, u128)> {
        let mut shown = self.chain.delegations(delegator).unwrap();
        shown.retain(|(_, tokens)| *tokens > 0);
        shown.sort();
        shown
    }

    fn unbonding_entries(&self, delegator: &str) -> Vec<NativeEntry> {
        let all = self.chain.unbonding_entries(delegator).unwrap().into_iter();
        let native = |entry: wasmd_chain::UnbondingEntry| NativeEntry {
            completion_time: Timestamp::from_seconds(entry.completion_seconds),
            validator: entry.validator,
            initial_balance: entry.initial_balance,
            balance: entry.balance,
        };
        let mut entries: Vec<_> = all.map(native).collect();
        entries.sort();
        entries
    }
}
