//! What a deployment has still to do, told: each step with its messages, and its fee where that can be told now.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use crate::terminal::{Screen, Unit, hang};

/// The steps left.
#[derive(Debug, Serialize)]
pub struct Preview {
    /// In their order.
    pub steps: Vec<StepLeft>,
    /// What those cost together whose fee can be told, by denom, base units.
    pub known_fees: BTreeMap<String, String>,
    /// The denom that the display unit is of.
    #[serde(skip)]
    pub base: String,
}

/// A step left.
#[derive(Debug, Serialize)]
pub struct StepLeft {
    /// Counted from 1.
    pub number: usize,
    /// What it does.
    pub what: String,
    /// Who signs.
    pub from: String,
    /// What comes of it.
    pub effects: Vec<String>,
    /// What is sent.
    pub messages: Vec<Value>,
    /// What it costs by a trial run; null where that cannot be told yet.
    pub fee: Option<Fee>,
    /// Why not.
    pub fee_is_known_after: Option<String>,
}

/// What a step costs.
#[derive(Debug, Serialize)]
pub struct Fee {
    /// Base units.
    pub amount: String,
    /// Of this denom.
    pub denom: String,
    /// The most gas.
    pub gas_limit: u64,
}

impl Preview {
    /// For people.
    pub fn render(&self, screen: &Screen, unit: &Unit) -> String {
        if self.steps.is_empty() {
            return "Nothing is left to do.\n".to_string();
        }
        let mut text = String::new();
        for step in &self.steps {
            text += &hang(&format!("{:>2}  ", step.number), &step.what, screen.width);
            text += &hang("    from    ", &step.from, screen.width);
            for effect in &step.effects {
                text += &hang("    effect  ", effect, screen.width);
            }
            for message in &step.messages {
                text += &hang("    sends   ", &message.to_string(), screen.width);
            }
            let fee = match (&step.fee, &step.fee_is_known_after) {
                (Some(fee), _) => format!(
                    "{}, at most {} units of gas",
                    self.tell_coins(&fee.amount, &fee.denom, unit),
                    fee.gas_limit
                ),
                (None, Some(after)) => format!("can be told after {after}"),
                (None, None) => "cannot be told".to_string(),
            };
            text += &hang("    fee     ", &fee, screen.width);
        }
        let fees = self.known_fees.iter();
        let fees: Vec<String> = fees
            .map(|(denom, amount)| self.tell_coins(amount, denom, unit))
            .collect();
        if !fees.is_empty() {
            let told = format!("Fees that can be told now: {}.", fees.join(", "));
            text += &format!("{}\n", screen.wrap(&told));
        }
        text
    }

    /// In the display unit, where that is of this denom.
    fn tell_coins(&self, amount: &str, denom: &str, unit: &Unit) -> String {
        match (amount.parse(), *denom == self.base) {
            (Ok(amount), true) => unit.tell(amount),
            _ => format!("{amount}{denom}"),
        }
    }
}
