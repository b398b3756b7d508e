//! Texts of strangers, in which everything can be seen.

use unicode_general_category::{GeneralCategory, get_general_category};

/// A text on one line in which everything can be seen: what ends lines, steers the terminal or imitates other
/// letters is spelt out.
pub fn shown(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for letter in text.chars() {
        match is_hidden(letter) {
            true => shown.extend(letter.escape_unicode()),
            false => shown.push(letter),
        }
    }
    shown
}

/// Whether a letter has no shape of its own.
pub fn is_hidden(letter: char) -> bool {
    matches!(
        get_general_category(letter),
        GeneralCategory::Control
            | GeneralCategory::Format
            | GeneralCategory::LineSeparator
            | GeneralCategory::ParagraphSeparator
            | GeneralCategory::PrivateUse
            | GeneralCategory::Surrogate
            | GeneralCategory::Unassigned
    )
}
