//! What would keep a validator from being given stake were it listed.

use cosmwasm_std::Decimal;
use defenders_allocation::{Stake, compute_top_third};
use defenders_types::AllocationPolicy;
use serde::Serialize;

use crate::chain::{BondStatus, ChainValidator, Fate};

/// One of them, with its numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Obstacle {
    /// It signed two blocks of one height, and never comes back.
    Tombstoned,
    /// It is jailed.
    Jailed,
    /// It is not in the bonded set.
    NotBonded,
    /// It charges too much.
    Commission {
        /// What it charges.
        rate: Decimal,
        /// What is allowed.
        most: Decimal,
    },
    /// It could ever charge too much, which nothing can change.
    CommissionCeiling {
        /// What it could charge.
        rate: Decimal,
        /// What is allowed.
        most: Decimal,
    },
    /// It is one of the fewest that hold a third of all stake.
    TopThird,
}

/// In the order in which a vault would state them. Stake of the vault is not taken off: who is not known has none.
pub fn find_obstacles(
    validator: &ChainValidator,
    fate: Option<Fate>,
    all: &[ChainValidator],
    policy: &AllocationPolicy,
) -> Vec<Obstacle> {
    let mut obstacles = Vec::new();
    obstacles.extend(fate.map(|fate| match fate {
        Fate::Tombstoned => Obstacle::Tombstoned,
        Fate::Jailed => Obstacle::Jailed,
        Fate::NotBonded => Obstacle::NotBonded,
    }));
    if validator.commission > policy.max_commission_rate {
        obstacles.push(Obstacle::Commission {
            rate: validator.commission,
            most: policy.max_commission_rate,
        });
    }
    let rate = validator.max_commission;
    if let Some(most) = policy.max_commission_ceiling.filter(|most| rate > *most) {
        obstacles.push(Obstacle::CommissionCeiling { rate, most });
    }
    let bonded: Vec<&ChainValidator> = all
        .iter()
        .filter(|it| it.status == BondStatus::Bonded)
        .collect();
    let stakes: Vec<Stake<'_>> = bonded
        .iter()
        .map(|it| Stake {
            validator: &it.validator,
            tokens: it.tokens,
        })
        .collect();
    let inside = compute_top_third(&stakes);
    let mut pairs = bonded.iter().zip(inside);
    if pairs.any(|(it, inside)| inside && it.validator == validator.validator) {
        obstacles.push(Obstacle::TopThird);
    }
    obstacles
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chain::example;

    #[test]
    fn every_obstacle_is_named_with_its_numbers() {
        let policy = AllocationPolicy {
            max_commission_ceiling: Some(Decimal::percent(15)),
            ..AllocationPolicy::default()
        };
        let dear = ChainValidator {
            commission: Decimal::percent(11),
            ..example("a", 50)
        };
        let all = [dear.clone(), example("b", 40), example("c", 30)];
        assert_eq!(
            find_obstacles(&dear, None, &all, &policy),
            [
                Obstacle::Commission {
                    rate: Decimal::percent(11),
                    most: Decimal::percent(10)
                },
                Obstacle::CommissionCeiling {
                    rate: Decimal::percent(20),
                    most: Decimal::percent(15)
                },
                Obstacle::TopThird,
            ]
        );
        let small = find_obstacles(&all[2], None, &all, &AllocationPolicy::default());
        assert_eq!(small, []);
        let jailed = ChainValidator {
            jailed: true,
            status: BondStatus::Unbonding,
            ..example("c", 30)
        };
        let policy = AllocationPolicy::default();
        let found = find_obstacles(&jailed, Some(Fate::Jailed), &all, &policy);
        assert_eq!(found, [Obstacle::Jailed]);
        let found = find_obstacles(&jailed, Some(Fate::Tombstoned), &all, &policy);
        assert_eq!(found, [Obstacle::Tombstoned]);
    }
}
