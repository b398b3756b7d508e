#![doc = include_str!("../README.md")]

pub mod governance;
pub mod job;
pub mod moves;
pub mod outlook;
pub mod policy;
pub mod pot;
pub mod response;
pub mod share;
pub mod time;
pub mod vault;

pub use governance::{
    BrakeResponse, Change, ChangeInfo, ChangesResponse, OwnContract, SettingInput,
    WorstCaseResponse,
};
pub use job::{Job, JobState};
pub use moves::{MoveBudget, MoveReason, EPOCH};
pub use outlook::*;
pub use policy::{
    AllocationPolicy, AllocationPolicyInput, FeePolicy, FeePolicyInput, Parameters,
    ParametersInput, PowerSource, LEAST_SEED, LONGEST_COMMISSION_RETURN_PERIOD, LONGEST_PERIOD,
    LOWEST_RANK, SELF_LIMIT_BPS, SELF_LIMIT_WARNING_BPS,
};
pub use response::*;
pub use share::{RedemptionRateResponse, Share, ShareInput, ShareSolvency};
pub use time::{DAY, HOUR};
pub use vault::{
    ExecuteMsg, InstantiateMsg, LedgerKey, ListingGroupsInput, ListingInput, MigrateMsg,
    PostedPower, QueryMsg,
};
