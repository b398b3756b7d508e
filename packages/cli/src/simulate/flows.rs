//! What went in, out and lost: read from the vault's events, and nothing else.

use anyhow::{Context, Result};
use cosmwasm_std::Event;

/// Sums of the vault's events, tokens unless said otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flows {
    /// Deposits, the seed included.
    pub deposited: u128,
    /// Claims paid.
    pub withdrawn: u128,
    /// Rewards swept, and surplus taken in.
    pub rewards: u128,
    /// Fee and bounty, paid or owed.
    pub fees: u128,
    /// Losses booked: by synchronising, at settlements, and by the chain's rounding.
    pub lost: u128,
    /// Delegations that showed more than the book.
    pub gained: u128,
    /// Staking messages, by kind.
    pub messages: Messages,
    /// Things that may each cost a unit to rounding: calls, staking messages, entries settled.
    pub operations: u64,
}

/// Staking messages that the vault sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Messages {
    /// Delegations.
    pub delegate: u64,
    /// Undelegations that succeeded.
    pub undelegate: u64,
    /// Redelegations.
    pub redelegate: u64,
    /// Reward withdrawals.
    pub withdraw_rewards: u64,
    /// Messages that the chain refused.
    pub failed: u64,
}

impl Flows {
    /// Losses less gains, tokens. Negative only if the chain's rounding gave more than it took.
    pub fn slashed(&self) -> i128 {
        difference(self.lost, self.gained)
    }

    /// What the vault should hold by its flows, tokens.
    pub fn expected_holdings(&self) -> i128 {
        difference(self.deposited, 0) + difference(self.rewards, self.fees)
            - self.slashed()
            - difference(self.withdrawn, 0)
    }

    /// Whether these holdings are what the flows leave, within a unit per operation.
    pub fn explains(&self, holdings: u128) -> bool {
        let gap = self.expected_holdings() - difference(holdings, 0);
        gap.unsigned_abs() <= u128::from(self.operations)
    }

    /// Adds the events of one call.
    pub fn book(&mut self, events: &[Event], vault: &str) -> Result<()> {
        self.operations += 1;
        for (name, event) in vault_events(events, vault)? {
            self.book_event(name, event)
                .with_context(|| format!("event vault/{name}"))?;
        }
        Ok(())
    }

    fn book_event(&mut self, name: &str, event: &Event) -> Result<()> {
        let amount = |key| number(event, key);
        match name {
            "instantiated" | "deposited" => self.deposited += amount("tokens")?,
            "claimed" => self.withdrawn += amount("tokens")?,
            "harvested" => {
                self.rewards += amount("rewards")? + amount("surplus")?;
                self.fees += amount("fee")? + amount("bounty")?;
            }
            "synced" => {
                self.lost += amount("lost")?;
                self.gained += amount("gained")?;
            }
            "settled" => {
                self.book_difference(amount("tokens")?, amount("arrived")?);
                self.operations += u64::try_from(amount("entries")?)?;
            }
            "delegated" => {
                self.messages.delegate += 1;
                self.operations += 1;
            }
            "undelegated" => {
                self.book_difference(amount("tokens")?, amount("amount")?);
                self.messages.undelegate += 1;
                self.operations += 1;
            }
            "redelegated" => {
                self.messages.redelegate += 1;
                self.operations += 1;
            }
            "rewards_withdrawn" => {
                let validators = u64::try_from(amount("validators")?)?;
                self.messages.withdraw_rewards += validators;
                self.operations += validators;
            }
            "refused" => self.messages.failed += 1,
            _ => {}
        }
        Ok(())
    }

    /// Books what was expected and what came.
    fn book_difference(&mut self, expected: u128, came: u128) {
        self.lost += expected.saturating_sub(came);
        self.gained += came.saturating_sub(expected);
    }
}

/// a - b. No sum of tokens comes near the sign bit: sets hold at most 10^33.
fn difference(a: u128, b: u128) -> i128 {
    let of = |n: u128| i128::try_from(n).unwrap_or(i128::MAX);
    of(a).saturating_sub(of(b))
}

/// The events that this vault itself has told, by their names.
pub fn vault_events<'a>(events: &'a [Event], vault: &str) -> Result<Vec<(&'a str, &'a Event)>> {
    let mut of_vault = Vec::new();
    for event in events {
        if let Some(name) = event.ty.strip_prefix("wasm-vault/")
            && attribute(event, "_contract_address")? == vault
        {
            of_vault.push((name, event));
        }
    }
    Ok(of_vault)
}

/// An attribute that may be absent.
pub fn find_attribute<'a>(event: &'a Event, key: &str) -> Option<&'a str> {
    let mut attributes = event.attributes.iter();
    let found = attributes.find(|attribute| attribute.key == key);
    found.map(|attribute| attribute.value.as_str())
}

/// An attribute that has to be there.
pub fn attribute<'a>(event: &'a Event, key: &str) -> Result<&'a str> {
    find_attribute(event, key).with_context(|| format!("attribute {key} is missing"))
}

/// An attribute that is an amount.
pub fn number(event: &Event, key: &str) -> Result<u128> {
    let value = attribute(event, key)?;
    value
        .parse()
        .with_context(|| format!("attribute {key} is no number: {value}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(name: &str, attributes: &[(&str, &str)]) -> Event {
        Event::new(format!("wasm-vault/{name}"))
            .add_attribute("_contract_address", "vault")
            .add_attributes(attributes.iter().copied())
    }

    fn book(events: &[Event]) -> Flows {
        let mut flows = Flows::default();
        flows.book(events, "vault").unwrap();
        flows
    }

    #[test]
    fn every_flow_comes_from_its_event() {
        let flows = book(&[
            event("instantiated", &[("tokens", "1000")]),
            event("deposited", &[("tokens", "500")]),
            event("claimed", &[("tokens", "30"), ("batch_id", "2")]),
            event(
                "harvested",
                &[
                    ("rewards", "40"),
                    ("surplus", "2"),
                    ("fee", "3"),
                    ("bounty", "1"),
                ],
            ),
            event("synced", &[("lost", "9"), ("gained", "1"), ("bonded", "7")]),
            event(
                "settled",
                &[("entries", "3"), ("tokens", "70"), ("arrived", "65")],
            ),
            event("delegated", &[("validator", "a"), ("tokens", "5")]),
            event("undelegated", &[("tokens", "8"), ("amount", "7")]),
            event("rewards_withdrawn", &[("validators", "20")]),
            event("refused", &[]),
        ]);
        assert_eq!(flows.deposited, 1_500); // 1000 + 500
        assert_eq!(flows.withdrawn, 30);
        assert_eq!(flows.rewards, 42); // 40 + 2
        assert_eq!(flows.fees, 4); // 3 + 1
        assert_eq!(flows.slashed(), 14); // 9 - 1 + (70 - 65) + (8 - 7)
        assert_eq!(flows.expected_holdings(), 1_494); // 1500 + 42 - 4 - 14 - 30
        assert_eq!(
            flows.messages,
            Messages {
                delegate: 1,
                undelegate: 1,
                redelegate: 0,
                withdraw_rewards: 20,
                failed: 1,
            }
        );
        assert_eq!(flows.operations, 26); // 1 call, 3 entries, 22 messages
    }

    #[test]
    fn holdings_may_differ_by_one_unit_per_operation_only() {
        let flows = Flows {
            deposited: 1_000,
            lost: 50,
            operations: 1,
            ..Flows::default()
        };
        let explained = [948, 949, 950, 951, 952].map(|holdings| flows.explains(holdings));
        assert_eq!(explained, [false, true, true, true, false]); // 1000 - 50
    }

    #[test]
    fn events_of_other_contracts_are_not_the_vaults() {
        let foreign = Event::new("wasm-vault/deposited")
            .add_attribute("_contract_address", "impostor")
            .add_attribute("tokens", "500");
        assert_eq!(book(&[foreign]).deposited, 0);
    }

    #[test]
    fn event_without_its_amount_is_an_error() {
        let mut flows = Flows::default();
        let error = flows.book(&[event("deposited", &[])], "vault").unwrap_err();
        assert_eq!(
            format!("{error:#}"),
            "event vault/deposited: attribute tokens is missing"
        );
    }
}
