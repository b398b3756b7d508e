//! The book beside the bank and the chain.

use cosmwasm_std::Uint128;
use defenders_types::{ShareSolvency, SolvencyResponse};

use crate::call::View;
use crate::chain::{bank, staking};
use crate::error::ContractError;
use crate::shares::{query_shares_of, query_supply_by_token};

pub fn solvency(view: &View) -> Result<SolvencyResponse, Box<ContractError>> {
    let vault = &view.env.contract.address;
    let balance = bank::query_balance(&view.deps.querier, vault, &view.config.denom)?;
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
        shares: solvency_of_shares(view)?,
    })
}

fn solvency_of_shares(view: &View) -> Result<ShareSolvency, Box<ContractError>> {
    let (deps, config) = (view.deps, view.config);
    let escrow = view.book.queue.escrow_shares;
    let owned = config.seed_shares.checked_add(escrow)?;
    let balance = query_shares_of(deps, config, &view.env.contract.address)?;
    Ok(ShareSolvency {
        supply: view.total_shares,
        supply_by_token: query_supply_by_token(deps, config)?,
        owned,
        balance,
        surplus: balance.saturating_sub(owned),
        deficit: owned.saturating_sub(balance),
    })
}
