//! Who holds how much, who may hold how much, and why not.

use defenders_allocation::{compute_caps, compute_targets, Groups};
use defenders_types::{ValidatorInfo, ValidatorsResponse};

use crate::error::ContractError;
use crate::jobs::View;
use crate::roster::Member;
use crate::state::LISTINGS;

pub fn validators(
    view: &View,
    start_after: Option<&str>,
    limit: usize,
) -> Result<ValidatorsResponse, ContractError> {
    let roster = view.roster()?;
    let total = view
        .book
        .tokens_to_place(view.now(), view.total_shares)?
        .u128();
    let policy = roster.policy_in_force(&view.config.policy);
    let seats = roster.seats();
    let targets = compute_targets(total, roster.total_bonded(), &policy, &seats, &Groups::NONE)?;
    let caps = compute_caps(total, roster.total_bonded(), &policy, &seats)?;

    let rows = roster.members.iter().zip(targets.tokens).zip(caps);
    let page = rows
        .filter(|((member, _), _)| {
            start_after.map_or(true, |after| member.validator.as_str() > after)
        })
        .take(limit);
    let validators = page
        .map(|((member, target), cap)| info(view, member, target, cap.tokens))
        .collect::<Result<Vec<_>, ContractError>>()?;
    Ok(ValidatorsResponse { validators })
}

fn info(
    view: &View,
    member: &Member,
    target: u128,
    cap: u128,
) -> Result<ValidatorInfo, ContractError> {
    let listing = LISTINGS.may_load(view.deps.storage, &member.validator)?;
    let holding = &member.holding;
    let power = member.power.filter(|power| power.is_read);
    let later = |at: u64| (at > view.now()).then_some(at);
    Ok(ValidatorInfo {
        validator: member.validator.clone(),
        delegated: holding.delegated,
        tokens: power.map(|power| power.tokens),
        external: power.map(|power| power.external),
        listed: holding.draining_since.is_none(),
        exclusion: member.exclusion,
        target: target.into(),
        cap: cap.into(),
        slots_used: holding.slots,
        refused_until: later(holding.refused_until),
        pinned_until: later(holding.pinned_until),
        note: listing.and_then(|listing| listing.note),
    })
}
