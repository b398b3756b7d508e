//! The attester tells the powers of all bonded validators, where the chain lets no contract read them.

use defenders_types::{PostedPower, PowerSource, HOUR};

use crate::call::Call;
use crate::chain::{bank, staking};
use crate::error::ContractError;
use crate::event;
use crate::state::attested::{Posting, ATTESTED, ATTESTED_PAST, POSTED_PAGES, POSTING};
use crate::state::{REFRESH, TIMETABLE};
use crate::validators::attested::{accept, Facts};

/// Most validators of a page.
const MOST_PER_PAGE: usize = 100;
/// Most pages of a table.
const MOST_PAGES: u32 = 20;
/// All pages of a table come within so many blocks.
const MOST_BLOCKS: u64 = 100;
/// Least time between two tables, seconds.
const TABLE_EVERY: u64 = 6 * HOUR;

/// Takes one page of a table. Page 1 begins a table, and drops the pages of one that was not finished. The
/// last page compares all of it with the chain: if they agree it counts from the next refresh on, which is
/// due at once; else the call is refused, and the table before goes on counting.
///
/// Reads: config, pages; with the last one the chain's order, the bonded pool, the vault's delegations, and
/// the table before. Writes: pages; with the last one the table, what the next is compared with, timetable.
/// Sends: nothing. Emits: `vault/powers_posted`.
///
/// # Errors
/// [`ContractError::NotAttester`], [`ContractError::NoAttesterNamed`], [`ContractError::NoAttester`],
/// [`ContractError::OutOfBounds`],
/// [`ContractError::PostedTooSoon`], [`ContractError::PostedPage`], [`ContractError::PostedTooLate`], those
/// of [`accept`].
pub fn post_powers(
    call: &mut Call,
    page: u32,
    of: u32,
    powers: Vec<PostedPower>,
) -> Result<(), Box<ContractError>> {
    ensure_attester(call)?;
    ensure_page(page, of, powers.len())?;
    let now = call.now();
    let last = ATTESTED.may_load(call.deps.storage)?;
    if let Some(last) = &last {
        let possible_at = last.posted_at.saturating_add(TABLE_EVERY);
        if now < possible_at {
            return Err(ContractError::PostedTooSoon {
                posted_at: last.posted_at,
                possible_at,
                now,
            }
            .into());
        }
    }
    let posting = continue_posting(call, page, of)?;
    let count = powers.len();
    let (mut is_complete, mut bounded) = (false, 0);
    if page == of {
        let mut all = vec![];
        for number in 1..of {
            all.extend(POSTED_PAGES.load(call.deps.storage, number)?);
            POSTED_PAGES.remove(call.deps.storage, number);
        }
        all.extend(powers);
        let querier = &call.deps.querier;
        let order = staking::query_bonded_validators(querier)?;
        let pool = &call.config.bonded_pool;
        let total_bonded = bank::query_balance(querier, pool, &call.config.denom)?;
        let vault = &call.env.contract.address;
        let delegations = staking::query_delegations(call.deps.as_ref(), vault)?;
        let facts = Facts {
            order: &order,
            total_bonded,
            delegations: &delegations,
        };
        let past = ATTESTED_PAST.may_load(call.deps.storage)?;
        let (last, past) = (last.unwrap_or_default(), past.unwrap_or_default());
        let accepted = accept(all, &facts, &last, &past, now)?;

        ATTESTED.save(call.deps.storage, &accepted.table);
        ATTESTED_PAST.save(call.deps.storage, &accepted.past);
        POSTING.remove(call.deps.storage);
        // one under way has read the table before
        REFRESH.remove(call.deps.storage);
        let mut timetable = TIMETABLE.load(call.deps.storage)?;
        timetable.refresh_at = timetable.refresh_at.min(now);
        TIMETABLE.save(call.deps.storage, &timetable);
        (is_complete, bounded) = (true, accepted.bounded);
    } else {
        POSTED_PAGES.save(call.deps.storage, page, &powers);
        POSTING.save(call.deps.storage, &posting);
    }
    call.emit(event::powers_posted(page, of, count, is_complete, bounded));
    Ok(())
}

fn ensure_attester(call: &Call) -> Result<(), Box<ContractError>> {
    let PowerSource::Attested { attester } = &call.config.power_source else {
        return Err(ContractError::NoAttester {
            power_source: call.config.power_source.name(),
        }
        .into());
    };
    let Some(attester) = attester else {
        return Err(ContractError::NoAttesterNamed.into());
    };
    if call.sender.as_str() == attester.as_str() {
        return Ok(());
    }
    Err(ContractError::NotAttester {
        attester: attester.clone(),
        sender: call.sender.to_string(),
    }
    .into())
}

fn ensure_page(page: u32, of: u32, count: usize) -> Result<(), Box<ContractError>> {
    let bounded = |name: &'static str, max: String, value: String| ContractError::OutOfBounds {
        name,
        min: "1".to_owned(),
        max,
        value,
    };
    if !(1..=MOST_PAGES).contains(&of) {
        return Err(bounded("of", MOST_PAGES.to_string(), of.to_string()).into());
    }
    if !(1..=of).contains(&page) {
        return Err(bounded("page", of.to_string(), page.to_string()).into());
    }
    if !(1..=MOST_PER_PAGE).contains(&count) {
        let most = MOST_PER_PAGE.to_string();
        return Err(bounded("powers", most, count.to_string()).into());
    }
    Ok(())
}

/// Pages come in their order.
fn continue_posting(call: &Call, page: u32, of: u32) -> Result<Posting, Box<ContractError>> {
    let height = call.env.block.height;
    if page == 1 {
        return Ok(Posting {
            begun_at_height: height,
            of,
            posted: 1,
        });
    }
    let under_way = POSTING.may_load(call.deps.storage)?;
    let expected = under_way
        .as_ref()
        .map(|p| (p.posted.saturating_add(1), p.of));
    let Some(mut posting) = under_way.filter(|_| expected == Some((page, of))) else {
        let (next, of_next) = expected.unwrap_or((1, of));
        return Err(ContractError::PostedPage {
            next,
            of_next,
            page,
            of,
        }
        .into());
    };
    if height > posting.begun_at_height.saturating_add(MOST_BLOCKS) {
        return Err(ContractError::PostedTooLate {
            begun_at: posting.begun_at_height,
            most: MOST_BLOCKS,
            height,
        }
        .into());
    }
    posting.posted = page;
    Ok(posting)
}
