//! Other formats, other places, and the files of other commands.

use std::path::Path;

use serde_json::Value;

use crate::program::{defenders, ensure_refused, file};

#[test]
fn other_formats_are_named_with_what_to_give_instead() {
    let utf_16: Vec<u8> = "validator,status"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    for (name, bytes, beginning) in [
        (
            "a web page",
            &b"<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head></html>"[..],
            "this is a web page, \"502 Bad Gateway\": give what a chain answers at /cosmos/staking",
        ),
        (
            "XML",
            b"<?xml version=\"1.0\"?><a/>",
            "this is a web page or XML: give",
        ),
        (
            "YAML of a chain's program",
            b"pagination:\n  total: \"1\"\nvalidators:\n- commission:\n",
            "this is YAML: ask the chain's program with `--output json`",
        ),
        (
            "YAML of a document",
            b"---\nvalidators: []\n",
            "this is YAML: ",
        ),
        (
            "what curl says",
            b"curl: (6) Could not resolve host: nowhere\n",
            "this is an error message, \"curl: (6) Could not resolve host: nowhere\": ask again",
        ),
        (
            "a 404",
            b"404 page not found\n",
            "this is an error message, \"404 page not found\"",
        ),
        (
            "what a chain's program says",
            b"Error: post failed: connection refused\nUsage:\n",
            "this is an error message, \"Error: post failed: connection refused\"",
        ),
        (
            "colours of a terminal",
            b"{\n  \x1b[34;1m\"validators\"\x1b[0m: []}",
            "line 2: this is text with escape characters, as programs colour it for a terminal: \
             write it without colours, with `jq --monochrome-output` say",
        ),
        (
            "gzip",
            b"\x1f\x8b\x08\x00",
            "this is a gzip file: unpack it first",
        ),
        (
            "a spreadsheet",
            b"PK\x03\x04\x14\x00",
            "this is a spreadsheet or another zip archive: save the sheet as \"CSV UTF-8\"",
        ),
        ("a PDF document", b"%PDF-1.7\n", "this is a PDF document: "),
        (
            "UTF-16 without its mark",
            &utf_16,
            "this is UTF-16 text without a byte order mark: save",
        ),
        (
            "Latin-1",
            b"v\xe9,bonded,false,1,0\n",
            "not valid UTF-8 at line 1 column 2",
        ),
        (
            "half of UTF-16",
            b"\xff\xfea\x00b",
            "this is broken UTF-16 text: save it as UTF-8",
        ),
    ] {
        ensure_refused(name, bytes, beginning);
    }
}

/// What is said of one argument that is a file.
fn refusal(arguments: &[&str], input: &[u8]) -> String {
    let output = defenders(arguments, input);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
    assert!(output.stdout.is_empty());
    said.trim_end().to_string()
}

#[test]
fn places_that_are_no_files_are_named() {
    for command in [
        &["concentration", "--validators"][..],
        &["simulate", "--validators"],
        &["targets", "--input"],
        &["plan", "--input"],
        &["simulate", "--list"],
        &["simulate", "--policy"],
        &["concentration", "--set", "osmosis-2021-07", "--book"],
        &["concentration", "--set", "osmosis-2021-07", "--groups"],
    ] {
        let said = |place| refusal(&[command, &[place]].concat(), b"");
        let url = "https://nowhere.example/cosmos/staking/v1beta1/validators";
        assert!(
            said(url).starts_with(&format!(
                "error: {url}: this is a URL: fetch it first, with"
            )),
            "{command:?}"
        );
        let missing = "/no/such/file";
        let beginning = format!("error: {missing}: cannot be read: No such file");
        assert!(said(missing).starts_with(&beginning), "{command:?}");
        let folder = env!("CARGO_MANIFEST_DIR");
        assert!(Path::new(folder).is_dir());
        let beginning = format!("error: {folder}: cannot be read: ");
        assert!(said(folder).starts_with(&beginning), "{command:?}");
    }
}

#[test]
fn standard_input_is_read_once() {
    let output = defenders(
        &["concentration", "--validators", "-", "--json"],
        b"a,bonded,false,5,0\n",
    );
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["set"], "standard input");
    let said = refusal(
        &["concentration", "--validators", "-", "--book", "-"],
        b"a,bonded,false,5,0\n",
    );
    assert_eq!(
        said,
        "error: standard input: standard input is asked for twice: give one of them as a file"
    );
}

#[test]
fn files_of_targets_are_read_with_a_byte_order_mark_and_from_standard_input() {
    let text = r#"{"total":"10","total_bonded":"100","policy":{"vault_share_cap":"1","floor":"0"},
        "validators":[{"validator":"a","external":"70","eligible":true}]}"#;
    let plain = defenders(&["targets", "--input", "-", "--json"], text.as_bytes());
    assert!(plain.status.success());
    let marked = format!("\u{feff}{text}");
    let marked = defenders(&["targets", "--input", "-", "--json"], marked.as_bytes());
    assert_eq!(marked.stdout, plain.stdout);
}

#[test]
fn files_of_other_commands_are_named() {
    let page = br#"{"validators":[{"operator_address":"a"}],"pagination":{}}"#;
    for command in ["targets", "plan"] {
        let said = refusal(&[command, "--input", "-"], page);
        let beginning = "error: standard input: this is what a chain answers: `concentration` and";
        assert!(said.starts_with(beginning), "{said}");
        let said = refusal(&[command, "--input", "-"], b"total: 5\n");
        assert!(
            said.starts_with("error: standard input: this is YAML: "),
            "{said}"
        );
        let said = refusal(&[command, "--input", "-"], b"<html></html>");
        assert!(
            said.starts_with("error: standard input: this is a web page"),
            "{said}"
        );
    }
}

#[test]
fn books_and_groups_are_named_like_sets() {
    let set = file(b"a,bonded,false,5,0\n");
    let set = set.path().to_str().unwrap();
    let arguments = |argument| ["concentration", "--validators", set, argument, "-"];
    let book = defenders(
        &arguments("--book"),
        "\u{feff}validator,tokens\na,5\n".as_bytes(),
    );
    assert!(book.status.success());
    for (text, message) in [
        (
            "\"validator\",\"tokens\"\n",
            "line 1: this is quoted CSV: write the fields without",
        ),
        (
            "validator,tokens\n\"a\",\"5\"\n",
            "line 2: this is quoted CSV: write the fields",
        ),
        ("<html>", "this is a web page or XML: "),
        ("- validator: a\n", "this is YAML: "),
        (
            "validator\ttokens\n",
            "line 1: expected the header \"validator,tokens\", found \"validatortokens\": fields \
             are separated by commas, not tabs",
        ),
    ] {
        let said = refusal(&arguments("--book"), text.as_bytes());
        let beginning = format!("error: standard input: {message}");
        assert!(said.starts_with(&beginning), "{said}");
    }
}
