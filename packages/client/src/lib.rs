#![doc = include_str!("../README.md")]
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]

pub mod chain;
pub mod explain;
pub mod history;
pub mod input;
pub mod rates;
pub mod rule;
pub mod spread;
pub mod words;
