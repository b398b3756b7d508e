//! What chains, their programs and the proxies before them answer.

use serde_json::{Value, json};

use crate::program::{ensure_read, ensure_refused, read_set};

/// A validator as REST tells it.
fn validator(name: &str, tokens: &str) -> Value {
    json!({
        "operator_address": format!("xvaloper1{name}"),
        "consensus_pubkey": { "@type": "/cosmos.crypto.ed25519.PubKey", "key": "AAAA" },
        "jailed": false,
        "status": "BOND_STATUS_BONDED",
        "tokens": tokens,
        "delegator_shares": format!("{tokens}.000000000000000000"),
        "description": { "moniker": format!("Validator {name}"), "details": "" },
        "unbonding_time": "1970-01-01T00:00:00Z",
        "commission": { "commission_rates": { "rate": "0.050000000000000000" } },
        "min_self_delegation": "1",
    })
}

fn page(validators: &[Value]) -> Value {
    json!({ "validators": validators, "pagination": { "next_key": null, "total": "0" } })
}

fn two() -> Vec<Value> {
    vec![validator("a", "40000000"), validator("b", "30000000")]
}

/// The two, changed.
fn changed(change: impl Fn(&mut Value)) -> String {
    let mut validators = two();
    validators.iter_mut().for_each(change);
    page(&validators).to_string()
}

#[test]
fn answers_are_read_in_every_form_that_is_unambiguous() {
    let whole = page(&two()).to_string();
    let (first, second) = (page(&two()[..1]), page(&two()[1..]));
    ensure_read("a page", &whole, 2);
    ensure_read(
        "a page with a byte order mark",
        format!("\u{feff}{whole}"),
        2,
    );
    ensure_read(
        "lines that end as on Windows",
        whole.replace(',', ",\r\n"),
        2,
    );
    ensure_read("pages in an array", json!([first, second]).to_string(), 2);
    ensure_read("pages one after the other", format!("{first}\n{second}"), 2);
    ensure_read(
        "pages one after the other, each with a byte order mark",
        format!("\u{feff}{first}\n\u{feff}{second}\n"),
        2,
    );
    ensure_read("an array of validators", json!(two()).to_string(), 2);
    ensure_read(
        "the staking part of a genesis export",
        json!({ "params": {}, "last_total_power": "70", "validators": two(), "exported": true })
            .to_string(),
        2,
    );
    let utf_16 = |unit: fn(u16) -> [u8; 2]| -> Vec<u8> {
        let text = format!("\u{feff}{whole}");
        text.encode_utf16().flat_map(unit).collect()
    };
    ensure_read("UTF-16 of a shell", utf_16(u16::to_le_bytes), 2);
    ensure_read("UTF-16, the other order", utf_16(u16::to_be_bytes), 2);
    let without_jailed = changed(|it| {
        it.as_object_mut().unwrap().remove("jailed");
    });
    ensure_read("jailed left out when false", without_jailed, 2);
    let of_program = changed(|it| {
        it.as_object_mut().unwrap().remove("jailed");
        it["status"] = json!(3);
        it["commission"]["commission_rates"]["rate"] = json!("50000000000000000");
        it["delegator_shares"] = json!("40000000000000000000000000");
    });
    ensure_read("the program of SDK 0.50", of_program, 2);
    let strange_names = changed(|it| {
        it["description"] = json!({ "moniker": "\u{1b}[31m\u{202e}\u{7}\n", "details": 5 });
    });
    ensure_read("names full of control characters", strange_names, 2);
    let no_names = changed(|it| it["description"] = Value::Null);
    ensure_read("no names", no_names, 2);
}

#[test]
fn incomplete_answers_are_read_with_a_warning() {
    let mut cut = page(&two());
    cut["pagination"]["next_key"] = json!("FPmD/w==");
    let (holders, warning) = read_set(cut.to_string().as_bytes()).unwrap();
    assert_eq!(holders, 2);
    assert!(warning.contains("pagination.limit"), "{warning}");
    let mut short = page(&two());
    short["pagination"]["total"] = json!("180");
    let (_, warning) = read_set(short.to_string().as_bytes()).unwrap();
    assert!(warning.contains("there are 180, and have 2"), "{warning}");
}

#[test]
fn other_answers_are_named_with_what_to_ask_for() {
    let legacy = |status: u64| {
        changed(|it| it["status"] = json!(status)) // rates keep their point
    };
    let consensus = json!([{ "address": "00", "voting_power": "40", "proposer_priority": "0" }]);
    for (name, text, beginning) in [
        (
            "a legacy answer",
            json!({ "height": "471386", "result": two() }).to_string(),
            "page 1: this is a legacy answer, whose status numbers 0 to 2",
        ),
        (
            "legacy status numbers",
            legacy(2),
            "validator xvaloper1a.status: this is a legacy answer, whose status numbers 0 to 2",
        ),
        (
            "a genesis export",
            json!({ "genesis_time": "2021-01-01T00:00:00Z", "chain_id": "x-1",
                    "app_state": { "staking": { "validators": two() } }, "validators": [] })
            .to_string(),
            "page 1: this is a genesis export: give its part `app_state.staking`, with `jq",
        ),
        (
            "the RPC's validators",
            json!({ "jsonrpc": "2.0", "id": -1, "result": { "validators": consensus } })
                .to_string(),
            "page 1: this is what a node's RPC says of consensus validators, without operators and \
             commission: ask the REST endpoint /cosmos/staking/v1beta1/validators",
        ),
        (
            "the consensus validators of REST",
            json!({ "block_height": "5", "validators": consensus }).to_string(),
            "page 1: this is what a node's RPC says of consensus validators",
        ),
        (
            "one validator",
            json!({ "validator": two()[0] }).to_string(),
            "page 1: this is an answer about one validator: ask the REST endpoint",
        ),
        (
            "a stream of validators",
            format!("{}\n{}\n", two()[0], two()[1]),
            "page 1: this is a stream of validators, one object after the other: put them into one \
             array, with `jq --slurp . FILE`",
        ),
        (
            "delegations",
            json!({ "delegation_responses": [], "pagination": {} }).to_string(),
            "page 1: this is a list of delegations: ask the REST endpoint",
        ),
        (
            "the input of targets",
            json!({ "total": "1", "total_bonded": "1", "policy": {}, "validators": [] })
                .to_string(),
            "page 1: this is the input of `defenders targets` or `defenders plan`",
        ),
    ] {
        ensure_refused(name, text, beginning);
    }
}

#[test]
fn errors_of_nodes_are_shown() {
    for (name, text, message) in [
        (
            "of REST",
            r#"{"code":12,"message":"Not Implemented","details":[]}"#,
            "Not Implemented",
        ),
        (
            "of the old REST",
            r#"{"error":"unknown query path"}"#,
            "unknown query path",
        ),
        (
            "of the RPC",
            r#"{"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"Method not found","data":""}}"#,
            "Method not found",
        ),
        (
            "of a proxy",
            r#"{"message":"API rate limit exceeded"}"#,
            "API rate limit exceeded",
        ),
        (
            "of a web server",
            r#"{"statusCode":404,"message":"Cannot GET /cosmos","error":"Not Found"}"#,
            "Not Found",
        ),
    ] {
        let beginning = format!(
            "page 1: this is an error that a node answered, {message:?}: ask again, or another node"
        );
        ensure_refused(name, text, &beginning);
    }
}

#[test]
fn broken_answers_are_named_by_place_and_field() {
    let whole = page(&two()).to_string();
    let twice = json!([page(&two()), page(&two())]).to_string();
    let field = |name: &'static str, value: Value| changed(move |it| it[name] = value.clone());
    for (name, text, beginning) in [
        (
            "cut off",
            whole[..whole.len() - 9].to_string(),
            "not valid JSON: EOF while",
        ),
        (
            "a comma too much",
            whole.replace("}]", "},]"),
            "not valid JSON: trailing comma",
        ),
        (
            "what Python prints",
            whole.replace('"', "'"),
            "not valid JSON: key must be a string at line 1",
        ),
        (
            "a page twice",
            twice,
            "validator 3: \"xvaloper1a\" is given twice, first at",
        ),
        ("an empty page", page(&[]).to_string(), "the set is empty"),
        (
            "an empty object",
            "{}".to_string(),
            "page 1.validators: the field is missing",
        ),
        (
            "a number",
            "[7]".to_string(),
            "page 1: expected an object with `validators`, found the",
        ),
        (
            "nobody bonded",
            field("status", json!("BOND_STATUS_UNBONDED")),
            "none of the 2 validators is bonded",
        ),
        (
            "everybody jailed",
            field("jailed", json!(true)),
            "none of the 2 validators is bonded",
        ),
        (
            "amounts as numbers",
            field("tokens", json!(40_000_000)),
            "validator xvaloper1a.tokens: expected an amount: a string of decimal digits",
        ),
        (
            "amounts with a point",
            field("tokens", json!("40000000.0")),
            "validator xvaloper1a.tokens: expected an amount",
        ),
        (
            "an unknown status",
            field("status", json!("BOND_STATUS_UNSPECIFIED")),
            "validator xvaloper1a.status: expected BOND_STATUS_BONDED",
        ),
        (
            "a status number of nobody",
            changed(|it| {
                it["status"] = json!(7);
                it["commission"]["commission_rates"]["rate"] = json!("0");
            }),
            "validator xvaloper1a.status: expected a status from 1 (unbonded) to 3 (bonded)",
        ),
        (
            "a rate in percent",
            changed(|it| it["commission"]["commission_rates"]["rate"] = json!("5 %")),
            "validator xvaloper1a.commission.commission_rates.rate: expected a decimal in [0, 1]",
        ),
        (
            "a rate above 1",
            changed(|it| it["commission"]["commission_rates"]["rate"] = json!("1.5")),
            "validator xvaloper1a.commission.commission_rates.rate: expected a decimal in [0, 1]",
        ),
        (
            "no commission",
            field("commission", json!({})),
            "validator xvaloper1a.commission.commission_rates: the field is missing",
        ),
        (
            "more than any chain has",
            field("tokens", json!(format!("9{}", "0".repeat(33)))),
            "validator 1: the tokens up to here add up to more than 10^33",
        ),
        (
            "an address with a space",
            field("operator_address", json!("a b")),
            "validator 1.operator_address: expected an operator address",
        ),
    ] {
        ensure_refused(name, text, beginning);
    }
}
