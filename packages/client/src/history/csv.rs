//! Rows as CSV.

use super::row::Row;
use crate::words::tell_time;

/// The columns.
const HEADER: &str = "time,height,tx,kind,batch,tokens,unit,tokens_base,denom,shares_base,tokens_per_share,other,note,network_fee";

/// In which unit amounts are given beside base units.
pub struct Unit<'a> {
    /// The denom of all tokens.
    pub denom: &'a str,
    /// Its symbol and decimals; None where nobody knows.
    pub display: Option<(&'a str, u32)>,
}

/// All rows, oldest first. Lines end as RFC 4180 says.
pub fn render(rows: &[Row], unit: &Unit<'_>) -> String {
    let mut text = format!("{HEADER}\r\n");
    for row in rows {
        text += &line(row, unit);
        text += "\r\n";
    }
    text
}

fn line(row: &Row, unit: &Unit<'_>) -> String {
    let number = |number: Option<u64>| number.map_or(String::new(), |it| it.to_string());
    // of a coin whose unit nobody knows, base units are all there is
    let (amount, symbol) = match unit.display {
        Some((symbol, decimals)) => (row.tokens.in_units(decimals), symbol),
        None => (row.tokens.to_string(), unit.denom),
    };
    [
        row.time.map_or(String::new(), tell_time),
        number(row.height),
        text_cell(row.tx.as_deref().unwrap_or_default()),
        row.kind.as_str().to_string(),
        number(row.batch_id),
        amount,
        text_cell(symbol),
        row.tokens.to_string(),
        text_cell(unit.denom),
        row.shares.to_string(),
        row.tokens_per_share
            .map_or(String::new(), |rate| rate.to_string()),
        text_cell(row.other.as_deref().unwrap_or_default()),
        text_cell(&row.note),
        text_cell(row.network_fee.as_deref().unwrap_or_default()),
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

#[cfg(test)]
mod tests {
    use super::super::row::{Kind, Signed};
    use super::*;

    #[test]
    fn lesson_38_only_text_cells_are_guarded_against_formulas() {
        assert_eq!(text_cell("=1+1"), "'=1+1");
        assert_eq!(text_cell("-x"), "'-x");
        assert_eq!(text_cell("@a,b"), "\"'@a,b\"");
        assert_eq!(text_cell("say \"a\""), "\"say \"\"a\"\"\"");
        assert_eq!(text_cell("cosmos1a"), "cosmos1a");
    }

    fn rows() -> Vec<Row> {
        vec![Row {
            time: Some(1_700_000_000),
            height: Some(7),
            tx: Some("AB".to_string()),
            tokens: Signed::went(1_500_000),
            shares: Signed::came(1_400_000),
            tokens_per_share: "1.07".parse().ok(),
            network_fee: Some("5uatom,2ub".to_string()),
            ..Row::new(Kind::Deposit)
        }]
    }

    fn unit(display: Option<(&str, u32)>) -> Unit<'_> {
        Unit {
            denom: "uatom",
            display,
        }
    }

    #[test]
    fn lesson_36_times_end_in_z_and_negative_numbers_stay_numbers() {
        let text = render(&rows(), &unit(Some(("ATOM", 6))));
        let expected = format!(
            "{HEADER}\r\n2023-11-14T22:13:20Z,7,AB,deposit,,-1.5,ATOM,-1500000,uatom,1400000,1.07,,,\"5uatom,2ub\"\r\n"
        );
        assert_eq!(text, expected);
    }

    #[test]
    fn lesson_36_unknown_denoms_stay_in_base_units() {
        let text = render(&rows(), &unit(None));
        assert!(text.contains(",-1500000,uatom,-1500000,uatom,"), "{text}");
    }
}
