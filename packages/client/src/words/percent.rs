//! Shares in percent.

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
}
