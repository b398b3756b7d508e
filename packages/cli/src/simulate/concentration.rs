//! The chain's concentration before, after, and at best.

use anyhow::Result;
use cosmwasm_std::Uint128;
use defenders_allocation::{
    Groups, Policy, Standing, Validator, compute_effective_number, compute_largest_share,
    compute_nakamoto, compute_targets, compute_top_share,
};

use super::report::{Concentration, Status, ValidatorRow};

/// Concentration of these stakes.
pub fn compute_concentration(stakes: &[u128]) -> Result<Concentration> {
    Ok(Concentration {
        nakamoto_third: u32::try_from(compute_nakamoto(stakes, 1, 3))?,
        nakamoto_two_thirds: u32::try_from(compute_nakamoto(stakes, 2, 3))?,
        effective: compute_effective_number(stakes),
        top10_share: compute_top_share(stakes, 10),
        largest_share: compute_largest_share(stakes),
    })
}

/// Concentration of all bonded stake.
pub fn compute_after(validators: &[ValidatorRow]) -> Result<Concentration> {
    let stakes: Vec<u128> = bonded(validators).map(|row| row.tokens().u128()).collect();
    compute_concentration(&stakes)
}

/// Concentration of all bonded stake, had the target rule without a floor placed anew what the
/// vault has on bonded, unjailed validators: over those of them that are listed, under the caps
/// of `policy`.
pub fn compute_best(validators: &[ValidatorRow], policy: &Policy) -> Result<Concentration> {
    let policy = Policy {
        floor: cosmwasm_std::Decimal::zero(),
        ..policy.clone()
    };
    let candidates: Vec<Validator> = bonded(validators)
        .map(|row| Validator {
            address: row.validator.clone(),
            external: row.external.u128(),
            delegated: row.delegated.u128(),
            standing: Standing::eligible_if(row.listed && !row.jailed),
            ..Validator::default()
        })
        .collect();
    let total_bonded: Uint128 = bonded(validators).map(ValidatorRow::tokens).sum();
    let total: Uint128 = bonded(validators)
        .filter(|row| !row.jailed)
        .map(|row| row.delegated)
        .sum();
    let targets = compute_targets(
        total.u128(),
        total_bonded.u128(),
        &policy,
        &candidates,
        &Groups::NONE,
    )?;
    let stakes: Vec<u128> = candidates
        .iter()
        .zip(targets.tokens)
        .map(|(validator, target)| validator.external + target)
        .collect();
    compute_concentration(&stakes)
}

fn bonded(validators: &[ValidatorRow]) -> impl Iterator<Item = &ValidatorRow> {
    validators.iter().filter(|row| row.status == Status::Bonded)
}

#[cfg(test)]
mod tests {
    use super::*;
    use cosmwasm_std::Decimal;

    fn row(validator: &str, external: u128, delegated: u128) -> ValidatorRow {
        ValidatorRow {
            validator: validator.to_string(),
            before: Uint128::zero(),
            external: external.into(),
            delegated: delegated.into(),
            status: Status::Bonded,
            jailed: false,
            tombstoned: false,
            commission: Decimal::zero(),
            listed: true,
        }
    }

    fn unbounded() -> Policy {
        Policy {
            vault_share_cap: Decimal::one(),
            chain_share_cap: None,
            match_cap: None,
            bond_factor: None,
            floor: Decimal::one(),
        }
    }

    #[test]
    fn after_counts_bonded_stake_only() {
        let mut out = row("c", 1_000, 0);
        out.status = Status::Unbonding;
        let after = compute_after(&[row("a", 20, 10), row("b", 10, 0), out]).unwrap();
        assert_eq!(after.effective.to_string(), "1.6"); // 40^2 / (30^2 + 10^2)
        assert_eq!(after.largest_share.to_string(), "0.75"); // 30 / 40
        assert_eq!((after.nakamoto_third, after.nakamoto_two_thirds), (1, 1));
    }

    #[test]
    fn best_levels_what_the_vault_has_and_leaves_others_alone() {
        let mut foreign = row("d", 60, 0);
        foreign.listed = false;
        let rows = [row("a", 10, 30), row("b", 20, 0), row("c", 30, 0), foreign];
        let best = compute_best(&rows, &unbounded()).unwrap();
        // 30 units on 10, 20, 30 make 30, 30, 30: 150^2 / (3 x 30^2 + 60^2) = 22500 / 6300
        assert_eq!(best.effective.to_string(), "3.571428");
    }

    #[test]
    fn best_gives_nothing_to_the_jailed_and_takes_nothing_from_them() {
        let mut jailed = row("a", 10, 30);
        jailed.jailed = true;
        let best = compute_best(&[jailed, row("b", 20, 0)], &unbounded()).unwrap();
        assert_eq!(best.largest_share.to_string(), "0.666666666666666666"); // 20 / 30
    }
}
