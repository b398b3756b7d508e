//! Compact tables as people and their spreadsheets write them.

use crate::program::{ensure_read, ensure_refused};

const HEADER: &str = "validator,status,jailed,tokens,commission_rate";
const ROWS: &str = "v0,bonded,false,40000000,0.05\nv1,bonded,false,30000000,0.05\n";

#[test]
fn tables_are_read_in_every_form_that_is_unambiguous() {
    let whole = format!("{HEADER}\n{ROWS}");
    for (name, text) in [
        ("a table", whole.clone()),
        (
            "a byte order mark, as spreadsheets write it",
            format!("\u{feff}{whole}"),
        ),
        ("lines that end as on Windows", whole.replace('\n', "\r\n")),
        ("no header", ROWS.to_string()),
        ("a byte order mark and no header", format!("\u{feff}{ROWS}")),
        ("no newline at the end", whole.trim_end().to_string()),
        ("empty lines", whole.replace('\n', "\n\n")),
        ("capitals of a spreadsheet", whole.replace("false", "FALSE")),
        (
            "a header with names, and none",
            format!("{HEADER},name\n{ROWS}"),
        ),
        (
            "names with commas and quotes",
            format!(
                "{HEADER},name\n{}",
                ROWS.replace("0.05\n", "0.05,A, B & \"C\"\n")
            ),
        ),
    ] {
        ensure_read(name, text, 2);
    }
}

#[test]
fn other_tables_are_named_with_what_to_write_instead() {
    let header = format!("line 1: expected the header \"{HEADER}[,name]\", found ");
    let whole = format!("{HEADER}\n{ROWS}");
    for (name, text, beginning) in [
        (
            "semicolons",
            whole.replace(',', ";"),
            format!(
                "{header}\"validator;status;jailed;tokens;commission_rate\": fields are \
                     separated by commas, not semicolons"
            ),
        ),
        ("tabs", whole.replace(',', "\t"), header.clone()),
        (
            "spaces",
            whole.replace(',', ", "),
            format!("{header}\"validator, status"),
        ),
        (
            "another header",
            format!("moniker,voting_power\n{ROWS}"),
            header.clone(),
        ),
        (
            "the header of a book",
            "validator,tokens\nv0,5\n".to_string(),
            format!("{header}\"validator,tokens\""),
        ),
        (
            "a markdown table",
            "| validator | tokens |\n".to_string(),
            header.clone(),
        ),
        ("prose", "the validators of our chain\n".to_string(), header),
        (
            "quoted CSV",
            "\"validator\",\"status\",\"jailed\",\"tokens\",\"commission_rate\"\n".to_string(),
            "line 1: this is quoted CSV: write the fields without quotes and spaces".to_string(),
        ),
        (
            "a quoted row",
            format!("{HEADER}\n\"v0\",\"bonded\",\"false\",\"4\",\"0.05\"\n"),
            "line 2: this is quoted CSV".to_string(),
        ),
        (
            "a spreadsheet's large numbers",
            whole.replace("40000000", "4E+07"),
            "line 2.tokens: expected an amount".to_string(),
        ),
        (
            "grouped numbers",
            whole.replace("40000000", "40,000,000"),
            "line 2: expected 5 fields, found 7".to_string(),
        ),
        (
            "a rate with a comma",
            whole.replace("0.05", "0,05"),
            "line 2: expected 5 fields, found 6".to_string(),
        ),
        (
            "a rate in percent",
            whole.replace("0.05", "5%"),
            "line 2.commission_rate: expected a decimal in [0, 1], found \"5%\"".to_string(),
        ),
        (
            "a column short",
            whole.replace(",0.05", ""),
            "line 2: expected 5 fields, found 4".to_string(),
        ),
        (
            "empty columns at the end",
            whole.replace("0.05\n", "0.05,,\n"),
            "line 2: expected 5 fields, found 7".to_string(),
        ),
        (
            "a status of REST",
            whole.replace("bonded", "BOND_STATUS_BONDED"),
            "line 2.status: expected bonded, unbonding or unbonded, found".to_string(),
        ),
        (
            "a validator twice",
            format!("{whole}v1,bonded,false,1,0\n"),
            "line 4: \"v1\" is given twice, first at line 3".to_string(),
        ),
        (
            "a header alone",
            format!("{HEADER}\n"),
            "the set is empty".to_string(),
        ),
        ("nothing", String::new(), "the set is empty".to_string()),
        (
            "spaces alone",
            " \n\n".to_string(),
            "the set is empty".to_string(),
        ),
    ] {
        ensure_refused(name, text, &beginning);
    }
}
