//! x/distribution: rewards by the F1 scheme, commission, community pool.

mod allocate;
mod dec_coins;
mod module;
mod periods;
mod query;
mod rewards;
mod withdraw_address;

pub(crate) use allocate::{allocate, fund_community_pool};
pub use dec_coins::DecCoins;
pub use module::SimDistribution;
pub(crate) use periods::{close_validator, increment_period, initialize_validator, record_slash};
pub(crate) use rewards::{
    initialize_delegation, pay_kept, preview_rewards, touch, withdraw_reward,
};
pub(crate) use withdraw_address::set_withdraw_address;
