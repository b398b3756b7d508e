//! The order of things between two blocks.

use cosmwasm_std::{Api, BlockInfo, CustomMsg, CustomQuery, Storage};
use cw_multi_test::CosmosRouter;

use crate::distribution;
use crate::env::{Env, RouterBank};
use crate::error::Outcome;
use crate::slashing::{handle_evidence, handle_votes};
use crate::staking::validator_set::{unbond_mature, update_set};
use crate::staking::{complete_redelegations, complete_unbondings};
use crate::store::{BLOCK_REWARDS, HALT, OPEN_BLOCK, OpenBlock};

/// Ends the block that was open, at its own height and time, and begins `block`.
///
/// cw-multi-test calls with the new block only. Were the queues settled at its time,
/// everything would be paid one block early.
pub(crate) fn turn_block<ExecC, QueryC>(
    api: &dyn Api,
    storage: &mut dyn Storage,
    router: &dyn CosmosRouter<ExecC = ExecC, QueryC = QueryC>,
    block: &BlockInfo,
) where
    ExecC: CustomMsg,
    QueryC: CustomQuery,
{
    if let Err(error) = try_turn_block(api, storage, router, block) {
        let reason = format!("block {}: {error:?}", block.height);
        if !HALT.exists(storage) {
            // a string is always serializable
            let _ = HALT.save(storage, &reason);
        }
    }
}

fn try_turn_block<ExecC, QueryC>(
    api: &dyn Api,
    storage: &mut dyn Storage,
    router: &dyn CosmosRouter<ExecC = ExecC, QueryC = QueryC>,
    block: &BlockInfo,
) -> Outcome<()>
where
    ExecC: CustomMsg,
    QueryC: CustomQuery,
{
    let next = OpenBlock {
        height: block.height,
        time: block.time,
        is_ended: false,
    };
    let open = OPEN_BLOCK
        .may_load(storage)?
        .unwrap_or_else(|| next.clone());
    if (open.height, open.time) == (next.height, next.time) {
        return Ok(());
    }
    let ending = BlockInfo {
        height: open.height,
        time: open.time,
        ..block.clone()
    };
    let bank = RouterBank { api, router, block };
    OPEN_BLOCK.save(storage, &next)?;
    if !open.is_ended {
        end_block(&mut Env::new(api, storage, &bank, &ending)?)?;
    }
    begin_block(&mut Env::new(api, storage, &bank, block)?)
}

/// Ends the open block now, once; the next block then only begins.
pub(crate) fn end_open_block(env: &mut Env<'_>) -> Outcome<()> {
    let Some(mut open) = OPEN_BLOCK.may_load(env.storage)? else {
        return Ok(());
    };
    if open.is_ended {
        return Ok(());
    }
    open.is_ended = true;
    OPEN_BLOCK.save(env.storage, &open)?;
    end_block(env)
}

/// x/staking's end block.
fn end_block(env: &mut Env<'_>) -> Outcome<()> {
    update_set(env)?;
    unbond_mature(env)?;
    complete_unbondings(env)?;
    complete_redelegations(env)
}

/// x/distribution's begin block, then x/slashing's, then x/evidence's.
fn begin_block(env: &mut Env<'_>) -> Outcome<()> {
    let rewards = BLOCK_REWARDS.may_load(env.storage)?.unwrap_or_default();
    if !rewards.is_empty() {
        distribution::allocate(env, &rewards)?;
    }
    handle_votes(env)?;
    handle_evidence(env)
}
