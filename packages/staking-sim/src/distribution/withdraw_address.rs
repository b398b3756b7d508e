//! Where the rewards of a delegator are paid.

use cosmwasm_std::{Addr, Storage};

use crate::env::Env;
use crate::error::{ChainError, Outcome};
use crate::store::{WITHDRAW_ADDRESS, load_params};

/// Where rewards of `delegator` are paid.
pub(crate) fn withdraw_address(storage: &dyn Storage, delegator: &Addr) -> Outcome<Addr> {
    Ok(WITHDRAW_ADDRESS
        .may_load(storage, delegator)?
        .unwrap_or_else(|| delegator.clone()))
}

/// `MsgSetWithdrawAddress`.
pub(crate) fn set_withdraw_address(
    env: &mut Env<'_>,
    delegator: &Addr,
    address: &Addr,
) -> Outcome<()> {
    if env.accounts.is_blocked(address) {
        return Err(ChainError::Unauthorized {
            address: address.to_string(),
        });
    }
    if !load_params(env.storage)?.withdraw_addr_enabled {
        return Err(ChainError::SetWithdrawAddrDisabled);
    }
    Ok(WITHDRAW_ADDRESS.save(env.storage, delegator, address)?)
}
