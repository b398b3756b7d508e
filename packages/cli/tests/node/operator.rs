//! What the program never sends, for tests: operators' own transactions, and coins from one account to another.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use defenders_node::http::call_json_rpc;
use defenders_node::keys::{Key, PrivateKey};
use defenders_node::proto::Any;
use defenders_node::proto::cosmos::bank::v1beta1::MsgSend;
use defenders_node::proto::cosmos::base::v1beta1::Coin;
use defenders_node::proto::cosmos::crypto::secp256k1::PubKey;
use defenders_node::proto::cosmos::slashing::v1beta1::MsgUnjail;
use defenders_node::proto::cosmos::staking::v1beta1::{
    Description, MsgEditValidator, MsgUndelegate,
};
use defenders_node::proto::cosmos::tx::v1beta1::{
    AuthInfo, Fee, ModeInfo, SignDoc, SignerInfo, TxBody, TxRaw, mode_info,
};
use defenders_node::proto::prost::Message;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::devnet::{Devnet, get};

const DENOM: &str = "ustake";
/// What a field is set to that is to stay.
const KEPT: &str = "[do-not-modify]";
const PATIENCE: Duration = Duration::from_secs(10);

/// The key of an account or an operator: made of its name.
pub fn key_of(name: &str) -> Key {
    let private = Sha256::digest(format!("account:{name}"));
    let hex: String = private.iter().map(|byte| format!("{byte:02x}")).collect();
    let key = PrivateKey::from_hex(&hex).unwrap();
    key.into_key("test".parse().unwrap(), "wasm").unwrap()
}

/// Coins for somebody.
pub fn send_coins(devnet: &Devnet, from: &str, to: &str, amount: u128) {
    let message = MsgSend {
        from_address: key_of(from).address().to_string(),
        to_address: to.to_string(),
        amount: vec![coin(amount)],
    };
    carry_out(
        devnet,
        from,
        "/cosmos.bank.v1beta1.MsgSend",
        &message.encode_to_vec(),
    );
}

/// A validator calls itself so from now on, and charges so much, x 10^18.
pub fn edit(devnet: &Devnet, name: &str, operator: &str, moniker: &str, commission: Option<u128>) {
    let kept = || KEPT.to_string();
    let message = MsgEditValidator {
        description: Some(Description {
            moniker: moniker.to_string(),
            identity: kept(),
            website: kept(),
            security_contact: kept(),
            details: kept(),
        }),
        validator_address: operator.to_string(),
        commission_rate: commission.map_or(String::new(), |rate| rate.to_string()),
        min_self_delegation: String::new(),
    };
    carry_out(
        devnet,
        name,
        "/cosmos.staking.v1beta1.MsgEditValidator",
        &message.encode_to_vec(),
    );
}

/// An operator takes its own stake away.
pub fn undelegate(devnet: &Devnet, name: &str, operator: &str, amount: u128) {
    let message = MsgUndelegate {
        delegator_address: key_of(name).address().to_string(),
        validator_address: operator.to_string(),
        amount: Some(coin(amount)),
    };
    carry_out(
        devnet,
        name,
        "/cosmos.staking.v1beta1.MsgUndelegate",
        &message.encode_to_vec(),
    );
}

/// An operator that was jailed comes back.
pub fn unjail(devnet: &Devnet, name: &str, operator: &str) {
    let message = MsgUnjail {
        validator_addr: operator.to_string(),
    };
    carry_out(
        devnet,
        name,
        "/cosmos.slashing.v1beta1.MsgUnjail",
        &message.encode_to_vec(),
    );
}

fn coin(amount: u128) -> Coin {
    Coin {
        denom: DENOM.to_string(),
        amount: amount.to_string(),
    }
}

/// The next number of an account's transactions.
pub fn sequence_of(devnet: &Devnet, address: &str) -> u64 {
    number(&account_of(devnet, address), "sequence")
}

fn account_of(devnet: &Devnet, address: &str) -> Value {
    let rest = devnet.status()["rest"].as_str().unwrap().to_string();
    get(&format!(
        "{rest}/cosmos/auth/v1beta1/account_info/{address}"
    ))["info"]
        .clone()
}

fn number(info: &Value, field: &str) -> u64 {
    info[field].as_str().unwrap_or("0").parse().unwrap()
}

/// Signs a message, and waits until a block has carried it out.
fn carry_out(devnet: &Devnet, name: &str, type_url: &str, value: &[u8]) {
    let key = key_of(name);
    let info = account_of(devnet, key.address());
    let body = TxBody {
        messages: vec![Any {
            type_url: type_url.to_string(),
            value: value.to_vec(),
        }],
        ..TxBody::default()
    };
    let public = PubKey {
        key: key.public_key().to_bytes().to_vec(),
    };
    let auth = AuthInfo {
        signer_infos: vec![SignerInfo {
            public_key: Some(Any {
                type_url: "/cosmos.crypto.secp256k1.PubKey".to_string(),
                value: public.encode_to_vec(),
            }),
            mode_info: Some(ModeInfo {
                sum: Some(mode_info::Sum::Single(mode_info::Single { mode: 1 })),
            }),
            sequence: number(&info, "sequence"),
        }],
        fee: Some(Fee {
            amount: vec![coin(50_000)],
            gas_limit: 1_000_000,
            ..Fee::default()
        }),
        ..AuthInfo::default()
    };
    let doc = SignDoc {
        body_bytes: body.encode_to_vec(),
        auth_info_bytes: auth.encode_to_vec(),
        chain_id: "defenders-devnet-1".to_string(),
        account_number: number(&info, "account_number"),
    };
    let signature = key.signing_key().sign(&doc.encode_to_vec()).unwrap();
    let raw = TxRaw {
        body_bytes: doc.body_bytes,
        auth_info_bytes: doc.auth_info_bytes,
        signatures: vec![signature.to_vec()],
    };
    let bytes = raw.encode_to_vec();
    let url = devnet.url();
    let ask = |method: &str, params: Value| call_json_rpc(&url, method, &params, PATIENCE);
    let sent = ask(
        "broadcast_tx_sync",
        json!({ "tx": STANDARD.encode(&bytes) }),
    )
    .unwrap();
    assert_eq!(sent["code"], 0, "{sent}");
    let hash = STANDARD.encode(Sha256::digest(&bytes));
    for _ in 0..100 {
        if let Ok(found) = ask("tx", json!({ "hash": hash, "prove": false })) {
            assert_eq!(found["tx_result"]["code"], 0, "{found}");
            return;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    panic!("no block has the transaction of {name}");
}
