use serde_json::{Value, json};

use crate::tests::question;
use crate::{answer_accounts, answer_explain, answer_operators};

/// A validator of the chain; its key is 32 times a byte.
fn on_chain(name: &str, tokens: u64, byte: u8) -> Value {
    json!({
        "validator": name, "status": "bonded", "jailed": false, "tokens": tokens.to_string(),
        "commission": "0.050000000000000000", "max_commission": "0.2",
        "consensus_key": cosmwasm_std::Binary::from([byte; 32]),
    })
}

fn explain(validator: &str, asked: &Value, change: impl Fn(&mut Value)) -> Result<Value, String> {
    let network = question(|_| ());
    let mut asking = json!({
        "chain": {
            "validators": [
                on_chain("a", 130, 1), on_chain("b", 230, 2), on_chain("c", 320, 3),
                on_chain("d", 1000, 4), on_chain("e", 40, 5),
            ],
            "signing_infos": [],
        },
        "vault": network["vault"], "validator": validator, "self_bond": "7", "asked": asked,
    });
    change(&mut asking);
    let answered = answer_explain(&asking.to_string()).map_err(|error| error.to_string())?;
    Ok(serde_json::from_str(&answered).unwrap())
}

#[test]
fn what_one_could_do_is_tried_by_the_rule() {
    let asked = json!({ "self_bond": "10", "commission": null, "own_maximum": { "tokens": "20" } });
    let answer = explain("a", &asked, |_| ()).unwrap();
    // 80 to place on a, b and c with 100, 200 and 300 of others: all on a, and at most 20 with its maximum
    assert_eq!(answer["what_if"][0]["act"], "asked");
    assert_eq!(answer["what_if"][0]["target"], "20");
    assert_eq!(answer["what_if"][0]["change"], "-60");
    assert_eq!(answer["obstacles"], json!([]));
    // the rows of the test state targets of 0
    assert_eq!(answer["is_exact"], false);
}

#[test]
fn one_that_is_not_listed_learns_what_would_keep_it_out_and_what_it_would_get() {
    let nothing = json!({ "self_bond": null, "commission": null, "own_maximum": null });
    let small = explain("e", &nothing, |_| ()).unwrap();
    assert_eq!(small["obstacles"], json!([]));
    // 40 + 70 = 100 + 10
    assert_eq!(
        small["what_if"],
        json!([{ "act": "eligible", "value": null, "eligible": true, "target": "70", "change": "70" }])
    );
    let large = explain("d", &nothing, |asking| {
        asking["chain"]["validators"][3]["commission"] = json!("0.11");
    });
    assert_eq!(
        large.unwrap()["obstacles"],
        json!([{ "kind": "commission", "rate": "0.11", "most": "0.1" }, { "kind": "top_third" }])
    );
    let nobody = explain("x", &nothing, |_| ()).unwrap_err();
    assert_eq!(nobody, "the chain has no validator x");
}

#[test]
fn signing_records_belong_to_the_key_that_they_are_named_for() {
    let asking = json!({
        "chain": {
            "validators": [on_chain("a", 130, 1), on_chain("b", 230, 2)],
            "signing_infos": [
                // of 32 times 9, which nobody has, and of 32 times 2
                { "address": consensus_address(9), "tombstoned": true },
                { "address": consensus_address(2), "tombstoned": true },
            ],
        },
        "known": question(|_| ())["vault"]["validators"],
    });
    let answer: Value =
        serde_json::from_str(&answer_operators(&asking.to_string()).unwrap()).unwrap();
    assert_eq!(answer["bonded_validators"], 2);
    assert_eq!(
        answer["operators"],
        json!([
            { "validator": "a", "account": null, "rank": 2, "fate": null, "unseen": null, "signing_info": null },
            { "validator": "b", "account": null, "rank": 1, "fate": "tombstoned", "unseen": "tombstoned", "signing_info": 1 },
        ])
    );
}

/// Of a key that is 32 times a byte.
fn consensus_address(byte: u8) -> String {
    let name = defenders_client::chain::consensus_hex_of_key(&[byte; 32]).unwrap();
    let bytes: Vec<u8> = (0..20)
        .map(|at| u8::from_str_radix(&name[2 * at..2 * at + 2], 16).unwrap())
        .collect();
    let prefix = bech32::Hrp::parse("xvalcons").unwrap();
    bech32::encode::<bech32::Bech32>(prefix, &bytes).unwrap()
}

#[test]
fn accounts_are_told_of_addresses_only() {
    let operator = "cosmosvaloper1c4k24jzduc365kywrsvf5ujz4ya6mwympnc4en";
    let answer = answer_accounts(&json!([operator, "<b>"]).to_string()).unwrap();
    let answer: Value = serde_json::from_str(&answer).unwrap();
    assert_eq!(
        answer,
        json!({ operator: "cosmos1c4k24jzduc365kywrsvf5ujz4ya6mwymy8vq4q" })
    );
    let refused = answer_accounts("7").unwrap_err().to_string();
    assert!(refused.starts_with("not understood"), "{refused}");
}
