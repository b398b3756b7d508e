//! The suite that drives a vault on a test chain, and the invariants it checks after every
//! block. The flows and the random histories beside it speak `defenders-types` only.

#[path = "../suite/mod.rs"]
pub mod suite;
