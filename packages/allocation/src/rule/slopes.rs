//! What more would bring a validator: the answer to "what can I do to get more stake?".

use cosmwasm_std::Decimal;

use super::targets::compute_targets;
use crate::{
    error::AllocationError, group::Groups, math::add, policy::Policy, validator::Validator,
};

/// One hundredth (1 %) of a validator's level is tried, at least one unit.
const PROBE_DIVISOR: u128 = 100;

/// A validator's target as it is, and as it would be with so much more of something. Exact: the rule is
/// run both times. Larger changes need not go on at this rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slope {
    /// How much more was tried, in tokens.
    pub probe: u128,
    /// The target as it is, in tokens.
    pub before: u128,
    /// The target with the probe, in tokens.
    pub after: u128,
}

/// What more of each would do to one validator's target now, all else as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slopes {
    /// More stake of others on it. All bonded stake grows with it.
    pub external: Slope,
    /// More stake of its operator's own. It is external stake too.
    pub self_bond: Slope,
    /// A higher maximum of its operator's own. None: it has set none.
    pub own_max: Option<Slope>,
}

impl Slope {
    /// Tokens of target gained for each token more, rounded down at 18 decimal places; 0 where the target
    /// falls or stays.
    pub fn gain_per_unit_floor(&self) -> Decimal {
        ratio_floor(self.after.saturating_sub(self.before), self.probe)
    }

    /// Tokens of target lost for each token more, rounded down at 18 decimal places; 0 where the target
    /// rises or stays.
    pub fn loss_per_unit_floor(&self) -> Decimal {
        ratio_floor(self.before.saturating_sub(self.after), self.probe)
    }
}

/// The largest decimal where the quotient is beyond it.
fn ratio_floor(tokens: u128, probe: u128) -> Decimal {
    Decimal::checked_from_ratio(tokens, probe).unwrap_or(Decimal::MAX)
}

/// The slopes of the validator at `index`, by running the rule once for each of them with a probe of 1 % of
/// its level (external and target), at least one unit. The vault's tokens, T and W, stay as they are.
/// None: no validator has this index.
pub fn compute_slopes(
    total: u128,
    base: u128,
    total_bonded: u128,
    policy: &Policy,
    validators: &[Validator],
    groups: &Groups,
    index: usize,
) -> Result<Option<Slopes>, AllocationError> {
    let target_of = |total_bonded: u128, validators: &[Validator]| {
        let targets = compute_targets(total, base, total_bonded, policy, validators, groups)?;
        Ok::<_, AllocationError>(targets.tokens.get(index).copied().unwrap_or_default())
    };
    let Some(now) = validators.get(index) else {
        return Ok(None);
    };
    let before = target_of(total_bonded, validators)?;
    let probe = (add(now.external, before)? / PROBE_DIVISOR).max(1);
    let external = add(now.external, probe)?;
    let bonded = add(total_bonded, probe)?;

    let mut changed = validators.to_vec();
    let mut probe_with = |total_bonded: u128, validator: Validator| {
        if let Some(entry) = changed.get_mut(index) {
            *entry = validator;
        }
        let after = target_of(total_bonded, &changed)?;
        Ok::<_, AllocationError>(Slope {
            probe,
            before,
            after,
        })
    };
    let mut grown = now.clone();
    grown.external = external;
    let by_external = probe_with(bonded, grown.clone())?;
    grown.limits.self_bond = Some(add(now.limits.self_bond.unwrap_or_default(), probe)?);
    let by_self_bond = probe_with(bonded, grown)?;
    let by_own_max = match now.limits.own_max {
        None => None,
        Some(own_max) => {
            let mut wider = now.clone();
            wider.limits.own_max = Some(add(own_max, probe)?);
            Some(probe_with(total_bonded, wider)?)
        }
    };
    Ok(Some(Slopes {
        external: by_external,
        self_bond: by_self_bond,
        own_max: by_own_max,
    }))
}
