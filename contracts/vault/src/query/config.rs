//! Roles and settings.

use defenders_types::{ConfigResponse, FeePolicy, OwnershipResponse};

use crate::call::View;
use crate::error::ContractError;
use crate::self_limit;
use crate::shares;
use crate::state::PENDING_OWNER;

pub fn config(view: &View) -> ConfigResponse {
    let config = view.config.clone();
    let caps_not_in_force = config.caps_not_in_force();
    ConfigResponse {
        owner: config.owner.into(),
        denom: config.denom,
        share: shares::describe(view.config),
        reward_pot: config.reward_pot.into(),
        bonded_pool: config.bonded_pool.into(),
        unbonding_time: view.book.unbonding_time,
        power_source: config.power_source,
        fee: FeePolicy {
            recipient: config.fee_recipient.into(),
            performance_fee_rate: config.performance_fee_rate,
            keeper_bounty_share: config.keeper_bounty_share,
        },
        policy: config.policy,
        caps_not_in_force,
        parameters: config.parameters,
        guardian: config.guardian.map(Into::into),
        exit_slack: config.exit_slack,
        seed_shares: config.seed_shares,
        self_limit_warning: self_limit::warning(),
        self_limit: self_limit::limit(),
    }
}

pub fn ownership(view: &View) -> Result<OwnershipResponse, Box<ContractError>> {
    let pending = PENDING_OWNER.may_load(view.deps.storage)?;
    Ok(OwnershipResponse {
        owner: view.config.owner.to_string(),
        expires_at: pending.as_ref().map(|pending| pending.expires_at),
        pending_owner: pending.map(|pending| pending.owner.into()),
    })
}
