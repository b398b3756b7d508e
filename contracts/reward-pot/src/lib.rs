#![doc = include_str!("../README.md")]

pub mod contract;
pub mod error;
pub mod state;
