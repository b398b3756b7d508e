#![doc = include_str!("../README.md")]

mod address;
mod blocks;
mod chain;
mod dec18;
mod distribution;
mod env;
mod error;
mod faults;
mod panics;
mod params;
mod slashing;
mod staking;
mod store;
mod wire;

pub use address::compute_consensus_address;
pub use chain::{
    Application, Chain, ChainBuilder, GenesisValidator, Redelegation, SimApp, SimChain,
};
pub use dec18::{Dec18, DecError};
pub use distribution::{DecCoins, SimDistribution};
pub use env::ModuleAccounts;
pub use error::{ChainError, Outcome};
pub use faults::MessageKind;
pub use params::{Params, QueryProfile};
pub use staking::SimStaking;
pub use store::{Member, RedelegationEntry, Status, UnbondingEntry, ValidatorState};
pub use wire::{SimStargate, StargateRefusing};
