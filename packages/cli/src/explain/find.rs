//! Which validator is meant.

use defenders_node::read::ValidatorInfo;

use crate::proposal::parse_address;
use crate::validator_set::clean_name;

/// The one with this operator address, or the only one with this name; or why there is none.
pub fn find_validator<'a>(
    validators: &'a [ValidatorInfo],
    text: &str,
) -> Result<&'a ValidatorInfo, String> {
    if let Some(found) = validators.iter().find(|it| it.address == text) {
        return Ok(found);
    }
    if parse_address(text).is_ok() {
        return Err(format!("the chain has no validator {text}"));
    }
    let wanted = text.to_lowercase();
    let named: Vec<&ValidatorInfo> = validators
        .iter()
        .filter(|it| clean_name(&it.moniker).is_some_and(|name| name.to_lowercase() == wanted))
        .collect();
    match named.as_slice() {
        [found] => Ok(found),
        [] => Err(format!(
            "no validator of the chain has the address or name {text:?}"
        )),
        many => {
            let addresses: Vec<&str> = many.iter().map(|it| it.address.as_str()).collect();
            Err(format!(
                "{} validators call themselves {text:?}: give one of the addresses {}",
                many.len(),
                addresses.join(", ")
            ))
        }
    }
}

#[cfg(test)]
mod tests {
    use defenders_node::read::ValidatorStatus;

    use super::*;

    fn validator(address: &str, moniker: &str) -> ValidatorInfo {
        ValidatorInfo {
            address: address.to_string(),
            moniker: moniker.to_string(),
            website: String::new(),
            status: ValidatorStatus::Bonded,
            is_jailed: false,
            tokens: 1,
            delegator_shares_atomics: String::new(),
            commission_atomics: 0,
            max_commission_atomics: 0,
            max_commission_change_atomics: 0,
            consensus_address: None,
        }
    }

    /// Anybody can take any name, and letters that cannot be seen make two of one.
    #[test]
    fn a_name_is_enough_only_where_one_validator_has_it() {
        let all = [
            validator("xvaloper1a", "Anna"),
            validator("xvaloper1b", "An\u{200b}na"),
            validator("xvaloper1c", "Bert"),
        ];
        let find = |text: &str| find_validator(&all, text).map(|it| it.address.as_str());
        assert_eq!(find("bert"), Ok("xvaloper1c"));
        assert_eq!(find("xvaloper1b"), Ok("xvaloper1b"));
        let many = find("Anna").unwrap_err();
        assert!(many.contains("xvaloper1a, xvaloper1b"), "{many}");
        assert!(find("Carl").unwrap_err().contains("no validator"));
        let unknown = "cosmosvaloper1c4k24jzduc365kywrsvf5ujz4ya6mwympnc4en";
        assert!(
            find(unknown)
                .unwrap_err()
                .contains("the chain has no validator")
        );
    }
}
