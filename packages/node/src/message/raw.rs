//! JSON as it stands in a file. A signature is of a contract's message as it was written, order of names and all.

/// The text of the value at a path of names and indices. None when there is none; the text has to be JSON.
pub(crate) fn find_text<'a>(text: &'a str, path: &[&str]) -> Option<&'a str> {
    let mut value = text.trim();
    for step in path {
        value = entries(value)
            .into_iter()
            .find(|(name, _)| name == step)
            .map(|(_, value)| value)?;
    }
    Some(value)
}

/// How letters are written that mean something in web pages: `<`, `>`, `&` and two separators of lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Letters {
    /// As they stand there.
    Kept,
    /// Escaped, as Go's JSON does.
    Escaped,
    /// As themselves.
    Plain,
}

impl Letters {
    pub const ALL: [Letters; 3] = [Letters::Kept, Letters::Escaped, Letters::Plain];
}

const OF_PAGES: [char; 5] = ['<', '>', '&', '\u{2028}', '\u{2029}'];

/// Without the spaces that JSON does not need.
pub(crate) fn compact(text: &str, letters: Letters) -> String {
    let mut text = without_spaces(text);
    for letter in OF_PAGES {
        let (plain, escaped) = (letter.to_string(), format!("\\u{:04x}", u32::from(letter)));
        text = match letters {
            Letters::Kept => text,
            Letters::Escaped => text.replace(&plain, &escaped),
            // a backslash that is itself escaped makes no escape of what follows
            Letters::Plain if text.contains("\\\\") => text,
            Letters::Plain => text.replace(&escaped, &plain),
        };
    }
    text
}

fn without_spaces(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    let (mut is_text, mut is_escaped) = (false, false);
    for letter in text.chars() {
        match letter {
            ' ' | '\t' | '\r' | '\n' if !is_text => {}
            _ => written.push(letter),
        }
        if letter == '"' && !is_escaped {
            is_text = !is_text;
        }
        is_escaped = is_text && letter == '\\' && !is_escaped;
    }
    written
}

/// Names and values of an object, or indices and values of an array.
fn entries(text: &str) -> Vec<(String, &str)> {
    let inner = text
        .get(1..text.len().saturating_sub(1))
        .unwrap_or_default();
    let is_object = text.starts_with('{');
    let parts = split(inner);
    let named = parts.into_iter().enumerate().map(|(index, part)| {
        if !is_object {
            return (index.to_string(), part.trim());
        }
        let name_ends = end_of_text(part.trim_start());
        let (name, value) = part.trim_start().split_at(name_ends);
        let value = value.trim_start().trim_start_matches(':');
        (name.trim_matches('"').to_string(), value.trim())
    });
    named.collect()
}

/// Where a text in quotes ends.
fn end_of_text(text: &str) -> usize {
    let mut is_escaped = false;
    for (at, letter) in text.char_indices().skip(1) {
        match letter {
            '"' if !is_escaped => return at.saturating_add(1),
            letter => is_escaped = letter == '\\' && !is_escaped,
        }
    }
    text.len()
}

/// What stands between the commas of the outermost level.
fn split(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut depth, mut from) = (0u32, 0usize);
    let (mut is_text, mut is_escaped) = (false, false);
    for (at, letter) in text.char_indices() {
        match letter {
            '"' if !is_escaped => is_text = !is_text,
            '{' | '[' if !is_text => depth = depth.saturating_add(1),
            '}' | ']' if !is_text => depth = depth.saturating_sub(1),
            ',' if !is_text && depth == 0 => {
                parts.extend(text.get(from..at));
                from = at.saturating_add(1);
            }
            _ => {}
        }
        is_escaped = is_text && letter == '\\' && !is_escaped;
    }
    let last = text.get(from..).unwrap_or_default();
    if !last.trim().is_empty() {
        parts.push(last);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_found_as_it_was_written() {
        let text = r#" { "a": [ 1, {"b, \"x\"": "]}", "msg" : { "z": "<\u003c é", "a": [ ] } } ], "c": {} } "#;
        let found = find_text(text, &["a", "1", "msg"]).unwrap();
        assert_eq!(found, r#"{ "z": "<\u003c é", "a": [ ] }"#);
        let spelt = |letters| compact(found, letters);
        assert_eq!(spelt(Letters::Kept), r#"{"z":"<\u003c é","a":[]}"#);
        assert_eq!(spelt(Letters::Escaped), r#"{"z":"\u003c\u003c é","a":[]}"#);
        assert_eq!(spelt(Letters::Plain), r#"{"z":"<< é","a":[]}"#);
        assert_eq!(find_text(text, &["a", "0"]), Some("1"));
        assert_eq!(find_text(text, &["c"]), Some("{}"));
        for none in [&["d"][..], &["a", "2"], &["c", "x"], &["a", "0", "x"]] {
            assert_eq!(find_text(text, none), None, "{none:?}");
        }
        assert_eq!(
            compact(r#""a \" b\\" , 1"#, Letters::Kept),
            r#""a \" b\\",1"#
        );
    }
}
