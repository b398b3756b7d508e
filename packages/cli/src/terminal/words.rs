//! Words beside numbers.

use super::amounts::grouped;

/// `1 validator`, `2 validators`.
pub fn count(number: usize, one: &str, many: &str) -> String {
    let word = match number {
        1 => one,
        _ => many,
    };
    // no machine counts beyond 128 bits
    format!("{} {word}", grouped(number as u128))
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
}
