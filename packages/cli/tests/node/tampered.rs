//! `verify` against vaults that are and are not what they say. All of them are really there.

use std::fs;
use std::path::PathBuf;

use defenders_node::Coin;
use serde_json::{Value, json};

use crate::devnet::{Devnet, Ran};
use crate::governance::{pass, propose};
use crate::raw::Raw;

/// What was found of a check.
type Found = (String, String, String);

fn found(report: &Value) -> Vec<Found> {
    let checks = report["checks"].as_array().unwrap().iter();
    let text = |value: &Value| value.as_str().unwrap().to_string();
    checks
        .map(|check| {
            (
                text(&check["what"]),
                text(&check["finding"]),
                text(&check["because"]),
            )
        })
        .collect()
}

/// It ended with 1, and these are not ok, for these reasons; nothing else is not ok.
#[track_caller]
fn assert_wrong(ran: &Ran, expected: &[(&str, &str)]) {
    assert_eq!(ran.status, 1, "{ran:?}");
    let report = ran.json();
    assert_eq!(report["verdict"], "not_ok");
    assert_eq!(report["is_ok"], false);
    let wrong: Vec<Found> = found(&report)
        .into_iter()
        .filter(|(_, finding, _)| finding == "not_ok")
        .collect();
    let names: Vec<&str> = wrong.iter().map(|(what, ..)| what.as_str()).collect();
    let wanted: Vec<&str> = expected.iter().map(|(what, _)| *what).collect();
    assert_eq!(names, wanted, "{report:#}");
    for ((what, _, because), (_, words)) in wrong.iter().zip(expected) {
        assert!(because.contains(words), "{what}: no {words:?} in {because}");
    }
}

fn contracts() -> PathBuf {
    let usual = concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/wasm");
    std::env::var_os("DEFENDERS_WASM").map_or(usual.into(), PathBuf::from)
}

fn wasm(name: &str) -> Vec<u8> {
    fs::read(contracts().join(format!("{name}.wasm"))).unwrap()
}

/// The same code in other bytes: a section that no machine reads is added.
fn other_bytes(name: &str) -> Vec<u8> {
    let mut bytes = wasm(name);
    bytes.extend([0, 2, 1, b'x']);
    bytes
}

#[test]
fn a_vault_as_deployed_is_ok_in_every_point() {
    let devnet = Devnet::with_vault();
    // the devnet's settings name the list and the owner
    let report = devnet.defenders(&["verify", "--json"]).ok().json();
    for (what, finding, because) in found(&report) {
        assert_eq!(finding, "ok", "{what}: {because}");
    }
    assert_eq!(report["verdict"], "ok");
    assert_eq!(report["is_ok"], true);
    let shown = devnet.defenders(&["verify"]).ok().stdout;
    assert!(shown.contains("All 22 are ok."), "{shown}");
    assert!(
        shown.lines().all(|line| line.chars().count() <= 80),
        "{shown}"
    );
}

/// Nobody may take for ok what could not be told: neither a script nor a person.
#[test]
fn what_cannot_be_told_is_not_taken_for_ok() {
    let devnet = Devnet::with_vault();
    let settings = devnet.home().join("defenders.toml");
    let text = fs::read_to_string(&settings).unwrap();
    let unnamed = text.replace("checksums = ", "# checksums = ");
    fs::write(&settings, unnamed).unwrap();
    let ran = devnet.defenders(&["verify", "--json"]);
    assert_eq!(ran.status, 1, "{ran:?}");
    let report = ran.json();
    assert_eq!(report["verdict"], "cannot_tell");
    assert_eq!(report["is_ok"], Value::Null);
    assert_eq!(
        report["counts"],
        json!({ "ok": 18, "not_ok": 0, "cannot_tell": 4 })
    );
    let unknown = found(&report)
        .into_iter()
        .filter(|(_, finding, _)| finding == "cannot_tell");
    let unknown: Vec<String> = unknown.map(|(what, ..)| what).collect();
    assert_eq!(
        unknown,
        ["vault's code", "pot's code", "owner's code", "group's code"]
    );
    let shown = devnet.defenders(&["verify"]);
    assert_eq!(shown.status, 1);
    let words = "4 of 22 could not be told: do not take this as ok.";
    assert!(shown.stdout.contains(words), "{}", shown.stdout);
    devnet.defenders(&["verify", "--allow-unknown"]).ok();
    // what is not ok stays so
    let alice = devnet.account("alice");
    let ran = devnet.defenders(&["verify", "--allow-unknown", "--owner", &alice, "--json"]);
    assert_wrong(&ran, &[("owner", "and it should be")]);
    devnet
        .defenders(&["verify", "--checksums", "/dev/null"])
        .fails(2, "each line is a SHA-256");
    devnet
        .defenders(&["verify", &devnet.multisig()])
        .fails(2, "is no vault");
}

/// Lists of other releases, and another owner than expected.
#[test]
fn a_vault_of_another_release_is_not_ok() {
    let devnet = Devnet::with_vault();
    let text = fs::read_to_string(contracts().join("checksums.txt")).unwrap();
    for (file, what) in [
        ("vault.wasm", "vault's code"),
        ("reward_pot.wasm", "pot's code"),
        ("cw4_group.wasm", "group's code"),
    ] {
        let other = |line: &str| match line.contains(&format!("  {file}")) {
            true => format!("{}  {file}\n", "0".repeat(64)),
            false => format!("{line}\n"),
        };
        let list = devnet.home().join("other.txt");
        fs::write(&list, text.lines().map(other).collect::<String>()).unwrap();
        let ran = devnet.defenders(&["verify", "--checksums", "other.txt", "--json"]);
        assert_wrong(&ran, &[(what, "of the release is 0000")]);
    }
}

/// Vaults that somebody made otherwise: of a key, with another admin, of other code.
#[test]
fn vaults_that_were_made_otherwise_are_not_ok() {
    let devnet = Devnet::with_vault();
    let alice = Raw::of(&devnet, "alice");
    let own = alice.address().to_string();
    let notes: Value =
        serde_json::from_slice(&fs::read(devnet.home().join("deploy.state.json")).unwrap())
            .unwrap();
    let code = |name: &str| notes["codes"][name].as_u64().unwrap();
    let make_at = |pool: &str, vault: u64, pot: u64, owner: &str| {
        let msg = json!({
            "owner": owner,
            "share": { "cw20": { "name": "Defenders stake", "symbol": "DEFEND", "decimals": 6 } },
            "reward_pot_code_id": pot,
            "bonded_pool": pool,
            "power_source": "grpc",
            "fee": { "performance_fee_rate": "0.05", "keeper_bounty_share": "0.1", "recipient": own },
            "policy": null, "parameters": null,
        });
        let seed = vec![Coin::new(1_000_000, "ustake")];
        alice.instantiate(vault, &own, &msg, seed)
    };
    let pool = alice.node().module_account("bonded_tokens_pool").unwrap();
    let make = |vault: u64, pot: u64, owner: &str| make_at(&pool, vault, pot, owner);
    let verify =
        |vault: &str, owner: &str| devnet.defenders(&["verify", vault, "--owner", owner, "--json"]);
    // whoever may replace its code is no part of the vault: deposits are closed then
    let admin = ("who may replace the vault's code", "at any moment");
    let closed = ("deposits", "closed");

    // one key
    let of_key = make(code("vault"), code("reward_pot"), &own);
    let expected = [
        admin,
        ("owner", "is no contract: one key decides alone"),
        ("owner's code", "it has none"),
        closed,
    ];
    assert_wrong(&verify(&of_key, &own), &expected);
    assert_wrong(
        &devnet.defenders(&["verify", &of_key, "--json"]),
        &[
            admin,
            ("owner", "and it should be"),
            ("owner's code", "it has none"),
            closed,
        ],
    );

    // a multisig whose code, and whose members, one key replaces
    let members = json!({ "admin": own, "members": [{ "addr": own, "weight": 1 }] });
    let group = alice.instantiate(code("cw4_group"), &own, &members, vec![]);
    let terms = json!({
        "group_addr": group,
        "threshold": { "absolute_count": { "weight": 1 } },
        "max_voting_period": { "time": 86_400 },
    });
    let multisig = alice.instantiate(code("cw3_flex_multisig"), &own, &terms, vec![]);
    let of_puppet = make(code("vault"), code("reward_pot"), &multisig);
    let expected = [
        admin,
        ("owner's code", "may replace it at any moment"),
        ("how many decide", "one voter decides alone"),
        ("who chooses the members", "may replace the code of"),
        closed,
    ];
    assert_wrong(&verify(&of_puppet, &multisig), &expected);
    // code of the group aside, its members are still one key's
    let group = alice.instantiate(code("cw4_group"), "", &members, vec![]);
    let terms = json!({ "group_addr": group, "threshold": terms["threshold"], "max_voting_period": terms["max_voting_period"] });
    let multisig = alice.instantiate(code("cw3_flex_multisig"), "", &terms, vec![]);
    let of_group = make(code("vault"), code("reward_pot"), &multisig);
    let expected = [
        admin,
        (
            "how many decide",
            "1 voter, the greatest with 1; it takes 1 yes",
        ),
        ("who chooses the members", "alone"),
        closed,
    ];
    assert_wrong(&verify(&of_group, &multisig), &expected);

    // other bytes of the pot, another contract of the list in the vault's place
    let pot = alice.store(other_bytes("reward_pot"));
    let next = alice.store(wasm("next_vault"));
    let of_other = make(next, pot, &devnet.multisig());
    let expected = [
        ("vault's code", "which is next_vault.wasm"),
        admin,
        ("pot's code", "reward_pot.wasm of the release is"),
        closed,
    ];
    assert_wrong(&verify(&of_other, &devnet.multisig()), &expected);

    // replaced in place, by code whose bounds are wider
    let wide = json!({ "mistake": "bounds" });
    alice.migrate(&of_key, next, &wide);
    let expected = [
        ("vault's code", "which is next_vault.wasm"),
        ("vault's earlier codes", "which is next_vault.wasm"),
        admin,
        ("owner", "one key"),
        ("owner's code", "it has none"),
        ("settings within bounds", "vault_share_cap"),
        closed,
    ];
    assert_wrong(&verify(&of_key, &own), &expected);

    // an account of one's own in place of the chain's bonded pool
    let of_pool = make_at(&own, code("vault"), code("reward_pot"), &multisig);
    let told = verify(&of_pool, &multisig).json();
    let pool = found(&told);
    let pool = pool
        .iter()
        .find(|(it, ..)| it == "where it reads the chain's stake");
    assert_eq!(pool.unwrap().1, "not_ok", "{told:#}");

    // replaced by what is no vault, and calls itself one still
    let sink = alice.store(wasm("share_sink"));
    alice.migrate(&of_puppet, sink, &json!({}));
    let expected = [
        ("what it answers", "does not answer as one"),
        ("vault's code", "which is share_sink.wasm"),
        ("vault's earlier codes", "which is share_sink.wasm"),
        admin,
    ];
    assert_wrong(&verify(&of_puppet, &multisig), &expected);

    // the released code put back, with the vault as its admin: only the past tells, and the vault's next tick opens it
    alice.migrate(&of_group, sink, &json!({}));
    alice.migrate(&of_group, code("vault"), &json!({}));
    alice.set_admin(&of_group, &of_group);
    let expected = [
        ("vault's earlier codes", "which is share_sink.wasm"),
        ("how many decide", "it takes 1 yes"),
        ("who chooses the members", "alone"),
        closed,
    ];
    assert_wrong(&verify(&of_group, &multisig), &expected);
}

/// What the owner of a real vault has set off: an offer, other code, a wider cap.
#[test]
fn what_is_about_to_change_is_told_and_is_not_ok_where_it_takes_the_vault_away() {
    let devnet = Devnet::with_vault();
    let alice = Raw::of(&devnet, "alice");
    let carry = |title: &str, acts: Value| {
        let id = propose(&devnet, title, acts);
        pass(&devnet, &id);
        let execute = ["execute", &id, "--from", "op-1", "--yes"];
        devnet.defenders(&execute).ok();
    };
    carry(
        "Loosen",
        json!([{ "act": "settings", "set": { "vault_share_cap": "0.2" } }]),
    );
    // it waits longer than an exit takes: told, and ok
    let report = devnet.defenders(&["verify", "--json"]).ok().json();
    let told = found(&report);
    let (_, finding, because) = told
        .iter()
        .find(|(what, ..)| what == "scheduled changes")
        .unwrap();
    assert_eq!(finding, "ok");
    assert!(because.contains("vault_share_cap 0.1 -> 0.2"), "{because}");

    // what has passed and waits is not judged: whoever may can carry it out at once
    let acts = json!([{ "act": "transfer_ownership", "to": alice.address() }]);
    let id = propose(&devnet, "Not yet", acts);
    pass(&devnet, &id);
    let ran = devnet.defenders(&["verify", "--json"]);
    assert_eq!(ran.status, 1, "{ran:?}");
    let report = ran.json();
    assert_eq!(report["is_ok"], Value::Null);
    let told = found(&report);
    let waiting = told.iter().find(|(what, ..)| what == "owner's proposals");
    let (_, finding, because) = waiting.unwrap();
    assert_eq!(finding, "cannot_tell");
    assert!(because.contains(&format!("inspect {id}`")), "{because}");

    let next = alice.store(wasm("next_vault"));
    let checksum = alice.node().code_info(next).unwrap().unwrap().checksum;
    carry(
        "Sell it",
        json!([
            { "act": "upgrade", "contract": "vault", "code_id": next, "checksum": checksum },
            { "act": "transfer_ownership", "to": alice.address() },
        ]),
    );
    let ran = devnet.defenders(&["verify", "--json"]);
    assert_wrong(
        &ran,
        &[
            ("offer of the ownership", alice.address()),
            ("scheduled changes", "which is next_vault.wasm"),
        ],
    );
    let accept = json!({ "accept_ownership": {} });
    let vault = devnet.vault();
    let message = defenders_node::Message::execute(alice.address(), &vault, &accept, vec![]);
    alice.send(message.unwrap().to_any());
    let ran = devnet.defenders(&["verify", "--json"]);
    assert_wrong(
        &ran,
        &[
            ("owner", "and it should be"),
            ("owner's code", "it has none"),
            ("scheduled changes", "which is next_vault.wasm"),
        ],
    );
}
