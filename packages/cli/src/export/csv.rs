//! Rows as CSV.

use defenders_node::Status;

use super::report::Report;
use super::row::Row;
use crate::proposal::tell_time;

/// The columns.
const HEADER: &str = "time,height,tx,kind,batch,tokens,unit,tokens_base,denom,shares_base,tokens_per_share,other,note";

/// All rows, oldest first. Lines end as RFC 4180 says.
pub fn render(report: &Report) -> String {
    let mut text = format!("{HEADER}\r\n");
    for row in &report.rows {
        text += &line(row, report);
        text += "\r\n";
    }
    text
}

fn line(row: &Row, report: &Report) -> String {
    let number = |number: Option<u64>| number.map_or(String::new(), |it| it.to_string());
    // of a coin whose unit nobody knows, base units are all there is
    let (amount, unit) = match &report.display {
        Some(display) => (
            row.tokens.in_units(display.exponent),
            display.symbol.as_str(),
        ),
        None => (row.tokens.to_string(), report.denom.as_str()),
    };
    [
        row.time.map_or(String::new(), tell_time),
        number(row.height),
        text_cell(row.tx.as_deref().unwrap_or_default()),
        row.kind.as_str().to_string(),
        number(row.batch_id),
        amount,
        text_cell(unit),
        row.tokens.to_string(),
        text_cell(&report.denom),
        row.shares.to_string(),
        row.tokens_per_share
            .map_or(String::new(), |rate| rate.to_string()),
        text_cell(row.other.as_deref().unwrap_or_default()),
        text_cell(&row.note),
    ]
    .join(",")
}

/// A text that no program takes for a formula. Numbers are never guarded: a minus is theirs.
fn text_cell(text: &str) -> String {
    let guarded = match text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        true => format!("'{text}"),
        false => text.to_string(),
    };
    match guarded.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", guarded.replace('"', "\"\"")),
        false => guarded,
    }
}

/// What is said of where history begins, when it does not begin with the chain.
pub fn tell_history(status: &Status) -> Option<String> {
    (status.earliest_height > 1).then(|| {
        format!(
            "{} has blocks from height {} on: what was before may be missing; ask a node that keeps all",
            status.url, status.earliest_height
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::row::{Kind, Signed};

    #[test]
    fn lesson_38_only_text_cells_are_guarded_against_formulas() {
        assert_eq!(text_cell("=1+1"), "'=1+1");
        assert_eq!(text_cell("-x"), "'-x");
        assert_eq!(text_cell("@a,b"), "\"'@a,b\"");
        assert_eq!(text_cell("say \"a\""), "\"say \"\"a\"\"\"");
        assert_eq!(text_cell("cosmos1a"), "cosmos1a");
    }

    fn report(display: Option<&str>) -> Report {
        Report {
            vault: "v".to_string(),
            chain_id: "c".to_string(),
            account: "a".to_string(),
            denom: "uatom".to_string(),
            display: display.map(|text| text.parse().unwrap()),
            height: 9,
            shares: "5".parse().unwrap(),
            is_complete: true,
            rows: vec![Row {
                time: Some(1_700_000_000),
                height: Some(7),
                tx: Some("AB".to_string()),
                tokens: Signed::went(1_500_000),
                shares: Signed::came(1_400_000),
                tokens_per_share: "1.07".parse().ok(),
                ..Row::new(Kind::Deposit)
            }],
        }
    }

    #[test]
    fn lesson_36_times_end_in_z_and_negative_numbers_stay_numbers() {
        let text = render(&report(Some("ATOM:6")));
        let expected = format!(
            "{HEADER}\r\n2023-11-14T22:13:20Z,7,AB,deposit,,-1.5,ATOM,-1500000,uatom,1400000,1.07,,\r\n"
        );
        assert_eq!(text, expected);
    }

    #[test]
    fn lesson_36_unknown_denoms_stay_in_base_units() {
        let text = render(&report(None));
        assert!(text.contains(",-1500000,uatom,-1500000,uatom,"), "{text}");
    }
}
