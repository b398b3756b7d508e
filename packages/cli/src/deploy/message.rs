//! What a step sends, as JSON for whoever looks at it before.

use cosmwasm_std::Binary;
use defenders_node::Message;
use serde_json::{Value, json};

/// A message without what only machines read: wasm is told by its size, calls within calls are decoded, codes whose
/// number is not known yet are null.
pub fn describe(message: &Message, is_code_unknown: bool) -> Value {
    match message {
        Message::Store(store) => json!({ "store_code": { "bytes": store.wasm.len() } }),
        Message::Instantiate {
            admin,
            code_id,
            label,
            msg,
            funds,
            salt,
            ..
        } => {
            let mut msg: Value = serde_json::from_slice(msg).unwrap_or_default();
            if let Some(pot) = msg.get_mut("reward_pot_code_id").filter(|code| **code == 0) {
                *pot = Value::Null;
            }
            json!({ "instantiate": {
                "code_id": (!is_code_unknown).then_some(code_id),
                "admin": admin,
                "label": label,
                "msg": msg,
                "funds": funds.iter().map(ToString::to_string).collect::<Vec<_>>(),
                "salt": salt.as_ref().map(|salt| String::from_utf8_lossy(salt).into_owned()),
            }})
        }
        Message::Execute(call) => {
            let mut msg: Value = serde_json::from_slice(&call.msg).unwrap_or_default();
            decode_calls(&mut msg);
            json!({ "execute": {
                "contract": call.contract,
                "msg": msg,
                "funds": call.funds.iter().map(ToString::to_string).collect::<Vec<_>>(),
            }})
        }
        other => other.to_json().unwrap_or_default(),
    }
}

/// The calls that a proposal would make.
fn decode_calls(msg: &mut Value) {
    let calls = msg
        .pointer_mut("/propose/msgs")
        .and_then(Value::as_array_mut);
    for call in calls.into_iter().flatten() {
        let Some(inner) = call.pointer_mut("/wasm/execute/msg") else {
            continue;
        };
        let decoded = inner
            .as_str()
            .and_then(|text| Binary::from_base64(text).ok());
        if let Some(decoded) = decoded.and_then(|bytes| serde_json::from_slice(&bytes).ok()) {
            *inner = decoded;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_proposal_calls_is_decoded_and_unknown_codes_are_null() {
        let inner = Binary::new(br#"{"arm_brake":{}}"#.to_vec());
        let propose = json!({ "propose": { "title": "t", "msgs": [
            { "wasm": { "execute": { "contract_addr": "v", "msg": inner, "funds": [] } } },
            { "bank": {} },
        ]}});
        let call = Message::execute("a", "m", &propose, vec![]).unwrap();
        let told = describe(&call, false);
        let first = told.pointer("/execute/msg/propose/msgs/0/wasm/execute/msg");
        assert_eq!(first, Some(&json!({ "arm_brake": {} })));
        let made = |code_id, pot: u64| Message::Instantiate {
            sender: "a".to_string(),
            admin: None,
            code_id,
            label: "l".to_string(),
            msg: json!({ "reward_pot_code_id": pot })
                .to_string()
                .into_bytes(),
            funds: vec![],
            salt: Some(b"s vault".to_vec()),
        };
        let unknown = describe(&made(0, 0), true);
        assert_eq!(unknown["instantiate"]["code_id"], Value::Null);
        assert_eq!(
            unknown["instantiate"]["msg"]["reward_pot_code_id"],
            Value::Null
        );
        let known = describe(&made(4, 3), false);
        assert_eq!(known["instantiate"]["code_id"], 4);
        assert_eq!(known["instantiate"]["msg"]["reward_pot_code_id"], 3);
        assert_eq!(known["instantiate"]["salt"], "s vault");
    }
}
