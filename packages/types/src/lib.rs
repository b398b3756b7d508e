#![doc = include_str!("../README.md")]

pub mod job;
pub mod policy;
pub mod pot;
pub mod response;
pub mod vault;

pub use job::{Job, JobState};
pub use policy::{
    AllocationPolicy, AllocationPolicyInput, FeePolicy, FeePolicyInput, Parameters,
    ParametersInput, PowerSource,
};
pub use response::*;
pub use vault::{ExecuteMsg, InstantiateMsg, LedgerKey, ListingInput, MigrateMsg, QueryMsg};
