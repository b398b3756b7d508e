//! Parameters of the three modules, and which raw query paths a contract may use.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::Decimal;

/// Module parameters. The default is the SDK's.
#[cw_serde]
pub struct Params {
    /// Seconds from an undelegation to its payment (21 days).
    pub unbonding_time: u64,
    /// Size of the bonded set.
    pub max_validators: u32,
    /// Live entries per unbonding pair and per redelegation triplet.
    pub max_entries: u32,
    /// The staking token.
    pub bond_denom: String,
    /// Tokens per unit of voting power.
    pub power_reduction: u128,
    /// Blocks over which missed signatures are counted.
    pub signed_blocks_window: u64,
    /// Part of the window that must be signed.
    pub min_signed_per_window: Decimal,
    /// Seconds in jail for downtime.
    pub downtime_jail_duration: u64,
    /// Part slashed for downtime.
    pub slash_fraction_downtime: Decimal,
    /// Part slashed for a double sign.
    pub slash_fraction_double_sign: Decimal,
    /// Part of each block's rewards that goes to the community pool. The SDK's default is
    /// 2 %; here zero, so that what is allocated is what validators get.
    pub community_tax: Decimal,
    /// Whether `MsgSetWithdrawAddress` works.
    pub withdraw_addr_enabled: bool,
    /// With cosmos-sdk pull request 26408 (0.53.8, 0.54.4, 0.55.0) a redelegation that takes
    /// the last shares of its unbonded source completes at once; before, it fails.
    pub sdk_fix_26408: bool,
}

impl Default for Params {
    fn default() -> Self {
        Self {
            unbonding_time: 21 * 24 * 60 * 60,
            max_validators: 100,
            max_entries: 7,
            bond_denom: "stake".to_string(),
            power_reduction: 1_000_000,
            signed_blocks_window: 100,
            min_signed_per_window: Decimal::percent(50),
            downtime_jail_duration: 600,
            slash_fraction_downtime: Decimal::percent(1),
            slash_fraction_double_sign: Decimal::percent(5),
            community_tax: Decimal::zero(),
            withdraw_addr_enabled: true,
            sdk_fix_26408: false,
        }
    }
}

/// Which raw query paths contracts may use.
#[cw_serde]
#[derive(Copy, Eq, Default)]
pub enum QueryProfile {
    /// `Grpc`: staking `Validator` only (Cosmos Hub).
    Hub,
    /// `Stargate`: staking `Validator` and `Params`, slashing `SigningInfo` (Osmosis).
    Osmosis,
    /// Both refused (wasmd's own application).
    #[default]
    None,
    /// Every path of the model, both ways.
    All,
}
