//! `MsgBeginRedelegate`, and the end of mature entries.

use cosmwasm_std::{Addr, Coin, Empty, Order, Storage, Timestamp};

use super::query::is_receiving_redelegation;
use super::unbond::{compute_shares_to_unbond, unbond};
use super::{Source, add_delegation, ensure_bond_denom, ensure_positive};
use crate::env::Env;
use crate::error::{ChainError, Outcome};
use crate::faults::{MessageKind, ensure_accepted};
use crate::store::{
    REDELEGATION_QUEUE, REDELEGATIONS, REDELEGATIONS_BY_DST, REDELEGATIONS_BY_SRC,
    RedelegationEntry, Status, VALIDATORS, load_params,
};

/// How long a redelegation answers for its source (`getBeginInfo`).
enum Completion {
    /// Until then, as of that height.
    Later {
        completion_time: Timestamp,
        creation_height: u64,
    },
    /// Not at all.
    Now,
}

/// `MsgBeginRedelegate`. Returns the completion time; none when it is complete at once.
pub(crate) fn redelegate(
    env: &mut Env<'_>,
    delegator: &Addr,
    src: &str,
    dst: &str,
    amount: &Coin,
) -> Outcome<Option<Timestamp>> {
    ensure_accepted(env.storage, src, MessageKind::Redelegate)?;
    ensure_accepted(env.storage, dst, MessageKind::Redelegate)?;
    ensure_positive(amount, "invalid shares amount")?;
    let shares = compute_shares_to_unbond(env.storage, delegator, src, amount.amount)?;
    let params = load_params(env.storage)?;
    ensure_bond_denom(amount, &params.bond_denom)?;

    if src == dst {
        return Err(ChainError::SelfRedelegation);
    }
    let dst_validator = VALIDATORS
        .may_load(env.storage, dst)?
        .ok_or(ChainError::BadRedelegationDst)?;
    let src_validator = VALIDATORS
        .may_load(env.storage, src)?
        .ok_or(ChainError::BadRedelegationSrc)?;
    if is_receiving_redelegation(env.storage, delegator, src) {
        return Err(ChainError::TransitiveRedelegation);
    }
    let entries = REDELEGATIONS
        .may_load(env.storage, (delegator, src, dst))?
        .unwrap_or_default();
    if entries.len() >= params.max_entries as usize {
        return Err(ChainError::MaxRedelegationEntries {
            max_entries: params.max_entries,
        });
    }

    let tokens = unbond(env, delegator, src, shares)?;
    if tokens.is_zero() {
        return Err(ChainError::TinyRedelegationAmount);
    }
    let source = if src_validator.is_bonded() {
        Source::BondedPool
    } else {
        Source::NotBondedPool
    };
    let shares_dst = add_delegation(env, delegator, tokens, source, dst_validator)?;

    match compute_completion(env, src)? {
        Completion::Now => Ok(None),
        Completion::Later {
            completion_time,
            creation_height,
        } => {
            let entry = RedelegationEntry {
                creation_height,
                completion_time,
                initial_balance: tokens,
                shares_dst,
            };
            add_entry(env, delegator, src, dst, entry)?;
            Ok(Some(completion_time))
        }
    }
}

/// By the status of the source after the unbonding.
fn compute_completion(env: &Env<'_>, src: &str) -> Outcome<Completion> {
    let params = load_params(env.storage)?;
    let Some(validator) = VALIDATORS.may_load(env.storage, src)? else {
        return if params.sdk_fix_26408 {
            Ok(Completion::Now)
        } else {
            Err(ChainError::NoValidatorFound {
                validator: src.to_string(),
            })
        };
    };
    Ok(match validator.status {
        Status::Bonded => Completion::Later {
            completion_time: env.block.time.plus_seconds(params.unbonding_time),
            creation_height: env.block.height,
        },
        Status::Unbonding => Completion::Later {
            completion_time: validator.unbonding_time,
            creation_height: validator.unbonding_height,
        },
        Status::Unbonded => Completion::Now,
    })
}

/// Redelegation entries never merge.
fn add_entry(
    env: &mut Env<'_>,
    delegator: &Addr,
    src: &str,
    dst: &str,
    entry: RedelegationEntry,
) -> Outcome<()> {
    let due_at = entry.completion_time.nanos();
    let mut entries = REDELEGATIONS
        .may_load(env.storage, (delegator, src, dst))?
        .unwrap_or_default();
    entries.push(entry);
    save_entries(env.storage, delegator, src, dst, &entries)?;
    let mut due = REDELEGATION_QUEUE
        .may_load(env.storage, due_at)?
        .unwrap_or_default();
    due.push((delegator.clone(), src.to_string(), dst.to_string()));
    Ok(REDELEGATION_QUEUE.save(env.storage, due_at, &due)?)
}

fn save_entries(
    storage: &mut dyn Storage,
    delegator: &Addr,
    src: &str,
    dst: &str,
    entries: &Vec<RedelegationEntry>,
) -> Outcome<()> {
    if entries.is_empty() {
        REDELEGATIONS.remove(storage, (delegator, src, dst));
        REDELEGATIONS_BY_SRC.remove(storage, (src, delegator, dst));
        REDELEGATIONS_BY_DST.remove(storage, (delegator, dst, src));
    } else {
        REDELEGATIONS.save(storage, (delegator, src, dst), entries)?;
        REDELEGATIONS_BY_SRC.save(storage, (src, delegator, dst), &Empty {})?;
        REDELEGATIONS_BY_DST.save(storage, (delegator, dst, src), &Empty {})?;
    }
    Ok(())
}

/// End block: forgets every entry that is due at the block's time.
pub(crate) fn complete_redelegations(env: &mut Env<'_>) -> Outcome<()> {
    let now = env.block.time;
    let due: Vec<_> = REDELEGATION_QUEUE
        .range(env.storage, None, None, Order::Ascending)
        .take_while(|item| item.as_ref().map_or(true, |(time, _)| *time <= now.nanos()))
        .collect::<Result<_, _>>()?;
    for (time, triplets) in due {
        REDELEGATION_QUEUE.remove(env.storage, time);
        for (delegator, src, dst) in triplets {
            let mut entries = REDELEGATIONS
                .may_load(env.storage, (&delegator, &src, &dst))?
                .unwrap_or_default();
            entries.retain(|entry| !entry.is_mature(now));
            save_entries(env.storage, &delegator, &src, &dst, &entries)?;
        }
    }
    Ok(())
}
