//! How transactions and answers of the real chain are written.

use cosmwasm_std::{Binary, Coin, Event, StakingMsg, Timestamp};
use serde_json::{Value, json};

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
    let parts = text.trim_end_matches('Z').split(['-', 'T', ':']);
    let parts: Vec<u64> = parts.filter_map(|part| part.parse().ok()).collect();
    let [year, month, day, hours, minutes, seconds] = parts[..] else {
        panic!("{text} is no time of whole seconds");
    };
    // years that begin in March have their leap day at the end
    let (year, month) = match month {
        1 | 2 => (year - 1, month + 9),
        _ => (year, month - 3),
    };
    let leap_days = year / 4 - year / 100 + year / 400;
    let days_to_1970 = 719_468; // from the 1st of March of year 0
    let days = 365 * year + leap_days + (153 * month + 2) / 5 + day - 1 - days_to_1970;
    Timestamp::from_seconds(days * 86_400 + hours * 3_600 + minutes * 60 + seconds)
}

#[cfg(test)]
mod tests {
    use super::{number, time};
    use serde_json::json;

    #[test]
    fn times_are_read_across_leap_days() {
        // 2025-01-01 is 1 735 689 600; March, 306 days earlier, begins after the leap day
        let cases = [
            ("1970-01-01T00:00:00Z", 0),
            ("2024-02-29T23:59:59Z", 1_735_689_600 - 306 * 86_400 - 1),
            ("2024-03-01T00:00:00Z", 1_735_689_600 - 306 * 86_400),
            ("2025-01-01T00:00:06Z", 1_735_689_606),
        ];
        for (text, seconds) in cases {
            assert_eq!(time(&json!(text)).seconds(), seconds, "{text}");
        }
    }

    #[test]
    fn integers_come_as_numbers_as_text_or_not_at_all() {
        assert_eq!(number::<u64>(&json!(7)), 7);
        assert_eq!(number::<u128>(&json!(u128::MAX.to_string())), u128::MAX);
        assert_eq!(number::<u32>(&json!(null)), 0);
    }
}
