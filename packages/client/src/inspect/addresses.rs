//! Addresses in messages to the vault, which it would refuse.

use defenders_settings::{SettingName, SettingValue};
use defenders_types::{ExecuteMsg, PowerSource};

use super::warnings::Warnings;
use crate::address::Prefix;

/// Warns of what is no address of the vault's chain, where that is known.
pub fn warn_of_wrong(
    place: &str,
    message: &ExecuteMsg,
    prefix: Option<&Prefix>,
    warnings: &mut Warnings,
) {
    let Some(prefix) = prefix else {
        return;
    };
    let mut check = |text: &str, is_operator: bool| {
        let checked = match is_operator {
            true => prefix.ensure_operator(text),
            false => prefix.ensure_account(text),
        };
        if let Err(reason) = checked {
            let told = format!("the vault refuses {text:?}: {reason}");
            warnings.add(place, "refused", told);
        }
    };
    match message {
        ExecuteMsg::ListValidators { validators, .. } => {
            validators.iter().for_each(|it| check(&it.validator, true));
        }
        ExecuteMsg::DrainValidators { validators, .. } => {
            validators.iter().for_each(|it| check(it, true));
        }
        ExecuteMsg::AcceptSnapshot { failed, .. } => failed.iter().for_each(|it| check(it, true)),
        ExecuteMsg::TransferOwnership { new_owner, .. } => check(new_owner, false),
        ExecuteMsg::ProposeSettings { settings, .. } => {
            for input in settings {
                let value = SettingName::find(&input.name)
                    .and_then(|name| SettingValue::parse(name, input.value.as_deref()).ok());
                match value {
                    Some(SettingValue::Account(account)) => check(&account, false),
                    Some(SettingValue::Source(PowerSource::Attested {
                        attester: Some(attester),
                    })) => check(&attester, false),
                    _ => {}
                }
            }
        }
        _ => {}
    }
}
