//! Texts as the page takes them.

use crate::simulate::picture;

/// Text as HTML takes it, in elements and in attributes, which has no control characters.
pub fn escape(text: &str) -> String {
    picture::escape(text)
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

/// No line ends before a sign of percent.
pub fn keep_percents(text: &str) -> String {
    text.replace(" %", "\u{a0}%")
}
