//! Ratios: four digits, rounded down.

use cosmwasm_std::Decimal;

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

/// `0.1` -> `10 %`: moves the point by two places, and keeps at most two decimals, and no more than four
/// digits where it keeps any.
pub fn percent(ratio: &str) -> String {
    let (sign, ratio) = match ratio.strip_prefix('-') {
        Some(ratio) => ("-", ratio),
        None => ("", ratio),
    };
    let (whole, decimals) = ratio.split_once('.').unwrap_or((ratio, ""));
    let padded = format!("{decimals:0<4}");
    let (hundreds, rest) = padded.split_at(2);
    let digits = format!("{whole}{hundreds}");
    let digits = match digits.trim_start_matches('0') {
        "" => "0",
        digits => digits,
    };
    let kept = 4usize.saturating_sub(digits.len()).min(2);
    match rest.get(..kept).unwrap_or_default().trim_end_matches('0') {
        "" if digits == "0" => "0 %".to_string(),
        "" => format!("{sign}{digits} %"),
        decimals => format!("{sign}{digits}.{decimals} %"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_are_shown_in_percent() {
        for (ratio, shown) in [
            ("0.1", "10 %"),
            ("0.012345", "1.23 %"),
            ("1", "100 %"),
            ("0", "0 %"),
            ("0.5004", "50.04 %"),
            ("0.00009", "0 %"),
            ("-0.0625", "-6.25 %"),
            ("-0.00001", "0 %"),
            ("1.23456", "123.4 %"),
            ("123.456789", "12345 %"),
        ] {
            assert_eq!(percent(ratio), shown, "{ratio}");
        }
    }

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
