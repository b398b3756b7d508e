//! Fee or bounty that an account is still owed.

use cosmwasm_std::Uint128;

use crate::call::View;
use crate::error::ContractError;
use crate::state::FEES_OWED;

pub fn fee_owed(view: &View, recipient: &str) -> Result<Uint128, Box<ContractError>> {
    let recipient = view.deps.api.addr_validate(recipient)?;
    let owed = FEES_OWED.may_load(view.deps.storage, &recipient)?;
    Ok(owed.unwrap_or_default())
}
