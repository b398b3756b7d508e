//! A line of the table, and its JSON.

use serde_json::{Number, Value, json};

/// What one operation costs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its name.
    pub operation: String,
    /// Listed validators, all of which hold stake.
    pub validators: u64,
    /// Messages of the native transaction beside it; without one, what the call went through:
    /// entries, validators.
    pub messages: u64,
    /// Gas of the whole transaction, fee included; of a query, what a node meters.
    pub gas: u64,
    /// What a delegator without a vault would sign.
    pub native: Option<Beside>,
}

/// A native transaction of as many messages, measured on the same chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beside {
    /// What it does.
    pub name: String,
    /// Gas of the whole transaction, fee included.
    pub gas: u64,
}

impl Row {
    /// gas / native gas, in thousandths, rounded to the nearest.
    pub fn ratio(&self) -> Option<u64> {
        let native = self.native.as_ref()?;
        (self.gas * 2_000 + native.gas).checked_div(2 * native.gas)
    }

    /// As `--json` writes it.
    pub fn to_json(&self) -> Value {
        let native = self.native.as_ref();
        json!({
            "operation": self.operation,
            "validators": self.validators,
            "messages": self.messages,
            "gas": self.gas,
            "native": native.map(|native| native.name.as_str()),
            "native_gas": native.map(|native| native.gas),
            "ratio": self.ratio().map(number),
        })
    }
}

/// Thousandths as text, `1.050`.
pub fn thousandths(ratio: u64) -> String {
    format!("{}.{:03}", ratio / 1_000, ratio % 1_000)
}

fn number(ratio: u64) -> Number {
    thousandths(ratio).parse().unwrap()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(gas: u64, native_gas: Option<u64>) -> Row {
        Row {
            operation: "deposit_mint".into(),
            validators: 10,
            messages: 1,
            gas,
            native: native_gas.map(|gas| Beside {
                name: "delegate".into(),
                gas,
            }),
        }
    }

    #[test]
    fn ratio_is_rounded_to_the_nearest_thousandth() {
        assert_eq!(row(168_000, Some(168_000)).ratio(), Some(1_000));
        assert_eq!(row(2, Some(3)).ratio(), Some(667)); // 0.6667
        assert_eq!(row(1, Some(3)).ratio(), Some(333)); // 0.3333
        assert_eq!(row(1, None).ratio(), None);
        assert_eq!(row(1, Some(0)).ratio(), None);
    }

    #[test]
    fn row_is_written_with_its_native_transaction_and_ratio() {
        let expected = r#"{"gas":252000,"messages":1,"native":"delegate","native_gas":240000,"operation":"deposit_mint","ratio":1.05,"validators":10}"#;
        assert_eq!(row(252_000, Some(240_000)).to_json().to_string(), expected);
    }

    #[test]
    fn row_without_a_native_transaction_says_null() {
        let expected = r#"{"gas":7,"messages":1,"native":null,"native_gas":null,"operation":"deposit_mint","ratio":null,"validators":10}"#;
        assert_eq!(row(7, None).to_json().to_string(), expected);
    }
}
