#![doc = include_str!("../README.md")]
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]

pub mod address;
pub mod chain;
pub mod checksums;
pub mod explain;
pub mod history;
pub mod input;
pub mod inspect;
pub mod metrics;
pub mod multisig;
pub mod rates;
pub mod rule;
pub mod settings;
pub mod spread;
pub mod verify;
pub mod words;
