//! What people have in the place of a file: recognised by its beginning, and said with what to give
//! instead.

use super::error::InputError;

const SETS: &str = "give what a chain answers at /cosmos/staking/v1beta1/validators, as JSON, or a compact \
     table";
/// How much of a strange text is worth showing, letters.
const SHOWN: usize = 80;

/// Nothing is fetched.
pub fn ensure_no_url(file: &str) -> Result<(), InputError> {
    let is_url = ["http://", "https://", "tcp://"]
        .iter()
        .any(|scheme| file.starts_with(scheme));
    match is_url {
        true => Err(InputError::looks_like(
            "a URL",
            "fetch it first, with `curl --fail --output FILE URL`, and give FILE; or - and a pipe",
        )),
        false => Ok(()),
    }
}

/// Nothing is unpacked.
pub fn ensure_no_archive(bytes: &[u8]) -> Result<(), InputError> {
    let (what, instead) = match bytes {
        [0x1f, 0x8b, ..] => (
            "a gzip file",
            "unpack it first, with `gunzip`, or let curl do so with `--compressed`",
        ),
        [b'P', b'K', 3, 4, ..] => (
            "a spreadsheet or another zip archive",
            "save the sheet as \"CSV UTF-8\", or unpack the archive",
        ),
        [b'%', b'P', b'D', b'F', ..] => ("a PDF document", "give the numbers as JSON or CSV"),
        [_, 0, _, 0, ..] | [0, _, 0, _, ..] => {
            ("UTF-16 text without a byte order mark", "save it as UTF-8")
        }
        _ => return Ok(()),
    };
    Err(InputError::looks_like(what, instead))
}

/// Escape characters come from programs that colour for a terminal.
pub fn ensure_no_escape(text: &str) -> Result<(), InputError> {
    let Some(line) = text.lines().position(|line| line.contains('\u{1b}')) else {
        return Ok(());
    };
    Err(InputError::LooksLike {
        path: format!("line {}: ", line + 1),
        what: "text with escape characters, as programs colour it for a terminal".to_string(),
        instead: "write it without colours, with `jq --monochrome-output` say",
    })
}

/// Of a text that is no JSON: what else it is, if that can be told.
pub fn ensure_json(text: &str) -> Result<(), InputError> {
    let begin = text.trim_start();
    if begin.starts_with(['{', '[']) || begin.is_empty() {
        return Ok(());
    }
    ensure_no_page_or_yaml(begin)
}

/// Of a text that may be a table: whether it is another format, or a message.
pub fn ensure_no_page_or_yaml(text: &str) -> Result<(), InputError> {
    let begin = text.trim_start();
    let first = begin.lines().next().unwrap_or_default().trim_end();
    if begin.starts_with('<') {
        return Err(InputError::LooksLike {
            path: String::new(),
            what: match title(begin) {
                Some(title) => format!("a web page, {title:?}"),
                None => "a web page or XML".to_string(),
            },
            instead: SETS,
        });
    }
    if let Some(message) = node_message(first) {
        let what = format!("an error message, {:?}", shorten(message));
        return Err(InputError::looks_like(what, "ask again, or another node"));
    }
    if is_yaml(first) {
        return Err(InputError::looks_like(
            "YAML",
            "ask the chain's program with `--output json`, or turn it into JSON",
        ));
    }
    Ok(())
}

/// The first line of a table, before its fields are counted.
pub fn ensure_plain_csv(line: &str, path: &str) -> Result<(), InputError> {
    let is_quoted = |cell: &str| {
        let cell = cell.trim();
        cell.len() > 1 && cell.starts_with('"') && cell.ends_with('"')
    };
    match line.split(',').any(is_quoted) {
        true => Err(InputError::LooksLike {
            path: format!("{path}: "),
            what: "quoted CSV".to_string(),
            instead: "write the fields without quotes and spaces",
        }),
        false => Ok(()),
    }
}

/// Why a header may be another one; empty when nothing can be told.
pub fn header_hint(found: &str) -> &'static str {
    if found.contains(';') {
        ": fields are separated by commas, not semicolons"
    } else if found.contains('\t') {
        ": fields are separated by commas, not tabs"
    } else if found.contains(", ") {
        ": fields are separated by commas alone, without spaces"
    } else {
        ""
    }
}

fn title(page: &str) -> Option<String> {
    let lower = page.to_ascii_lowercase();
    let begin = lower.find("<title>")? + "<title>".len();
    let end = begin + lower.get(begin..)?.find("</title>")?;
    let title = page.get(begin..end)?.split_whitespace();
    Some(shorten(&title.collect::<Vec<_>>().join(" ")))
}

/// What nodes, proxies and command lines say when they have no answer.
fn node_message(first: &str) -> Option<&str> {
    let beginnings = [
        "error:",
        "error ",
        "curl: (",
        "rpc error",
        "404 ",
        "429 ",
        "500 ",
        "502 ",
        "503 ",
        "504 ",
        "http/1",
        "http/2",
        "bad gateway",
        "not found",
        "too many requests",
        "upstream ",
        "internal server error",
        "service unavailable",
        "usage:",
    ];
    let lower = first.to_ascii_lowercase();
    let is_message = beginnings.iter().any(|begin| lower.starts_with(begin));
    is_message.then_some(first)
}

fn is_yaml(first: &str) -> bool {
    let is_key = |text: &str| {
        let key = text.split_once(':').map(|(key, rest)| (key, rest.trim()));
        key.is_some_and(|(key, rest)| {
            !key.is_empty()
                && key
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
                && !rest.contains(',')
        })
    };
    first == "---" || first.starts_with("- ") || is_key(first)
}

/// At most so many letters, without control characters.
pub fn shorten(text: &str) -> String {
    let clean = text.chars().filter(|letter| !letter.is_control());
    let mut short: String = clean.take(SHOWN + 1).collect();
    if short.chars().count() > SHOWN {
        short.pop();
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> String {
        let refused = ensure_json(text);
        refused.map_or_else(|error| error.to_string(), |()| String::new())
    }

    #[test]
    fn other_formats_are_named_with_what_to_give_instead() {
        for (text, beginning) in [
            (
                "<!DOCTYPE html>\n<html><head><TITLE> 502 Bad\nGateway</TITLE>",
                "this is a web page, \"502 Bad Gateway\": give what a chain answers at /cosmos/",
            ),
            ("<a/>", "this is a web page or XML: give"),
            (
                "pagination:\n  total: \"1\"\n",
                "this is YAML: ask the chain's program with `--output json`",
            ),
            ("---\na: 1\n", "this is YAML: "),
            ("- commission:\n", "this is YAML: "),
            (
                "curl: (6) Could not resolve host: nowhere\n",
                "this is an error message, \"curl: (6) Could not resolve host: nowhere\": ask again",
            ),
            (
                "Error: rpc error: code = Unknown",
                "this is an error message, ",
            ),
            ("404 page not found", "this is an error message, "),
        ] {
            assert!(said(text).starts_with(beginning), "{text}: {}", said(text));
        }
        for text in ["", " {\"a\": ", "[1", "validator,tokens\n", "plain words"] {
            assert_eq!(said(text), "", "{text}");
        }
    }

    #[test]
    fn archives_are_named_with_how_to_unpack_them() {
        for (bytes, beginning) in [
            (&[0x1f, 0x8b, 8, 0][..], "this is a gzip file: "),
            (b"PK\x03\x04more", "this is a spreadsheet or another zip"),
            (b"%PDF-1.7", "this is a PDF document: "),
            (b"v\0a\0l\0", "this is UTF-16 text without"),
        ] {
            let said = ensure_no_archive(bytes).unwrap_err().to_string();
            assert!(said.starts_with(beginning), "{said}");
        }
        for bytes in [&b""[..], b"{", b"{}", b"a,b\n"] {
            assert!(ensure_no_archive(bytes).is_ok());
        }
    }
}
