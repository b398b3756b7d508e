//! The same, short, between two comments of a README.

use super::budget;
use super::measures::{Measures, WasmSizes};
use super::report::{natives, per_validator, wasm};
use super::row::{Row, thousandths};

const BEGIN: &str = "<!-- gas-table: begin -->";
const END: &str = "<!-- gas-table: end -->";

/// The text with what is between the comments replaced.
pub fn replace(text: &str, section: &str) -> Result<String, String> {
    let missing = |mark: &str| format!("{mark} is missing");
    let (before, rest) = text.split_once(BEGIN).ok_or_else(|| missing(BEGIN))?;
    let (_, after) = rest.split_once(END).ok_or_else(|| missing(END))?;
    Ok(format!("{before}{BEGIN}\n\n{section}\n{END}{after}"))
}

/// What stands between them.
pub fn section(all: &[Measures], sizes: WasmSizes) -> String {
    let Some(most) = all.iter().max_by_key(|measures| measures.validators) else {
        return String::new();
    };
    let mut lines = vec![];
    let counts: Vec<String> = all
        .iter()
        .map(|measures| measures.validators.to_string())
        .collect();
    lines.push(format!(
        "| operation (messages) | {} | native | ratio | budget |",
        counts.join(" | ")
    ));
    let columns = counts.len() + 4;
    lines.push(format!("|{}", " --- |".repeat(columns)));
    let is_query = |row: &&Row| row.operation.starts_with("query_");
    for row in most.rows.iter().filter(|row| !is_query(row)) {
        lines.push(line(all, most, row));
    }
    if let Some(dearest) = most.rows.iter().filter(is_query).max_by_key(|row| row.gas) {
        lines.push(line(all, most, dearest));
    }
    lines.push(String::new());
    for (operation, ratio, most) in budget::growth(all) {
        let (ratio, most) = (thousandths(ratio), thousandths(most));
        lines.push(format!(
            "- `{operation}`, longest list against the shortest: {ratio} x (at most {most} x)"
        ));
    }
    for text in per_validator(most) {
        lines.push(format!("- {text}"));
    }
    lines.push(format!("- {}", natives(most)));
    lines.push(format!("- {}\n", wasm(sizes)));
    lines.join("\n")
}

/// An operation at every number of validators, judged at the largest.
fn line(all: &[Measures], most: &Measures, row: &Row) -> String {
    let gas = |measures: &Measures| match measures.row(&row.operation) {
        Some(row) => thousands(row.gas),
        None => String::new(),
    };
    let gas: Vec<String> = all.iter().map(gas).collect();
    let native = row.native.as_ref();
    let native = native.map_or(String::new(), |native| {
        format!("{}: {}", native.name, thousands(native.gas))
    });
    let ratio = row.ratio().map_or(String::new(), thousandths);
    let budget = budget::of(most, row).map_or(String::new(), |budget| {
        format!("{}: {}", budget.rule, budget.verdict(row.gas))
    });
    let messages = match row.messages {
        0 => String::new(),
        messages => format!(" ({messages})"),
    };
    format!(
        "| `{}`{messages} | {} | {native} | {ratio} | {budget} |",
        row.operation,
        gas.join(" | ")
    )
}

/// Thousands of gas, rounded to the nearest.
fn thousands(gas: u64) -> String {
    format!("{} k", (gas + 500) / 1_000)
}

#[cfg(test)]
mod tests {
    use super::super::row::Beside;
    use super::*;

    #[test]
    fn only_what_is_between_the_comments_changes() {
        let text = format!("a\n{BEGIN}\nold\n{END}\nb\n");
        let expected = format!("a\n{BEGIN}\n\nnew\n{END}\nb\n");
        assert_eq!(replace(&text, "new"), Ok(expected.clone()));
        assert_eq!(replace(&expected, "new"), Ok(expected));
    }

    #[test]
    fn missing_comment_is_named() {
        assert_eq!(replace("a", "new"), Err(format!("{BEGIN} is missing")));
        assert_eq!(replace(BEGIN, "new"), Err(format!("{END} is missing")));
    }

    #[test]
    fn operation_has_a_column_per_number_of_validators() {
        let of = |validators, gas| Measures {
            validators,
            rows: vec![Row {
                operation: "claim".into(),
                validators,
                messages: 1,
                gas,
                native: Some(Beside {
                    name: "undelegate".into(),
                    gas: 200_000,
                }),
            }],
            ..Measures::default()
        };
        let section = section(&[of(10, 165_499), of(200, 165_500)], WasmSizes::default());
        let line = "| `claim` (1) | 165 k | 166 k | undelegate: 200 k | 0.828 | 0.85 x: met |";
        assert!(section.contains(line), "{section}");
    }
}
