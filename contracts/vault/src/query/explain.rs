//! Why a validator has the stake that it has.

use cosmwasm_std::{Decimal, Timestamp, Uint128};
use defenders_allocation::Gather;
use defenders_allocation::{
    self as allocation, compute_caps_by_name, compute_floor, compute_slopes, Binding, Groups,
    Slope, Slopes, ABSENCE_GRACE,
};
use defenders_types::{
    CapInfo, CapName, Exclusion, ExplainResponse, RedelegationInfo, SlopeInfo, SlopesInfo,
};

use super::rule::{compute_rule, name_cap};
use crate::call::View;
use crate::error::ContractError;
use crate::state::redelegations::load_live;
use crate::state::{recorded_block, FILL_LIST};
use crate::validators::{Validator, Validators};

pub fn explain(view: &View, validator: &str) -> Result<ExplainResponse, Box<ContractError>> {
    let validators = view.validators()?;
    let unknown = || ContractError::NotListed {
        validator: validator.to_owned(),
    };
    let index = validators.index_of(validator).ok_or_else(unknown)?;
    let member = validators.at(index)?;
    let now = view.now();
    let rule = compute_rule(view)?;
    let (base, bonded) = (rule.base, rule.total_bonded);
    let (policy, inputs, groups) = (&rule.policy, &rule.inputs, &rule.groups);
    let input = inputs.get(index).ok_or_else(unknown)?;
    let target = rule.targets.tokens.get(index).copied().unwrap_or_default();
    let binding = rule.bindings.get(index).copied().unwrap_or(Binding::None);
    let mut caps: Vec<CapInfo> = compute_caps_by_name(base, bonded, policy, input)?
        .into_iter()
        .filter_map(|cap| {
            let binds = cap.binding == binding;
            let (tokens, held) = (cap.tokens, input.delegated);
            name_cap(cap.binding).map(|name| cap_info(name, None, tokens, held, binds))
        })
        .gather();
    caps.extend(group_caps(groups, base, index, inputs, binding));
    let slopes = compute_slopes(rule.total, base, bonded, policy, inputs, groups, index)?;
    let power = member.power.filter(|power| power.is_read);
    let later = |at: u64| (at > now).then_some(at);
    Ok(ExplainResponse {
        validator: member.address.clone(),
        eligible: member.exclusion.is_none(),
        exclusion: member.exclusion,
        excluded_since: excluded_since(validators, member),
        cleared_by: member.exclusion.map(|reason| cleared_by(view, reason)),
        leaves_from: leaves_from(validators, member),
        delegated: member.holding.delegated,
        external: power.map(|power| power.external),
        level: member.external().saturating_add(input.delegated).into(),
        target: target.into(),
        target_level: member.external().saturating_add(target).into(),
        floor: compute_floor(base, policy, inputs).into(),
        caps,
        binding: name_cap(binding),
        room: query_room(view, member)?,
        redelegation_locked_until: later(member.holding.redelegation_locked_until),
        retry_at: later(member.holding.retry_at),
        unbonding_entries: member.holding.unbonding_entries,
        redelegations: query_redelegations(view, member)?,
        slopes: slopes
            .filter(|_| member.exclusion.is_none())
            .map(slopes_info),
    })
}

fn slopes_info(slopes: Slopes) -> SlopesInfo {
    let info = |slope: Slope| SlopeInfo {
        probe: slope.probe.into(),
        target: slope.after.into(),
        gain_per_token: slope.gain_per_unit_floor(),
        loss_per_token: slope.loss_per_unit_floor(),
    };
    SlopesInfo {
        own_stake: info(slopes.external),
        self_bond: info(slopes.self_bond),
        own_maximum: slopes.own_max.map(info),
    }
}

fn excluded_since(validators: &Validators, member: &Validator) -> Option<u64> {
    let exclusion = member.exclusion?;
    let snapshot = validators.summary.as_ref();
    Some(match exclusion {
        Exclusion::Draining => member.holding.draining_since?,
        Exclusion::Expired => member.terms.end.as_ref()?.at,
        // no snapshot has judged it
        _ if member.previous.is_none() => return None,
        // it stood otherwise after the last snapshot, and is judged now by the facts of that
        _ if member.eligibility.since == validators.now => snapshot?.refreshed_at,
        _ => member.eligibility.since,
    })
}

/// Jailed and out of the bonded set have a grace; what is only read waits while the reading is suspect.
fn leaves_from(validators: &Validators, member: &Validator) -> Option<u64> {
    let exclusion = member.exclusion?;
    let since = excluded_since(validators, member)?;
    if exclusion.is_absent() {
        return Some(since.saturating_add(ABSENCE_GRACE));
    }
    (exclusion.is_stated() || !validators.is_suspect).then_some(since)
}

fn cap_info(cap: CapName, group: Option<String>, tokens: u128, held: u128, binds: bool) -> CapInfo {
    CapInfo {
        cap,
        group,
        tokens: tokens.into(),
        held: held.into(),
        slack: tokens.saturating_sub(held).into(),
        binds,
    }
}

fn group_caps<'a>(
    groups: &'a Groups,
    base: u128,
    index: usize,
    inputs: &'a [allocation::Validator],
    binding: Binding,
) -> impl Iterator<Item = CapInfo> + 'a {
    let held: Vec<u128> = inputs.iter().map(|input| input.delegated).gather();
    let list = groups.list().iter().enumerate();
    list.filter(move |(_, group)| group.members.contains(&index))
        .map(move |(number, group)| {
            let binds = binding == Binding::Group(number);
            let name = Some(group.name.clone());
            let (tokens, held) = (group.cap_floor(base), group.sum(&held));
            cap_info(CapName::Group, name, tokens, held, binds)
        })
}

/// What of the fill list is left for it, tokens.
fn query_room(view: &View, member: &Validator) -> Result<Uint128, Box<ContractError>> {
    let Some(next) = view.book.deposits.next_slot else {
        return Ok(Uint128::zero());
    };
    let row = member.holding.power_row;
    let slots = FILL_LIST.may_load(view.deps.storage)?.unwrap_or_default();
    let place = slots.iter().position(|slot| slot.power_row == row);
    let place = place.and_then(|place| u32::try_from(place).ok());
    Ok(match place {
        Some(place) if place == next.position => next.tokens,
        Some(place) if place > next.position => slots
            .iter()
            .find(|slot| slot.power_row == row)
            .map_or(Uint128::zero(), |slot| slot.tokens),
        _ => Uint128::zero(),
    })
}

fn query_redelegations(
    view: &View,
    member: &Validator,
) -> Result<Vec<RedelegationInfo>, Box<ContractError>> {
    let completed_until = view.book.completed_until(&recorded_block(&view.env.block));
    let live = load_live(view.deps.storage, &member.address, completed_until)?;
    let infos = live.into_iter().map(|live| RedelegationInfo {
        source: live.source,
        completion_time: Timestamp::from_nanos(live.completion_nanos),
    });
    Ok(infos.gather())
}

/// What ends an exclusion, for a person.
fn cleared_by(view: &View, reason: Exclusion) -> String {
    let policy = &view.config.policy;
    match reason {
        Exclusion::NotListed | Exclusion::Draining => "the owner lists it (again)".to_owned(),
        Exclusion::Expired => "the owner renews its listing".to_owned(),
        Exclusion::Tombstoned => {
            "nothing: its key is banned for ever; a new validator can be listed".to_owned()
        }
        Exclusion::Jailed => "its operator unjails it, and a refresh shows it bonded".to_owned(),
        Exclusion::NotBonded => {
            "more stake, so that it is in the bonded set at a refresh".to_owned()
        }
        Exclusion::Unknown => "a refresh that can read it".to_owned(),
        Exclusion::CommissionCeiling => {
            let most = policy.max_commission_ceiling.unwrap_or(Decimal::one());
            format!("nothing: its greatest commission is fixed, and must be at most {most}")
        }
        Exclusion::Commission => {
            let most = policy.max_commission_rate;
            format!("a commission of at most {most}, and then the return period")
        }
        Exclusion::CommissionLately => {
            let days = policy.commission_return_period / defenders_types::DAY;
            format!("{days} days within the greatest commission")
        }
        Exclusion::TopThird => {
            "less stake: it is one of the fewest that hold a third of the chain's".to_owned()
        }
        Exclusion::NearTopThird => {
            "less stake: it was one of the fewest that hold a third, and is not clear of them yet"
                .to_owned()
        }
    }
}
