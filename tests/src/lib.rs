//! Suite, flows and invariants of the Defenders vault.
