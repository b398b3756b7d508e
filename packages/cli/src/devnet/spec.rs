//! What a development chain begins with: the validators of a set, accounts, and a main network's parameters.

use std::collections::BTreeSet;
use std::fs;

use serde_json::{Value, json};

use super::accounts::Account;
use super::error::DevnetError;
use super::home::{Home, failed};
use crate::validator_set::SetValidator;

/// What is staked.
pub const DENOM: &str = "ustake";
/// What each account has.
const COINS: &str = "10000000000000";
const DAY: u64 = 86_400;

/// A validator with the name that the chain's commands know it by.
#[derive(Debug, PartialEq, Eq)]
pub struct DevnetValidator {
    /// Its name.
    pub name: String,
    /// Its stake.
    pub tokens: u128,
    /// A decimal number, as `0.05`.
    pub commission: String,
}

/// The bonded of a set, the largest first, at most `most`: then the largest and the smallest by turns. Names are made
/// unique.
pub fn choose(set: &[SetValidator], most: Option<u16>) -> Vec<DevnetValidator> {
    let mut bonded: Vec<&SetValidator> = set
        .iter()
        .filter(|validator| validator.is_bonded())
        .collect();
    bonded.sort_by_key(|validator| std::cmp::Reverse(validator.tokens));
    let most = most.map_or(bonded.len(), usize::from).min(bonded.len());
    let (large, small) = (most.div_ceil(2), most / 2);
    let from_the_end = bonded.len() - small;
    let chosen = bonded
        .iter()
        .take(large)
        .chain(bonded.iter().skip(from_the_end.max(large)));
    let mut taken = BTreeSet::new();
    chosen
        .enumerate()
        .map(|(rank, validator)| {
            let name = plain_name(validator.name.as_deref().unwrap_or("validator"));
            let name = match taken.insert(name.clone()) {
                true => name,
                false => format!("{name}-{}", rank + 1),
            };
            taken.insert(name.clone());
            DevnetValidator {
                name,
                tokens: validator.tokens.u128(),
                commission: validator.commission_rate.to_string(),
            }
        })
        .collect()
}

/// Small letters and digits with hyphens between: what one types.
fn plain_name(name: &str) -> String {
    let mut plain = String::new();
    for letter in name.chars() {
        match letter.is_ascii_alphanumeric() {
            true => plain.push(letter.to_ascii_lowercase()),
            false if !plain.is_empty() && !plain.ends_with('-') => plain.push('-'),
            false => {}
        }
    }
    match plain.trim_end_matches('-') {
        "" => "validator".to_string(),
        plain => plain.chars().take(40).collect(),
    }
}

/// The validators that the chain of a folder began with.
pub fn read(home: &Home) -> Result<Vec<DevnetValidator>, DevnetError> {
    let path = home.spec();
    let broken = || DevnetError::Impossible(format!("{} is damaged", path.display()));
    let text = fs::read(&path).map_err(|error| failed(&path, error))?;
    let spec: Value = serde_json::from_slice(&text).map_err(|_| broken())?;
    let all = spec.get("validators").and_then(Value::as_array);
    let validator = |value: &Value| {
        let text = |field: &str| Some(value.get(field)?.as_str()?.to_string());
        Some(DevnetValidator {
            name: text("name")?,
            tokens: text("tokens")?.parse().ok()?,
            commission: text("commission")?,
        })
    };
    let all = all.map(|all| all.iter().map(validator).collect::<Option<_>>());
    all.flatten().ok_or_else(broken)
}

/// The file that the node begins from.
pub fn write(chain_id: &str, validators: &[DevnetValidator], accounts: &[Account]) -> Value {
    let validators: Vec<Value> = validators
        .iter()
        .map(|validator| {
            json!({
                "name": validator.name,
                "tokens": validator.tokens.to_string(),
                "commission": validator.commission,
            })
        })
        .collect();
    let accounts: Vec<Value> = accounts
        .iter()
        .map(|account| json!({ "name": account.name, "coins": format!("{COINS}{DENOM}") }))
        .collect();
    json!({
        "chain": chain_id,
        "denom": DENOM,
        "accounts": accounts,
        "validators": validators,
        "params": {
            "unbonding_seconds": 21 * DAY,
            "max_validators": 200,
            "signed_blocks_window": 1_000,
            "min_signed_per_window": "0.5",
            "downtime_jail_seconds": 600,
            "slash_fraction_downtime": "0.0001",
            "slash_fraction_double_sign": "0.05",
            "inflation": "0.10",
            "blocks_per_year": 31_557_600,
            "gas_price": "0.025",
            "accept_list": "hub",
        },
        "genesis": { "bank": { "denom_metadata": [{
            "description": "The coin that this development chain stakes.",
            "denom_units": [{ "denom": DENOM, "exponent": 0 }, { "denom": "STAKE", "exponent": 6 }],
            "base": DENOM, "display": "STAKE", "name": "Stake", "symbol": "STAKE",
        }] } },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::validator_set::compact::ShippedSet;

    #[test]
    fn names_are_plain_and_unique() {
        let set = ShippedSet::CosmosHub.validators().unwrap();
        let chosen = choose(&set, None);
        assert_eq!(chosen.len(), 175);
        let names: BTreeSet<&str> = chosen
            .iter()
            .map(|validator| validator.name.as_str())
            .collect();
        assert_eq!(names.len(), chosen.len());
        let is_plain =
            |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        assert!(names.iter().all(|name| name.bytes().all(is_plain)));
        assert_eq!(plain_name("  🐠 A.B  c! "), "a-b-c");
        assert_eq!(plain_name("🐠"), "validator");
    }

    #[test]
    fn a_smaller_chain_has_both_ends_of_the_set() {
        let set = ShippedSet::CosmosHub.validators().unwrap();
        let (all, some) = (choose(&set, None), choose(&set, Some(21)));
        assert_eq!(some.len(), 21);
        assert_eq!(some[0].tokens, all[0].tokens);
        assert_eq!(some[20].tokens, all[174].tokens);
        assert!(some.is_sorted_by_key(|validator| std::cmp::Reverse(validator.tokens)));
    }
}
