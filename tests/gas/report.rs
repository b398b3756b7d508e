//! The table for people.

use comfy_table::{CellAlignment, Table, presets};

use super::measures::Measures;
use super::row::{Row, thousandths};

/// All rows of one number of validators.
pub fn table(measures: &Measures) -> Table {
    let mut table = Table::new();
    table.load_preset(presets::ASCII_MARKDOWN);
    let first = format!("{} validators", measures.validators);
    table.set_header([
        first.as_str(),
        "messages",
        "gas",
        "native",
        "native gas",
        "ratio",
    ]);
    for row in &measures.rows {
        table.add_row(cells(row));
    }
    for column in [1, 2, 4, 5] {
        if let Some(column) = table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table
}

fn cells(row: &Row) -> Vec<String> {
    let native = row.native.as_ref();
    vec![
        row.operation.clone(),
        row.messages.to_string(),
        grouped(row.gas),
        native.map_or(String::new(), |native| native.name.clone()),
        native.map_or(String::new(), |native| grouped(native.gas)),
        row.ratio().map_or(String::new(), thousandths),
    ]
}

/// `1 234 567`.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn thousands_are_set_apart() {
        let cases = [
            (0, "0"),
            (999, "999"),
            (1_000, "1 000"),
            (1_234_567, "1 234 567"),
        ];
        for (number, text) in cases {
            assert_eq!(grouped(number), text);
        }
    }
}
