//! Answers, one file each. Previews run the same pure functions as the handlers.

mod batches;
mod config;
mod cw20;
mod explain;
mod fee_owed;
mod governance;
mod health;
mod jobs;
mod ledger;
mod outlook;
mod plan;
mod position;
mod rate;
mod rate_history;
mod rule;
mod solvency;
mod totals;
mod validators;

use std::cell::OnceCell;

use cosmwasm_std::{Binary, Deps, Env};
use defenders_json::{write, ToJson};
use defenders_types::QueryMsg;

use crate::call::View;
use crate::error::ContractError;
use crate::shares::{ensure_cw20, load_supply};
use crate::state::{Book, CONFIG};

const DEFAULT_LIMIT: u32 = 10;
const MAX_LIMIT: u32 = 30;

/// Answers.
///
/// # Errors
/// When storage is damaged or the chain does not answer.
pub fn query(deps: Deps, env: Env, msg: QueryMsg) -> Result<Binary, Box<ContractError>> {
    let config = CONFIG.load(deps.storage)?;
    if is_of_cw20(&msg) {
        ensure_cw20(&config)?;
    }
    let book = Book::load(deps.storage, env.block.time.seconds())?;
    let validators = OnceCell::new();
    let view = View {
        deps,
        env: &env,
        config: &config,
        book: &book,
        total_shares: load_supply(deps.storage)?,
        validators: &validators,
    };
    Ok(match msg {
        QueryMsg::Config {} => answer(&config::config(&view)),
        QueryMsg::Ownership {} => answer(&config::ownership(&view)?),
        QueryMsg::Totals {} => answer(&totals::totals(&view)?),
        QueryMsg::Rate {} => answer(&rate::rate(&view)?),
        QueryMsg::PreviewDeposit { amount } => answer(&rate::preview_deposit(&view, amount)?),
        QueryMsg::ConvertToShares { amount } => answer(&rate::convert_to_shares(&view, amount)?),
        QueryMsg::ConvertToAssets { amount } => answer(&rate::convert_to_assets(&view, amount)?),
        QueryMsg::Solvency {} => answer(&solvency::solvency(&view)?),
        QueryMsg::RedemptionRate { denom, params: _ } => {
            answer(&rate::redemption_rate(&view, denom)?)
        }
        QueryMsg::FeeOwed { recipient } => answer(&fee_owed::fee_owed(&view, &recipient)?),
        QueryMsg::Position {
            owner,
            start_after,
            limit,
        } => answer(&position::position(
            &view,
            &owner,
            start_after,
            page(limit),
        )?),
        QueryMsg::Batch { batch_id } => answer(&batches::batch(&view, batch_id)?),
        QueryMsg::Batches { start_after, limit } => {
            answer(&batches::batches(&view, start_after, page(limit))?)
        }
        QueryMsg::Ledger { start_after, limit } => {
            answer(&ledger::ledger(&view, start_after, page(limit))?)
        }
        QueryMsg::Validators { start_after, limit } => answer(&validators::validators(
            &view,
            start_after.as_deref(),
            page(limit),
        )?),
        QueryMsg::Plan { at } => answer(&plan::plan(deps, env.clone(), at)?),
        QueryMsg::RateHistory { start_after, limit } => answer(&rate_history::rate_history(
            &view,
            start_after,
            page(limit),
        )?),
        QueryMsg::Explain { validator } => answer(&explain::explain(&view, &validator)?),
        QueryMsg::Health {} => answer(&health::health(&view)?),
        QueryMsg::Changes {} => answer(&governance::changes(&view)?),
        QueryMsg::WorstCase {} => answer(&governance::worst_case(&view)?),
        QueryMsg::Brake {} => answer(&governance::brake(&view)?),
        QueryMsg::Jobs {} => answer(&jobs::jobs(&view)?),

        QueryMsg::Balance { address } => answer(&cw20::balance(&view, &address)?),
        QueryMsg::TokenInfo {} => answer(&cw20::token_info(&view)?),
        QueryMsg::Minter {} => answer(&cw20::minter(&view)),
        QueryMsg::Allowance { owner, spender } => {
            answer(&cw20::allowance(&view, &owner, &spender)?)
        }
        QueryMsg::AllAllowances {
            owner,
            start_after,
            limit,
        } => answer(&cw20::all_allowances(
            &view,
            &owner,
            start_after,
            page(limit),
        )?),
        QueryMsg::AllSpenderAllowances {
            spender,
            start_after,
            limit,
        } => answer(&cw20::all_spender_allowances(
            &view,
            &spender,
            start_after,
            page(limit),
        )?),
        QueryMsg::AllAccounts { start_after, limit } => {
            answer(&cw20::all_accounts(&view, start_after, page(limit))?)
        }
        QueryMsg::MarketingInfo {} => answer(&cw20::marketing_info(&view)?),
        QueryMsg::DownloadLogo {} => answer(&cw20::download_logo(&view)?),
    })
}

/// Whether only a cw20 token answers it.
fn is_of_cw20(msg: &QueryMsg) -> bool {
    matches!(
        msg,
        QueryMsg::Balance { .. }
            | QueryMsg::TokenInfo {}
            | QueryMsg::Minter {}
            | QueryMsg::Allowance { .. }
            | QueryMsg::AllAllowances { .. }
            | QueryMsg::AllSpenderAllowances { .. }
            | QueryMsg::AllAccounts { .. }
            | QueryMsg::MarketingInfo {}
            | QueryMsg::DownloadLogo {}
    )
}

/// As JSON.
fn answer(answer: &dyn ToJson) -> Binary {
    write(answer).into()
}

/// A page's length: 10 unless told, 30 at most.
fn page(limit: Option<u32>) -> usize {
    let limit = limit.unwrap_or(DEFAULT_LIMIT).min(MAX_LIMIT);
    usize::try_from(limit).unwrap_or(usize::MAX)
}
