//! Eighteen-decimal fixed point with the rounding of the SDK's `LegacyDec`
//! (`cosmossdk.io/math/legacy_dec.go`).

use std::fmt;

use cosmwasm_schema::cw_serde;
use cosmwasm_std::{Decimal, Decimal256, Uint128, Uint256, Uint512};

/// One, in atomics: 10^18.
const ONE: u128 = 1_000_000_000_000_000_000;
const HALF: u128 = ONE / 2;

/// A result that does not fit, or a division by zero; `LegacyDec` panics on both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecError {
    /// The result needs more than 256 bits, or is negative.
    #[error("decimal out of range")]
    OutOfRange,
    /// The divisor is zero.
    #[error("decimal divided by zero")]
    DivisionByZero,
}

/// A non-negative number of eighteen decimals, stored as its atomics (value times 10^18).
#[cw_serde]
#[derive(Copy, Default, Eq, PartialOrd, Ord)]
pub struct Dec18(Uint256);

impl Dec18 {
    /// Zero.
    pub const fn zero() -> Self {
        Self(Uint256::zero())
    }

    /// One.
    pub fn one() -> Self {
        Self(Uint256::from(ONE))
    }

    /// The smallest positive number, 10^-18.
    pub fn smallest() -> Self {
        Self(Uint256::one())
    }

    /// A whole number.
    pub fn from_int(value: Uint128) -> Self {
        // 2^128 times 10^18 is below 2^188
        Self(Uint256::from(value) * Uint256::from(ONE))
    }

    /// A number given by its atomics.
    pub fn from_atomics(atomics: impl Into<Uint256>) -> Self {
        Self(atomics.into())
    }

    /// The value times 10^18, the form in which protobuf carries a `LegacyDec`.
    pub fn atomics(self) -> Uint256 {
        self.0
    }

    /// Whether the number is zero.
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// Sum.
    pub fn checked_add(self, other: Self) -> Result<Self, DecError> {
        self.0
            .checked_add(other.0)
            .map(Self)
            .map_err(|_| DecError::OutOfRange)
    }

    /// Difference; an error when it is negative.
    pub fn checked_sub(self, other: Self) -> Result<Self, DecError> {
        self.0
            .checked_sub(other.0)
            .map(Self)
            .map_err(|_| DecError::OutOfRange)
    }

    /// `MulInt`: exact.
    pub fn mul_int(self, factor: Uint128) -> Result<Self, DecError> {
        narrow(self.0.full_mul(Uint256::from(factor)))
    }

    /// `QuoInt`: truncated.
    pub fn quo_int_floor(self, divisor: Uint128) -> Result<Self, DecError> {
        self.0
            .checked_div(Uint256::from(divisor))
            .map(Self)
            .map_err(|_| DecError::DivisionByZero)
    }

    /// `Mul`: the 36-decimal product rounded half to even.
    pub fn mul_half_even(self, other: Self) -> Result<Self, DecError> {
        chop_half_even(self.0.full_mul(other.0))
    }

    /// `MulTruncate`.
    pub fn mul_floor(self, other: Self) -> Result<Self, DecError> {
        let (quotient, _) = split(self.0.full_mul(other.0))?;
        narrow(quotient)
    }

    /// `Quo`: the 36-decimal quotient is truncated, then rounded half to even.
    pub fn quo_half_even(self, divisor: Self) -> Result<Self, DecError> {
        chop_half_even(self.quotient_36(divisor)?)
    }

    /// `QuoTruncate`.
    pub fn quo_floor(self, divisor: Self) -> Result<Self, DecError> {
        let (quotient, _) = split(self.quotient_36(divisor)?)?;
        narrow(quotient)
    }

    /// `QuoRoundUp`: the 36-decimal quotient is truncated, then rounded up.
    pub fn quo_ceil(self, divisor: Self) -> Result<Self, DecError> {
        let (quotient, remainder) = split(self.quotient_36(divisor)?)?;
        if remainder.is_zero() {
            narrow(quotient)
        } else {
            narrow(
                quotient
                    .checked_add(Uint512::one())
                    .map_err(|_| DecError::OutOfRange)?,
            )
        }
    }

    /// `TruncateInt`.
    pub fn to_int_floor(self) -> Result<Uint128, DecError> {
        Uint128::try_from(self.0 / Uint256::from(ONE)).map_err(|_| DecError::OutOfRange)
    }

    /// `RoundInt`: half to even.
    pub fn to_int_half_even(self) -> Result<Uint128, DecError> {
        let rounded = chop_half_even(Uint512::from(self.0))?;
        Uint128::try_from(rounded.0).map_err(|_| DecError::OutOfRange)
    }

    /// `self / divisor` with 36 decimals, truncated.
    fn quotient_36(self, divisor: Self) -> Result<Uint512, DecError> {
        if divisor.is_zero() {
            return Err(DecError::DivisionByZero);
        }
        let one = Uint512::from(ONE);
        Uint512::from(self.0)
            .checked_mul(one)
            .and_then(|scaled| scaled.checked_mul(one))
            .map(|scaled| scaled / Uint512::from(divisor.0))
            .map_err(|_| DecError::OutOfRange)
    }
}

/// A 36-decimal number as (18-decimal part, what is below it).
fn split(value: Uint512) -> Result<(Uint512, Uint512), DecError> {
    let one = Uint512::from(ONE);
    let quotient = value / one;
    let remainder = value
        .checked_rem(one)
        .map_err(|_| DecError::DivisionByZero)?;
    Ok((quotient, remainder))
}

/// `chopPrecisionAndRound`: banker's rounding.
fn chop_half_even(value: Uint512) -> Result<Dec18, DecError> {
    let (quotient, remainder) = split(value)?;
    let half = Uint512::from(HALF);
    let is_odd = !(quotient % Uint512::from(2u8)).is_zero();
    if remainder > half || (remainder == half && is_odd) {
        narrow(
            quotient
                .checked_add(Uint512::one())
                .map_err(|_| DecError::OutOfRange)?,
        )
    } else {
        narrow(quotient)
    }
}

fn narrow(value: Uint512) -> Result<Dec18, DecError> {
    Uint256::try_from(value)
        .map(Dec18)
        .map_err(|_| DecError::OutOfRange)
}

impl From<Decimal> for Dec18 {
    fn from(value: Decimal) -> Self {
        Self(Uint256::from(value.atomics()))
    }
}

impl From<Dec18> for Decimal256 {
    fn from(value: Dec18) -> Self {
        Self::new(value.0)
    }
}

/// All eighteen decimals, as proto-JSON prints a `LegacyDec`.
impl fmt::Display for Dec18 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let one = Uint256::from(ONE);
        let fraction = (self.0 % one).to_string();
        write!(f, "{}.{fraction:0>18}", self.0 / one)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn int(value: u128) -> Dec18 {
        Dec18::from_int(Uint128::new(value))
    }

    fn atomics(value: u128) -> Dec18 {
        Dec18::from_atomics(value)
    }

    #[test]
    fn quotient_rounds_half_to_even() {
        // 1 / 2·10^18 = 0.5·10^-18: half, to the even 0
        assert_eq!(int(1).quo_half_even(int(2 * ONE)), Ok(atomics(0)));
        // 3 / 2·10^18 = 1.5·10^-18: half, to the even 2
        assert_eq!(int(3).quo_half_even(int(2 * ONE)), Ok(atomics(2)));
        // 2 / 3 = 0.666…6667
        assert_eq!(
            int(2).quo_half_even(int(3)),
            Ok(atomics(666_666_666_666_666_667))
        );
        assert_eq!(
            int(2).quo_floor(int(3)),
            Ok(atomics(666_666_666_666_666_666))
        );
        assert_eq!(
            int(1).quo_ceil(int(3)),
            Ok(atomics(333_333_333_333_333_334))
        );
        assert_eq!(int(6).quo_ceil(int(3)), Ok(int(2)));
    }

    #[test]
    fn product_rounds_half_to_even_or_down() {
        // 0.5 · 3·10^-18 = 1.5·10^-18
        assert_eq!(atomics(HALF).mul_half_even(atomics(3)), Ok(atomics(2)));
        assert_eq!(atomics(HALF).mul_half_even(atomics(1)), Ok(atomics(0)));
        assert_eq!(atomics(HALF).mul_floor(atomics(3)), Ok(atomics(1)));
    }

    #[test]
    fn integers_come_out_truncated_or_half_even() {
        assert_eq!(atomics(ONE * 5 / 2).to_int_floor(), Ok(Uint128::new(2)));
        assert_eq!(atomics(ONE * 5 / 2).to_int_half_even(), Ok(Uint128::new(2)));
        assert_eq!(atomics(ONE * 7 / 2).to_int_half_even(), Ok(Uint128::new(4)));
    }

    #[test]
    fn chain_sized_numbers_do_not_overflow() {
        // 10^28 base units of an eighteen-decimals token, shares at rate one
        let tokens = Uint128::new(10u128.pow(28));
        let shares = Dec18::from_int(tokens);
        let product = shares.mul_int(tokens).unwrap();
        assert_eq!(product.quo_half_even(shares), Ok(shares));
    }

    #[test]
    fn impossible_results_are_errors() {
        assert_eq!(
            int(1).quo_floor(Dec18::zero()),
            Err(DecError::DivisionByZero)
        );
        assert_eq!(
            int(1).quo_int_floor(Uint128::zero()),
            Err(DecError::DivisionByZero)
        );
        assert_eq!(int(1).checked_sub(int(2)), Err(DecError::OutOfRange));
        let max = Dec18::from_atomics(Uint256::MAX);
        assert_eq!(max.checked_add(atomics(1)), Err(DecError::OutOfRange));
        assert_eq!(max.mul_int(Uint128::new(2)), Err(DecError::OutOfRange));
    }

    #[test]
    fn display_prints_all_decimals() {
        assert_eq!(atomics(1).to_string(), "0.000000000000000001");
        assert_eq!(int(12).to_string(), "12.000000000000000000");
    }
}
