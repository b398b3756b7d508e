//! Ratios: four digits, rounded down.

use cosmwasm_std::Decimal;
use defenders_client::words::percent;

/// `43.584624` -> `43.58`, `0.000012345` -> `0.00001234`: the first four digits that count, rounded
/// down; all digits before the point.
pub fn four_digits(ratio: &str) -> String {
    let (whole, decimals) = ratio.split_once('.').unwrap_or((ratio, ""));
    let digits_before = whole.trim_start_matches(['-', '0']).len();
    let zeros = decimals.len() - decimals.trim_start_matches('0').len();
    let keep = match digits_before {
        0 => zeros + 4,
        digits => 4usize.saturating_sub(digits),
    };
    let kept = decimals
        .get(..keep)
        .unwrap_or(decimals)
        .trim_end_matches('0');
    match kept {
        "" => whole.to_string(),
        kept => format!("{whole}.{kept}"),
    }
}

/// `part` of `whole` in percent, with at most two decimals, rounded down. None of nothing is none.
pub fn percent_of(part: u128, whole: u128) -> String {
    let ratio = Decimal::checked_from_ratio(part, whole).unwrap_or_default();
    percent(&ratio.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_keep_four_digits() {
        for (ratio, shown) in [
            ("43.584624", "43.58"),
            ("1.012999", "1.012"),
            ("123456.7", "123456"),
            ("0.253799", "0.2537"),
            ("0.000012345", "0.00001234"),
            ("0.5", "0.5"),
            ("4.0000", "4"),
            ("0", "0"),
            ("7", "7"),
        ] {
            assert_eq!(four_digits(ratio), shown, "{ratio}");
        }
    }
}
