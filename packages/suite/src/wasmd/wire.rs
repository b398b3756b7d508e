//! How transactions and answers of the real chain are written.

use cosmwasm_std::{Binary, Coin, Event, StakingMsg, Timestamp};
use serde_json::{Value, json};

use super::time::unix_seconds;
use crate::chain::{NativeEntry, Outcome, Refusal, Tx};

/// What the chain adds to every attribute list of a transaction's events.
const MESSAGE_INDEX: &str = "msg_index";

/// Coins of a message, in the order that the chain demands.
pub fn coins(coins: &[Coin]) -> Value {
    let mut sorted = coins.to_vec();
    sorted.sort_by(|a, b| a.denom.cmp(&b.denom));
    let coin = |coin: &Coin| json!({"denom": coin.denom, "amount": coin.amount.to_string()});
    sorted.iter().map(coin).collect()
}

/// Coins of a fee or a genesis, as text.
pub fn coins_text(coins: &[Coin]) -> String {
    let mut sorted = coins.to_vec();
    sorted.sort_by(|a, b| a.denom.cmp(&b.denom));
    let coins: Vec<String> = sorted.iter().map(ToString::to_string).collect();
    coins.join(",")
}

/// A transfer.
pub fn send(from: &str, to: &str, sent: &[Coin]) -> Value {
    json!({
        "@type": "/cosmos.bank.v1beta1.MsgSend",
        "from_address": from,
        "to_address": to,
        "amount": coins(sent),
    })
}

/// The way out of jail.
pub fn unjail(validator: &str) -> Value {
    json!({"@type": "/cosmos.slashing.v1beta1.MsgUnjail", "validator_addr": validator})
}

/// Who signs a transaction, and its message.
pub fn message(tx: &Tx) -> (&str, Value) {
    match tx {
        Tx::Instantiate {
            code_id,
            sender,
            msg,
            funds,
        } => {
            let message = json!({
                "@type": "/cosmwasm.wasm.v1.MsgInstantiateContract",
                "sender": sender,
                "admin": "",
                "code_id": code_id.to_string(),
                "label": "defenders",
                "msg": parsed(msg),
                "funds": coins(funds),
            });
            (sender, message)
        }
        Tx::Execute {
            sender,
            contract,
            msg,
            funds,
        } => {
            let message = json!({
                "@type": "/cosmwasm.wasm.v1.MsgExecuteContract",
                "sender": sender,
                "contract": contract,
                "msg": parsed(msg),
                "funds": coins(funds),
            });
            (sender, message)
        }
        Tx::Send {
            sender,
            recipient,
            coins,
        } => (sender, send(sender, recipient, coins)),
        Tx::Stake { sender, msg } => (sender, stake(sender, msg)),
    }
}

fn stake(delegator: &str, msg: &StakingMsg) -> Value {
    let (kind, from, to, amount) = match msg {
        StakingMsg::Delegate { validator, amount } => ("Delegate", validator, None, amount),
        StakingMsg::Undelegate { validator, amount } => ("Undelegate", validator, None, amount),
        StakingMsg::Redelegate {
            src_validator,
            dst_validator,
            amount,
        } => (
            "BeginRedelegate",
            src_validator,
            Some(dst_validator),
            amount,
        ),
        other => panic!("{other:?} is of no kind known here"),
    };
    let mut message = json!({
        "@type": format!("/cosmos.staking.v1beta1.Msg{kind}"),
        "delegator_address": delegator,
        "amount": {"denom": amount.denom, "amount": amount.amount.to_string()},
    });
    match to {
        None => message["validator_address"] = from.as_str().into(),
        Some(to) => {
            message["validator_src_address"] = from.as_str().into();
            message["validator_dst_address"] = to.as_str().into();
        }
    }
    message
}

/// JSON text as a value.
pub fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// What became of a transaction.
pub fn outcome(result: &Value) -> Result<Outcome, Refusal> {
    let code: u32 = number(&result["code"]);
    if code != 0 {
        let (codespace, log) = (text(&result["codespace"]), text(&result["log"]));
        return Err(Refusal {
            text: format!("codespace: {codespace}, code: {code}: {log}"),
        });
    }
    let events = list(&result["events"]).iter().map(event).collect();
    let gas_used = number(&result["gas_used"]);
    Ok(Outcome { events, gas_used })
}

fn event(value: &Value) -> Event {
    let attributes = list(&value["attributes"]).iter();
    let own = attributes.filter(|attribute| attribute["key"] != MESSAGE_INDEX);
    own.fold(Event::new(text(&value["type"])), |event, attribute| {
        event.add_attribute(text(&attribute["key"]), text(&attribute["value"]))
    })
}

/// The unbonding entries of a pair.
pub fn entries(pair: &Value) -> Vec<NativeEntry> {
    let validator = text(&pair["validator_address"]);
    let native = |entry: &Value| NativeEntry {
        completion_time: time(&entry["completion_time"]),
        validator: validator.clone(),
        initial_balance: number(&entry["initial_balance"]),
        balance: number(&entry["balance"]),
    };
    list(&pair["entries"]).iter().map(native).collect()
}

/// Key and value of a contract's storage: the key is written in hexadecimal.
pub fn stored(model: &Value) -> (Vec<u8>, Vec<u8>) {
    let digits = text(&model["key"]).into_bytes();
    let bytes = digits
        .chunks(2)
        .map(|two| std::str::from_utf8(two).unwrap());
    let key = bytes.map(|two| u8::from_str_radix(two, 16).unwrap());
    let value = Binary::from_base64(&text(&model["value"])).unwrap();
    (key.collect(), value.to_vec())
}

/// A string of an answer.
pub fn text(value: &Value) -> String {
    value
        .as_str()
        .unwrap_or_else(|| panic!("{value} is no text"))
        .to_owned()
}

/// An integer of an answer, be it a number, text or absent (0).
pub fn number<T: TryFrom<u128>>(value: &Value) -> T {
    let number: Option<u128> = match value {
        Value::Null => Some(0),
        Value::String(digits) => digits.parse().ok(),
        other => other.as_u64().map(u128::from),
    };
    number
        .and_then(|number| T::try_from(number).ok())
        .unwrap_or_else(|| panic!("{value} is no such integer"))
}

/// The items of an answer; absent is none.
pub fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// A time as `2025-01-22T00:00:06Z`: the chain's times here are whole seconds.
pub fn time(value: &Value) -> Timestamp {
    let text = text(value);
    assert_eq!(text.len(), 20, "{text} is no time of whole seconds");
    let seconds = unix_seconds(&text).try_into();
    Timestamp::from_seconds(seconds.unwrap_or_else(|_| panic!("{text} is before 1970")))
}

#[cfg(test)]
mod tests {
    use super::number;
    use serde_json::json;

    #[test]
    fn integers_come_as_numbers_as_text_or_not_at_all() {
        assert_eq!(number::<u64>(&json!(7)), 7);
        assert_eq!(number::<u128>(&json!(u128::MAX.to_string())), u128::MAX);
        assert_eq!(number::<u32>(&json!(null)), 0);
    }
}
