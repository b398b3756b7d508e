//! How givers and takers find their balance: from the top and from the bottom, as far as both go.

use crate::gather::Gather;
use std::cmp::Reverse;

use super::{
    budgets::Budgets,
    draft::{GroupDraft, ValidatorDraft},
    plan_draft::PlanDraft,
    shares::{sum, Take},
};
use crate::{
    error::AllocationError,
    group::TOKENS,
    order::sort_by_key,
    rule::water::{raise_lowest, Column, Pool},
};

/// Attempts of givers and takers to agree; without groups two suffice. After these, groups that make
/// headroom for each other in ever smaller steps are given up: the headroom they have now must do,
/// and then two more suffice.
pub(super) const MAX_ATTEMPTS: usize = 64;

/// Who may give, and how much at most.
#[derive(Clone, Copy)]
pub(super) struct Giver {
    pub index: usize,
    pub most: u128,
}

/// What the vault has where after the passes so far. Validators are named by their indices among
/// the drafts.
#[derive(Clone)]
pub(super) struct PassDraft<'a> {
    pub plan: &'a PlanDraft<'a>,
    /// Nobody else gives, and who has no redelegation entry left from there takes nothing.
    pub only: Option<usize>,
    /// By draft.
    pub delegated: Vec<u128>,
    pub budgets: Budgets,
}

impl<'a> PassDraft<'a> {
    pub(super) fn new(plan: &'a PlanDraft<'a>, only: Option<usize>) -> Self {
        let drafts = plan.validators.iter();
        Self {
            plan,
            only,
            delegated: drafts.map(|draft| draft.delegated).gather(),
            budgets: plan.budgets,
        }
    }

    /// All validators with their indices and what the vault has on them.
    pub(super) fn validators(
        &self,
    ) -> impl Iterator<Item = (usize, &'a ValidatorDraft<'a>, u128)> + '_ {
        let drafts = self.plan.validators.iter().zip(&self.delegated).enumerate();
        drafts.map(|(index, (draft, delegated))| (index, draft, *delegated))
    }

    pub(super) fn givers(
        &self,
    ) -> impl Iterator<Item = (usize, &'a ValidatorDraft<'a>, u128)> + '_ {
        self.validators()
            .filter(|(index, _, _)| self.only.map_or(true, |only| only == *index))
    }

    pub(super) fn takers(&self, is_wanted: impl Fn(u128) -> bool) -> Vec<usize> {
        let is_closed = |index| {
            self.only
                .is_some_and(|only| self.plan.redelegation_entries_full(only, index))
        };
        self.validators()
            .filter(|(index, draft, delegated)| {
                is_wanted(draft.deficit(*delegated)) && !is_closed(*index)
            })
            .map(|(index, _, _)| index)
            .gather()
    }

    fn with(&self, index: usize, of: impl Fn(&ValidatorDraft<'_>, u128) -> u128) -> u128 {
        let draft = self.plan.validators.get(index);
        let pair = draft.zip(self.delegated.get(index));
        pair.map_or(0, |(draft, delegated)| of(draft, *delegated))
    }

    fn level(&self, index: usize) -> u128 {
        self.with(index, |draft, delegated| draft.level(delegated))
    }

    pub(super) fn lower(&mut self, index: usize, tokens: u128) {
        if let Some(delegated) = self.delegated.get_mut(index) {
            *delegated = delegated.saturating_sub(tokens);
        }
    }

    pub(super) fn raise(&mut self, index: usize, tokens: u128) {
        if let Some(delegated) = self.delegated.get_mut(index) {
            *delegated = delegated.saturating_add(tokens);
        }
    }

    /// Books what the takers take.
    pub(super) fn take(&mut self, takers: &[usize], parts: Vec<u128>) -> Vec<Take> {
        let mut takes = vec![];
        for (index, tokens) in takers.iter().copied().zip(parts) {
            self.raise(index, tokens);
            if tokens > 0 {
                takes.push(Take { index, tokens });
            }
        }
        takes
    }

    /// The most that givers can give and takers take within the budget and the groups: what the
    /// givers give leaves headroom in their groups, so both are found together, from above.
    pub(super) fn balance(
        &self,
        givers: &[Giver],
        takers: &[usize],
        budget: u128,
        only_if_evener: bool,
    ) -> Result<(Vec<u128>, Vec<u128>), AllocationError> {
        let mut tokens = budget;
        for attempt in 0..MAX_ATTEMPTS + 4 {
            let given = self.lower_highest(givers, tokens)?;
            let mut after = self.delegated.clone();
            if attempt < MAX_ATTEMPTS {
                for (giver, part) in givers.iter().zip(&given) {
                    if let Some(delegated) = after.get_mut(giver.index) {
                        *delegated = delegated.saturating_sub(*part);
                    }
                }
            }
            let offered = sum(given.iter().copied());
            let (taken, unwanted) = self.raise_lowest(takers, offered, &after)?;
            let mut agreed = offered.saturating_sub(unwanted);
            if only_if_evener {
                agreed = agreed.min(self.evening(givers, &given, takers, &taken));
            }
            if agreed == tokens {
                return Ok((given, taken));
            }
            tokens = agreed;
        }
        Ok((vec![0; givers.len()], vec![0; takers.len()]))
    }

    /// Takers without half of those whose part is smaller than the minimum move: the highest first,
    /// of equal ones those without a redelegation into them. What they would have had goes to the
    /// others: otherwise a budget that is spread too thin would move nothing. The lowest remains to
    /// the end, because nobody can take more.
    pub(super) fn without_small_takers(&self, takers: &[usize], parts: &[u128]) -> Vec<usize> {
        self.without_small(takers, parts, |index| {
            let index = *index;
            let draft = self.plan.validators.get(index);
            let has_redelegation_in = draft.is_some_and(|draft| draft.has_redelegation_in);
            (
                Reverse(self.level(index)),
                has_redelegation_in,
                Reverse(index),
            )
        })
    }

    /// The same for givers, of whom the highest remains to the end.
    pub(super) fn without_small_givers(&self, givers: &[Giver], parts: &[u128]) -> Vec<Giver> {
        self.without_small(givers, parts, |giver| {
            (self.level(giver.index), Reverse(giver.index))
        })
    }

    fn without_small<T: Copy, K: Ord>(
        &self,
        indices: &[T],
        parts: &[u128],
        order: impl Fn(&T) -> K,
    ) -> Vec<T> {
        let is_small = |part: u128| part > 0 && part < self.plan.limits.min_move;
        let pairs = indices.iter().zip(parts).enumerate();
        let small = pairs.filter(|(_, (_, part))| is_small(**part));
        let mut dropped: Vec<_> = small.map(|(place, (index, _))| (place, *index)).gather();
        if dropped.is_empty() {
            return indices.to_vec();
        }
        sort_by_key(&mut dropped, |(_, index)| order(index));
        dropped.truncate(dropped.len().div_ceil(2));
        let is_kept = |place: usize| dropped.iter().all(|(dropped, _)| *dropped != place);
        let kept = indices.iter().enumerate();
        kept.filter(|(place, _)| is_kept(*place))
            .map(|(_, index)| *index)
            .gather()
    }

    /// How many of the units make the chain more even: those that end, on their new validator, no
    /// higher than on the old one one unit less remains. For a level L, these are at least the
    /// units above L that are given, and those below L that are taken, whichever are fewer.
    fn evening(&self, givers: &[Giver], given: &[u128], takers: &[usize], taken: &[u128]) -> u128 {
        let above = |level: u128| {
            sum(givers.iter().zip(given).map(|(giver, part)| {
                let top = self.level(giver.index);
                top.saturating_sub(level).min(*part)
            }))
        };
        let below = |level: u128| {
            sum(takers.iter().zip(taken).map(|(index, part)| {
                let bottom = self.level(*index);
                level.saturating_sub(bottom).min(*part)
            }))
        };
        // The highest level where givers give no less than takers take, or the one above it. Nobody takes
        // below the lowest taker, and nobody gives above the highest giver.
        let bottoms = takers.iter().map(|index| self.level(*index));
        let mut low = bottoms.min().unwrap_or_default();
        let tops = givers.iter().map(|giver| self.level(giver.index));
        let mut high = tops.max().unwrap_or_default().saturating_add(1);
        while high.saturating_sub(low) > 1 {
            let middle = low.saturating_add(high.saturating_sub(low) / 2);
            if above(middle) >= below(middle) {
                low = middle;
            } else {
                high = middle;
            }
        }
        below(low).max(above(high))
    }

    /// Takes `tokens` from the highest levels down, unit by unit, ties to the lower address, none
    /// below what it may give. Lowering the highest level is raising the lowest depth below the top.
    fn lower_highest(&self, givers: &[Giver], tokens: u128) -> Result<Vec<u128>, AllocationError> {
        let top = givers.iter().map(|giver| self.level(giver.index)).max();
        let top = top.unwrap_or_default();
        let mut columns: Vec<_> = givers
            .iter()
            .map(|giver| {
                let depth = top.saturating_sub(self.level(giver.index));
                Column::new(depth, giver.most, TOKENS)
            })
            .gather();
        raise_lowest(&mut columns, &mut [Pool::new(tokens)])?;
        Ok(columns.into_iter().map(|column| column.given).gather())
    }

    /// Gives `tokens` to the lowest levels up, unit by unit, ties to the lower address, none above
    /// its target and no group above its headroom when all have `after`. Returns what each
    /// takes, and what nobody can.
    pub(super) fn raise_lowest(
        &self,
        takers: &[usize],
        tokens: u128,
        after: &[u128],
    ) -> Result<(Vec<u128>, u128), AllocationError> {
        let groups = self.plan.groups_at(after);
        let mut pools = Pool::of(tokens, groups.iter().map(GroupDraft::headroom));
        let mut columns = vec![];
        for index in takers {
            if let Some(draft) = self.plan.validators.get(*index) {
                let headroom = self.with(*index, |draft, delegated| draft.deficit(delegated));
                columns.push(Column::new(self.level(*index), headroom, draft.draws));
            }
        }
        raise_lowest(&mut columns, &mut pools)?;
        let taken = columns.into_iter().map(|column| column.given).gather();
        Ok((taken, pools.first().map_or(0, |pool| pool.left)))
    }
}
