//! `Dec18` against results of the SDK's own `LegacyDec`.

use cosmwasm_std::{Uint128, Uint256};
use staking_sim::Dec18;

const VECTORS: &str = include_str!("vectors/legacy_dec.txt");

#[test]
fn two_hundred_vectors_of_the_go_library_agree() {
    let mut count = 0;
    for line in VECTORS.lines().filter(|line| !line.starts_with('#')) {
        let numbers: Vec<Uint256> = line.split(' ').map(|text| text.parse().unwrap()).collect();
        let [
            a,
            b,
            n,
            quo,
            quo_truncate,
            quo_round_up,
            mul,
            mul_truncate,
            quo_int,
            round,
        ] = numbers.try_into().unwrap();
        let dec = |atomics: Uint256| Dec18::from_atomics(atomics);
        let n = Uint128::try_from(n).unwrap();
        let (a, b) = (dec(a), dec(b));
        assert_eq!(a.quo_half_even(b), Ok(dec(quo)), "Quo {line}");
        assert_eq!(a.quo_floor(b), Ok(dec(quo_truncate)), "QuoTruncate {line}");
        assert_eq!(a.quo_ceil(b), Ok(dec(quo_round_up)), "QuoRoundUp {line}");
        assert_eq!(a.mul_half_even(b), Ok(dec(mul)), "Mul {line}");
        assert_eq!(a.mul_floor(b), Ok(dec(mul_truncate)), "MulTruncate {line}");
        assert_eq!(a.quo_int_floor(n), Ok(dec(quo_int)), "QuoInt {line}");
        let round = Uint128::try_from(round).unwrap();
        assert_eq!(a.to_int_half_even(), Ok(round), "RoundInt {line}");
        count += 1;
    }
    assert_eq!(count, 200);
}
