//! Names that operators give themselves: anything at all, shown beside the operator's address.

use unicode_general_category::{GeneralCategory, get_general_category};

/// Most letters of a name that are kept; x/staking allows 70 bytes.
const MOST_LETTERS: usize = 70;

/// A name without what cannot be seen: control characters, and those that only steer how others are
/// shown, which imitate names. Runs of spaces become one. `None` when nothing is left.
pub fn clean_name(name: &str) -> Option<String> {
    let letters = name
        .chars()
        .filter_map(|letter| match get_general_category(letter) {
            GeneralCategory::Control
            | GeneralCategory::LineSeparator
            | GeneralCategory::ParagraphSeparator
            | GeneralCategory::SpaceSeparator => Some(' '),
            GeneralCategory::Format
            | GeneralCategory::PrivateUse
            | GeneralCategory::Surrogate
            | GeneralCategory::Unassigned => None,
            _ => Some(letter),
        });
    let spaced: String = letters.collect();
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let clean: String = words.join(" ").chars().take(MOST_LETTERS).collect();
    (!clean.is_empty()).then_some(clean)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_keep_what_can_be_seen() {
        for (name, clean) in [
            ("Coinbase Custody", Some("Coinbase Custody")),
            ("Validator 0 🐌", Some("Validator 0 🐌")),
            ("  a \t b\r\n c ", Some("a b c")),
            ("a\u{1b}[31mred", Some("a [31mred")),
            ("good\u{202e}live\u{2066}", Some("goodlive")),
            ("in\u{200b}visible\u{feff}", Some("invisible")),
            ("non\u{a0}breaking", Some("non breaking")),
            ("日本, 東京", Some("日本, 東京")),
            ("\u{200b}\u{7}", None),
            ("", None),
        ] {
            assert_eq!(clean_name(name).as_deref(), clean, "{name:?}");
        }
        assert_eq!(clean_name(&"x".repeat(500)).unwrap().len(), MOST_LETTERS);
    }
}
