//! What a vault is made with, judged by the rules of its contract: pure.

use defenders_settings::table::SHORTEST_EXIT_SLACK;
use defenders_settings::{
    Moment, SettingName, Settings, ensure_above_min_delegation, ensure_in_bounds,
};
use defenders_types::ShareInput;

use super::config::VaultParts;

/// Every setting is one that the vault may begin with, and the seed is as large as they want it.
pub fn ensure_settings(parts: &VaultParts, seed: u128) -> Result<(), String> {
    ensure_share(&parts.share)?;
    let settings = Settings {
        policy: parts.policy.clone().unwrap_or_default().into(),
        fee: parts.fee.clone().into(),
        parameters: parts.parameters.clone().unwrap_or_default().into(),
        power_source: parts.power_source.clone(),
        guardian: None,
        exit_slack: SHORTEST_EXIT_SLACK,
    };
    let wrong: Vec<String> = SettingName::ALL
        .iter()
        .filter_map(|name| ensure_in_bounds(*name, &settings.get(*name), Moment::Founding).err())
        .map(|error| error.to_string())
        .collect();
    if !wrong.is_empty() {
        return Err(format!("vault: {}", wrong.join("; ")));
    }
    let least = settings.parameters.minimum_seed.u128();
    if seed < least {
        return Err(format!(
            "seed {seed} is below vault.parameters.minimum_seed, {least}"
        ));
    }
    ensure_above_min_delegation(&settings.parameters, seed)
        .map_err(|error| format!("vault.parameters: {error}"))
}

/// What shares are called, as contract and bank take it.
fn ensure_share(share: &ShareInput) -> Result<(), String> {
    let (name, symbol, decimals) = match share {
        ShareInput::Cw20 {
            name,
            symbol,
            decimals,
        }
        | ShareInput::Denom {
            name,
            symbol,
            decimals,
            ..
        } => (name, symbol, *decimals),
    };
    let is_name = (3..=50).contains(&name.chars().count()) && !name.trim().is_empty();
    if !is_name {
        return Err(format!(
            "vault.share: the name {name:?} has not 3 to 50 characters"
        ));
    }
    let is_letter = |c: char| c.is_ascii_alphabetic() || c == '-';
    let is_symbol = (3..=12).contains(&symbol.chars().count())
        && symbol.chars().all(is_letter)
        && !symbol.starts_with('-');
    if !is_symbol {
        return Err(format!(
            "vault.share: the symbol {symbol:?} is not 3 to 12 letters and hyphens, a letter first"
        ));
    }
    match decimals {
        0..=18 => Ok(()),
        more => Err(format!("vault.share: {more} decimals are more than 18")),
    }
}

#[cfg(test)]
mod tests {
    use cosmwasm_std::{Decimal, Uint128};
    use defenders_types::{AllocationPolicyInput, FeePolicyInput, ParametersInput, PowerSource};

    use super::*;

    fn parts() -> VaultParts {
        VaultParts {
            share: ShareInput::Cw20 {
                name: "Defenders stake".to_string(),
                symbol: "DEFEND".to_string(),
                decimals: 6,
            },
            power_source: PowerSource::Grpc,
            fee: FeePolicyInput {
                performance_fee_rate: Decimal::percent(5),
                keeper_bounty_share: Decimal::percent(10),
                recipient: "treasury".to_string(),
            },
            policy: None,
            parameters: None,
        }
    }

    const SEED: u128 = 1_000_000;

    #[test]
    fn settings_are_judged_before_anything_is_paid() {
        assert_eq!(ensure_settings(&parts(), SEED), Ok(()));
        let share = |symbol: &str, decimals| ShareInput::Cw20 {
            name: "Defenders stake".to_string(),
            symbol: symbol.to_string(),
            decimals,
        };
        let with = |change: &dyn Fn(&mut VaultParts)| {
            let mut parts = parts();
            change(&mut parts);
            ensure_settings(&parts, SEED)
        };
        type Change<'a> = &'a dyn Fn(&mut VaultParts);
        let cases: [(Change<'_>, &str); 6] = [
            (
                &|parts| parts.fee.performance_fee_rate = Decimal::percent(11),
                "performance_fee_rate",
            ),
            (
                &|parts| {
                    parts.policy = Some(AllocationPolicyInput {
                        vault_share_cap: Decimal::percent(21),
                        ..AllocationPolicyInput::default()
                    });
                },
                "vault_share_cap",
            ),
            (
                &|parts| {
                    parts.parameters = Some(ParametersInput {
                        max_moves: 6,
                        ..ParametersInput::default()
                    });
                },
                "max_moves",
            ),
            (
                &|parts| {
                    parts.parameters = Some(ParametersInput {
                        minimum_seed: Uint128::new(SEED + 1),
                        ..ParametersInput::default()
                    });
                },
                "is below vault.parameters.minimum_seed, 1000001",
            ),
            (&|parts| parts.share = share("D3F", 6), "the symbol"),
            (&|parts| parts.share = share("DEF", 19), "19 decimals"),
        ];
        for (change, words) in cases {
            let refused = with(change).unwrap_err();
            assert!(refused.contains(words), "{words}: {refused}");
        }
    }
}
