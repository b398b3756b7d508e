//! Receives the vault's staking rewards and gives them to the vault only.
//!
//! x/distribution pays rewards on every touch of a delegation, so rewards and principal would
//! mix if they shared an account. The pot is the vault's withdraw address: it acts only when
//! called by the vault, forwards the bond denom only, and reports what else lies in it.

pub mod contract;
pub mod error;
pub mod state;
