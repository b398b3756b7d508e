//! Metrics: what each is, and what it is now.

use cosmwasm_std::{Decimal, Uint128};

/// What kind of number a metric is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It goes up and down.
    Gauge,
    /// It only goes up, until the program begins anew.
    Counter,
}

/// What a metric is.
#[derive(Debug, PartialEq, Eq)]
pub struct Spec {
    /// Its name; of a counter without `_total`.
    pub name: &'static str,
    /// Its kind.
    pub kind: Kind,
    /// Its unit, which its name ends with; empty where it has none.
    pub unit: &'static str,
    /// For a person.
    pub help: &'static str,
    /// Names of its labels.
    pub labels: &'static [&'static str],
}

impl Spec {
    /// As queries name it.
    pub fn sample_name(&self) -> String {
        match self.kind {
            Kind::Gauge => self.name.to_string(),
            Kind::Counter => format!("{}_total", self.name),
        }
    }
}

/// A number as it is written: exact at any size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value(pub(super) String);

impl From<u128> for Value {
    fn from(number: u128) -> Self {
        Value(number.to_string())
    }
}

impl From<u64> for Value {
    fn from(number: u64) -> Self {
        Value(number.to_string())
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Value(number.to_string())
    }
}

impl From<usize> for Value {
    fn from(number: usize) -> Self {
        Value(number.to_string())
    }
}

impl From<Uint128> for Value {
    fn from(number: Uint128) -> Self {
        Value(number.to_string())
    }
}

impl From<Decimal> for Value {
    fn from(number: Decimal) -> Self {
        Value(number.to_string())
    }
}

impl From<bool> for Value {
    fn from(is_so: bool) -> Self {
        Value(u32::from(is_so).to_string())
    }
}

impl Value {
    /// A part of a whole, 18 places, rounded down; None where the whole is nothing.
    pub fn ratio_floor(part: u128, whole: u128) -> Option<Self> {
        let ratio = Decimal::checked_from_ratio(part, whole).ok()?;
        Some(ratio.into())
    }

    /// `atomics` x 10^-18.
    pub fn of_atomics(atomics: u128) -> Self {
        Decimal::new(Uint128::new(atomics)).into()
    }
}

/// What a metric is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    /// Which metric.
    pub spec: &'static Spec,
    /// Values of its labels, in their order.
    pub labels: Vec<String>,
    /// The number.
    pub value: Value,
}

/// What was read of one source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// In the order in which they were read.
    pub samples: Vec<Sample>,
}

impl Page {
    /// A metric's value.
    pub fn set(&mut self, spec: &'static Spec, labels: &[&str], value: impl Into<Value>) {
        debug_assert_eq!(spec.labels.len(), labels.len(), "labels of {}", spec.name);
        self.samples.push(Sample {
            spec,
            labels: labels.iter().map(ToString::to_string).collect(),
            value: value.into(),
        });
    }

    /// The same, where there is one.
    pub fn set_some(
        &mut self,
        spec: &'static Spec,
        labels: &[&str],
        value: Option<impl Into<Value>>,
    ) {
        if let Some(value) = value {
            self.set(spec, labels, value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lesson_20_numbers_are_exact_at_ten_to_the_24() {
        let large = 10u128.pow(24) + 1;
        assert_eq!(Value::from(large).0, "1000000000000000000000001");
        assert_eq!(
            Value::from(Uint128::new(large)).0,
            "1000000000000000000000001"
        );
        assert_eq!(
            Value::ratio_floor(large, 3 * 10u128.pow(24)).unwrap().0,
            "0.333333333333333333"
        );
        assert_eq!(Value::ratio_floor(1, 0), None);
        assert_eq!(Value::from(u128::MAX).0, u128::MAX.to_string());
        assert_eq!(Value::of_atomics(50_000_000_000_000_000).0, "0.05");
    }
}
