//! Answers, one file per subject. Previews run the same pure functions as the handlers.

mod batches;
mod money;
mod validators;

use std::cell::OnceCell;

use cosmwasm_std::{to_json_binary, Binary, Deps, Env};
use cw20_base::allowances::query_allowance;
use cw20_base::contract::{
    query_balance, query_download_logo, query_marketing_info, query_minter, query_token_info,
};
use cw20_base::enumerable::{query_all_accounts, query_owner_allowances, query_spender_allowances};
use defenders_types::{ConfigResponse, FeePolicy, Job, JobsResponse, OwnershipResponse, QueryMsg};

use crate::error::ContractError;
use crate::jobs::View;
use crate::self_limit;
use crate::state::{BOOK, CONFIG, PENDING_OWNER};
use crate::token::Supply;

const DEFAULT_LIMIT: u32 = 10;
const MAX_LIMIT: u32 = 30;

/// Answers.
///
/// # Errors
/// When storage is damaged or the chain does not answer.
pub fn query(deps: Deps, env: Env, msg: QueryMsg) -> Result<Binary, ContractError> {
    let config = CONFIG.load(deps.storage)?;
    let book = BOOK.load(deps.storage)?;
    let view = View {
        deps,
        env: &env,
        config: &config,
        book: &book,
        total_shares: Supply::load(deps.storage)?.shares(),
        roster: OnceCell::new(),
    };
    let answer = match msg {
        QueryMsg::Config {} => to_json_binary(&config_of(&view)),
        QueryMsg::Ownership {} => to_json_binary(&ownership(&view)?),
        QueryMsg::Totals {} => to_json_binary(&money::totals(&view)?),
        QueryMsg::Rate {} => to_json_binary(&money::rate(&view)?),
        QueryMsg::PreviewDeposit { amount } => {
            to_json_binary(&money::preview_deposit(&view, amount)?)
        }
        QueryMsg::ConvertToShares { amount } => {
            to_json_binary(&money::convert_to_shares(&view, amount)?)
        }
        QueryMsg::ConvertToAssets { amount } => {
            to_json_binary(&money::convert_to_assets(&view, amount)?)
        }
        QueryMsg::Solvency {} => to_json_binary(&money::solvency(&view)?),
        QueryMsg::FeeOwed { recipient } => to_json_binary(&money::fee_owed(&view, &recipient)?),
        QueryMsg::Position {
            owner,
            start_after,
            limit,
        } => to_json_binary(&batches::position(&view, &owner, start_after, page(limit))?),
        QueryMsg::Batch { batch_id } => to_json_binary(&batches::batch(&view, batch_id)?),
        QueryMsg::Batches { start_after, limit } => {
            to_json_binary(&batches::batches(&view, start_after, page(limit))?)
        }
        QueryMsg::Ledger { start_after, limit } => {
            to_json_binary(&batches::ledger(&view, start_after, page(limit))?)
        }
        QueryMsg::Validators { start_after, limit } => to_json_binary(&validators::validators(
            &view,
            start_after.as_deref(),
            page(limit),
        )?),
        QueryMsg::Jobs {} => to_json_binary(&jobs(&view)?),

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

fn config_of(view: &View) -> ConfigResponse {
    let config = view.config.clone();
    ConfigResponse {
        owner: config.owner.into(),
        denom: config.denom,
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
        bounds: config.bounds,
        seed_shares: config.seed_shares,
        self_limit_warning: self_limit::warning(),
        self_limit: self_limit::limit(),
    }
}

fn ownership(view: &View) -> Result<OwnershipResponse, ContractError> {
    let pending = PENDING_OWNER.may_load(view.deps.storage)?;
    Ok(OwnershipResponse {
        owner: view.config.owner.to_string(),
        expires_at: pending.as_ref().map(|pending| pending.expires_at),
        pending_owner: pending.map(|pending| pending.owner.into()),
    })
}

fn jobs(view: &View) -> Result<JobsResponse, ContractError> {
    let jobs = Job::ALL
        .into_iter()
        .map(|job| view.job_state(job))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(JobsResponse { jobs })
}
