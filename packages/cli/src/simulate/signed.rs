//! Ratios that may be negative, as decimal strings.

use cosmwasm_std::{Decimal, Uint128};

const DAYS_PER_YEAR: u128 = 365;

/// after / before - 1, towards zero at 18 decimals. `0` of nothing.
pub fn compute_growth(before: Uint128, after: Uint128) -> String {
    let (sign, change) = match after >= before {
        true => ("", after - before),
        false => ("-", before - after),
    };
    tell(
        sign,
        Decimal::checked_from_ratio(change, before).unwrap_or_default(),
    )
}

/// What a rate that began at 1 has gained in so many days, for a year of 365 days, without
/// compounding.
pub fn compute_yearly_rate(rate: Decimal, days: u32) -> String {
    let one = Decimal::one();
    let (sign, change) = match rate >= one {
        true => ("", rate - one),
        false => ("-", one - rate),
    };
    let yearly = change
        .atomics()
        .checked_multiply_ratio(DAYS_PER_YEAR, days.max(1));
    // a rate that does not fit is not told
    tell(sign, Decimal::raw(yearly.unwrap_or_default().u128()))
}

fn tell(sign: &str, ratio: Decimal) -> String {
    match ratio.is_zero() {
        true => "0".to_string(),
        false => format!("{sign}{ratio}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn growth_has_a_sign_when_it_is_none() {
        let growth = |before: u128, after: u128| compute_growth(before.into(), after.into());
        assert_eq!(growth(100, 125), "0.25");
        assert_eq!(growth(100, 75), "-0.25");
        assert_eq!(growth(100, 100), "0");
        assert_eq!(growth(0, 5), "0");
    }

    #[test]
    fn year_has_365_days() {
        let rate = |text: &str, days| compute_yearly_rate(text.parse().unwrap(), days);
        assert_eq!(rate("1.01", 73), "0.05"); // 0.01 x 365 / 73
        assert_eq!(rate("0.99", 73), "-0.05");
        assert_eq!(rate("1", 60), "0");
    }
}
