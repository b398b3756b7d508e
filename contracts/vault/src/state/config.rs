//! Roles, policy and parameters.

use cosmwasm_std::{Addr, Decimal, Uint128};
use defenders_settings::table::SHORTEST_EXIT_SLACK;
use defenders_types::{AllocationPolicy, Parameters, PowerSource};

use super::shares::ShareDenom;
use crate::store::packed::{packed, Packed, Unread};
use crate::store::Item;

/// Roles, policy, parameters.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// Curates the list.
    pub owner: Addr,
    /// The bond denom.
    pub denom: String,
    /// Receives the staking rewards.
    pub reward_pot: Addr,
    /// Account of x/staking's bonded pool.
    pub bonded_pool: Addr,
    /// Where powers are read.
    pub power_source: PowerSource,
    /// Receives the fee.
    pub fee_recipient: Addr,
    /// Share of rewards.
    pub performance_fee_rate: Decimal,
    /// Share of the fee for the caller of a harvest.
    pub keeper_bounty_share: Decimal,
    /// Shares of the seed, the vault's for ever.
    pub seed_shares: Uint128,
    /// Caps and floor.
    pub policy: AllocationPolicy,
    /// Parameters per call.
    pub parameters: Parameters,
    /// May put the brake on, and cancel changes that wait.
    pub guardian: Option<Addr>,
    /// Part of the exit delay, seconds.
    pub exit_slack: u64,
    /// Shares that are coins. `None`: the vault is its own cw20 token.
    pub share_denom: Option<ShareDenom>,
}

impl Config {
    /// Caps that are set and not in force, by name: the source of power does not tell what they need.
    #[must_use]
    pub fn caps_not_in_force(&self) -> Vec<String> {
        match self.power_source.tells_powers() {
            true => vec![],
            false => self.policy.caps_by_power(),
        }
    }
}

/// Written by `instantiate`, its reply, a new owner, and whatever changes settings.
pub const CONFIG: Item<Config> = Item::new("config");

packed! {
    Config {
        owner, denom, reward_pot, bonded_pool, power_source, fee_recipient, performance_fee_rate,
        keeper_bounty_share, seed_shares, policy, parameters;
        guardian: None, exit_slack: SHORTEST_EXIT_SLACK, share_denom: None,
    }
    AllocationPolicy {
        vault_share_cap, chain_share_cap, match_cap, bond_factor, operator_cap, hosting_cap,
        jurisdiction_cap, floor, max_commission_rate, max_commission_ceiling,
        commission_return_period,
    }
    Parameters {
        minimum_seed, min_delegation, max_messages_per_deposit, max_messages_per_piece,
        max_messages_per_invest, max_moves, turnover_quality, turnover_emergency, harvest_page, refresh_page, batch_period, profit_unlock_period,
        harvest_period, refresh_period, book_max_age, retry_after,
    }
}

/// Its number, then what it carries.
impl Packed for PowerSource {
    fn write(&self, to: &mut Vec<u8>) {
        let number: u8 = match self {
            Self::Grpc => 0,
            Self::Stargate => 1,
            Self::Attested { attester: Some(_) } => 2,
            Self::Attested { attester: None } => 4,
            Self::Rank { .. } => 3,
        };
        to.push(number);
        match self {
            Self::Grpc | Self::Stargate | Self::Attested { attester: None } => {}
            Self::Attested {
                attester: Some(attester),
            } => attester.write(to),
            Self::Rank { least_rank } => least_rank.write(to),
        }
    }

    fn read(from: &mut Unread) -> Self {
        match from.byte() {
            0 => Self::Grpc,
            1 => Self::Stargate,
            2 => Self::Attested {
                attester: Some(Packed::read(from)),
            },
            4 => Self::Attested { attester: None },
            3 => Self::Rank {
                least_rank: Packed::read(from),
            },
            _ => from.damaged(Self::Grpc),
        }
    }
}
