//! Groups: validators that share an operator, a hosting provider, a jurisdiction, and together may
//! hold no more than a share of the vault. A validator may be in any number of them.

use std::{collections::BTreeSet, iter};

use cosmwasm_std::Decimal;

use crate::{
    error::GroupError,
    math::share_floor,
    water::{Pool, TOKENS},
};

/// Validators that share a cap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Its name, different from every other group's.
    pub name: String,
    /// kappa: most that its members together get of the vault's stake, as in force
    /// (see [`crate::compute_group_cap_in_force`]).
    pub cap: Decimal,
    /// Indices of its members among the seats, each once, in any order.
    pub members: Vec<usize>,
}

impl Group {
    /// floor(kappa x T): the most tokens that its members may hold together.
    pub fn cap_floor(&self, total: u128) -> u128 {
        share_floor(self.cap, total)
    }

    /// What its members have of `tokens`, which stand in the order of the seats. Saturates: no
    /// group holds more than 128 bits can count.
    pub fn sum(&self, tokens: &[u128]) -> u128 {
        self.members
            .iter()
            .filter_map(|seat| tokens.get(*seat))
            .fold(0, |sum: u128, tokens| sum.saturating_add(*tokens))
    }
}

/// The groups of a list of seats, checked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Groups {
    list: Vec<Group>,
    /// What each seat's units are taken from, as indices of pools: the tokens first, then its
    /// groups, where group g has pool g + 1. Empty when there are no groups.
    draws: Vec<Vec<usize>>,
}

impl Groups {
    /// No groups, for any number of seats.
    pub const NONE: Self = Self {
        list: vec![],
        draws: vec![],
    };

    /// The groups of so many seats. Refuses two groups of one name, a member that is not among the
    /// seats, and one that is named twice.
    pub fn new(seats: usize, list: Vec<Group>) -> Result<Self, GroupError> {
        let mut draws = vec![TOKENS.to_vec(); seats];
        let mut names = BTreeSet::new();
        for (pool, group) in (1..).zip(&list) {
            let name = || group.name.clone();
            if !names.insert(&group.name) {
                return Err(GroupError::DuplicateGroup { group: name() });
            }
            for &seat in &group.members {
                let group = name();
                match draws.get_mut(seat) {
                    None => return Err(GroupError::UnknownMember { group, seat, seats }),
                    Some(known) if known.last() == Some(&pool) => {
                        return Err(GroupError::DuplicateMember { group, seat });
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

    /// For how many seats these groups are. Any number, when there are none.
    pub(crate) fn fit(&self, seats: usize) -> bool {
        self.list.is_empty() || self.draws.len() == seats
    }

    /// What the seat's units are taken from.
    pub(crate) fn draws_of(&self, seat: usize) -> &[usize] {
        self.draws.get(seat).map_or(TOKENS, Vec::as_slice)
    }

    /// The pools: `tokens` to place, and what each group has left under its cap at `total` (T)
    /// beside what its members have of `held`. A group above its cap has nothing left.
    pub(crate) fn pools(&self, tokens: u128, total: u128, held: &[u128]) -> Vec<Pool> {
        let rooms = self
            .list
            .iter()
            .map(|group| group.cap_floor(total).saturating_sub(group.sum(held)));
        iter::once(tokens).chain(rooms).map(Pool::new).collect()
    }
}
