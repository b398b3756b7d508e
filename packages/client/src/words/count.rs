//! Words beside numbers.

/// `1 validator`, `2 validators`.
pub fn count(number: usize, one: &str, many: &str) -> String {
    let word = match number {
        1 => one,
        _ => many,
    };
    // no machine counts beyond 128 bits
    format!("{} {word}", grouped(number as u128))
}

/// A number, its digits grouped by three.
pub fn grouped(number: impl Into<u128>) -> String {
    let digits = number.into().to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && digits.len().saturating_sub(index).is_multiple_of(3) {
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
    fn one_is_no_plural() {
        assert_eq!(count(0, "move", "moves"), "0 moves");
        assert_eq!(count(1, "move", "moves"), "1 move");
        assert_eq!(count(1_234, "entry", "entries"), "1'234 entries");
    }

    #[test]
    fn long_numbers_are_grouped_by_three() {
        assert_eq!(grouped(0u128), "0");
        assert_eq!(grouped(123u128), "123");
        assert_eq!(grouped(1_234u128), "1'234");
        assert_eq!(grouped(1_234_567u128), "1'234'567");
    }
}
