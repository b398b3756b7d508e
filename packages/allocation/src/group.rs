//! Groups: validators that share an operator, a hosting provider, a jurisdiction, and together may
//! hold no more than a share of the vault. A validator may be in any number of them.

use crate::gather::Gather;
use cosmwasm_std::Decimal;

use crate::{error::GroupError, math::share_floor, order::insert_new};

/// What the units of a validator without groups are taken from: the tokens only.
pub(crate) const TOKENS: &[usize] = &[0];

/// Validators that share a cap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Its name, different from every other group's.
    pub name: String,
    /// kappa: most that its members together get of the vault's stake, as in force
    /// (see [`crate::compute_group_cap_in_force`]).
    pub cap: Decimal,
    /// Indices of its members among the validators, each once, in any order.
    pub members: Vec<usize>,
}

impl Group {
    /// floor(kappa x W): the most tokens that its members may hold together.
    pub fn cap_floor(&self, base: u128) -> u128 {
        share_floor(self.cap, base)
    }

    /// What its members have of `tokens`, which stand in the order of the validators. Saturates: no
    /// group holds more than 128 bits can count.
    pub fn sum(&self, tokens: &[u128]) -> u128 {
        self.members
            .iter()
            .filter_map(|member| tokens.get(*member))
            .fold(0, |sum: u128, tokens| sum.saturating_add(*tokens))
    }
}

/// The groups of a list of validators, checked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Groups {
    list: Vec<Group>,
    /// What each validator's units are taken from, as indices of pools: the tokens first, then its
    /// groups, where group g has pool g + 1. Empty when there are no groups.
    draws: Vec<Vec<usize>>,
}

impl Groups {
    /// No groups, for any number of validators.
    pub const NONE: Self = Self {
        list: vec![],
        draws: vec![],
    };

    /// The groups of so many validators. Refuses two groups of one name, a member that is not among
    /// the validators, and one that is named twice.
    pub fn new(validators: usize, list: Vec<Group>) -> Result<Self, GroupError> {
        let mut draws = vec![TOKENS.to_vec(); validators];
        let mut names = vec![];
        for (pool, group) in (1..).zip(&list) {
            let name = || group.name.clone();
            if !insert_new(&mut names, &group.name) {
                return Err(GroupError::DuplicateGroup { group: name() });
            }
            for &index in &group.members {
                let group = name();
                match draws.get_mut(index) {
                    None => {
                        return Err(GroupError::UnknownMember {
                            group,
                            index,
                            validators,
                        });
                    }
                    Some(known) if known.last() == Some(&pool) => {
                        return Err(GroupError::DuplicateMember { group, index });
                    }
                    Some(known) => known.push(pool),
                }
            }
        }
        Ok(Self { list, draws })
    }

    /// The groups, as given.
    pub fn list(&self) -> &[Group] {
        &self.list
    }

    /// Whether these are groups of so many validators. No groups fit any number.
    pub(crate) fn fit(&self, validators: usize) -> bool {
        self.list.is_empty() || self.draws.len() == validators
    }

    /// What the validator's units are taken from.
    pub(crate) fn draws_of(&self, validator: usize) -> &[usize] {
        self.draws.get(validator).map_or(TOKENS, Vec::as_slice)
    }

    /// What each group has left under its cap at `base` (W) beside what its members have of
    /// `delegated`. A group above its cap has nothing left.
    pub(crate) fn headroom(&self, base: u128, delegated: &[u128]) -> Vec<u128> {
        self.list
            .iter()
            .map(|group| group.cap_floor(base).saturating_sub(group.sum(delegated)))
            .gather()
    }
}
