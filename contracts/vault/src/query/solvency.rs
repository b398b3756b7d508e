//! The book beside the bank and the chain.

use cosmwasm_std::Uint128;
use defenders_types::SolvencyResponse;

use crate::call::View;
use crate::chain::{bank, staking};
use crate::error::ContractError;

pub fn solvency(view: &View) -> Result<SolvencyResponse, ContractError> {
    let vault = &view.env.contract.address;
    let balance = bank::query_tokens(&view.deps.querier, vault, &view.config.denom)?;
    let mut bonded_by_chain = Uint128::zero();
    for (_, tokens) in staking::query_delegations(view.deps, vault)? {
        bonded_by_chain = bonded_by_chain.checked_add(tokens)?;
    }
    let money = &view.book.money;
    Ok(SolvencyResponse {
        bank_balance: balance,
        idle: money.idle,
        claimable: money.claimable,
        fees_owed: money.fees_owed,
        awaiting_settlement: money.awaiting_settlement,
        surplus: money.surplus(balance)?,
        deficit: money.owned_balance()?.saturating_sub(balance),
        bonded_by_book: money.bonded,
        bonded_by_chain,
    })
}
