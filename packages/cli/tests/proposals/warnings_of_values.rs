//! Warnings of what messages say: settings, changes, checksums, the proposal around them.

use defenders_types::{Change, ChangeInfo, DAY, OwnContract};
use serde_json::json;

use crate::warnings::{ensure_one, settings, warnings_of};
use crate::world::*;

#[test]
fn caps_that_a_change_of_source_drops() {
    ensure_one(
        call(&settings("power_source", "rank:60")),
        "caps_dropped",
        "with the source rank the caps chain_share_cap, match_cap are not in force any more",
    );
    assert!(warnings_of(&proposal(&[call(&settings("power_source", "stargate"))])).is_empty());
}

#[test]
fn settings_that_the_vault_refuses() {
    for (name, value, said) in [
        (
            "floof",
            "0.2",
            r#"there is no setting "floof", do you mean "floor"?"#,
        ),
        (
            "vault_share_cap",
            "0.3",
            "vault_share_cap must be between 0.02 and 0.2, got 0.3",
        ),
        (
            "max_moves",
            "many",
            "max_moves must be a whole number, got many",
        ),
        (
            "minimum_seed",
            "2000000",
            "minimum_seed is fixed at the instantiation",
        ),
        (
            "attester",
            &account(1),
            "the power source grpc has no attester: change power_source first",
        ),
    ] {
        ensure_one(
            call(&settings(name, value)),
            "refused",
            &format!("the vault refuses {name}: {said}"),
        );
    }
}

#[test]
fn addresses_of_another_chain_or_none() {
    let broken = operator(1).replace("valoper1q", "valoper1p");
    let checksum = "its checksum is wrong: a letter is missing, or another one";
    for (message, said) in [
        (
            json!({ "drain_validators": { "validators": [broken], "valid_until": VALID_UNTIL } }),
            format!("the vault refuses {broken:?}: {checksum}"),
        ),
        (
            json!({ "list_validators": {
                "validators": [{ "validator": broken }], "valid_until": VALID_UNTIL,
            }}),
            format!("the vault refuses {broken:?}: {checksum}"),
        ),
        (
            json!({ "accept_snapshot": { "failed": [account(1)], "valid_until": VALID_UNTIL } }),
            format!(
                "the vault refuses {:?}: it begins with cosmos1, the vault's chain wants \
                 cosmosvaloper1 here",
                account(1)
            ),
        ),
        (
            settings("fee_recipient", "osmo1nobody"),
            format!("the vault refuses \"osmo1nobody\": {checksum}"),
        ),
        (
            settings("power_source", "attested:me"),
            format!("the vault refuses \"me\": {checksum}"),
        ),
    ] {
        ensure_one(call(&message), "refused", &said);
    }
}

#[test]
fn what_is_changed_twice() {
    let messages = [
        call(&settings("floor", "0.2")),
        call(&settings("floor", "0.1")),
    ];
    let found = warnings_of(&proposal(&messages));
    assert_eq!(
        found,
        [[
            "propose.msgs[1]",
            "changed_twice",
            "floor is changed twice, first in propose.msgs[0]"
        ]
        .map(str::to_string)]
    );
}

#[test]
fn changes_that_do_not_wait() {
    for (message, id) in [
        (json!({ "apply_change": { "id": 2 } }), 2),
        (
            json!({ "cancel_change": { "id": 77, "valid_until": VALID_UNTIL } }),
            77,
        ),
    ] {
        ensure_one(
            call(&message),
            "no_such_change",
            &format!("no change {id} waits"),
        );
    }
}

#[test]
fn checksums_of_no_release() {
    let world = World::new();
    let (known, other) = ("AB".repeat(32), "cd".repeat(32));
    world.write_text(
        "checksums.txt",
        &format!("{}  vault.wasm  rust\n\n", "ab".repeat(32)),
    );
    let upgrade = |checksum: &str| json!({ "schedule": { "code_id": 7, "checksum": checksum } });
    // to another contract, so that the vault's own messages do not matter
    let inspect = |checksum: &str, arguments: &[&str]| {
        world.write(
            "in.json",
            &proposal(&[call_of(&account(6), &upgrade(checksum))]),
        );
        let (report, _) =
            world.inspect_with("in.json", &[&["--vault", &vault()], arguments].concat());
        let warnings = report["warnings"].as_array().unwrap().iter();
        let mut warnings = warnings.filter(|it| it["kind"] == "unknown_checksum");
        warnings
            .next()
            .map(|it| it["message"].as_str().unwrap().to_string())
    };
    let release = ["--checksums", "checksums.txt"];
    assert_eq!(inspect(&known, &release), None);
    assert_eq!(
        inspect(&other, &release),
        Some(format!("the checksum {other} is not in checksums.txt"))
    );
    assert_eq!(
        inspect(&other, &[]),
        Some(format!(
            "the checksum {other} is not compared with a release: give its checksums.txt with --checksums"
        ))
    );
    assert_eq!(
        inspect("abc", &release),
        Some("\"abc\" is no SHA-256 checksum".to_string())
    );
}

#[test]
fn upgrades() {
    let world = World::new();
    let checksum = "ab".repeat(32);
    world.write_text("checksums.txt", &format!("{checksum}  vault.wasm\n"));
    let mut changes = changes();
    changes.has_depositors = false;
    changes.changes.push(ChangeInfo {
        id: 5,
        change: Change::Upgrade {
            contract: OwnContract::Vault,
            code_id: 6,
            checksum: "cd".repeat(32),
            msg: cosmwasm_std::Binary::from(b"{}"),
        },
        scheduled_at: NOW,
        due_at: NOW + EXIT_DELAY,
        expires_at: NOW + EXIT_DELAY + 14 * DAY,
    });
    world.write("changes.json", &changes);
    let inspect = |contract: &str, checksum: &str, msg: &str, arguments: &[&str]| {
        let message = json!({ "schedule_upgrade": {
            "contract": contract, "code_id": 7, "checksum": checksum, "msg": msg, "valid_until": VALID_UNTIL,
        }});
        world.write("in.json", &proposal(&[call(&message)]));
        let vault = vault();
        let known = ["--vault", &vault, "--checksums", "checksums.txt"];
        let (report, status) = world.inspect_with("in.json", &[&known, arguments].concat());
        assert_eq!(status, 3);
        let warnings = report["warnings"].as_array().unwrap().iter();
        let kinds: Vec<String> = warnings
            .map(|it| it["kind"].as_str().unwrap().to_string())
            .collect();
        (report, kinds)
    };
    let known = ["--changes", "changes.json"];

    // it waits though nobody has deposited yet
    let (report, kinds) = inspect("vault", &checksum, "eyJhIjoxfQ==", &known);
    assert_eq!(kinds, ["upgrade"]);
    let later = "2023-12-14T22:13:20Z at the earliest";
    assert_eq!(
        report["warnings"][0]["message"],
        format!(
            "CODE: vault runs code 7 then, which can do anything with all that is deposited; {later}"
        )
    );
    let row = &report["messages"][0]["effects"][0];
    assert_eq!(row["earliest"], NOW + EXIT_DELAY);
    assert_eq!(row["replaces"], 5);
    assert_eq!(row["when"], format!("{later}, takes the place of change 5"));
    assert_eq!(
        row["reason"],
        "other code may do anything; it is called with {\"a\":1}"
    );
    let (report, _) = inspect("reward_pot", &checksum, "e30=", &[]);
    let row = &report["messages"][0]["effects"][0];
    assert_eq!(
        (&row["when"], &row["replaces"]),
        (&json!("after the exit delay"), &json!(null))
    );

    let (_, kinds) = inspect("vault", &"ef".repeat(32), "e30=", &known);
    assert_eq!(kinds, ["upgrade", "unknown_checksum"]);
    let (_, kinds) = inspect("vault", &checksum.to_uppercase(), "e30=", &known);
    assert_eq!(kinds, ["upgrade", "refused"]);
    let (_, kinds) = inspect("vault", &checksum, "bm8=", &known);
    assert_eq!(kinds, ["upgrade", "not_decoded"]);
}

#[test]
fn what_cannot_be_decoded() {
    let mut message = call(&json!({}));
    message["wasm"]["execute"]["msg"] = json!("not base64!");
    let found = warnings_of(&proposal(&[message]));
    assert_eq!(
        found[0][1..],
        ["not_decoded", "the message is not JSON in base64"]
    );
}

#[test]
fn fields_given_twice() {
    let world = World::new();
    let message = call(&json!({ "arm_brake": { "valid_until": VALID_UNTIL } }));
    let text = format!(r#"{{"msgs":[{message}],"title":"good","title":"bad"}}"#);
    world.write_text("in.json", &text);
    let (report, status) = world.inspect("in.json");
    assert_eq!(status, 3);
    assert_eq!(
        report["warnings"],
        json!([{
            "place": "title", "kind": "field_twice",
            "message": "the field is given twice, readers differ in which one counts",
        }])
    );
}

#[test]
fn fields_given_twice_in_what_is_encoded() {
    let inner = r#"{"arm_brake":{"valid_until":1,"valid_until":1702592000}}"#;
    let mut message = call(&json!({}));
    message["wasm"]["execute"]["msg"] =
        json!(cosmwasm_std::Binary::from(inner.as_bytes().to_vec()));
    ensure_one(
        message,
        "field_twice",
        "the field is given twice, readers differ in which one counts",
    );
    let text = format!(
        r#"{{"wasm":{{"execute":{{"contract_addr":{:?},"msg":{inner},"funds":[]}}}}}}"#,
        vault()
    );
    let file = json!({ "actions": [{ "key": "custom", "data": { "message": text } }] });
    let found = warnings_of(&file);
    assert_eq!(found.len(), 1);
    assert_eq!(
        found[0][..2],
        [
            "actions[0].data.message.wasm.execute.msg.arm_brake.valid_until",
            "field_twice"
        ]
    );
}

#[test]
fn more_than_a_call_takes() {
    for number in [0, 101] {
        let validators = vec![operator(1); number];
        let message = json!({ "drain_validators": {
            "validators": validators, "valid_until": VALID_UNTIL,
        }});
        let found = warnings_of(&proposal(&[call(&message)]));
        let refused: Vec<_> = found.iter().filter(|it| it[1] == "refused").collect();
        assert_eq!(refused.len(), 1, "{found:?}");
        let said = format!("the vault refuses {number} validators: it takes 1 to 100 in a call");
        assert_eq!(refused[0][2], said);
    }
}

#[test]
fn more_changes_than_may_wait() {
    let world = World::new();
    let mut changes = changes();
    let one = changes.changes[1].clone();
    // with 3 and 4, and 2 that is gone
    changes.changes.extend((10..27).map(|id| {
        let mut change = one.clone();
        change.id = id;
        change
    }));
    world.write("changes.json", &changes);
    let kinds = |names: &[&str]| {
        let names = names.iter();
        let settings: Vec<_> = names
            .map(|name| json!({ "name": name, "value": "2" }))
            .collect();
        let message = json!({ "propose_settings": {
            "settings": settings, "valid_until": VALID_UNTIL,
        }});
        world.write("in.json", &proposal(&[call(&message)]));
        world.inspect("in.json").0["warnings"].clone()
    };
    assert_eq!(kinds(&["max_moves"]), json!([]));
    assert_eq!(
        kinds(&["max_moves", "max_messages_per_piece"]),
        json!([{
            "place": "propose.msgs[0]", "kind": "too_many_changes",
            "message": "21 changes would wait, the vault takes 20",
        }])
    );
}

#[test]
fn offers_of_the_ownership() {
    ensure_one(
        call(
            &json!({ "transfer_ownership": { "new_owner": account(5), "valid_until": VALID_UNTIL } }),
        ),
        "ownership",
        &format!("{} becomes the owner as soon as it accepts", account(5)),
    );
}

#[test]
fn empty_proposals() {
    for (file, place) in [
        (proposal(&[]), "propose.msgs"),
        (json!({ "msgs": [] }), "msgs"),
        (json!({ "actions": [] }), "actions"),
        (json!([]), ""),
    ] {
        let found = warnings_of(&file);
        assert_eq!(found[0][..2], [place, "empty"]);
        assert_eq!(found.len(), 1);
    }
}

#[test]
fn voting_that_would_be_over() {
    let message = json!({ "arm_brake": { "valid_until": VALID_UNTIL } });
    let mut file = proposal(&[call(&message)]);
    file["propose"]["latest"] = json!({ "at_time": format!("{NOW}000000000") });
    let found = warnings_of(&file);
    assert_eq!(
        found,
        [[
            "propose.latest",
            "too_late",
            "voting would end at 2023-11-14T22:13:20Z, which is past"
        ]
        .map(str::to_string)]
    );
}
