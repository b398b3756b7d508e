//! The vault's events as tests compare them: whole, in order, without the chain's prefix.

use std::fmt::Display;

use cosmwasm_std::{Event, Uint128};

use crate::chain::Outcome;

/// What the chain puts before the type of a contract's event.
const CHAIN_PREFIX: &str = "wasm-";
/// The attribute that the chain adds.
const CONTRACT_KEY: &str = "_contract_address";

/// The vault's event `vault/{name}` with these attributes.
pub fn event<const N: usize>(name: &str, attributes: [(&str, &dyn Display); N]) -> Event {
    attributes.into_iter().fold(
        Event::new(format!("vault/{name}")),
        |event, (key, value)| event.add_attribute(key, value.to_string()),
    )
}

/// The same event with its attributes in the order of their keys: so a real chain tells those of
/// a contract that was called by another.
pub fn by_key(mut event: Event) -> Event {
    event.attributes.sort_by(|a, b| a.key.cmp(&b.key));
    event
}

impl Outcome {
    /// All of the vault's events, in order.
    pub fn vault_events(&self) -> Vec<Event> {
        self.events
            .iter()
            .filter_map(|event| {
                let name = event.ty.strip_prefix(CHAIN_PREFIX)?;
                name.starts_with("vault/").then(|| {
                    let own = event.attributes.iter().filter(|a| a.key != CONTRACT_KEY);
                    Event::new(name).add_attributes(own.cloned())
                })
            })
            .collect()
    }

    /// The vault's events `vault/{name}`, in order.
    pub fn named(&self, name: &str) -> Vec<Event> {
        let full_name = format!("vault/{name}");
        let mut events = self.vault_events();
        events.retain(|event| event.ty == full_name);
        events
    }

    /// Whether there is an event `vault/{name}`.
    pub fn emits(&self, name: &str) -> bool {
        !self.named(name).is_empty()
    }
}

/// An attribute of an event.
pub fn text(event: &Event, key: &str) -> String {
    event
        .attributes
        .iter()
        .find(|attribute| attribute.key == key)
        .unwrap_or_else(|| panic!("{event:?} has no attribute {key}"))
        .value
        .clone()
}

/// An attribute of an event, if it has one of that name.
pub fn value(event: &Event, key: &str) -> Option<String> {
    let mut attributes = event.attributes.iter();
    let attribute = attributes.find(|attribute| attribute.key == key)?;
    Some(attribute.value.clone())
}

/// An attribute of an event that is a number.
pub fn number(event: &Event, key: &str) -> u128 {
    text(event, key).parse().unwrap()
}

/// An attribute of an event that is an amount, as messages carry it.
pub fn amount(event: &Event, key: &str) -> Uint128 {
    Uint128::new(number(event, key))
}
