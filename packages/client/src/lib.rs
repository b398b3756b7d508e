#![doc = include_str!("../README.md")]
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]

pub mod address;
pub mod chain;
pub mod checksums;
pub mod explain;
pub mod inspect;
pub mod json;
pub mod multisig;
pub mod nearest;
pub mod rule;
pub mod settings;
pub mod verify;
pub mod words;
