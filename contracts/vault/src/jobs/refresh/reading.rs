//! What one call of a refresh reads: down the chain's order first, then the listed validators.

use cosmwasm_std::Uint128;
use defenders_allocation::TOP_THIRD_MARGIN_PERCENT;
use defenders_types::PowerSource;

use crate::call::Call;
use crate::chain::{staking, ReadError};
use crate::error::ContractError;
use crate::state::{
    Power, RefreshProgress, TopPower, HOLDINGS, NOT_BONDED_SINCE, POWERS_PER_PAGE, POWER_ROWS_EVER,
    VALIDATOR_BY_POWER_ROW, WATCHES,
};
use crate::store::Bound;
use crate::validators::marks::Sight;
use crate::validators::power_reader::PowerReader;

/// Most validators that are asked for to find out whether the power source answers at all.
const MAX_PROBES: usize = 5;

/// What one call has read.
#[derive(Default)]
pub struct Reading {
    /// Whole pages of powers, by number.
    pub pages: Vec<(u16, Vec<Power>)>,
    /// Tokens per share where entries are on their way.
    pub sights: Vec<Sight>,
    /// They lack a validator from which marked stake comes back.
    pub is_mark_missing: bool,
    /// Validators asked for.
    pub read: usize,
    /// Of these, how many could not be read.
    pub failed: usize,
    /// Why the last of them could not.
    pub last_error: Option<ReadError>,
    /// The chain has answered something.
    pub is_answered: bool,
}

/// Reads down the chain's order until those surely above everything unread hold a third of all
/// stake without the vault's own. One that cannot be read counts for nothing, so that rather more
/// are read than fewer. Without powers: those of the vault's validators that stand too high.
///
/// # Errors
/// When storage is damaged.
pub fn read_top(
    call: &Call,
    reader: &PowerReader,
    order: &[String],
    progress: &mut RefreshProgress,
    reading: &mut Reading,
    budget: usize,
) -> Result<(), Box<ContractError>> {
    if progress.is_top_covered {
        return Ok(());
    }
    if let PowerSource::Rank { least_rank } = call.config.power_source {
        progress.top = known_above(call, order, least_rank)?;
        progress.is_top_covered = true;
        return Ok(());
    }
    let posted = reader.posted_order();
    for validator in posted.as_deref().unwrap_or(order) {
        if progress.top.iter().any(|top| top.validator == *validator) {
            continue;
        }
        if is_third_covered(progress)? {
            break;
        }
        if reading.read == budget {
            return Ok(());
        }
        reading.read = reading.read.saturating_add(1);
        let holding = HOLDINGS.may_load(call.deps.storage, validator)?;
        let delegated = holding.unwrap_or_default().delegated;
        let (tokens, external) = match reader.read_stake(validator, delegated) {
            Ok(stake) => {
                reading.is_answered = true;
                stake
            }
            Err(error) => {
                reading.failed = reading.failed.saturating_add(1);
                reading.last_error = Some(error);
                let above = progress.top.last().map(|top| top.tokens);
                (above.unwrap_or(progress.total_bonded), Uint128::zero())
            }
        };
        progress.top.push(TopPower {
            validator: validator.clone(),
            tokens,
            external,
        });
    }
    progress.is_top_covered = true;
    Ok(())
}

/// Those of the first `least_rank` - 1 in the chain's order that the vault knows.
fn known_above(
    call: &Call,
    order: &[String],
    least_rank: u32,
) -> Result<Vec<TopPower>, Box<ContractError>> {
    let above = usize::try_from(least_rank)
        .unwrap_or(usize::MAX)
        .saturating_sub(1);
    let mut known = vec![];
    for validator in order.iter().take(above) {
        if HOLDINGS.has(call.deps.storage, validator) {
            known.push(TopPower {
                validator: validator.clone(),
                tokens: Uint128::zero(),
                external: Uint128::zero(),
            });
        }
    }
    Ok(known)
}

/// Whether the power source answers about anybody: asked when it has answered about nobody of this call.
/// The most powerful validators are asked for, a few, in case some of them are unreadable themselves.
///
/// # Errors
/// When the chain does not tell its order.
pub fn query_is_source_answering(call: &Call, reader: &PowerReader) -> Result<bool, ReadError> {
    let order = staking::query_bonded_validators(&call.deps.querier)?;
    let mut probes = order.iter().take(MAX_PROBES);
    Ok(probes.any(|validator| reader.read_stake(validator, Uint128::zero()).is_ok()))
}

/// Whatever is unread has at most the last one's tokens; those that tie with it may too, so they do
/// not count yet. Measured against all bonded stake, so rather a validator too many is read than
/// one too few.
fn is_third_covered(progress: &RefreshProgress) -> Result<bool, Box<ContractError>> {
    let Some(last) = progress.top.last() else {
        return Ok(false);
    };
    let mut sum = Uint128::zero();
    for top in &progress.top {
        if top.external > last.tokens {
            sum = sum.checked_add(top.external)?;
        }
    }
    // who is clear of the top third is clear of a third and a point more
    let needed = TOP_THIRD_MARGIN_PERCENT
        .saturating_mul(3)
        .saturating_add(100);
    Ok(sum.full_mul(300u128) >= progress.total_bonded.full_mul(needed))
}

/// Reads whole pages of listed validators while the budget lasts, one at least when the top
/// took nothing. Gives whether that was the last.
///
/// # Errors
/// When storage is damaged.
pub fn read_pages(
    call: &Call,
    reader: &PowerReader,
    progress: &mut RefreshProgress,
    reading: &mut Reading,
    budget: usize,
) -> Result<bool, Box<ContractError>> {
    let count = POWER_ROWS_EVER.load(call.deps.storage)?;
    let mut left = budget.saturating_sub(reading.read);
    while u32::from(progress.next_page).saturating_mul(u32::from(POWERS_PER_PAGE)) < count {
        let page_size = usize::from(POWERS_PER_PAGE);
        if left < page_size {
            return Ok(false);
        }
        left = left.saturating_sub(page_size);
        let page = read_page(call, reader, progress.next_page, reading)?;
        reading.pages.push((progress.next_page, page));
        progress.next_page = progress.next_page.saturating_add(1);
    }
    Ok(true)
}

/// Reads the validators of one page. Those that cannot be read are not eligible.
fn read_page(
    call: &Call,
    reader: &PowerReader,
    page: u16,
    reading: &mut Reading,
) -> Result<Vec<Power>, Box<ContractError>> {
    let first = page.saturating_mul(POWERS_PER_PAGE);
    let end = first.saturating_add(POWERS_PER_PAGE);
    let mut powers = vec![Power::default(); usize::from(POWERS_PER_PAGE)];
    let not_bonded = NOT_BONDED_SINCE.may_load(call.deps.storage, page)?;
    let not_bonded = not_bonded.unwrap_or_default();
    let rows = VALIDATOR_BY_POWER_ROW.range(
        call.deps.storage,
        Some(Bound::inclusive(first)),
        Some(Bound::exclusive(end)),
    );
    for row in rows {
        let (power_row, validator) = row?;
        let row = usize::from(power_row.saturating_sub(first));
        let Some(power) = powers.get_mut(row) else {
            break;
        };
        let holding = HOLDINGS.load(call.deps.storage, &validator)?;
        if holding.is_gone() {
            continue;
        }
        reading.read = reading.read.saturating_add(1);
        let is_bonded = not_bonded.get(row).map_or(true, |since| *since == 0);
        let mut tokens_per_share = None;
        match reader.read(&validator, holding.delegated, is_bonded) {
            Ok(read) => {
                reading.is_answered = true;
                *power = read.power;
                tokens_per_share = read.tokens_per_share;
            }
            Err(error) => {
                reading.failed = reading.failed.saturating_add(1);
                reading.last_error = Some(error);
            }
        }
        if holding.unbonding_entries == 0 {
            continue;
        }
        match tokens_per_share {
            Some(tokens_per_share) => reading.sights.push(Sight {
                validator,
                tokens_per_share,
            }),
            None => {
                let watched = WATCHES.may_load(call.deps.storage, &validator)?;
                reading.is_mark_missing |= watched.is_some_and(|it| it.restaking_rows > 0);
            }
        }
    }
    Ok(powers)
}
