//! The vault's behaviour, one file per capability. Black box: messages, queries and events as
//! any client sees them, on a chain that is driven block by block.

// A flow that goes wrong must fail loudly.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod access;
mod adversary;
mod attested;
mod brake;
mod deposit;
mod deposit_limits;
mod donation;
mod doubt;
mod drain;
mod eligibility;
mod examples;
mod exit_bound;
mod explain;
mod fee;
mod fill_list;
mod fixture;
mod governance;
mod governance_refused;
mod group_caps;
mod harvest;
mod incident;
mod invest;
mod leaving;
mod listing;
mod listing_ends;
mod marks;
mod messages;
mod outlook;
mod own_maximum;
mod ownership;
mod panic;
mod plan;
mod power_sources;
mod queries;
mod real_punishment;
mod real_rewards;
mod real_unbonding;
mod rebalance;
mod rebalance_again;
mod rebalance_doubtful;
mod rebalance_evening;
mod rebalance_leaving;
mod rebalance_locks;
mod rebalance_refused;
mod refresh;
mod reserve;
mod seed;
mod settings;
mod settlement;
mod settlement_hold;
mod settlement_short;
mod short_lists;
mod slash;
mod submission;
mod submission_entries;
mod submission_faults;
mod suspect;
mod tick;
mod token;
mod unknown_fields;
mod withdrawal;
