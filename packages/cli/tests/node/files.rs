//! Transactions that were signed elsewhere.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use defenders_node::Message;
use defenders_node::keys::{Key, PrivateKey};
use defenders_node::send::SignedFile;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::accounts::{
    DEPOSIT, assert_deposited, break_off_before_broadcast, coins, connect, sequence,
};
use crate::devnet::Devnet;

const CHAIN: &str = "defenders-devnet-1";
const DIRECT: &str = "SIGN_MODE_DIRECT";
const AMINO: &str = "SIGN_MODE_LEGACY_AMINO_JSON";

/// The key of an account: anybody can make it.
fn key_of(name: &str) -> Key {
    let private = Sha256::digest(format!("account:{name}"));
    let hex: String = private.iter().map(|byte| format!("{byte:02x}")).collect();
    let key = PrivateKey::from_hex(&hex).unwrap();
    key.into_key(name.parse().unwrap(), "wasm").unwrap()
}

/// Signs as a program elsewhere does, and writes the file. Alice's.
fn sign(devnet: &Devnet, unsigned: &Value, mode: &str, chain_id: &str, sequence: u64) -> String {
    let key = key_of("alice");
    let address = devnet.account("alice");
    let number = connect(&devnet.url()).account(&address).unwrap().number;
    let mut file = unsigned.clone();
    let public = STANDARD.encode(key.public_key().to_bytes());
    file["auth_info"]["signer_infos"] = json!([{
        "public_key": { "@type": "/cosmos.crypto.secp256k1.PubKey", "key": public },
        "mode_info": { "single": { "mode": mode } },
        "sequence": sequence.to_string(),
    }]);
    file["signatures"] = json!([""]);
    let signed = SignedFile::read(&file.to_string()).unwrap();
    let bytes = match mode {
        DIRECT => signed.sign_bytes(chain_id, number),
        _ => signed.amino_sign_bytes(chain_id, number).unwrap(),
    };
    let signature = key.signing_key().sign(&bytes).unwrap();
    file["signatures"] = json!([STANDARD.encode(signature.to_vec())]);
    let path = devnet
        .home()
        .join(format!("signed-{mode}-{chain_id}-{sequence}.json"));
    std::fs::write(&path, file.to_string()).unwrap();
    path.to_str().unwrap().to_string()
}

/// A deposit of 7 STAKE by Alice, whose key is elsewhere.
fn unsigned_deposit(devnet: &Devnet, memo: &str) -> Value {
    let file = devnet.home().join("unsigned.json");
    let alice = devnet.account("alice");
    let path = file.to_str().unwrap();
    let mut arguments = vec![
        "deposit",
        "7STAKE",
        "--from-address",
        &alice,
        "--memo",
        memo,
    ];
    arguments.extend(["--generate-only", path]);
    devnet.defenders(&arguments).ok();
    serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap()
}

fn broadcast(devnet: &Devnet, file: &str) -> crate::devnet::Ran {
    devnet.defenders(&["broadcast", file, "--yes", "--json"])
}

/// A trial run and an unsigned file send nothing, and the file says all.
#[test]
fn dry_runs_and_files_send_nothing() {
    let devnet = Devnet::with_vault();
    let before = coins(&devnet, "alice");
    let dry = devnet
        .defenders(&[
            "deposit",
            "7STAKE",
            "--from",
            "alice",
            "--dry-run",
            "--json",
        ])
        .ok();
    assert_eq!(dry.json()["sent"], false);
    let file = devnet.home().join("unsigned.json");
    let written = devnet
        .defenders(&[
            "deposit",
            "7STAKE",
            "--from",
            "alice",
            "--json",
            "--generate-only",
            file.to_str().unwrap(),
        ])
        .ok();
    assert_eq!(written.json()["sent"], false);
    let unsigned: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    assert_eq!(
        unsigned["body"]["messages"][0]["@type"],
        "/cosmwasm.wasm.v1.MsgExecuteContract"
    );
    assert_eq!(
        unsigned["body"]["messages"][0]["funds"][0]["amount"],
        "7000000"
    );
    assert_eq!(coins(&devnet, "alice"), before);
}

/// What was written comes back signed, is compared with the chain, and is sent once.
#[test]
fn lesson_13_a_file_is_compared_with_the_chain_and_sent_once() {
    let devnet = Devnet::with_vault();
    let before = coins(&devnet, "alice");
    let unsigned = unsigned_deposit(&devnet, "");
    let path = devnet.home().join("unsigned.json");
    broadcast(&devnet, path.to_str().unwrap()).fails(2, "is not signed yet");
    let next = sequence(&devnet, "alice");
    for mode in [DIRECT, AMINO] {
        let other = sign(&devnet, &unsigned, mode, "cosmoshub-4", next);
        broadcast(&devnet, &other).fails(2, "was made for another chain");
        let later = sign(&devnet, &unsigned, mode, CHAIN, next + 1);
        broadcast(&devnet, &later).fails(2, "sign it anew with --sequence");
    }
    assert_deposited(&devnet, before, 0);
    assert_eq!(sequence(&devnet, "alice"), next);
    let file = sign(&devnet, &unsigned, DIRECT, CHAIN, next);
    let trial = devnet
        .defenders(&["broadcast", &file, "--dry-run"])
        .ok()
        .stdout;
    assert!(trial.contains("units of gas"), "{trial}");
    assert!(trial.contains("fee     "), "{trial}");
    assert!(trial.contains("Nothing was sent"), "{trial}");
    assert_deposited(&devnet, before, 0);
    broadcast(&devnet, &file).ok();
    assert_deposited(&devnet, before, 1);
    // signing it anew would do it twice
    let again = broadcast(&devnet, &file).ok();
    assert_eq!(again.json()["was_under_way"], true);
    assert_deposited(&devnet, before, 1);
    // another transaction at the place of this one
    let late = sign(
        &devnet,
        &unsigned_deposit(&devnet, "late"),
        DIRECT,
        CHAIN,
        next,
    );
    broadcast(&devnet, &late).fails(2, "sign it anew with --sequence");
    devnet
        .defenders(&["broadcast", &late, "--dry-run"])
        .fails(2, "sign it anew with --sequence");
    assert_deposited(&devnet, before, 1);
}

/// What hardware wallets sign is escaped, and what the chain gets is not: it takes both.
#[test]
fn lesson_15_the_chain_takes_amino_json_with_letters_that_are_escaped() {
    let devnet = Devnet::with_vault();
    let before = coins(&devnet, "alice");
    let memo = "<a & b>";
    let mut unsigned = unsigned_deposit(&devnet, memo);
    assert_eq!(unsigned["body"]["memo"], memo);
    let file = sign(&devnet, &unsigned, AMINO, CHAIN, sequence(&devnet, "alice"));
    let sent = broadcast(&devnet, &file).ok().json();
    assert_deposited(&devnet, before, 1);
    let found = connect(&devnet.url()).tx(sent["hash"].as_str().unwrap());
    let bytes = found.unwrap().unwrap().bytes;
    assert!(bytes.windows(7).any(|part| part == memo.as_bytes()));

    // in the message to a contract as well: it refuses the words, not the signature
    let message = &mut unsigned["body"]["messages"][0];
    message["msg"] = json!({"deposit": {"recipient": "<a & b>"}});
    let file = sign(&devnet, &unsigned, AMINO, CHAIN, sequence(&devnet, "alice"));
    let ran = broadcast(&devnet, &file);
    ran.fails(1, "the fee is paid");
    assert_deposited(&devnet, before, 1);
}

/// How an earlier transaction ended is told, whichever way the next one comes.
#[test]
fn what_was_under_way_before_a_file_is_told() {
    let devnet = Devnet::with_vault();
    let before = coins(&devnet, "alice");
    let unsigned = unsigned_deposit(&devnet, "");
    let next = sequence(&devnet, "alice");
    break_off_before_broadcast(&devnet, &DEPOSIT);
    let file = sign(&devnet, &unsigned, DIRECT, CHAIN, next + 1);
    let ran = broadcast(&devnet, &file).ok();
    assert!(
        ran.stderr.contains("an earlier transaction (Deposit"),
        "{ran:?}"
    );
    assert!(ran.stderr.contains("was carried out in block"), "{ran:?}");
    assert_deposited(&devnet, before, 2);

    // a file without a last height is never said to end
    let file = sign(&devnet, &unsigned, DIRECT, CHAIN, next + 2);
    break_off_before_broadcast(&devnet, &["broadcast", &file, "--yes", "--json"]);
    let told = devnet.defenders(&["pending", "--json"]).ok().json();
    let row = &told["pending"][0];
    assert_eq!(row["state"], "may_get_in");
    assert!(row["last_height"].is_null());
    let hash = row["hash"].as_str().unwrap();
    devnet
        .defenders(&["pending", "--forget", hash])
        .fails(2, "until another transaction of");
    let ran = devnet.defenders(&DEPOSIT).ok();
    assert!(
        ran.stderr
            .contains("an earlier transaction (a signed file)"),
        "{ran:?}"
    );
    assert_deposited(&devnet, before, 4);
}

/// A file that runs out of gas says so, and the next one can be sent.
#[test]
fn a_file_that_runs_out_of_gas_is_told_once() {
    let devnet = Devnet::with_vault();
    let before = coins(&devnet, "alice");
    let mut unsigned = unsigned_deposit(&devnet, "");
    unsigned["auth_info"]["fee"]["gas_limit"] = "105000".into();
    let next = sequence(&devnet, "alice");
    let file = sign(&devnet, &unsigned, DIRECT, CHAIN, next);
    broadcast(&devnet, &file).fails(1, "out of gas in block");
    let told = devnet.defenders(&["pending", "--json"]).ok().json();
    assert_eq!(told["pending"], json!([]));
    assert_deposited(&devnet, before, 0);
    devnet.defenders(&DEPOSIT).ok();
    assert_deposited(&devnet, before, 1);
}

/// Coins from Alice to an address, by such a file: there is no command for it.
pub fn send_coins(devnet: &Devnet, to: &str, amount: u128) {
    let message = Message::Send {
        from: devnet.account("alice"),
        to: to.to_string(),
        coins: vec![defenders_node::Coin::new(amount, "ustake")],
    };
    let unsigned = json!({
        "body": {
            "messages": [message.to_json().unwrap()], "memo": "", "timeout_height": "0",
            "extension_options": [], "non_critical_extension_options": [],
        },
        "auth_info": {
            "signer_infos": [], "tip": null,
            "fee": {
                "amount": [{"denom": "ustake", "amount": "5000"}], "gas_limit": "200000",
                "payer": "", "granter": "",
            },
        },
        "signatures": [],
    });
    let next = sequence(devnet, "alice");
    let file = sign(devnet, &unsigned, DIRECT, CHAIN, next);
    broadcast(devnet, &file).ok();
}
