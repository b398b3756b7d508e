//! Bytes as text, and text as JSON.

use super::error::InputError;
use super::node::Node;
use super::shape;

const BYTE_ORDER_MARK: char = '\u{feff}';
const UTF_16_LITTLE: &[u8] = &[0xff, 0xfe];
const UTF_16_BIG: &[u8] = &[0xfe, 0xff];

/// A whole file as text, without byte order marks.
pub fn decode(bytes: Vec<u8>) -> Result<String, InputError> {
    shape::ensure_no_archive(&bytes)?;
    let text = decode_unicode(bytes)?;
    shape::ensure_no_escape(&text)?;
    Ok(text)
}

/// UTF-8; or UTF-16 with a byte order mark, which some shells and spreadsheets write.
fn decode_unicode(bytes: Vec<u8>) -> Result<String, InputError> {
    let text = if let Some(units) = bytes.strip_prefix(UTF_16_LITTLE) {
        decode_utf16(units, u16::from_le_bytes)?
    } else if let Some(units) = bytes.strip_prefix(UTF_16_BIG) {
        decode_utf16(units, u16::from_be_bytes)?
    } else {
        decode_utf8(bytes)?
    };
    Ok(skip_byte_order_marks(text))
}

fn decode_utf8(bytes: Vec<u8>) -> Result<String, InputError> {
    String::from_utf8(bytes).map_err(|error| {
        let good = error.as_bytes().get(..error.utf8_error().valid_up_to());
        let good = good.unwrap_or_default();
        let newline = good.iter().rposition(|byte| *byte == b'\n');
        InputError::Encoding {
            line: 1 + good.iter().filter(|byte| **byte == b'\n').count(),
            column: good.len() - newline.map_or(0, |index| index + 1) + 1,
        }
    })
}

fn decode_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, InputError> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units: Vec<u16> = pairs.iter().map(|pair| unit(*pair)).collect();
    match String::from_utf16(&units) {
        Ok(text) if rest.is_empty() => Ok(text),
        _ => Err(InputError::looks_like(
            "broken UTF-16 text",
            "save it as UTF-8",
        )),
    }
}

/// Marks stand at the beginning, and of files put together at the beginning of each.
fn skip_byte_order_marks(text: String) -> String {
    if !text.contains(BYTE_ORDER_MARK) {
        return text;
    }
    let mut skipped = String::with_capacity(text.len());
    let mut before = '\n';
    for letter in text.chars() {
        if letter == BYTE_ORDER_MARK && matches!(before, '\n' | '}' | ']') {
            continue;
        }
        skipped.push(letter);
        before = letter;
    }
    skipped
}

/// A text as JSON: one value, and nothing after it.
pub fn parse_json(text: &str) -> Result<Node, InputError> {
    match serde_json::from_str(text) {
        Ok(json) => Ok(Node::top(json)),
        Err(error) => {
            shape::ensure_json(text)?;
            Err(error.into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn byte_order_marks_are_skipped_wherever_a_file_begins() {
        for (text, read) in [
            ("\u{feff}a,b\n", "a,b\n"),
            ("\u{feff}{}\n\u{feff}{}", "{}\n{}"),
            ("\u{feff}{}\u{feff}[]\u{feff}", "{}[]"),
            ("{\"a\u{feff}b\":1}", "{\"a\u{feff}b\":1}"),
        ] {
            assert_eq!(decode(text.as_bytes().to_vec()).unwrap(), read);
        }
    }

    #[test]
    fn utf_16_is_read_by_its_byte_order_mark() {
        let little: Vec<u8> = "\u{feff}é,b"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let big: Vec<u8> = "\u{feff}é,b"
            .encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect();
        assert_eq!(decode(little.clone()).unwrap(), "é,b");
        assert_eq!(decode(big).unwrap(), "é,b");
        let cut = little[..little.len() - 1].to_vec();
        let said = decode(cut).unwrap_err().to_string();
        assert_eq!(said, "this is broken UTF-16 text: save it as UTF-8");
    }
}
