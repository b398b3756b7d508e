//! Old and new, tightening and loosening, and from when on.

use defenders_types::{Change, ChangeInfo, DAY, ListingInput};
use serde_json::{Value, json};

use crate::world::*;

/// The changes of a message, with arguments more than the vault.
fn effects_with(message: &Value, arguments: &[&str]) -> Value {
    let world = World::new();
    world.write("in.json", &proposal(&[call(message)]));
    let vault = vault();
    let (report, _) = world.inspect_with("in.json", &[&["--vault", &vault], arguments].concat());
    report["messages"][0]["effects"].clone()
}

fn settings(settings: &[(&str, Option<&str>)]) -> Value {
    let settings = settings.iter();
    let settings: Vec<Value> = settings
        .map(|(name, value)| json!({ "name": name, "value": value }))
        .collect();
    json!({ "propose_settings": { "settings": settings, "valid_until": VALID_UNTIL } })
}

/// now, then, effect, reason, earliest, when
fn told(row: &Value) -> Value {
    json!([
        row["now"],
        row["then"],
        row["effect"],
        row["reason"],
        row["earliest"],
        row["when"]
    ])
}

const LATER: &str = "2023-12-14T22:13:20Z at the earliest";

#[test]
fn settings_beside_what_they_are() {
    let due = NOW + EXIT_DELAY;
    let rows = effects_with(
        &settings(&[
            ("vault_share_cap", Some("0.05")),
            ("hosting_cap", Some("0.30")),
            ("exit_slack", Some("864000")),
            ("floor", Some("0.2")),
            ("match_cap", Some("0.4")),
            ("operator_cap", Some("0.1")),
            ("guardian", None),
        ]),
        &KNOWN,
    );
    let rows: Vec<Value> = rows.as_array().unwrap().iter().map(told).collect();
    assert_eq!(
        json!(rows),
        json!([
            [
                "0.1",
                "0.05",
                "tightens",
                "nobody may get more",
                null,
                "at once"
            ],
            ["0.25", "0.3", "loosens", "nobody may get more", due, LATER],
            [
                "604800",
                "864000",
                "tightens",
                "more time to leave",
                null,
                "at once"
            ],
            [
                "0.25",
                "0.2",
                "loosens",
                "more for small ones is less for the evenness of the chain",
                due,
                format!("{LATER}, takes the place of change 3")
            ],
            [
                "0.5",
                "0.4",
                "tightens",
                "nobody may get more",
                null,
                "at once, cancels change 4"
            ],
            [
                "0.1",
                "0.1",
                "unchanged",
                "it has this value",
                null,
                "never"
            ],
            [
                account(1),
                null,
                "loosens",
                "no account is better for everyone",
                due,
                LATER
            ],
        ])
    );
}

#[test]
fn rows_of_the_table_are_named() {
    let rows = effects_with(&settings(&[("max_moves", Some("2"))]), &[]);
    assert_eq!(rows[0]["means"], "Most moves of a `rebalance` (count)");
}

#[test]
fn settings_whose_present_value_nobody_told() {
    let rows = effects_with(
        &settings(&[
            ("vault_share_cap", Some("0.05")),
            ("exit_slack", Some("864000")),
            ("bond_factor", None),
            ("attester", None),
            ("floor", Some("0.2")),
        ]),
        &[],
    );
    let rows: Vec<Value> = rows.as_array().unwrap().iter().map(told).collect();
    let later = "after the exit delay";
    assert_eq!(
        json!(rows),
        json!([
            [
                null,
                "0.05",
                "depends",
                "less is good for every depositor: nobody may get more",
                null,
                "at once if it is, else after the exit delay"
            ],
            [
                null,
                "864000",
                "depends",
                "more is good for every depositor: more time to leave",
                null,
                "at once if it is, else after the exit delay"
            ],
            [
                null,
                null,
                "loosens",
                "no value is more than any value",
                null,
                later
            ],
            [
                null,
                null,
                "tightens",
                "nobody can post what is not true",
                null,
                "at once"
            ],
            [
                null,
                "0.2",
                "loosens",
                "more for small ones is less for the evenness of the chain",
                null,
                later
            ],
        ])
    );
}

#[test]
fn before_the_first_deposit_nothing_waits() {
    let world = World::new();
    let mut changes = changes();
    changes.has_depositors = false;
    world.write("changes.json", &changes);
    world.write(
        "in.json",
        &proposal(&[call(&settings(&[("hosting_cap", Some("0.4"))]))]),
    );
    let (report, _) = world.inspect("in.json");
    let row = &report["messages"][0]["effects"][0];
    assert_eq!(row["effect"], "loosens");
    assert_eq!(row["when"], "at once, nobody has deposited yet");
}

#[test]
fn listings_beside_what_they_say() {
    let row = |validator: u8, more: Value| {
        let mut listing = json!({
            "validator": operator(validator), "groups": { "hosting": "big-cloud" },
        });
        let fields = listing.as_object_mut().unwrap();
        fields.extend(more.as_object().unwrap().clone());
        let message = json!({ "list_validators": {
            "validators": [listing], "valid_until": VALID_UNTIL,
        }});
        let row = effects_with(&message, &KNOWN)[0].clone();
        (
            row["effect"].as_str().unwrap().to_string(),
            row["reason"].as_str().unwrap().to_string(),
        )
    };
    let most = "1000000000000000000000000";
    let more = "1000000000000000000000001";
    for (validator, listing, effect, reason) in [
        (1, json!({}), "tightens", "nothing is raised"),
        (
            1,
            json!({ "max_tokens": "5" }),
            "tightens",
            "nothing is raised",
        ),
        (
            2,
            json!({ "max_tokens": most }),
            "tightens",
            "nothing is raised",
        ),
        (
            2,
            json!({ "max_tokens": more }),
            "loosens",
            "its maximum is raised",
        ),
        (2, json!({}), "loosens", "its maximum is raised"),
        (
            1,
            json!({ "groups": { "hosting": "small" } }),
            "loosens",
            "it is in other groups",
        ),
        (3, json!({}), "loosens", "it is not listed, or drained"),
        (4, json!({}), "loosens", "it is not listed, or drained"),
    ] {
        assert_eq!(
            row(validator, listing.clone()),
            (effect.into(), reason.into()),
            "{listing}"
        );
    }
}

#[test]
fn listings_that_wait_are_taken_out_of_their_change() {
    let world = World::new();
    let mut changes = changes();
    changes.changes.push(ChangeInfo {
        id: 5,
        change: Change::Listings {
            validators: vec![
                ListingInput {
                    validator: operator(4),
                    ..Default::default()
                },
                ListingInput {
                    validator: operator(1),
                    ..Default::default()
                },
            ],
        },
        scheduled_at: NOW,
        due_at: NOW + EXIT_DELAY,
        expires_at: NOW + EXIT_DELAY + 14 * DAY,
    });
    world.write("changes.json", &changes);
    let acts = json!([
        { "act": "list", "validators": [{ "validator": operator(4) }, { "validator": operator(6) }] },
        { "act": "drain", "validators": [operator(1), operator(2)] },
    ]);
    world.propose(&file(acts));
    let (report, status) = world.inspect("p.cw3.json");
    assert_eq!(status, 0, "{report:#}");
    let told: Vec<Value> = [("0", 0), ("0", 1), ("1", 0), ("1", 1)]
        .iter()
        .map(|(message, row)| {
            report
                .pointer(&format!("/messages/{message}/effects/{row}"))
                .unwrap()
        })
        .map(|row| json!([row["when"], row["replaces"]]))
        .collect();
    assert_eq!(
        json!(told),
        json!([
            [format!("{LATER}, taken out of change 5"), 5],
            [LATER, null],
            ["at once, taken out of change 5", 5],
            ["at once", null],
        ])
    );
}

#[test]
fn changes_that_wait_are_told() {
    let apply = effects_with(&json!({ "apply_change": { "id": 3 } }), &KNOWN);
    assert_eq!(apply[0]["reason"], "is applied: floor: 0.25 -> 0.3");
    assert_eq!(
        apply[0]["when"],
        "2023-11-15T22:13:20Z at the earliest, before 2023-11-29T22:13:20Z"
    );
    assert_eq!(apply[0]["earliest"], NOW + 86_400);
    let due = effects_with(&json!({ "apply_change": { "id": 4 } }), &KNOWN);
    assert_eq!(due[0]["when"], "at once");
    let cancel = json!({ "cancel_change": { "id": 3, "valid_until": VALID_UNTIL } });
    assert_eq!(
        effects_with(&cancel, &KNOWN)[0]["reason"],
        "is cancelled: floor: 0.25 -> 0.3"
    );
}
