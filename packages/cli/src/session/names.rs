//! Names of a chain's validators.

use defenders_node::read::ValidatorInfo;

use crate::terminal::Labels;
use crate::validator_set::clean_name;

/// What operators call themselves, without what cannot be seen: anybody can take any name.
pub fn name_validators(validators: &[ValidatorInfo]) -> Labels {
    let named: Vec<(&str, Option<String>)> = validators
        .iter()
        .map(|validator| (validator.address.as_str(), clean_name(&validator.moniker)))
        .collect();
    Labels::new(
        named
            .iter()
            .map(|(address, name)| (*address, name.as_deref())),
    )
}
