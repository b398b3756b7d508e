//! Random histories are worth something only if they get somewhere.

use std::collections::BTreeMap;

use defenders_suite::choice::is_real;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use crate::action::{Action, any_action, setup};
use crate::perform::{begin, perform};

/// Histories looked at.
const HISTORIES: usize = 300;

/// Every event of the vault, but `vault/instantiated`, which comes before a history.
const EVENTS: [&str; 33] = [
    "vault/batch_claimable",
    "vault/batch_submitted",
    "vault/book_doubted",
    "vault/change_applied",
    "vault/change_dropped",
    "vault/change_scheduled",
    "vault/claimed",
    "vault/delegated",
    "vault/deposited",
    "vault/fee_owed",
    "vault/fee_claimed",
    "vault/harvested",
    "vault/marked",
    "vault/own_maximum_set",
    "vault/read_failed",
    "vault/rebalanced",
    "vault/redelegated",
    "vault/refreshed",
    "vault/refused",
    "vault/restaked",
    "vault/rewards_withdrawn",
    "vault/self_limit_warned",
    "vault/settled",
    "vault/settlement_fixed",
    "vault/settlement_waited",
    "vault/synced",
    "vault/ticked",
    "vault/undelegated",
    "vault/upgraded",
    "vault/validators_drained",
    "vault/validators_listed",
    "vault/withdrawal_cancelled",
    "vault/withdrawal_requested",
];

#[test]
fn histories_reach_every_event() {
    let mut runner = TestRunner::deterministic();
    let histories = (setup(), prop::collection::vec(any_action(), 60));
    let mut event_counts: BTreeMap<String, u64> = BTreeMap::new();
    let mut panicking = 0;
    for _ in 0..HISTORIES {
        let (setup, actions) = histories.new_tree(&mut runner).unwrap().current();
        let mut suite = begin(&setup);
        for action in &actions {
            perform(&mut suite, action);
            if let Action::Panic { validator } = action {
                let bad = &suite.listed[validator % suite.listed.len()];
                let stakes = suite.chain.delegations(&suite.vault);
                panicking += stakes.iter().filter(|(there, _)| there == bad).count();
            }
        }
        for (name, times) in suite.event_counts() {
            *event_counts.entry(name.clone()).or_default() += times;
        }
    }
    println!("{event_counts:#?}, {panicking} stakes that panic");
    assert!(is_real() || panicking > 0);
    for event in EVENTS {
        assert!(
            event_counts.contains_key(event),
            "no history told {event}: {event_counts:#?}"
        );
    }
}
