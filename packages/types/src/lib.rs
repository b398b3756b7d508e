//! All that clients and other contracts import to talk to the Defenders vault:
//! messages, responses and policy types. Shapes and units only, no logic.
//!
//! Words used throughout: **tokens** are base units of the chain's bond denom, **shares** are
//! base units of the vault's own cw20, **tokens per share** is what a share is worth, instants
//! (`…_at`) and durations (`…_period`, `…_time`) are in seconds, except the chain's own
//! `completion_time`, which is a nanosecond [`Timestamp`](cosmwasm_std::Timestamp).

pub mod job;
pub mod policy;
pub mod pot;
pub mod response;
pub mod vault;

pub use job::{Job, JobState};
pub use policy::{
    AllocationPolicy, AllocationPolicyInput, Bounds, BoundsInput, FeePolicy, FeePolicyInput,
    PowerSource,
};
pub use response::*;
pub use vault::{ExecuteMsg, InstantiateMsg, LedgerKey, ListingInput, MigrateMsg, QueryMsg};
