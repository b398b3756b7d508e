//! What both chains begin with: validators, accounts and parameters, drawn from the seed.

use crate::random::Random;

pub const DENOM: &str = "ustake";
/// Pays fees, hence rewards, beside the staked denom.
pub const REWARD: &str = "ureward";
/// Of block 1: 2025-01-01T00:00:00Z.
pub const GENESIS_SECONDS: u64 = 1_735_689_600;
/// Validators. The first is never absent, never convicted and its operator keeps still, so that
/// the chains always have somebody to make blocks.
pub const VALIDATORS: usize = 5;
/// Who sends messages: two users and two operators with their self-delegation.
pub const DELEGATORS: [&str; 4] = ["alice", "bob", "val-1", "val-2"];

/// A validator of the genesis.
#[derive(Debug)]
pub struct Validator {
    pub name: String,
    pub tokens: u64,
    pub commission: &'static str,
    pub min_self_delegation: u64,
}

/// Everything drawn before the first block.
#[derive(Debug)]
pub struct Setting {
    pub validators: Vec<Validator>,
    pub unbonding_seconds: u64,
    pub max_validators: u32,
    pub max_entries: u32,
    pub window: u64,
    pub min_signed: &'static str,
    pub jail_seconds: u64,
    pub slash_downtime: &'static str,
    pub slash_double_sign: &'static str,
    pub community_tax: &'static str,
    /// What making a denom costs, of the staked and the reward denom.
    pub creation_fee: (u64, u64),
    pub takes_denom_metadata: bool,
}

impl Setting {
    pub fn draw(random: &mut Random) -> Self {
        let validators = (0..VALIDATORS)
            .map(|index| Validator {
                name: format!("val-{index}"),
                tokens: random.between(1_000_000, 6_000_000),
                commission: random.pick(&["0", "0.05", "0.333333333333333333", "1"]),
                min_self_delegation: random.pick(&[1, 900_000]),
            })
            .collect();
        Self {
            validators,
            unbonding_seconds: random.pick(&[30, 100, 600]),
            max_validators: random.pick(&[2, 3, 5]),
            max_entries: random.pick(&[1, 2, 7]),
            window: random.pick(&[3, 5, 10]),
            min_signed: random.pick(&["0.05", "0.333333333333333333", "0.5", "0.9"]),
            jail_seconds: random.pick(&[1, 20, 60]),
            slash_downtime: random.pick(&["0", "0.0001", "0.01", "0.333333333333333333", "0.6"]),
            slash_double_sign: random.pick(&["0.05", "0.05", "0.333333333333333333", "0.7", "1"]),
            community_tax: random.pick(&["0", "0.02"]),
            // the last is too much for bob once he has delegated
            creation_fee: random.pick(&[(0, 0), (5, 7), (3_000_000, 1)]),
            takes_denom_metadata: random.percent(75),
        }
    }
}

/// Staked denom of an account at genesis. Bob's soon runs out.
pub fn purse(name: &str) -> u64 {
    match name {
        "bob" => 5_000_000,
        _ => 1_000_000_000_000,
    }
}

/// Reward denom of every account at genesis.
pub const REWARD_PURSE: u64 = 1_000_000_000_000;
