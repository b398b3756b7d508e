//! Who holds how much, who may hold how much, and why not.

use defenders_allocation::{compute_caps, compute_targets, Groups};
use defenders_types::{ValidatorInfo, ValidatorsResponse};

use crate::call::View;
use crate::error::ContractError;
use crate::state::LISTINGS;
use crate::validators::Validator;

pub fn validators(
    view: &View,
    start_after: Option<&str>,
    limit: usize,
) -> Result<ValidatorsResponse, ContractError> {
    let known = view.validators()?;
    let total = view.valuation().tokens_to_allocate()?.u128();
    let policy = known.policy_in_force(&view.config.policy);
    let (inputs, total_bonded) = (known.for_allocation(), known.total_bonded());
    let targets = compute_targets(total, total_bonded, &policy, &inputs, &Groups::NONE)?;
    let caps = compute_caps(total, total_bonded, &policy, &inputs)?;

    let rows = known.members.iter().zip(targets.tokens).zip(caps);
    let page = rows
        .filter(|((member, _), _)| {
            start_after.map_or(true, |after| member.address.as_str() > after)
        })
        .take(limit);
    let validators = page
        .map(|((member, target), cap)| info(view, member, target, cap.tokens))
        .collect::<Result<Vec<_>, ContractError>>()?;
    Ok(ValidatorsResponse { validators })
}

fn info(
    view: &View,
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
        note: listing.and_then(|listing| listing.note),
    })
}
