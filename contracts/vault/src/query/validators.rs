//! Who holds how much, who may hold how much, and why not.

use defenders_allocation::{compute_caps, compute_targets};
use defenders_types::{ListingInfo, OwnMaximumLater, ValidatorInfo, ValidatorsResponse};

use crate::call::View;
use crate::error::ContractError;
use crate::state::not_bonded::load_not_bonded_since;
use crate::state::{Listing, LISTINGS};
use crate::validators::{Validator, Validators};

pub fn validators(
    view: &View,
    start_after: Option<&str>,
    limit: usize,
) -> Result<ValidatorsResponse, ContractError> {
    let known = view.validators()?;
    let total = view.valuation().tokens_to_allocate()?.u128();
    let base = view.valuation().tokens_to_allocate_in_time()?.u128();
    let policy = known.policy_in_force(&view.config.policy);
    let (inputs, total_bonded) = (known.for_allocation(), known.total_bonded());
    let groups = known.groups(&view.config.policy)?;
    let targets = compute_targets(total, base, total_bonded, &policy, &inputs, &groups)?;
    let caps = compute_caps(base, total_bonded, &policy, &inputs)?;

    let rows = known.members.iter().zip(targets.tokens).zip(caps);
    let page = rows
        .filter(|((member, _), _)| {
            start_after.map_or(true, |after| member.address.as_str() > after)
        })
        .take(limit);
    let validators = page
        .map(|((member, target), cap)| info(view, known, member, target, cap.tokens))
        .collect::<Result<Vec<_>, ContractError>>()?;
    Ok(ValidatorsResponse { validators })
}

fn info(
    view: &View,
    known: &Validators,
    member: &Validator,
    target: u128,
    cap: u128,
) -> Result<ValidatorInfo, ContractError> {
    let listing = LISTINGS.may_load(view.deps.storage, &member.address)?;
    let holding = &member.holding;
    let power = member.power.filter(|power| power.is_read);
    let later = |at: u64| (at > view.now()).then_some(at);
    Ok(ValidatorInfo {
        validator: member.address.clone(),
        delegated: holding.delegated,
        tokens: power.map(|power| power.tokens),
        external: power.map(|power| power.external),
        listed: holding.draining_since.is_none(),
        exclusion: member.exclusion,
        target: target.into(),
        cap: cap.into(),
        unbonding_entries: holding.unbonding_entries,
        retry_at: later(holding.retry_at),
        redelegation_locked_until: later(holding.redelegation_locked_until),
        not_bonded_since: load_not_bonded_since(view.deps.storage, holding.power_row)?,
        listing: listing.map(|listing| listing_info(view, known, member, listing)),
    })
}

fn listing_info(
    view: &View,
    known: &Validators,
    member: &Validator,
    listing: Listing,
) -> ListingInfo {
    let terms = &member.terms;
    let later = terms.own_max_later.as_ref();
    ListingInfo {
        name: listing.name,
        website: listing.website,
        contact: listing.contact,
        reason: listing.reason,
        listed_at: listing.listed_at,
        ends_at: terms.end.as_ref().map(|end| end.at),
        operator: known.group_name(terms.operator),
        hosting: known.group_name(terms.hosting),
        jurisdiction: known.group_name(terms.jurisdiction),
        max_tokens: terms.owner_max,
        own_max_tokens: terms.own_max_at(view.now()),
        own_max_later: later
            .filter(|later| later.at > view.now())
            .map(|later| OwnMaximumLater {
                tokens: later.tokens,
                at: later.at,
            }),
    }
}
