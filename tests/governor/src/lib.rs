//! The governor's contracts as they are published, `cw3-flex-multisig` and `cw4-group`, with the
//! words they are spoken to in, and resolved to the vault's `cosmwasm-std`: the lock files that
//! come with them pin one that panics when compiled by Rust 1.78 or later.
//!
//! `scripts/build-wasm.sh` builds their wasm beside this crate alone, so that they get no feature
//! that they do not ask for.

pub use {cw3, cw3_flex_multisig, cw4, cw4_group, cw_utils};
