//! Looking for a text in another. The standard library's search is made for long texts: 3 KB of code.

/// Where a part begins, if it is there.
#[must_use]
pub fn position_of(part: &str, text: &str) -> Option<usize> {
    let mut places = text.as_bytes().windows(part.len());
    places.position(|place| place == part.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_found_where_the_standard_library_finds_it() {
        for text in ["", "b", "ab", "abab", "äbä", "xab", "xxabab", "aab"] {
            for part in ["a", "b", "ab", "ba", "ä", "abc", "aab"] {
                assert_eq!(position_of(part, text), text.find(part), "{part} in {text}");
            }
        }
    }
}
