//! The unbonding ledger: which entries the vault expects, and which of them can be settled now.
//! x/staking tells a contract nothing about its unbonding entries.

use std::ops::{Bound, RangeBounds};

use cosmwasm_std::{Deps, Env, Storage, Timestamp, Uint128};
use defenders_accounting::{decide_settlement, Payment, Settlement};
use defenders_types::{LedgerPart, Purpose};

use crate::book::{seen_block, Book};
use crate::error::ContractError;
use crate::state::{Config, FixedGroup, LedgerRow, FIXED_GROUPS, LEDGER};

/// A row with its key.
#[derive(Clone, Debug)]
pub struct Entry {
    /// When it completes, nanoseconds.
    pub completion: u64,
    /// Operator address.
    pub validator: String,
    /// The row.
    pub row: LedgerRow,
}

/// What can be done about matured entries now.
#[derive(Clone, Debug)]
pub enum SettlePlan {
    /// No entry wants attention.
    Nothing,
    /// More entries than this call may touch.
    TooMany,
    /// The next recorded block will tell.
    Wait {
        /// Face value, tokens.
        tokens: Uint128,
        /// What is here, tokens.
        surplus: Uint128,
    },
    /// Only rows that were settled early and are surely paid by now.
    Cleanup(Vec<Entry>),
    /// A group that was fixed before is due.
    Fixed {
        /// Its key.
        until_completion: u64,
        /// The group.
        group: FixedGroup,
        /// Its next entries.
        entries: Vec<Entry>,
        /// Whether these are its last.
        is_last: bool,
    },
    /// A new group.
    Group {
        /// Its unsettled entries.
        entries: Vec<Entry>,
        /// Entries that were settled early and are surely paid by now.
        paid_before: Vec<Entry>,
        /// Entries before this completion time belong to earlier groups.
        after: u64,
        /// Face value, tokens.
        tokens: Uint128,
        /// What arrived for it, tokens.
        arrived: Uint128,
        /// More than 20 % is missing.
        is_hold: bool,
    },
}

impl LedgerRow {
    /// Face value: the chain's initial balance.
    ///
    /// # Errors
    /// When the sum is beyond 128 bits.
    pub fn tokens(&self) -> Result<Uint128, ContractError> {
        let mut sum = Uint128::zero();
        for part in &self.parts {
            sum = sum.checked_add(part.tokens)?;
        }
        Ok(sum)
    }

    /// Adds tokens for a purpose. Gives whether the purpose was there already.
    ///
    /// # Errors
    /// When the sum is beyond 128 bits.
    pub fn add(&mut self, purpose: Purpose, tokens: Uint128) -> Result<bool, ContractError> {
        if let Some(part) = self.parts.iter_mut().find(|part| part.purpose == purpose) {
            part.tokens = part.tokens.checked_add(tokens)?;
            return Ok(true);
        }
        self.parts.push(LedgerPart { purpose, tokens });
        Ok(false)
    }
}

/// What can be done now by a call that came with `funds` and may touch `max_entries`.
///
/// # Errors
/// When storage is damaged or the bank does not answer.
pub fn plan_settlement(
    deps: Deps,
    env: &Env,
    config: &Config,
    book: &Book,
    funds: Uint128,
    max_entries: usize,
    is_bounded: bool,
) -> Result<SettlePlan, ContractError> {
    let now = seen_block(&env.block);
    if book.next_settle_at.map_or(true, |at| at > now.time_nanos) {
        return Ok(SettlePlan::Nothing);
    }
    if let Some((until_completion, group)) = due_group(deps.storage, env.block.time)? {
        let mut entries = entries(
            deps.storage,
            group.after,
            until_completion,
            max_entries.saturating_add(1),
            |row| !row.is_settled,
        )?;
        let is_last = entries.len() <= max_entries;
        if is_bounded && !is_last {
            return Ok(SettlePlan::TooMany);
        }
        entries.truncate(max_entries);
        return Ok(SettlePlan::Fixed {
            until_completion,
            group,
            entries,
            is_last,
        });
    }

    let after = last_fixed(deps.storage)?;
    let most = if is_bounded {
        max_entries.saturating_add(1)
    } else {
        usize::MAX
    };
    let matured = entries(deps.storage, after, now.time_nanos, most, |_| true)?;
    if is_bounded && matured.len() > max_entries {
        return Ok(SettlePlan::TooMany);
    }
    let mut unsettled = vec![];
    let mut paid_before = vec![];
    let mut tokens = Uint128::zero();
    let mut any_unknown = false;
    for entry in matured {
        let payment = book.seen.payment(entry.completion, now);
        match (entry.row.is_settled, payment) {
            (true, Payment::Paid) => paid_before.push(entry),
            (false, Payment::Paid | Payment::Unknown) => {
                any_unknown |= payment == Payment::Unknown;
                tokens = tokens.checked_add(entry.row.tokens()?)?;
                unsettled.push(entry);
            }
            _ => {}
        }
    }
    paid_before.truncate(max_entries);
    if unsettled.is_empty() {
        return Ok(if paid_before.is_empty() {
            SettlePlan::Nothing
        } else {
            SettlePlan::Cleanup(paid_before)
        });
    }

    let balance = deps
        .querier
        .query_balance(&env.contract.address, &config.denom)?
        .amount;
    let surplus = book.money.surplus(balance.saturating_sub(funds))?;
    let settlement = decide_settlement(tokens, surplus, any_unknown)?;
    Ok(match settlement {
        Settlement::Wait => SettlePlan::Wait { tokens, surplus },
        Settlement::Full | Settlement::Short | Settlement::Hold => SettlePlan::Group {
            entries: unsettled,
            paid_before,
            after,
            tokens,
            arrived: surplus.min(tokens),
            is_hold: settlement == Settlement::Hold,
        },
    })
}

/// Whether some entry is past its completion time but not settled, so that coins in the vault's
/// balance may belong to it.
///
/// # Errors
/// When storage is damaged.
pub fn is_any_unsettled(
    storage: &dyn Storage,
    book: &Book,
    now: Timestamp,
) -> Result<bool, ContractError> {
    let is_matured = book.next_settle_at.is_some_and(|at| at <= now.nanos());
    Ok(is_matured || last_fixed(storage)? > 0)
}

/// When the ledger next wants attention, nanoseconds: a fixed group falls due or a further entry
/// completes.
///
/// # Errors
/// When storage is damaged.
pub fn next_settle_at(storage: &dyn Storage) -> Result<Option<u64>, ContractError> {
    let mut next: Option<u64> = None;
    let mut last = 0;
    for group in FIXED_GROUPS.range(storage, ..) {
        let (key, group) = group?;
        let at = Timestamp::from_seconds(group.until).nanos();
        next = Some(next.map_or(at, |next| next.min(at)));
        last = key;
    }
    let first = entries(storage, last, u64::MAX, 1, |_| true)?;
    Ok(first
        .first()
        .map(|entry| entry.completion)
        .into_iter()
        .chain(next)
        .min())
}

fn due_group(
    storage: &dyn Storage,
    now: Timestamp,
) -> Result<Option<(u64, FixedGroup)>, ContractError> {
    for group in FIXED_GROUPS.range(storage, ..) {
        let (key, group) = group?;
        if group.until <= now.seconds() {
            return Ok(Some((key, group)));
        }
    }
    Ok(None)
}

/// Entries up to this completion time belong to fixed groups; 0 when there are none.
fn last_fixed(storage: &dyn Storage) -> Result<u64, ContractError> {
    let last = FIXED_GROUPS.range(storage, ..).last().transpose()?;
    Ok(last.map_or(0, |(key, _)| key))
}

fn entries(
    storage: &dyn Storage,
    after: u64,
    until: u64,
    most: usize,
    keep: impl Fn(&LedgerRow) -> bool,
) -> Result<Vec<Entry>, ContractError> {
    let keys = (after.saturating_add(1), "")..(until.saturating_add(1), "");
    read(storage, keys, most, keep)
}

/// A page of the ledger after a key.
///
/// # Errors
/// When storage is damaged.
pub fn page(
    storage: &dyn Storage,
    start_after: Option<(u64, &str)>,
    limit: usize,
) -> Result<Vec<Entry>, ContractError> {
    let start = start_after.map_or(Bound::Unbounded, Bound::Excluded);
    read(storage, (start, Bound::Unbounded), limit, |_| true)
}

fn read<'a>(
    storage: &dyn Storage,
    keys: impl RangeBounds<(u64, &'a str)>,
    most: usize,
    keep: impl Fn(&LedgerRow) -> bool,
) -> Result<Vec<Entry>, ContractError> {
    let mut entries = vec![];
    for row in LEDGER.range(storage, keys) {
        let ((completion, validator), row) = row?;
        if entries.len() == most {
            break;
        }
        if keep(&row) {
            entries.push(Entry {
                completion,
                validator,
                row,
            });
        }
    }
    Ok(entries)
}
