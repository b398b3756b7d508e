//! What would keep a validator from being given stake were it listed.

use cosmwasm_std::Decimal;
use defenders_allocation::{Stake, compute_top_third};
use defenders_node::read::{ValidatorInfo, ValidatorStatus};
use defenders_types::AllocationPolicy;

use crate::terminal::percent;

/// In words, each with its numbers. Stake of the vault is not taken off: who is not known has none.
pub fn find_obstacles(
    validator: &ValidatorInfo,
    all: &[ValidatorInfo],
    policy: &AllocationPolicy,
) -> Vec<String> {
    let mut obstacles = Vec::new();
    if validator.is_jailed {
        obstacles.push("it is jailed".to_string());
    } else if validator.status != ValidatorStatus::Bonded {
        obstacles.push("it is not in the bonded set".to_string());
    }
    let show = |rate: Decimal| percent(&rate.to_string());
    let rate = Decimal::raw(validator.commission_atomics);
    if rate > policy.max_commission_rate {
        obstacles.push(format!(
            "it charges {}, and at most {} is allowed",
            show(rate),
            show(policy.max_commission_rate)
        ));
    }
    let ceiling = Decimal::raw(validator.max_commission_atomics);
    if let Some(most) = policy.max_commission_ceiling.filter(|most| ceiling > *most) {
        obstacles.push(format!(
            "it may ever charge {}, and at most {} is allowed; nothing can change that",
            show(ceiling),
            show(most)
        ));
    }
    let bonded: Vec<&ValidatorInfo> = all
        .iter()
        .filter(|it| it.status == ValidatorStatus::Bonded)
        .collect();
    let stakes: Vec<Stake<'_>> = bonded
        .iter()
        .map(|it| Stake {
            validator: &it.address,
            tokens: it.tokens,
        })
        .collect();
    let inside = compute_top_third(&stakes);
    let mut pairs = bonded.iter().zip(inside);
    if pairs.any(|(it, inside)| inside && it.address == validator.address) {
        obstacles.push("it is one of the fewest that hold a third of all stake".to_string());
    }
    obstacles
}

#[cfg(test)]
mod tests {
    use super::*;

    fn validator(address: &str, tokens: u128) -> ValidatorInfo {
        ValidatorInfo {
            address: address.to_string(),
            moniker: String::new(),
            website: String::new(),
            status: ValidatorStatus::Bonded,
            is_jailed: false,
            tokens,
            delegator_shares_atomics: String::new(),
            commission_atomics: 50_000_000_000_000_000,
            max_commission_atomics: 200_000_000_000_000_000,
            max_commission_change_atomics: 0,
            consensus_address: None,
        }
    }

    #[test]
    fn every_obstacle_is_named_with_its_numbers() {
        let policy = AllocationPolicy {
            max_commission_ceiling: Some(Decimal::percent(15)),
            ..AllocationPolicy::default()
        };
        let dear = ValidatorInfo {
            commission_atomics: 110_000_000_000_000_000,
            ..validator("a", 50)
        };
        let all = [dear.clone(), validator("b", 40), validator("c", 30)];
        assert_eq!(
            find_obstacles(&dear, &all, &policy),
            [
                "it charges 11 %, and at most 10 % is allowed",
                "it may ever charge 20 %, and at most 15 % is allowed; nothing can change that",
                "it is one of the fewest that hold a third of all stake",
            ]
        );
        let small = find_obstacles(&all[2], &all, &AllocationPolicy::default());
        assert_eq!(small, Vec::<String>::new());
        let jailed = ValidatorInfo {
            is_jailed: true,
            status: ValidatorStatus::Unbonding,
            ..validator("c", 30)
        };
        let found = find_obstacles(&jailed, &all, &AllocationPolicy::default());
        assert_eq!(found, ["it is jailed"]);
    }
}
