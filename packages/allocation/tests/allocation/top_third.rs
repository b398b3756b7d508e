//! The top third, and the margins that keep a validator from flapping.

use cosmwasm_std::{Uint128, Uint256, Uint512};
use defenders_allocation::{
    compute_top_third, compute_top_third_of, compute_top_third_with_margins, Stake, TopThird,
    SIZE_MARGIN_PERCENT, TOP_THIRD_MARGIN_PERCENT,
};
use proptest::prelude::*;
use TopThird::{Clear, Inside, Near};

const NAMES: [&str; 8] = ["d", "b", "f", "a", "c", "e", "g", "h"];

fn bands(tokens: &[u128]) -> Vec<TopThird> {
    let rows = NAMES.iter().zip(tokens);
    let stakes: Vec<_> = rows
        .map(|(validator, tokens)| Stake {
            validator,
            tokens: *tokens,
        })
        .collect();
    compute_top_third_with_margins(tokens.iter().sum(), &stakes)
}

#[test]
fn clear_begins_at_a_third_and_a_point() {
    // 1/3 + 1 % = 103/300: with 300 in all, those larger must hold 103.
    assert_eq!(bands(&[103, 98, 97, 2]), [Inside, Clear, Clear, Clear]);
    assert_eq!(bands(&[102, 97, 96, 5]), [Inside, Near, Near, Clear]);
}

#[test]
fn clear_needs_five_percent_less_than_those_inside() {
    // 105 % of 100 is 105: not less than the largest; 105 % of 99 is 103.95.
    assert_eq!(bands(&[105, 100]), [Inside, Near]);
    assert_eq!(bands(&[105, 99]), [Inside, Clear]);
}

#[test]
fn two_rivals_at_the_edge_do_not_take_turns() {
    // 30 % lie ahead of both; whoever is larger is inside, and the other does not return.
    let of = |a, b| bands(&[300, a, b, 90, 90, 90, 88])[1..3].to_vec();
    assert_eq!(of(172, 170), [Inside, Near]);
    assert_eq!(of(170, 172), [Near, Inside]);
    assert_eq!(of(171, 171), [Inside, Near]); // "b" before "f"
                                              // Until they are well apart.
    assert_eq!(of(176, 166), [Inside, Clear]);
}

#[test]
fn nothing_staked_is_clear() {
    assert_eq!(bands(&[0, 0]), [Clear, Clear]);
}

#[test]
fn largest_possible_stakes_do_not_overflow() {
    let most = u128::MAX;
    let stake = |validator, tokens| Stake { validator, tokens };
    let stakes = [stake("a", most), stake("b", most), stake("c", 1)];
    assert_eq!(
        compute_top_third_with_margins(most, &stakes),
        [Inside, Near, Clear]
    );
}

/// What the README says of the two real sets.
#[test]
fn margins_hold_few_validators_of_real_sets() {
    assert_eq!((TOP_THIRD_MARGIN_PERCENT, SIZE_MARGIN_PERCENT), (1, 5));
    let count = |table: &str| {
        let rows: Vec<Vec<&str>> = table
            .lines()
            .skip(1)
            .filter(|row| !row.is_empty())
            .map(|row| row.split(',').collect())
            .collect();
        let stakes: Vec<_> = rows
            .iter()
            .map(|row| Stake {
                validator: row[0],
                tokens: row[3].parse().unwrap(),
            })
            .collect();
        let bands =
            compute_top_third_with_margins(stakes.iter().map(|it| it.tokens).sum(), &stakes);
        [Inside, Near].map(|band| bands.iter().filter(|it| **it == band).count())
    };
    let hub = include_str!("../../../cli/data/cosmoshub-2022-10.csv");
    let osmosis = include_str!("../../../cli/data/osmosis-2021-07.csv");
    assert_eq!([count(hub), count(osmosis)], [[7, 2], [4, 0]]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]

    /// The definition, read out: inside as the top third says; clear when those larger by more than
    /// 5 % hold 103/300.
    #[test]
    fn bands_equal_their_definition(tokens in proptest::collection::vec(0u128..=120, 0..=8)) {
        let stakes: Vec<_> = NAMES
            .iter()
            .zip(&tokens)
            .map(|(validator, tokens)| Stake { validator, tokens: *tokens })
            .collect();
        let inside = compute_top_third(&stakes);
        let total: u128 = tokens.iter().sum();
        for (i, band) in bands(&tokens).into_iter().enumerate() {
            let larger = tokens.iter().filter(|other| **other * 100 > tokens[i] * 105);
            let is_clear = larger.sum::<u128>() * 300 >= total * 103;
            prop_assert!(!(inside[i] && is_clear && total > 0));
            let expected = if inside[i] { Inside } else if is_clear { Clear } else { Near };
            prop_assert_eq!(band, expected);
        }
    }

    /// Against the twin, for amounts of any size, many equal ones, and a total that is not their sum.
    #[test]
    fn fast_equals_the_twin_that_sums_anew_for_each(
        tokens in proptest::collection::vec(amount(), 0..=40),
        total in prop_oneof![3 => Just(None), 1 => amount().prop_map(Some)],
    ) {
        let names: Vec<_> = (0..tokens.len()).map(|i| format!("{i:02}")).collect();
        let rows = names.iter().zip(&tokens);
        let stakes: Vec<_> = rows
            .map(|(validator, tokens)| Stake { validator, tokens: *tokens })
            .collect();
        let sum = tokens.iter().fold(0, |sum: u128, it| sum.saturating_add(*it));
        let total = total.unwrap_or(sum);
        prop_assert_eq!(compute_top_third_with_margins(total, &stakes), twin(total, &stakes));
    }
}

/// Small and large ones; some differ by the margin of 5 % and a unit.
fn amount() -> impl Strategy<Value = u128> {
    prop_oneof![
        2 => 0u128..=120,
        2 => (95u128..=106, 0u128..=2).prop_map(|(a, b)| a * 10u128.pow(25) + b),
        1 => any::<u128>(),
    ]
}

/// For each validator, the sum of all that are larger than itself by more than 5 %.
fn twin(total: u128, stakes: &[Stake<'_>]) -> Vec<TopThird> {
    let percent_of = |tokens: u128, percent: u128| Uint128::new(tokens).full_mul(percent);
    let is_clear = |tokens: u128| {
        let larger = stakes
            .iter()
            .filter(|other| percent_of(other.tokens, 100) > percent_of(tokens, 105))
            .fold(Uint256::zero(), |sum, other| {
                sum + Uint256::from(other.tokens)
            });
        larger.full_mul(Uint256::from(300u128)) >= Uint512::from(percent_of(total, 103))
    };
    let inside = compute_top_third_of(total, stakes).into_iter().zip(stakes);
    inside
        .map(|(is_inside, stake)| match is_inside {
            true => Inside,
            false if is_clear(stake.tokens) => Clear,
            false => Near,
        })
        .collect()
}
