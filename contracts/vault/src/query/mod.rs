//! Answers, one file each. Previews run the same pure functions as the handlers.

mod batches;
mod config;
mod explain;
mod fee_owed;
mod health;
mod jobs;
mod ledger;
mod outlook;
mod plan;
mod position;
mod rate;
mod rate_history;
mod solvency;
mod totals;
mod validators;

use std::cell::OnceCell;

use cosmwasm_std::{to_json_binary, Binary, Deps, Env};
use cw20_base::allowances::query_allowance;
use cw20_base::contract::{
    query_balance, query_download_logo, query_marketing_info, query_minter, query_token_info,
};
use cw20_base::enumerable::{query_all_accounts, query_owner_allowances, query_spender_allowances};
use defenders_types::QueryMsg;

use crate::call::View;
use crate::error::ContractError;
use crate::state::{Book, Supply, CONFIG};

const DEFAULT_LIMIT: u32 = 10;
const MAX_LIMIT: u32 = 30;

/// Answers.
///
/// # Errors
/// When storage is damaged or the chain does not answer.
pub fn query(deps: Deps, env: Env, msg: QueryMsg) -> Result<Binary, ContractError> {
    let config = CONFIG.load(deps.storage)?;
    let book = Book::load(deps.storage, env.block.time.seconds())?;
    let validators = OnceCell::new();
    let view = View {
        deps,
        env: &env,
        config: &config,
        book: &book,
        total_shares: Supply::load(deps.storage)?.shares(),
        validators: &validators,
    };
    let answer = match msg {
        QueryMsg::Config {} => to_json_binary(&config::config(&view)),
        QueryMsg::Ownership {} => to_json_binary(&config::ownership(&view)?),
        QueryMsg::Totals {} => to_json_binary(&totals::totals(&view)?),
        QueryMsg::Rate {} => to_json_binary(&rate::rate(&view)?),
        QueryMsg::PreviewDeposit { amount } => {
            to_json_binary(&rate::preview_deposit(&view, amount)?)
        }
        QueryMsg::ConvertToShares { amount } => {
            to_json_binary(&rate::convert_to_shares(&view, amount)?)
        }
        QueryMsg::ConvertToAssets { amount } => {
            to_json_binary(&rate::convert_to_assets(&view, amount)?)
        }
        QueryMsg::Solvency {} => to_json_binary(&solvency::solvency(&view)?),
        QueryMsg::FeeOwed { recipient } => to_json_binary(&fee_owed::fee_owed(&view, &recipient)?),
        QueryMsg::Position {
            owner,
            start_after,
            limit,
        } => to_json_binary(&position::position(
            &view,
            &owner,
            start_after,
            page(limit),
        )?),
        QueryMsg::Batch { batch_id } => to_json_binary(&batches::batch(&view, batch_id)?),
        QueryMsg::Batches { start_after, limit } => {
            to_json_binary(&batches::batches(&view, start_after, page(limit))?)
        }
        QueryMsg::Ledger { start_after, limit } => {
            to_json_binary(&ledger::ledger(&view, start_after, page(limit))?)
        }
        QueryMsg::Validators { start_after, limit } => to_json_binary(&validators::validators(
            &view,
            start_after.as_deref(),
            page(limit),
        )?),
        QueryMsg::Plan { at } => to_json_binary(&plan::plan(deps, env.clone(), at)?),
        QueryMsg::RateHistory { start_after, limit } => to_json_binary(
            &rate_history::rate_history(&view, start_after, page(limit))?,
        ),
        QueryMsg::Explain { validator } => to_json_binary(&explain::explain(&view, &validator)?),
        QueryMsg::Health {} => to_json_binary(&health::health(&view)?),
        QueryMsg::Jobs {} => to_json_binary(&jobs::jobs(&view)?),

        QueryMsg::Balance { address } => to_json_binary(&query_balance(deps, address)?),
        QueryMsg::TokenInfo {} => to_json_binary(&query_token_info(deps)?),
        QueryMsg::Minter {} => to_json_binary(&query_minter(deps)?),
        QueryMsg::Allowance { owner, spender } => {
            to_json_binary(&query_allowance(deps, owner, spender)?)
        }
        QueryMsg::AllAllowances {
            owner,
            start_after,
            limit,
        } => to_json_binary(&query_owner_allowances(deps, owner, start_after, limit)?),
        QueryMsg::AllSpenderAllowances {
            spender,
            start_after,
            limit,
        } => to_json_binary(&query_spender_allowances(
            deps,
            spender,
            start_after,
            limit,
        )?),
        QueryMsg::AllAccounts { start_after, limit } => {
            to_json_binary(&query_all_accounts(deps, start_after, limit)?)
        }
        QueryMsg::MarketingInfo {} => to_json_binary(&query_marketing_info(deps)?),
        QueryMsg::DownloadLogo {} => to_json_binary(&query_download_logo(deps)?),
    };
    Ok(answer?)
}

/// A page's length: 10 unless told, 30 at most.
fn page(limit: Option<u32>) -> usize {
    let limit = limit.unwrap_or(DEFAULT_LIMIT).min(MAX_LIMIT);
    usize::try_from(limit).unwrap_or(usize::MAX)
}
