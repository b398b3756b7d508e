//! Which listings wait for the exit delay: new validators, a higher maximum, other groups.

use defenders_settings::{Subject, TakenOut};
use defenders_types::ListingInput;

use super::listing::{ensure_address_of_chain, ensure_end};
use crate::call::Call;
use crate::error::ContractError;
use crate::event;
use crate::governance::{forget, load_schedule, query_facts};
use crate::state::changes::{Content, CONTENTS, SCHEDULE};
use crate::state::terms::{AllTerms, Terms};
use crate::state::HOLDINGS;
use crate::validators::listing_input::{read_texts, GroupNames};

/// Lets wait what must, as one change, and gives the rest, which acts now. What acts now cancels what waited
/// for the same validators.
///
/// # Errors
/// [`ContractError::Setting`], and those of listing them: what cannot be listed does not wait either.
pub fn let_wait(
    call: &mut Call,
    inputs: Vec<ListingInput>,
) -> Result<Vec<ListingInput>, ContractError> {
    let facts = query_facts(&call.view())?;
    if !facts.has_depositors {
        return Ok(inputs);
    }
    let all_terms = AllTerms::load(call.deps.storage)?;
    let mut names = GroupNames::load(call.deps.storage, &all_terms)?;
    let (mut later, mut now) = (vec![], vec![]);
    for input in inputs {
        match must_wait(call, &all_terms, &mut names, &input)? {
            true => later.push(input),
            false => now.push(input),
        }
    }
    cancel(call, &addresses(&now))?;
    if later.is_empty() {
        return Ok(now);
    }

    let mut schedule = load_schedule(call.deps.storage)?;
    let id = schedule.next_id;
    let subject = Subject::Listings(addresses(&later));
    let taken_out = schedule.schedule(subject, facts.now, facts.exit_delay)?;
    SCHEDULE.save(call.deps.storage, &schedule);
    CONTENTS.save(call.deps.storage, id, &Content::Listings(later));
    let due_at = facts.now.saturating_add(facts.exit_delay);
    call.emit(event::change_scheduled(id, "listings", due_at));
    drop_changes(call, &taken_out);
    Ok(now)
}

/// Cancels what waits for these validators.
///
/// # Errors
/// When storage is damaged.
pub fn cancel(call: &mut Call, validators: &[String]) -> Result<(), ContractError> {
    let mut schedule = load_schedule(call.deps.storage)?;
    let cancelled = schedule.cancel_for_tightening(&Subject::Listings(validators.to_vec()));
    if !cancelled.is_empty() {
        SCHEDULE.save(call.deps.storage, &schedule);
        drop_changes(call, &cancelled);
    }
    Ok(())
}

fn drop_changes(call: &mut Call, taken_out: &[TakenOut]) {
    forget(call.deps.storage, taken_out);
    for dropped in taken_out {
        call.emit(event::change_dropped(dropped.id));
    }
}

fn addresses(inputs: &[ListingInput]) -> Vec<String> {
    inputs.iter().map(|input| input.validator.clone()).collect()
}

/// Who is not on the list is new; on it, more stake than before and other groups are not good for everyone.
fn must_wait(
    call: &Call,
    all_terms: &AllTerms,
    names: &mut GroupNames,
    input: &ListingInput,
) -> Result<bool, ContractError> {
    let now = call.now();
    read_texts(input, now)?;
    ensure_end(now, input.ends_at)?;
    let [operator, hosting, jurisdiction] = names.enter_all(input.groups.as_ref())?;
    let holding = HOLDINGS.may_load(call.deps.storage, &input.validator)?;
    let Some(holding) = holding else {
        ensure_address_of_chain(call, &input.validator)?;
        return Ok(true);
    };
    let before = all_terms.of(holding.power_row);
    let is_over = before.end.as_ref().is_some_and(|end| end.at <= now);
    let same_groups = Terms {
        operator,
        hosting,
        jurisdiction,
        ..before.clone()
    };
    Ok(holding.draining_since.is_some()
        || is_over
        || same_groups != before
        || is_raised(&before, input))
}

/// No maximum is more than any.
fn is_raised(before: &Terms, input: &ListingInput) -> bool {
    match (before.owner_max, input.max_tokens) {
        (None, _) => false,
        (Some(_), None) => true,
        (Some(before), Some(after)) => before < after,
    }
}
