//! Messages of cosmwasm-std: which contract is called with what, and everything that is no call.

use cosmwasm_std::Binary;
use serde_json::Value;

use super::checksums::warn_of_unknown;
use super::field_warnings::{warn_of_hidden, warn_of_twice, warn_of_unknown_fields};
use super::fields::{flatten, join, to_value};
use super::known::Known;
use super::report::MessageRow;
use super::vault;
use super::warnings::Warnings;
use crate::input::json;

/// Before what no vote should miss.
const LOUD: &str = "ADMIN: ";

/// Reads one message.
pub fn read(place: &str, message: &Value, known: &Known, warnings: &mut Warnings) -> MessageRow {
    warn_of_hidden(place, message, warnings);
    if let Some(call) = message.pointer("/wasm/execute") {
        let fields = ["wasm"];
        warn_of_unknown_fields(place, message, &fields, warnings);
        let wasm = message.get("wasm").unwrap_or(&Value::Null);
        warn_of_unknown_fields(&join(place, "wasm"), wasm, &["execute"], warnings);
        return read_call(place, call, known, warnings);
    }
    let (module, what) = name_of(message);
    let name = match what.is_empty() {
        true => module.clone(),
        false => format!("{module}.{what}"),
    };
    let (kind, told) = judge(&module, &what, message);
    let told = match told.strip_prefix(LOUD) {
        Some(told) => format!("{LOUD}{name}: {told}"),
        None => format!("{name}: {told}"),
    };
    warnings.add(place, kind, told);
    let message = with_decoded(message);
    warn_of_unknown(place, &message, known, warnings);
    MessageRow {
        place: place.to_string(),
        contract: None,
        name,
        valid_until: None,
        funds: Vec::new(),
        effects: Vec::new(),
        fields: flatten(&message),
    }
}

/// `bank`, `send`
fn name_of(message: &Value) -> (String, String) {
    let first = |json: &Value| {
        let entry = json.as_object().and_then(|fields| fields.iter().next());
        entry.map(|(name, inner)| (name.clone(), inner.clone()))
    };
    let Some((module, inner)) = first(message) else {
        return ("no message".to_string(), String::new());
    };
    let type_url = inner.get("type_url").or_else(|| inner.get("typeUrl"));
    let what = match type_url.and_then(Value::as_str) {
        Some(type_url) => type_url.to_string(),
        None => first(&inner).map_or(String::new(), |(name, _)| name),
    };
    (module, what)
}

/// What to say of a message that is no call of a contract.
fn judge(module: &str, what: &str, message: &Value) -> (&'static str, String) {
    let (kind, told) = match (module, what) {
        ("wasm", "update_admin" | "clear_admin") => (
            "admin",
            "ADMIN: changes who can replace the code of a contract",
        ),
        ("wasm", "migrate") => ("admin", "ADMIN: replaces the code of a contract, at once"),
        ("wasm", "instantiate" | "instantiate2") => {
            let admin = message.pointer(&format!("/wasm/{what}/admin"));
            let told = match admin.and_then(Value::as_str) {
                Some(admin) => {
                    format!("ADMIN: makes a new contract, whose code {admin} can replace")
                }
                None => "makes a new contract, without an admin".to_string(),
            };
            return ("admin", told);
        }
        ("gov", _) => (
            "gov_vote",
            "votes in the chain's governance, for the multisig alone",
        ),
        ("bank", _) => ("bank", "moves coins of the multisig"),
        ("staking" | "distribution", _) => ("staking", "moves stake or rewards of the multisig"),
        (_, url) if url.starts_with("/cosmos.gov.") => (
            "gov_vote",
            "takes part in the chain's governance, for the multisig alone",
        ),
        (_, url) if url.starts_with("/cosmwasm.wasm.") => (
            "admin",
            "ADMIN: acts on contracts or code past the vault, and is not decoded",
        ),
        (_, url) if url.starts_with("/cosmos.bank.") => ("bank", "moves coins of the multisig"),
        (_, url)
            if url.starts_with("/cosmos.staking.") || url.starts_with("/cosmos.distribution.") =>
        {
            ("staking", "moves stake or rewards of the multisig")
        }
        _ => (
            "not_decoded",
            "is no call of a contract, and is not decoded",
        ),
    };
    (kind, told.to_string())
}

fn read_call(place: &str, call: &Value, known: &Known, warnings: &mut Warnings) -> MessageRow {
    let path = join(place, "wasm.execute");
    warn_of_unknown_fields(&path, call, &["contract_addr", "msg", "funds"], warnings);
    let contract = call.get("contract_addr").and_then(Value::as_str);
    let contract = contract.unwrap_or_default().to_string();
    let is_vault = known.vault.as_ref().is_none_or(|vault| *vault == contract);
    match &known.vault {
        None => warnings.add(
            place,
            "unknown_contract",
            format!(
                "nobody said which contract is the vault, {contract:?} may be any: give --vault"
            ),
        ),
        Some(vault) if *vault != contract => warnings.add(
            place,
            "unknown_contract",
            format!("it calls {contract:?}, which is not the vault {vault}"),
        ),
        Some(_) => {}
    }
    let funds = read_funds(call);
    if !funds.is_empty() {
        warnings.add(
            place,
            "funds",
            format!(
                "it sends {} along, which the vault does not give back",
                funds.join(", ")
            ),
        );
    }
    let message = read_message(&join(&path, "msg"), call.get("msg"), warnings);
    let message = message.unwrap_or_else(|| call.get("msg").cloned().unwrap_or(Value::Null));
    warn_of_hidden(&join(&path, "msg"), &message, warnings);
    warn_of_unknown(place, &message, known, warnings);
    let name = message.as_object().and_then(|it| it.keys().next().cloned());
    let mut row = MessageRow {
        place: place.to_string(),
        contract: Some(contract),
        name: name.unwrap_or_else(|| "no message".to_string()),
        valid_until: None,
        funds,
        effects: Vec::new(),
        fields: flatten(&message),
    };
    if is_vault {
        vault::read(&message, &mut row, known, warnings);
    }
    row
}

fn read_funds(call: &Value) -> Vec<String> {
    let funds = match call.get("funds") {
        Some(Value::Array(funds)) => funds.as_slice(),
        None | Some(Value::Null) => &[],
        Some(other) => std::slice::from_ref(other),
    };
    let tell = |coin: &Value| {
        let part = |name| Some(coin.get(name)?.as_str()?.to_string());
        match (part("amount"), part("denom")) {
            (Some(amount), Some(denom)) => format!("{amount} {denom}"),
            _ => coin.to_string(),
        }
    };
    funds.iter().map(tell).collect()
}

/// The contract's message: base64 of JSON, or JSON as DAO DAO shows it.
fn read_message(place: &str, message: Option<&Value>, warnings: &mut Warnings) -> Option<Value> {
    match message {
        Some(Value::Object(_)) => message.cloned(),
        Some(Value::String(text)) => {
            let bytes = Binary::from_base64(text).ok();
            let text = bytes.and_then(|bytes| String::from_utf8(bytes.to_vec()).ok());
            let json = text.and_then(|text| json::parse(&text).ok());
            let Some(json) = json else {
                warnings.add(place, "not_decoded", "the message is not JSON in base64");
                return None;
            };
            let mut twice = Vec::new();
            let json = to_value(&json, place, &mut twice);
            warn_of_twice(&twice, warnings);
            Some(json)
        }
        _ => {
            warnings.add(place, "not_decoded", "there is no message");
            None
        }
    }
}

/// Messages of `instantiate` and `migrate` as they can be read.
fn with_decoded(message: &Value) -> Value {
    let mut decoded = message.clone();
    for name in ["instantiate", "instantiate2", "migrate"] {
        let place = format!("/wasm/{name}/msg");
        let inner = message.pointer(&place);
        let inner = read_message("", inner, &mut Warnings::default());
        if let (Some(inner), Some(place)) = (inner, decoded.pointer_mut(&place)) {
            *place = inner;
        }
    }
    decoded
}
