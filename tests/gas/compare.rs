//! Rows beside those of an earlier run, as `--json` wrote them.

use std::collections::{BTreeMap, BTreeSet};

use comfy_table::{CellAlignment, Table, presets};
use serde::Deserialize;

use super::report::grouped;
use super::row::{Row, thousandths};

/// A row may cost this much of what it cost before, in per cent.
const MOST: u64 = 101;

/// What is known of a row of an earlier run.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub struct Earlier {
    operation: String,
    validators: u64,
    gas: u64,
}

/// How a row stands beside the earlier one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Within a per cent of it, or cheaper.
    Kept,
    /// Dearer by more than a per cent.
    Worse,
    /// The earlier run did not have it.
    New,
    /// This run does not have it, though it measured that number of validators.
    Gone,
}

/// A row of both runs, or of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    operation: String,
    validators: u64,
    old: Option<u64>,
    new: Option<u64>,
}

impl Line {
    /// Its verdict. Gas is compared, not a rounded ratio.
    pub fn verdict(&self) -> Verdict {
        match (self.old, self.new) {
            (Some(old), Some(new)) if new * 100 > old * MOST => Verdict::Worse,
            (Some(_), Some(_)) => Verdict::Kept,
            (None, _) => Verdict::New,
            (_, None) => Verdict::Gone,
        }
    }

    /// new / old in thousandths, rounded to the nearest.
    fn ratio(&self) -> Option<u64> {
        let (old, new) = (self.old?, self.new?);
        (new * 2_000 + old).checked_div(2 * old)
    }
}

/// The rows of an earlier run.
pub fn read(text: &str) -> Result<Vec<Earlier>, String> {
    serde_json::from_str(text).map_err(|error| error.to_string())
}

/// A line for each row: those of this run in their order, then those that are gone. Of the earlier
/// run only the numbers of validators count that this one measured too.
pub fn compare(earlier: &[Earlier], rows: &[&Row]) -> Vec<Line> {
    let mut old: BTreeMap<(&str, u64), u64> = earlier
        .iter()
        .map(|row| ((row.operation.as_str(), row.validators), row.gas))
        .collect();
    let mut lines: Vec<Line> = rows
        .iter()
        .map(|row| Line {
            operation: row.operation.clone(),
            validators: row.validators,
            old: old.remove(&(row.operation.as_str(), row.validators)),
            new: Some(row.gas),
        })
        .collect();
    let measured: BTreeSet<u64> = rows.iter().map(|row| row.validators).collect();
    for ((operation, validators), gas) in old {
        if measured.contains(&validators) {
            lines.push(Line {
                operation: operation.into(),
                validators,
                old: Some(gas),
                new: None,
            });
        }
    }
    lines
}

/// The table, and the sentence that closes it: an error if a row is worse or gone, or if the two
/// runs share none.
pub fn report(lines: &[Line]) -> (String, Result<String, String>) {
    let mut table = Table::new();
    table.load_preset(presets::ASCII_MARKDOWN);
    table.set_header(["operation", "validators", "old", "new", "ratio", ""]);
    for line in lines {
        let gas = |gas: Option<u64>| gas.map_or(String::new(), grouped);
        let mark = match line.verdict() {
            Verdict::Kept => "",
            Verdict::Worse => "worse",
            Verdict::New => "new",
            Verdict::Gone => "gone",
        };
        table.add_row([
            line.operation.clone(),
            line.validators.to_string(),
            gas(line.old),
            gas(line.new),
            line.ratio().map_or(String::new(), thousandths),
            mark.into(),
        ]);
    }
    for column in 1..=4 {
        if let Some(column) = table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    (format!("{table}\n"), conclusion(lines))
}

fn conclusion(lines: &[Line]) -> Result<String, String> {
    let count = |verdict| {
        let same = lines.iter().filter(|line| line.verdict() == verdict);
        same.count()
    };
    let (kept, worse, gone) = (
        count(Verdict::Kept),
        count(Verdict::Worse),
        count(Verdict::Gone),
    );
    let text = format!(
        "{} rows compared: {worse} worse by more than {} %, {gone} gone, {} new",
        kept + worse,
        MOST - 100,
        count(Verdict::New)
    );
    if kept + worse == 0 || worse + gone > 0 {
        Err(text)
    } else {
        Ok(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn earlier(operation: &str, validators: u64, gas: u64) -> Earlier {
        Earlier {
            operation: operation.into(),
            validators,
            gas,
        }
    }

    fn row(operation: &str, validators: u64, gas: u64) -> Row {
        Row {
            operation: operation.into(),
            validators,
            messages: 1,
            gas,
            native: None,
        }
    }

    fn verdict(old: u64, new: u64) -> Verdict {
        let lines = compare(&[earlier("claim", 10, old)], &[&row("claim", 10, new)]);
        lines[0].verdict()
    }

    #[test]
    fn row_is_worse_from_the_first_unit_above_one_per_cent() {
        assert_eq!(verdict(200_000, 150_000), Verdict::Kept);
        assert_eq!(verdict(200_000, 202_000), Verdict::Kept);
        assert_eq!(verdict(200_000, 202_001), Verdict::Worse);
        assert_eq!(verdict(0, 0), Verdict::Kept);
        assert_eq!(verdict(0, 1), Verdict::Worse);
    }

    #[test]
    fn rows_meet_by_operation_and_number_of_validators() {
        let old = [earlier("claim", 100, 7), earlier("claim", 10, 5)];
        let (small, large) = (row("claim", 10, 5), row("claim", 100, 8));
        let lines = compare(&old, &[&small, &large]);
        let pairs: Vec<_> = lines.iter().map(|line| (line.old, line.new)).collect();
        assert_eq!(pairs, [(Some(5), Some(5)), (Some(7), Some(8))]);
    }

    #[test]
    fn row_of_one_run_is_new_or_gone() {
        let old = [earlier("claim", 10, 5), earlier("cancel", 10, 5)];
        let (claim, plan) = (row("claim", 10, 5), row("plan", 10, 5));
        let lines = compare(&old, &[&plan, &claim]);
        let verdicts: Vec<_> = lines.iter().map(Line::verdict).collect();
        assert_eq!(verdicts, [Verdict::New, Verdict::Kept, Verdict::Gone]);
        assert_eq!(
            conclusion(&lines),
            Err("1 rows compared: 0 worse by more than 1 %, 1 gone, 1 new".into())
        );
    }

    #[test]
    fn number_of_validators_that_was_not_measured_again_is_left_out() {
        let old = [earlier("claim", 10, 5), earlier("claim", 200, 5)];
        let lines = compare(&old, &[&row("claim", 10, 5)]);
        assert_eq!(lines.len(), 1);
        assert!(conclusion(&lines).is_ok());
    }

    #[test]
    fn nothing_to_compare_is_an_error() {
        let lines = compare(&[earlier("claim", 200, 5)], &[&row("claim", 10, 5)]);
        assert!(conclusion(&lines).is_err());
        assert!(conclusion(&[]).is_err());
    }

    #[test]
    fn worse_row_is_marked_and_fails() {
        let old = [
            earlier("claim", 10, 200_000),
            earlier("cancel", 10, 100_000),
        ];
        let (claim, cancel) = (row("claim", 10, 210_000), row("cancel", 10, 99_000));
        let (table, conclusion) = report(&compare(&old, &[&claim, &cancel]));
        let line = |operation: &str| table.lines().find(|line| line.contains(operation)).unwrap();
        assert!(line("claim").contains("200 000 | 210 000 | 1.050 | worse"));
        assert!(line("cancel").contains("100 000 |  99 000 | 0.990 |  "));
        let text = "2 rows compared: 1 worse by more than 1 %, 0 gone, 0 new";
        assert_eq!(conclusion, Err(text.into()));
    }

    #[test]
    fn what_json_writes_is_read() {
        let rows = [row("claim", 10, 5).to_json(), row("claim", 30, 6).to_json()];
        let text = serde_json::Value::from(rows.to_vec()).to_string();
        let expected = vec![earlier("claim", 10, 5), earlier("claim", 30, 6)];
        assert_eq!(read(&text), Ok(expected));
        assert!(read("{}").is_err());
    }
}
