//! Who holds how much, who may hold how much, and why not.

use defenders_allocation::Gather;
use defenders_allocation::Standing;
use defenders_types::{
    ListingInfo, OwnMaximumLater, ValidatorInfo, ValidatorStatus, ValidatorsResponse,
};

use super::rule::{compute_rule, name_cap, Rule};
use crate::call::View;
use crate::error::ContractError;
use crate::state::not_bonded::load_not_bonded_since;
use crate::state::{Listing, LISTINGS};
use crate::validators::{Validator, Validators};

pub fn validators(
    view: &View,
    start_after: Option<&str>,
    limit: usize,
) -> Result<ValidatorsResponse, Box<ContractError>> {
    let known = view.validators()?;
    let rule = compute_rule(view)?;
    let members = known.members.iter().enumerate();
    let page = members
        .filter(|(_, member)| start_after.map_or(true, |after| member.address.as_str() > after));
    let validators = page
        .take(limit)
        .map(|(index, member)| info(view, known, member, &rule, index))
        .gather_ok::<_, Box<ContractError>>()?;
    Ok(ValidatorsResponse { validators })
}

fn info(
    view: &View,
    known: &Validators,
    member: &Validator,
    rule: &Rule,
    index: usize,
) -> Result<ValidatorInfo, Box<ContractError>> {
    let listing = LISTINGS.may_load(view.deps.storage, &member.address)?;
    let holding = &member.holding;
    let target = rule.targets.tokens.get(index).copied();
    let power = member.power.filter(|power| power.is_read);
    let later = |at: u64| (at > view.now()).then_some(at);
    Ok(ValidatorInfo {
        validator: member.address.clone(),
        delegated: holding.delegated,
        tokens: power.map(|power| power.tokens),
        external: power.map(|power| power.external),
        listed: holding.draining_since.is_none(),
        exclusion: member.exclusion,
        status: match rule.inputs.get(index).map(|input| input.standing) {
            Some(Standing::Eligible) => ValidatorStatus::Eligible,
            Some(Standing::Leaving(_)) => ValidatorStatus::Leaving,
            Some(Standing::Waiting) | None => ValidatorStatus::Waiting,
        },
        target: target.unwrap_or_default().into(),
        cap: rule.caps.get(index).map_or(0, |cap| cap.tokens).into(),
        binding: rule.bindings.get(index).and_then(|it| name_cap(*it)),
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
