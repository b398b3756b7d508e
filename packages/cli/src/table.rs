//! Tables and numbers for a person.

use comfy_table::presets::NOTHING;
use comfy_table::{CellAlignment, Table, TableComponent};
use cosmwasm_std::Decimal;

/// A table without frames: the first column to the left, all others to the right.
pub fn table(header: &[&str]) -> Table {
    let mut table = Table::new();
    table
        .load_preset(NOTHING)
        .set_style(TableComponent::HeaderLines, '─')
        .set_style(TableComponent::MiddleHeaderIntersections, '─')
        .set_header(header.iter().copied());
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table
}

/// `part` of `whole` in percent, with at most two decimals, rounded down. None of nothing is none.
pub fn percent_of(part: u128, whole: u128) -> String {
    let ratio = Decimal::checked_from_ratio(part, whole).unwrap_or_default();
    percent(&ratio.to_string())
}

/// `0.1` -> `10 %`: moves the point by two places, and keeps at most two decimals.
pub fn percent(ratio: &str) -> String {
    let (whole, decimals) = ratio.split_once('.').unwrap_or((ratio, ""));
    let padded = format!("{decimals:0<4}");
    let (hundreds, rest) = padded.split_at(2);
    let digits = format!("{whole}{hundreds}");
    let digits = match digits.trim_start_matches('0') {
        "" => "0",
        digits => digits,
    };
    match rest.get(..2).unwrap_or_default().trim_end_matches('0') {
        "" => format!("{digits} %"),
        decimals => format!("{digits}.{decimals} %"),
    }
}

/// Tokens, grouped by three.
pub fn grouped(tokens: impl Into<u128>) -> String {
    grouped_text(&tokens.into().to_string())
}

/// `-1234567` -> `-1'234'567`.
pub fn grouped_text(number: &str) -> String {
    let (sign, digits) = match number.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", number),
    };
    let mut text = sign.to_string();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push('\'');
        }
        text.push(digit);
    }
    text
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
        ] {
            assert_eq!(percent(ratio), shown, "{ratio}");
        }
    }

    #[test]
    fn long_numbers_are_grouped_by_three() {
        assert_eq!(grouped_text("0"), "0");
        assert_eq!(grouped_text("123"), "123");
        assert_eq!(grouped_text("1234"), "1'234");
        assert_eq!(grouped_text("-1234567"), "-1'234'567");
    }
}
