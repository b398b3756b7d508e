//! Where the vault's stake went: by rank of the operators' own stake, which is what was on a
//! validator before anything moved.

use std::cmp::Reverse;

use cosmwasm_std::{Decimal, Uint128};

use super::findings::RankRow;
use super::report::{Status, ValidatorRow};
use super::signed::compute_growth;

/// First and last rank of each row, counted from 1; the last has no end.
const RANKS: [(usize, usize); 5] = [(1, 25), (26, 50), (51, 100), (101, 150), (151, usize::MAX)];

/// A row for each band of ranks that has a validator. Who was not bonded has no rank.
pub fn compute_ranks(validators: &[ValidatorRow]) -> Vec<RankRow> {
    let mut ranked: Vec<&ValidatorRow> = validators.iter().filter(|row| row.was_bonded).collect();
    // rows are in ascending operator address, and the sort keeps that
    ranked.sort_by_key(|row| Reverse(row.before));
    let all: Uint128 = validators.iter().map(|row| row.delegated).sum();
    let mut rows = Vec::new();
    for (first, last) in RANKS {
        let band = ranked.get(first - 1..last.min(ranked.len()));
        let Some(band) = band.filter(|band| !band.is_empty()) else {
            break;
        };
        let sum = |of: &dyn Fn(&ValidatorRow) -> Uint128| band.iter().map(|row| of(row)).sum();
        let (before, after, delegated): (Uint128, Uint128, Uint128) = (
            sum(&|row| row.before),
            sum(&|row| row.tokens()),
            sum(&|row| row.delegated),
        );
        rows.push(RankRow {
            first,
            last: first + band.len() - 1,
            validators: band.len(),
            with_vault: band.iter().filter(|row| !row.delegated.is_zero()).count(),
            still_bonded: band
                .iter()
                .filter(|row| row.status == Status::Bonded)
                .count(),
            before,
            after,
            delegated,
            vault_share: Decimal::checked_from_ratio(delegated, all).unwrap_or_default(),
            growth: compute_growth(before, after),
        });
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(index: u128, before: u128, external: u128, delegated: u128) -> ValidatorRow {
        ValidatorRow {
            validator: format!("v{index:03}"),
            name: None,
            left_out: None,
            was_bonded: true,
            before: before.into(),
            external: external.into(),
            delegated: delegated.into(),
            status: Status::Bonded,
            target: None,
            jailed: false,
            tombstoned: false,
            commission: Decimal::zero(),
            listed: true,
        }
    }

    #[test]
    fn stake_is_told_by_rank_before_anything_moved() {
        // 28 validators: v000 has 1000, v001 999, …; the last three get all of the vault
        let mut rows: Vec<ValidatorRow> = (0..28)
            .map(|index| row(index, 1_000 - index, 900, 0))
            .collect();
        for row in rows.iter_mut().skip(25) {
            row.delegated = 500u128.into();
        }
        rows.push(row(28, 5_000, 5_000, 0)); // was not bonded
        rows[28].was_bonded = false;
        let ranks = compute_ranks(&rows);
        assert_eq!(ranks.len(), 2);
        assert_eq!(
            (ranks[0].first, ranks[0].last, ranks[0].validators),
            (1, 25, 25)
        );
        assert_eq!(ranks[0].vault_share, Decimal::zero());
        // 25 x 1000 less 0 + 1 + … + 24 = 300
        assert_eq!(ranks[0].before.u128(), 24_700);
        assert_eq!(ranks[0].growth, "-0.089068825910931174"); // 22500 / 24700 - 1
        assert_eq!(
            (ranks[1].first, ranks[1].last, ranks[1].with_vault),
            (26, 28, 3)
        );
        assert_eq!(ranks[1].vault_share, Decimal::one());
        assert_eq!(ranks[1].before.u128(), 975 + 974 + 973);
        assert_eq!(ranks[1].after.u128(), 3 * 1_400);
    }

    #[test]
    fn set_of_any_size_has_rows_for_those_it_has() {
        for (validators, rows) in [
            (0, 0),
            (1, 1),
            (25, 1),
            (26, 2),
            (150, 4),
            (151, 5),
            (400, 5),
        ] {
            let set: Vec<ValidatorRow> = (0..validators).map(|it| row(it, 7, 7, 0)).collect();
            let ranks = compute_ranks(&set);
            assert_eq!(ranks.len(), rows);
            let counted: usize = ranks.iter().map(|row| row.validators).sum();
            assert_eq!(counted as u128, validators);
        }
    }
}
