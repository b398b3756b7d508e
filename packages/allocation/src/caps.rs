//! How much each validator may hold, how much it should hold at least, and how much the vault can
//! place at all.

use crate::gather::Gather;
use std::iter;

use cosmwasm_std::Decimal;

use crate::{
    error::AllocationError,
    math::{multiply_ratio_floor, share_floor, ONE},
    policy::Policy,
    validator::{count_eligible, Validator},
};

/// What holds a cap or a target where it is. Of a validator's own caps the first of equal ones in
/// this order is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Binding {
    /// Nothing: it could take another unit, and other validators came first.
    None,
    /// Not eligible: the cap is 0.
    Ineligible,
    /// floor(alpha x W).
    VaultShare,
    /// floor(c x S) - e_i, not below 0.
    ChainShare,
    /// floor(gamma x e_i / (1 - gamma)).
    Match,
    /// The maximum that the list's owner set.
    OwnerMaximum,
    /// The maximum that the operator itself wants.
    OwnMaximum,
    /// floor(beta x self-bond).
    Bond,
    /// The cap of the group with this index is full.
    Group(usize),
}

/// The most that the vault may hold on one validator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cap {
    /// u_i, in tokens.
    pub tokens: u128,
    /// Which bound is the least; of equal ones the first in the order of [`Binding`]. Never
    /// [`Binding::None`], and no group: those bind targets (see [`crate::compute_bindings`]).
    pub binding: Binding,
}

/// The caps u_i of all validators, in their order. `base` is W, what is to be placed and what is on its
/// way back; `total_bonded` is S; both in tokens.
pub fn compute_caps(
    base: u128,
    total_bonded: u128,
    policy: &Policy,
    validators: &[Validator],
) -> Result<Vec<Cap>, AllocationError> {
    let bounds = Bounds::new(total_bonded, policy)?;
    let vault_share = share_floor(policy.vault_share_cap, base);
    let caps = validators.iter();
    Ok(caps
        .map(|validator| bounds.least_of(vault_share, validator))
        .gather())
}

/// These caps with the operators' own maxima left aside: what exceeds them exceeds a cap whatever the
/// operator wants.
pub(crate) fn compute_caps_without_own_max(
    caps: &[Cap],
    base: u128,
    total_bonded: u128,
    policy: &Policy,
    validators: &[Validator],
) -> Result<Vec<u128>, AllocationError> {
    let bounds = Bounds::new(total_bonded, policy)?;
    let vault_share = share_floor(policy.vault_share_cap, base);
    let caps = validators.iter().zip(caps).map(|(validator, cap)| {
        if cap.binding != Binding::OwnMaximum {
            return cap.tokens;
        }
        let others = bounds.of(validator).into_iter();
        others
            .filter(|(_, binding)| *binding != Binding::OwnMaximum)
            .filter_map(|(tokens, _)| tokens)
            .fold(vault_share, u128::min)
    });
    Ok(caps.gather())
}

/// Every own cap of one validator by its name, in the order of [`Binding`]; those that nobody set are
/// left out. They are told of one that is not eligible as well: what it could hold if it were.
pub fn compute_caps_by_name(
    base: u128,
    total_bonded: u128,
    policy: &Policy,
    validator: &Validator,
) -> Result<Vec<Cap>, AllocationError> {
    let bounds = Bounds::new(total_bonded, policy)?;
    let vault_share = Cap {
        tokens: share_floor(policy.vault_share_cap, base),
        binding: Binding::VaultShare,
    };
    let others = bounds
        .of(validator)
        .into_iter()
        .filter_map(|(tokens, binding)| {
            Some(Cap {
                tokens: tokens?,
                binding,
            })
        });
    Ok(iter::once(vault_share).chain(others).gather())
}

/// Sum over the eligible of the least cap that does not depend on W: chain share, match, the two
/// maxima and bond. `u128::MAX` when one of them has none of these or the sum is beyond 128 bits; 0 when
/// nobody is eligible, and 0 under a match cap that is not below 1, which [`compute_caps`] refuses.
pub fn compute_capacity(total_bonded: u128, policy: &Policy, validators: &[Validator]) -> u128 {
    let Ok(bounds) = Bounds::new(total_bonded, policy) else {
        return 0;
    };
    validators
        .iter()
        .filter(|validator| validator.is_eligible())
        .map(|validator| {
            let least = bounds
                .of(validator)
                .into_iter()
                .filter_map(|(tokens, _)| tokens)
                .min();
            least.unwrap_or(u128::MAX)
        })
        // Saturates: more headroom than there can be tokens is no limit.
        .fold(0, u128::saturating_add)
}

/// The floor before caps: floor(phi x W / eligible), in one rounding. 0 when nobody is eligible.
pub fn compute_floor(base: u128, policy: &Policy, validators: &[Validator]) -> u128 {
    let eligible = count_eligible(validators) as u128;
    if eligible == 0 {
        return 0;
    }
    // Saturates for more validators than 64 bits can count.
    let denominator = eligible.saturating_mul(ONE);
    multiply_ratio_floor(base, policy.floor.atomics().u128(), denominator)
}

impl Cap {
    fn lower_to(&mut self, tokens: u128, binding: Binding) {
        if tokens < self.tokens {
            *self = Self { tokens, binding };
        }
    }
}

/// The bounds that do not depend on W.
struct Bounds {
    /// floor(c x S).
    chain_share: Option<u128>,
    /// gamma and 1 - gamma, in units of 10^-18.
    match_ratio: Option<(u128, u128)>,
    /// beta.
    bond_factor: Option<Decimal>,
}

impl Bounds {
    fn new(total_bonded: u128, policy: &Policy) -> Result<Self, AllocationError> {
        let match_ratio = match policy.match_cap {
            None => None,
            Some(match_cap) => {
                let gamma = match_cap.atomics().u128();
                let others = ONE.checked_sub(gamma).filter(|others| *others > 0);
                let others = others.ok_or(AllocationError::MatchCapNotBelowOne { match_cap })?;
                Some((gamma, others))
            }
        };
        Ok(Self {
            chain_share: policy
                .chain_share_cap
                .map(|share| share_floor(share, total_bonded)),
            match_ratio,
            bond_factor: policy.bond_factor,
        })
    }

    /// All of them, in the order in which equal ones are named. Absent: not set, so unlimited.
    fn of(&self, validator: &Validator) -> [(Option<u128>, Binding); 5] {
        let limits = &validator.limits;
        [
            (self.chain_share_floor(validator), Binding::ChainShare),
            (self.match_floor(validator), Binding::Match),
            (limits.owner_max, Binding::OwnerMaximum),
            (limits.own_max, Binding::OwnMaximum),
            (self.bond_floor(validator), Binding::Bond),
        ]
    }

    /// The least of all, with the vault share.
    fn least_of(&self, vault_share: u128, validator: &Validator) -> Cap {
        if !validator.is_eligible() {
            return Cap {
                tokens: 0,
                binding: Binding::Ineligible,
            };
        }
        let mut cap = Cap {
            tokens: vault_share,
            binding: Binding::VaultShare,
        };
        for (tokens, binding) in self.of(validator) {
            cap.lower_to(tokens.unwrap_or(u128::MAX), binding);
        }
        cap
    }

    fn chain_share_floor(&self, validator: &Validator) -> Option<u128> {
        // Saturates: a validator above the cap without the vault gets nothing.
        self.chain_share
            .map(|share| share.saturating_sub(validator.external))
    }

    fn match_floor(&self, validator: &Validator) -> Option<u128> {
        self.match_ratio
            .map(|(gamma, others)| multiply_ratio_floor(validator.external, gamma, others))
    }

    fn bond_floor(&self, validator: &Validator) -> Option<u128> {
        let self_bond = validator.limits.self_bond.unwrap_or_default();
        self.bond_factor
            .map(|factor| share_floor(factor, self_bond))
    }
}
