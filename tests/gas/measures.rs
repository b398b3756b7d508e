//! What has been measured for one number of validators.

use std::collections::BTreeMap;

use super::chain::Receipt;
use super::natives::{self, Native};
use super::row::{Beside, Row};
use super::world::World;

/// One call of a refresh.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RefreshCall {
    /// Validators whose power it read.
    pub read: u64,
    /// Gas of the transaction.
    pub gas: u64,
    /// Whether it asked for the chain's order first.
    pub asks_order: bool,
}

/// Bytes of the contracts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WasmSizes {
    /// The vault.
    pub vault: u64,
    /// Its reward pot.
    pub reward_pot: u64,
}

/// Everything for one number of validators.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Measures {
    /// Listed validators, all of which hold stake.
    pub validators: u64,
    /// In the order of measuring.
    pub rows: Vec<Row>,
    /// Gas of a sync that finds nothing: the fixed part.
    pub empty_sync: u64,
    /// Gas that `AllValidators` adds to a query.
    pub all_validators: u64,
    /// Gas that `AllDelegations` of the vault adds to a query.
    pub all_delegations: u64,
    /// Gas that one validator, read as the vault reads powers, adds to a query.
    pub one_validator: u64,
    /// The calls of a whole refresh.
    pub refresh: Vec<RefreshCall>,
    /// Gas of native transactions by kind and number of messages.
    pub natives: BTreeMap<(Native, u64), u64>,
}

impl Measures {
    /// The row of an operation.
    pub fn row(&self, operation: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.operation == operation)
    }

    /// Takes in what was measured in another world with as many validators.
    pub fn add(&mut self, others: Self) {
        self.rows.extend(others.rows);
        self.natives.extend(others.natives);
    }
}

/// Measures, and remembers natives that several operations stand beside.
pub struct Meter<'a> {
    /// Where.
    pub world: &'a World,
    /// So far.
    pub measures: Measures,
}

impl<'a> Meter<'a> {
    /// Nothing measured yet.
    pub fn new(world: &'a World) -> Self {
        let measures = Measures {
            validators: world.listed.len().try_into().unwrap(),
            empty_sync: world.empty_sync,
            ..Measures::default()
        };
        Self { world, measures }
    }

    /// Gas of a native transaction. The world is another afterwards if it was not known yet.
    pub fn native(&mut self, native: Native, messages: u64) -> u64 {
        let world = self.world;
        let known = self.measures.natives.entry((native, messages));
        *known.or_insert_with(|| natives::measure(world, native, messages))
    }

    /// Adds a row beside `messages` native messages in one transaction.
    pub fn beside(&mut self, operation: &str, receipt: &Receipt, native: Native, messages: u64) {
        let gas = self.native(native, messages);
        let name = native.name().into();
        self.add(operation, receipt.gas, messages, Some(Beside { name, gas }));
    }

    /// Adds a row that nothing native stands beside.
    pub fn alone(&mut self, operation: &str, gas: u64, messages: u64) {
        self.add(operation, gas, messages, None);
    }

    fn add(&mut self, operation: &str, gas: u64, messages: u64, native: Option<Beside>) {
        self.measures.rows.push(Row {
            operation: operation.into(),
            validators: self.measures.validators,
            messages,
            gas,
            native,
        });
    }
}
