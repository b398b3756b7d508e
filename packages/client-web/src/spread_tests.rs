use cosmwasm_std::Binary;
use serde_json::{Value, json};

use crate::spread;

/// A large validator and five small ones of the same size; the account has 1,000,000 with the large one.
fn question(change: impl Fn(&mut Value)) -> Value {
    let validator = |name: &str, tokens: &str| {
        json!({
            "address": name, "status": "bonded", "is_jailed": false, "tokens": tokens,
            "commission": "0.05", "max_commission": "0.2", "name": "not read here",
        })
    };
    let file = "validator\na\nb\nc\nd\ne\n";
    let mut question = json!({
        "situation": {
            "max_entries": 7, "now": 1_700_000_000,
            "validators": [
                validator("x", "100000000"), validator("a", "1000000"),
                validator("b", "1000000"), validator("c", "1000000"),
                validator("d", "1000000"), validator("e", "1000000"),
            ],
            "own": { "x": "1000000" },
            "redelegations": [],
        },
        "list": { "file": Binary::from(file.as_bytes()) },
        "amount": "500000",
        "redelegate": true,
    });
    change(&mut question);
    question
}

fn ask(change: impl Fn(&mut Value)) -> Value {
    let answered = spread(&question(change).to_string());
    serde_json::from_str(&answered.unwrap()).unwrap()
}

#[test]
fn coins_and_stake_go_evenly_to_the_list() {
    let answer = ask(|_| ());
    assert_eq!(
        (&answer["listed"], &answer["eligible"]),
        (&5.into(), &5.into())
    );
    assert_eq!(answer["unplaced"], "0");
    let delegated = answer["delegations"].as_array().unwrap();
    assert_eq!(delegated.len(), 5);
    assert!(delegated.iter().all(|row| row["tokens"] == "100000"));
    let moved = answer["redelegations"].as_array().unwrap();
    assert_eq!(moved.len(), 5);
    assert!(
        moved
            .iter()
            .all(|row| row["source"] == "x" && row["tokens"] == "200000")
    );
    let last = answer["validators"].as_array().unwrap().last().unwrap();
    assert_eq!(
        last,
        &json!({
            "validator": "x", "listed": false, "exclusion": "not_listed", "before": "1000000",
            "after": "0", "cap": null, "locked_until": null,
        })
    );
    // 105^2 / (100^2 + 5), and 105.5^2 / (99^2 + 5 * 1.3^2)
    assert_eq!(answer["before"]["effective"], "1.101949");
    assert_eq!(answer["after"]["effective"], "1.134645");
    assert_eq!(answer["most_messages_on_device"], 5);
}

#[test]
fn lesson_37_what_was_moved_lately_is_told_with_its_date() {
    let until = 1_700_000_500u64;
    let answer = ask(|question| {
        question["situation"]["redelegations"] =
            json!([{ "source": "a", "destination": "x", "completion_time": until }]);
    });
    assert_eq!(answer["redelegations"], json!([]));
    assert_eq!(
        answer["blocked"],
        json!([{
            "validator": "x", "tokens": "1000000", "why": "redelegation_locked", "free_at": until,
        }])
    );
    let last = answer["validators"].as_array().unwrap().last().unwrap();
    assert_eq!(last["locked_until"], until);
}

#[test]
fn a_list_is_read_as_the_program_reads_it() {
    let with = |bytes: &[u8]| {
        let bytes = Binary::from(bytes);
        spread(&question(|question| question["list"] = json!({ "file": bytes })).to_string())
    };
    let wide: Vec<u8> = "\u{feff}validator\r\na\r\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let answer: Value = serde_json::from_str(&with(&wide).unwrap()).unwrap();
    assert_eq!(answer["listed"], 1);
    let answer: Value =
        serde_json::from_str(&with(br#"[{"validator":"a"},{"validator":"b"}]"#).unwrap()).unwrap();
    assert_eq!(answer["listed"], 2);
    for (text, said) in [
        (
            "a\n",
            "line 1: expected the header \"validator\", found \"a\"",
        ),
        (
            "validator\na\nz\n",
            "line 3.validator: there is no validator of the chain \"z\"",
        ),
        (
            "validator\na\na\n",
            "line 3.validator: \"a\" is given twice",
        ),
        ("<html><title>Oops</title>", "this is a web page, \"Oops\""),
    ] {
        let error = with(text.as_bytes()).unwrap_err().to_string();
        assert!(error.starts_with(said), "{error}");
    }
}

#[test]
fn what_is_not_understood_and_what_does_not_fit_says_so() {
    let refusal = |change: &dyn Fn(&mut Value)| {
        let refused = spread(&question(change).to_string());
        refused.unwrap_err().to_string()
    };
    let floats = refusal(&|question| question["amount"] = json!(5));
    assert!(floats.starts_with("not understood"), "{floats}");
    let most = u128::MAX.to_string();
    let large = refusal(&|question| question["amount"] = json!(most));
    assert!(large.contains(&most), "{large}");
}
