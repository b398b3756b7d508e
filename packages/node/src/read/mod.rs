//! What can be read of a chain.

mod account;
mod bank;
mod block;
mod slashing;
mod staking;
mod tx;
mod wasm;

pub use account::Account;
pub use block::{Block, BlockResults, TxOutcome};
pub use slashing::{SigningInfo, SlashingParams};
pub use staking::{Delegation, Redelegation, StakingParams, ValidatorInfo, ValidatorStatus};
pub use tx::{Event, Included};
pub(crate) use wasm::hex;
pub use wasm::{CodeInfo, ContractInfo, StateEntry};
