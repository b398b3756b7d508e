//! Denoms on both sides: the same message for each, and what each shows afterwards.

use anybuf::Anybuf;
use cosmwasm_std::{Addr, AnyMsg, CosmosMsg};
use serde_json::{Value, json};
use token_factory_sim::{DEFAULT_PREFIX, load_admin, load_metadata};
use wasmd_chain::denom::{DenomMetadata, DenomUnit};

use crate::denom_step::{Deed, denoms};
use crate::model::ModelChain;
use crate::real::{Real, list, text};
use crate::view::View;

/// What stands before a refusal in the real chain's log, unless the message is refused by itself.
const EXECUTING: &str = "failed to execute message; message index: 0: ";

/// A refusal with the chain's words. Why an address is none is told by each side in its own.
pub fn refusal(code: &str, log: &str) -> String {
    let text = log.strip_prefix(EXECUTING).unwrap_or(log);
    let text = match (text.split_once('('), text.rsplit_once(')')) {
        (Some((begin, reason)), Some((_, end)))
            if begin.starts_with("Invalid ") && !reason.starts_with("empty address") =>
        {
            format!("{begin}(…){end}")
        }
        _ => text.to_owned(),
    };
    format!("{code}\n    {text}")
}

/// For the real chain.
pub fn to_json(sender: &str, deed: &Deed) -> Value {
    let amount = |denom: &String, digits: &String| json!({"denom": denom, "amount": digits});
    let mut message = match deed {
        Deed::Create { subdenom } => json!({"subdenom": subdenom}),
        Deed::Mint { denom, digits, to } => {
            json!({"amount": amount(denom, digits), "mintToAddress": to})
        }
        Deed::Burn {
            denom,
            digits,
            from,
        } => json!({"amount": amount(denom, digits), "burnFromAddress": from}),
        Deed::ForceTransfer {
            denom,
            digits,
            from,
            to,
        } => json!({
            "amount": amount(denom, digits),
            "transferFromAddress": from, "transferToAddress": to,
        }),
        Deed::ChangeAdmin { denom, new_admin } => json!({"denom": denom, "new_admin": new_admin}),
        Deed::SetMetadata { metadata } => json!({"metadata": metadata}),
    };
    message["@type"] = format!("{DEFAULT_PREFIX}.{}", deed.name()).into();
    message["sender"] = sender.into();
    message
}

/// For the model, as a contract would send it.
pub fn to_message(sender: &Addr, deed: &Deed) -> CosmosMsg {
    let value = Anybuf::new().append_string(1, sender);
    let amount = |denom: &String, digits: &String| {
        Anybuf::new()
            .append_string(1, denom)
            .append_string(2, digits)
    };
    let value = match deed {
        Deed::Create { subdenom } => value.append_string(2, subdenom),
        Deed::Mint { denom, digits, to } => value
            .append_message(2, &amount(denom, digits))
            .append_string(3, to),
        Deed::Burn {
            denom,
            digits,
            from,
        } => value
            .append_message(2, &amount(denom, digits))
            .append_string(3, from),
        Deed::ForceTransfer {
            denom,
            digits,
            from,
            to,
        } => value
            .append_message(2, &amount(denom, digits))
            .append_string(3, from)
            .append_string(4, to),
        Deed::ChangeAdmin { denom, new_admin } => {
            value.append_string(2, denom).append_string(3, new_admin)
        }
        Deed::SetMetadata { metadata } => value.append_message(2, &encode(metadata)),
    };
    CosmosMsg::Any(AnyMsg {
        type_url: format!("{DEFAULT_PREFIX}.{}", deed.name()),
        value: value.into_vec().into(),
    })
}

fn encode(metadata: &DenomMetadata) -> Anybuf {
    let unit = |unit: &DenomUnit| {
        Anybuf::new()
            .append_string(1, &unit.denom)
            .append_uint32(2, unit.exponent)
            .append_repeated_string(3, &unit.aliases)
    };
    let units: Vec<Anybuf> = metadata.denom_units.iter().map(unit).collect();
    Anybuf::new()
        .append_string(1, &metadata.description)
        .append_repeated_message(2, &units)
        .append_string(3, &metadata.base)
        .append_string(4, &metadata.display)
        .append_string(5, &metadata.name)
        .append_string(6, &metadata.symbol)
        .append_string(7, &metadata.uri)
        .append_string(8, &metadata.uri_hash)
}

/// What the model shows of every denom that there may be.
pub fn view_model(view: &mut View, chain: &ModelChain, accounts: &[Addr]) {
    for denom in denoms(accounts) {
        let storage = chain.app.storage();
        if let Some(admin) = load_admin(storage, &denom).unwrap() {
            view.insert(format!("{denom} admin"), admin);
        }
        let supply = chain.supply(&denom);
        if !supply.is_zero() {
            view.insert(format!("{denom} supply"), supply.to_string());
        }
        let Some(told) = load_metadata(storage, &denom).unwrap() else {
            continue;
        };
        let units = told.units.into_iter().map(|unit| DenomUnit {
            denom: unit.denom,
            exponent: unit.exponent,
            aliases: unit.aliases,
        });
        let metadata = DenomMetadata {
            description: told.description,
            denom_units: units.collect(),
            base: told.base,
            display: told.display,
            name: told.name,
            symbol: told.symbol,
            uri: told.uri,
            uri_hash: told.uri_hash,
        };
        view.insert(format!("{denom} metadata"), format!("{metadata:?}"));
    }
}

/// What the real chain shows of the same, and of any other denom of a factory.
pub fn view_real(view: &mut View, real: &Real) {
    for coin in list(&real.query("supply", json!({}))["supply"]) {
        let denom = text(&coin["denom"]);
        if denom.starts_with("factory/") {
            view.insert(format!("{denom} supply"), text(&coin["amount"]));
        }
    }
    let accounts: Vec<Addr> = real.accounts.iter().map(Addr::unchecked).collect();
    for denom in denoms(&accounts) {
        let request = json!({"denom": denom});
        let told = real.query("denom_authority", request.clone());
        let admin = text(&told["authority_metadata"]["admin"]);
        if admin.is_empty() {
            continue; // nobody has made it
        }
        view.insert(format!("{denom} admin"), admin);
        let told = real.query("denom_metadata", request);
        let metadata: DenomMetadata = serde_json::from_value(told["metadata"].clone()).unwrap();
        view.insert(format!("{denom} metadata"), format!("{metadata:?}"));
    }
}
