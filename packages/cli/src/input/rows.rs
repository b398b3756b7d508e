//! Tables of strings, as JSON or CSV: an array of objects, or a line with the names of the fields
//! and a line per row.

use std::path::Path;

use super::Json;
use super::error::{FileError, InputError};
use super::node::{Node, Object};
use super::read::{parse_json, read_text};
use super::shape;

/// Reads the rows of a file one by one, each an object with exactly these fields.
pub fn load_rows<T>(
    file: &Path,
    fields: &[&'static str],
    mut read: impl FnMut(Object) -> Result<T, InputError>,
) -> Result<Vec<T>, FileError> {
    read_text(file)
        .and_then(|text| parse_rows(&text, fields))
        .and_then(|rows| {
            let rows = rows.into_iter().map(|row| read(row.object(fields)?));
            rows.collect()
        })
        .map_err(|error| error.in_file(file))
}

fn parse_rows(text: &str, fields: &[&'static str]) -> Result<Vec<Node>, InputError> {
    if text.trim_start().starts_with(['{', '[']) {
        return parse_json(text)?.array();
    }
    let header = fields.join(",");
    let mut lines = text.lines().enumerate();
    let first = lines.next().map_or("", |(_, line)| line);
    if first != header {
        shape::ensure_no_page_or_yaml(text)?;
        shape::ensure_plain_csv(first, "line 1")?;
        return Err(InputError::Header {
            header,
            found: shape::shorten(first),
            hint: shape::header_hint(first),
        });
    }
    lines
        .filter(|(_, line)| !line.is_empty())
        .map(|(index, line)| {
            let path = format!("line {}", index + 1);
            shape::ensure_plain_csv(line, &path)?;
            let cells: Vec<&str> = line.split(',').collect();
            if cells.len() != fields.len() {
                return Err(InputError::Cells {
                    path,
                    expected: fields.len(),
                    found: cells.len(),
                });
            }
            let named = fields.iter().zip(cells);
            let row = named.map(|(field, cell)| (field.to_string(), Json::Text(cell.to_string())));
            Ok(Node::at(path, Json::Object(row.collect())))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rows as (a, b), or the message.
    fn read(text: &str) -> Result<Vec<(String, u128)>, String> {
        let fields = ["a", "b"];
        let read = |row: Node| {
            let mut row = row.object(&fields)?;
            Ok((row.required("a")?.name()?, row.required("b")?.tokens()?))
        };
        let rows = parse_rows(text, &fields).and_then(|rows| rows.into_iter().map(read).collect());
        rows.map_err(|error: InputError| error.to_string())
    }

    #[test]
    fn both_formats_say_the_same() {
        let rows = vec![("x".to_string(), 7), ("y".to_string(), 8)];
        assert_eq!(read("a,b\nx,7\n\ny,8\n"), Ok(rows.clone()));
        assert_eq!(read("a,b\r\nx,7\r\ny,8"), Ok(rows.clone()));
        assert_eq!(read(r#" [{"a":"x","b":"7"},{"b":"8","a":"y"}]"#), Ok(rows));
        assert_eq!(read("a,b\n"), Ok(vec![]));
    }

    #[test]
    fn broken_rows_are_named_by_line_or_path() {
        for (text, message) in [
            ("", r#"line 1: expected the header "a,b", found """#),
            (
                "b,a\n1,x",
                r#"line 1: expected the header "a,b", found "b,a""#,
            ),
            ("a,b\nx", "line 2: expected 2 fields, found 1"),
            ("a,b\n\nx,7,8", "line 3: expected 2 fields, found 3"),
            ("a,b\nx, 7", "line 2.b: expected an amount"),
            ("a,b\n,7", "line 2.a: expected a string that is not empty"),
            (r#"[{"a":"x"}]"#, "[0].b: the field is missing"),
            (r#"[{"a":"x","b":7}]"#, "[0].b: expected an amount"),
            (r#"[{"a":"x","b":"7","c":1}]"#, "[0].c: unknown field"),
            (
                r#"{"x":"7"}"#,
                "top level: expected an array, found an object",
            ),
        ] {
            let said = read(text).unwrap_err();
            assert!(said.starts_with(message), "{said}");
        }
    }
}
