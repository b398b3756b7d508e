//! Which listings wait for the exit delay: new validators, a higher maximum, other groups.

use defenders_allocation::Gather;
use defenders_settings::{Facts, Schedule, Subject, TakenOut};
use defenders_types::ListingInput;

use super::listing::{ensure_address_of_chain, ensure_end, put_on_list};
use crate::call::Call;
use crate::error::ContractError;
use crate::event;
use crate::governance::{forget, load_schedule, query_facts};
use crate::state::changes::{Content, CONTENTS, SCHEDULE};
use crate::state::terms::{AllTerms, Terms};
use crate::state::HOLDINGS;
use crate::validators::listing_input::{read_texts, GroupNames};
use crate::validators::registry::MAX_VALIDATORS;

/// Lets wait what must, as one change, and gives the rest, which acts now. What acts now cancels what waited
/// for the same validators.
///
/// # Errors
/// [`ContractError::Setting`], [`ContractError::TooManyWait`], [`ContractError::EndsWhileItWaits`], and those
/// of listing them: what cannot be listed does not wait either. A full list and too many names of groups are
/// judged when it is applied: there may be room by then.
pub fn let_wait(
    call: &mut Call,
    inputs: Vec<ListingInput>,
) -> Result<Vec<ListingInput>, Box<ContractError>> {
    let facts = query_facts(&call.view())?;
    if !facts.has_depositors {
        return Ok(inputs);
    }
    let all_terms = AllTerms::load(call.deps.storage)?;
    let names = GroupNames::load(call.deps.storage, &all_terms)?;
    let (mut later, mut now) = (vec![], vec![]);
    for input in inputs {
        match must_wait(call, &all_terms, &names, &input)? {
            true => {
                ensure_lasts(&input, &facts)?;
                later.push(input);
            }
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
    ensure_few_wait(&schedule)?;
    SCHEDULE.save(call.deps.storage, &schedule);
    CONTENTS.save(call.deps.storage, id, &Content::Listings(later));
    let due_at = facts.now.saturating_add(facts.exit_delay);
    call.emit(event::change_scheduled(id, "listings", due_at));
    drop_changes(call, &taken_out);
    Ok(now)
}

/// Lists what has waited. Who is not on the chain any more, or whose listing would be over, keeps nobody
/// else out.
///
/// # Errors
/// Those of [`put_on_list`]; then the change waits on, until it is applied, cancelled or expired.
pub fn list_what_waited(
    call: &mut Call,
    mut inputs: Vec<ListingInput>,
) -> Result<(), Box<ContractError>> {
    let (now, mut why) = (call.now(), None);
    inputs.retain(|input| {
        let is_possible = ensure_address_of_chain(call, &input.validator)
            .and_then(|()| ensure_end(now, input.ends_at));
        is_possible.map_err(|error| why = Some(error)).is_ok()
    });
    match why {
        Some(error) if inputs.is_empty() => Err(error),
        _ => put_on_list(call, inputs),
    }
}

/// Cancels what waits for these validators; gives those that something waited for.
///
/// # Errors
/// When storage is damaged.
pub fn cancel(call: &mut Call, validators: &[String]) -> Result<Vec<String>, Box<ContractError>> {
    let mut schedule = load_schedule(call.deps.storage)?;
    let waited = waiting(&schedule).filter(|it| validators.contains(it));
    let waited = waited.cloned().gather();
    let cancelled = schedule.cancel_for_tightening(&Subject::Listings(validators.to_vec()));
    if !cancelled.is_empty() {
        SCHEDULE.save(call.deps.storage, &schedule);
        drop_changes(call, &cancelled);
    }
    Ok(waited)
}

/// Whose listings wait.
fn waiting(schedule: &Schedule) -> impl Iterator<Item = &String> {
    let lists = schedule.pending.iter().filter_map(|it| match &it.subject {
        Subject::Listings(validators) => Some(validators),
        _ => None,
    });
    lists.flatten()
}

/// More could not be applied, and would hide in a long answer what else waits.
fn ensure_few_wait(schedule: &Schedule) -> Result<(), Box<ContractError>> {
    let got = waiting(schedule).count();
    match got <= MAX_VALIDATORS {
        true => Ok(()),
        false => Err(ContractError::TooManyWait {
            most: MAX_VALIDATORS,
            got,
        }
        .into()),
    }
}

/// What is over before it may be applied would wait for nothing.
fn ensure_lasts(input: &ListingInput, facts: &Facts) -> Result<(), Box<ContractError>> {
    let due_at = facts.now.saturating_add(facts.exit_delay);
    match input.ends_at {
        Some(ends_at) if ends_at <= due_at => Err(ContractError::EndsWhileItWaits {
            validator: input.validator.clone(),
            due_at,
            ends_at,
        }
        .into()),
        _ => Ok(()),
    }
}

fn drop_changes(call: &mut Call, taken_out: &[TakenOut]) {
    forget(call.deps.storage, taken_out);
    for dropped in taken_out {
        call.emit(event::change_dropped(dropped.id));
    }
}

fn addresses(inputs: &[ListingInput]) -> Vec<String> {
    inputs.iter().map(|input| input.validator.clone()).gather()
}

/// Who is not on the list is new; on it, more stake than before and other groups are not good for everyone.
fn must_wait(
    call: &Call,
    all_terms: &AllTerms,
    names: &GroupNames,
    input: &ListingInput,
) -> Result<bool, Box<ContractError>> {
    let now = call.now();
    read_texts(input, now)?;
    ensure_end(now, input.ends_at)?;
    let groups = names.numbers(input.groups.as_ref())?;
    let holding = HOLDINGS.may_load(call.deps.storage, &input.validator)?;
    let Some(holding) = holding else {
        ensure_address_of_chain(call, &input.validator)?;
        return Ok(true);
    };
    let before = all_terms.of(holding.power_row);
    let is_over = before.end.as_ref().is_some_and(|end| end.at <= now);
    let groups_before = [before.operator, before.hosting, before.jurisdiction];
    Ok(holding.draining_since.is_some()
        || is_over
        || groups != Some(groups_before)
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
