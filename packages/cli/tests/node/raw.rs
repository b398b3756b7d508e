//! What the program does not send: transactions of any message, signed with a devnet's own keys.

use std::thread::sleep;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use defenders_node::http::call_json_rpc;
use defenders_node::keys::{Key, PrivateKey};
use defenders_node::proto::Any;
use defenders_node::proto::cosmos::base::v1beta1::Coin as ProtoCoin;
use defenders_node::proto::cosmos::tx::v1beta1::{
    AuthInfo, Fee, ModeInfo, SignDoc, SignerInfo, TxBody, TxRaw, mode_info,
};
use defenders_node::proto::cosmwasm::wasm::v1::{MsgMigrateContract, MsgUpdateAdmin};
use defenders_node::proto::prost::{Message as _, Name};
use defenders_node::read::Included;
use defenders_node::{Coin, Endpoints, Message, Node};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::devnet::Devnet;

const GAS: u64 = 20_000_000;

/// An account of a devnet.
pub struct Raw {
    node: Node,
    key: Key,
}

impl Raw {
    /// The account of this name.
    pub fn of(devnet: &Devnet, name: &str) -> Self {
        let endpoints = Endpoints {
            nodes: vec![devnet.url()],
            chain_id: None,
        };
        let private = Sha256::digest(format!("account:{name}"));
        let hex: String = private.iter().map(|byte| format!("{byte:02x}")).collect();
        let key = PrivateKey::from_hex(&hex).unwrap();
        Self {
            node: Node::connect(&endpoints).unwrap(),
            key: key.into_key(name.parse().unwrap(), "wasm").unwrap(),
        }
    }

    /// Its address.
    pub fn address(&self) -> &str {
        self.key.address()
    }

    /// The chain.
    pub fn node(&self) -> &Node {
        &self.node
    }

    /// Stores a code; its number.
    pub fn store(&self, wasm: Vec<u8>) -> u64 {
        let sender = self.address().to_string();
        let store = defenders_node::message::StoreCode { sender, wasm };
        let included = self.send(Message::Store(store).to_any());
        included
            .value("store_code", "code_id")
            .unwrap()
            .parse()
            .unwrap()
    }

    /// Makes a contract; its address.
    pub fn instantiate(&self, code_id: u64, admin: &str, msg: &Value, funds: Vec<Coin>) -> String {
        let message = Message::Instantiate {
            sender: self.address().to_string(),
            admin: Some(admin.to_string()),
            code_id,
            label: "for a test".to_string(),
            msg: msg.to_string().into_bytes(),
            funds,
            salt: None,
        };
        let included = self.send(message.to_any());
        included
            .value("instantiate", "_contract_address")
            .unwrap()
            .to_string()
    }

    /// Gives a contract other code.
    pub fn migrate(&self, contract: &str, code_id: u64, msg: &Value) {
        let message = MsgMigrateContract {
            sender: self.address().to_string(),
            contract: contract.to_string(),
            code_id,
            msg: msg.to_string().into_bytes(),
        };
        self.send(Any {
            type_url: MsgMigrateContract::type_url(),
            value: message.encode_to_vec(),
        });
    }

    /// Says who may replace a contract's code from here on.
    pub fn set_admin(&self, contract: &str, admin: &str) {
        let message = MsgUpdateAdmin {
            sender: self.address().to_string(),
            new_admin: admin.to_string(),
            contract: contract.to_string(),
        };
        self.send(Any {
            type_url: MsgUpdateAdmin::type_url(),
            value: message.encode_to_vec(),
        });
    }

    /// Sends a message, and waits for its block.
    pub fn send(&self, message: Any) -> Included {
        let account = self.node.account(self.address()).unwrap();
        let body = TxBody {
            messages: vec![message],
            ..TxBody::default()
        };
        let single = mode_info::Single { mode: 1 };
        let auth = AuthInfo {
            signer_infos: vec![SignerInfo {
                public_key: Some(self.key.public_key().to_any().unwrap()),
                mode_info: Some(ModeInfo {
                    sum: Some(mode_info::Sum::Single(single)),
                }),
                sequence: account.sequence,
            }],
            fee: Some(Fee {
                amount: vec![ProtoCoin {
                    denom: "ustake".to_string(),
                    amount: "500000".to_string(),
                }],
                gas_limit: GAS,
                ..Fee::default()
            }),
            ..AuthInfo::default()
        };
        let doc = SignDoc {
            body_bytes: body.encode_to_vec(),
            auth_info_bytes: auth.encode_to_vec(),
            chain_id: self.node.chain_id().to_string(),
            account_number: account.number,
        };
        let signature = self.key.signing_key().sign(&doc.encode_to_vec()).unwrap();
        let raw = TxRaw {
            body_bytes: doc.body_bytes,
            auth_info_bytes: doc.auth_info_bytes,
            signatures: vec![signature.to_vec()],
        };
        let bytes = raw.encode_to_vec();
        let params = json!({ "tx": STANDARD.encode(&bytes) });
        let patience = Duration::from_secs(30);
        let sent = call_json_rpc(self.node.url(), "broadcast_tx_sync", &params, patience).unwrap();
        assert_eq!(sent["code"], 0, "{sent}");
        let hash = sent["hash"].as_str().unwrap();
        for _ in 0..300 {
            if let Some(included) = self.node.tx(hash).unwrap() {
                assert!(included.is_ok(), "{included:?}");
                return included;
            }
            sleep(Duration::from_millis(100));
        }
        panic!("{hash} is in no block");
    }
}
