//! The report: with the vault, without it, after a change; by validator and by operator.

use cosmwasm_std::Decimal;
use defenders_allocation::{
    compute_concentration, compute_concentration_report, AllocationError, Position,
};
use proptest::prelude::*;

fn position(
    operator: Option<&str>,
    external: u128,
    delegated: u128,
    delegated_after: u128,
) -> Position<'_> {
    Position {
        operator,
        external,
        delegated,
        delegated_after,
    }
}

#[test]
fn report_tells_the_three_states_by_validator_and_by_operator() {
    let positions = [
        position(Some("x"), 30, 10, 0),
        position(None, 20, 0, 10),
        position(Some("x"), 30, 0, 10),
        position(None, 10, 0, 10),
    ];
    let report = compute_concentration_report(&positions, &[5_000]).unwrap();
    let of = |stakes: &[u128]| compute_concentration(stakes, &[5_000]);

    let by_validator = report.by_validator;
    assert_eq!(by_validator.with, of(&[40, 20, 30, 10]));
    assert_eq!(by_validator.without, of(&[30, 20, 30, 10]));
    assert_eq!(by_validator.after, of(&[30, 30, 40, 20]));
    assert_eq!(by_validator.with.nakamoto_at, [2]); // 40 + 30 of 100
    assert_eq!(by_validator.without.holders, 4);

    let by_operator = report.by_operator;
    assert_eq!(by_operator.with, of(&[70, 20, 10]));
    assert_eq!(by_operator.without, of(&[60, 20, 10]));
    assert_eq!(by_operator.after, of(&[70, 30, 20]));
    assert_eq!(by_operator.with.nakamoto_at, [1]); // 70 of 100
    assert_eq!(by_operator.with.top_1_share, Decimal::percent(70));
}

#[test]
fn stakes_beyond_128_bits_are_refused() {
    let beyond = AllocationError::SumOverflow {
        left: u128::MAX,
        right: 1,
    };
    for positions in [
        vec![position(None, u128::MAX, 1, 0)],
        vec![position(None, u128::MAX, 0, 1)],
        vec![
            position(Some("x"), u128::MAX, 0, 0),
            position(Some("x"), 1, 0, 0),
        ],
    ] {
        let refused = compute_concentration_report(&positions, &[]);
        assert_eq!(refused, Err(beyond.clone()));
    }
    let alone = [position(None, u128::MAX, 0, 0), position(None, 1, 0, 0)];
    assert!(compute_concentration_report(&alone, &[]).is_ok());
}

const OPERATORS: [Option<&str>; 4] = [None, Some("x"), Some("y"), Some("z")];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(5_000))]

    /// Invariant 10, its second half.
    #[test]
    fn operators_are_what_their_validators_add_up_to_and_never_less_concentrated(
        rows in proptest::collection::vec((0usize..4, 0u128..=50, 0u128..=50, 0u128..=50), 0..=12)
    ) {
        let positions: Vec<_> = rows
            .iter()
            .map(|(operator, external, delegated, after)| {
                position(OPERATORS[*operator], *external, *delegated, *after)
            })
            .collect();
        let report = compute_concentration_report(&positions, &[2_500]).unwrap();
        for (by_operator, by_validator, tokens) in [
            (
                report.by_operator.with,
                report.by_validator.with,
                &(|row: &Position<'_>| row.external + row.delegated) as &dyn Fn(&Position<'_>) -> u128,
            ),
            (report.by_operator.without, report.by_validator.without, &|row| row.external),
            (
                report.by_operator.after,
                report.by_validator.after,
                &|row| row.external + row.delegated_after,
            ),
        ] {
            // one entry per operator that is there, and one per validator of none
            let mut stakes = Vec::new();
            for operator in OPERATORS {
                let members = positions.iter().filter(|row| row.operator == operator);
                match operator {
                    None => stakes.extend(members.map(tokens)),
                    Some(_) if members.clone().count() == 0 => {}
                    Some(_) => stakes.push(members.map(tokens).sum()),
                }
            }
            prop_assert_eq!(&by_operator, &compute_concentration(&stakes, &[2_500]));
            prop_assert!(by_operator.nakamoto_third <= by_validator.nakamoto_third);
            prop_assert!(by_operator.nakamoto_two_thirds <= by_validator.nakamoto_two_thirds);
            prop_assert!(by_operator.nakamoto_at <= by_validator.nakamoto_at);
            prop_assert!(by_operator.effective_number <= by_validator.effective_number);
            prop_assert!(by_operator.hhi >= by_validator.hhi);
            prop_assert!(by_operator.top_1_share >= by_validator.top_1_share);
            prop_assert!(by_operator.top_5_share >= by_validator.top_5_share);
            prop_assert!(by_operator.top_10_share >= by_validator.top_10_share);
            prop_assert!(by_operator.top_20_share >= by_validator.top_20_share);
        }
    }
}
