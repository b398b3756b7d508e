//! A plan in the making: what the vault would have where after the moves so far, and what is left
//! of budgets and entries.

use super::{
    budgets::Budgets,
    draft::{GroupDraft, ValidatorDraft},
    entries::Entries,
    input::{PlanInput, PlanLimits, Snapshot},
    moves::{Move, MoveKind, Reason},
};
use crate::gather::Gather;
use crate::{
    error::AllocationError, group::Groups, math::add, order::sort_by_address, validator::Departure,
};

/// Which passes have their turn.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// All.
    All,
    /// What must move, whatever it does to evenness.
    Forced,
    /// What evens the chain.
    Quality,
}

/// A plan in the making.
pub(super) struct PlanDraft<'a> {
    /// By ascending operator address.
    pub validators: Vec<ValidatorDraft<'a>>,
    /// In the order of the input: group g is pool g + 1.
    pub groups: Vec<GroupDraft>,
    input_groups: &'a Groups,
    pub limits: PlanLimits,
    pub budgets: Budgets,
    pub snapshot: Snapshot,
    /// Which passes have their turn.
    pub turn: Turn,
    /// W.
    pub base: u128,
    /// Live and planned, by indices of the drafts.
    entries: Entries,
    /// Sources and destinations are indices of the drafts.
    pub moves: Vec<Move>,
}

impl<'a> PlanDraft<'a> {
    pub(super) fn new(input: &PlanInput<'a>) -> Result<Self, AllocationError> {
        let all = input.rows.len();
        if !input.groups.fit(all) {
            return Err(AllocationError::GroupsMismatch { validators: all });
        }
        let mut sum: u128 = 0;
        let mut highest: u128 = 0;
        let mut validators = Vec::with_capacity(all);
        for (input_index, row) in input.rows.iter().enumerate() {
            let validator = &row.validator;
            sum = add(sum, validator.delegated)?;
            highest = highest.max(validator.external);
            let redelegation_locked = validator.locks.is_redelegation_locked(input.now);
            let max_entries = input.limits.max_entries;
            validators.push(ValidatorDraft {
                input_index,
                row,
                delegated: validator.delegated,
                has_redelegation_in: redelegation_locked,
                redelegation_locked,
                has_entry: validator.locks.has_entry_for_leaving(max_entries),
                draws: input.groups.draws_of(input_index),
            });
        }
        // No level of any allocation is higher.
        add(highest, sum)?;
        sort_by_address(&mut validators, |draft| &draft.row.validator.address)?;

        let rows = input.rows.iter();
        let delegated: Vec<_> = rows.map(|row| row.validator.delegated).gather();
        let groups = input.groups.list().iter().map(|group| GroupDraft {
            cap: group.cap_floor(input.base),
            delegated: group.sum(&delegated),
        });
        let mut indices = vec![0; all];
        for (index, draft) in validators.iter().enumerate() {
            if let Some(entry) = indices.get_mut(draft.input_index) {
                *entry = index;
            }
        }
        let mut entries = Entries::default();
        for live in input.live {
            let index = |index: usize| {
                let unknown = AllocationError::UnknownValidator {
                    index,
                    validators: all,
                };
                indices.get(index).copied().ok_or(unknown)
            };
            entries.add(
                (index(live.source)?, index(live.destination)?),
                live.entries,
            );
        }
        Ok(Self {
            groups: groups.gather(),
            validators,
            input_groups: input.groups,
            limits: input.limits,
            budgets: Budgets::new(&input.limits),
            snapshot: input.snapshot,
            turn: Turn::All,
            base: input.base,
            entries,
            moves: vec![],
        })
    }

    /// Whether the pair has no redelegation entry left.
    pub(super) fn redelegation_entries_full(&self, source: usize, destination: usize) -> bool {
        self.entries.of((source, destination)) >= self.limits.max_entries
    }

    /// Whether a drift is large enough to be mended.
    pub(super) fn counts(&self, drift: u128) -> bool {
        drift > 0 && drift >= self.limits.dead_band
    }

    /// Whether a source may have been given a part that it cannot pass on: a pair has no entry
    /// left, or stake still has to leave.
    fn is_hindered(&self) -> bool {
        let mut drafts = self.validators.iter();
        self.entries.any_has(self.limits.max_entries)
            || drafts.any(|draft| {
                let is_leaving = draft.departure().is_some() && draft.delegated > 0;
                is_leaving || draft.above_own_max(draft.delegated) > 0
            })
    }

    /// Those whom such a source may have kept from their part, by index.
    pub(super) fn hindered(&self) -> Vec<usize> {
        let drafts = self.validators.iter().enumerate();
        let sources = drafts.filter(|(_, draft)| self.may_give(draft));
        sources
            .filter(|_| self.is_hindered())
            .map(|(index, _)| index)
            .gather()
    }

    /// Whether it has something to give, and a budget to pay for it; a quick look before all passes.
    fn may_give(&self, draft: &ValidatorDraft<'_>) -> bool {
        let surplus = draft.surplus(draft.delegated);
        if let Some(departure) = draft.departure() {
            return surplus > 0 && self.budgets.left(Reason::Leaving(departure)) > 0;
        }
        let has_quality = self.budgets.left(Reason::Quality) > 0;
        let has_budget = has_quality || self.budgets.left(Reason::AboveCap) > 0;
        let is_enough = self.counts(surplus) && surplus >= self.limits.min_move;
        let is_above_own_max = draft.above_own_max(draft.delegated) > 0;
        (is_above_own_max && has_quality) || (is_enough && has_budget && !draft.redelegation_locked)
    }

    /// Whether another message fits into the call.
    pub(super) fn has_move_left(&self) -> bool {
        self.moves.len() < self.limits.max_moves
    }

    /// Whether the snapshot is good enough to leave for this.
    pub(super) fn may_leave(&self, departure: Departure) -> bool {
        match self.snapshot {
            Snapshot::Trusted => true,
            Snapshot::Suspect => departure != Departure::Ineligible,
            Snapshot::Stale => !departure.needs_taker(),
        }
    }

    /// Whether it can be undelegated only: by itself, because nobody is known to be fit, or because too little
    /// is left of it.
    pub(super) fn must_undelegate(&self, draft: &ValidatorDraft<'_>) -> bool {
        self.snapshot == Snapshot::Stale
            || draft.must_undelegate()
            || draft.delegated < self.limits.least_redelegation
    }

    /// The groups when the vault has `delegated` on the validators.
    pub(super) fn groups_at(&self, delegated: &[u128]) -> Vec<GroupDraft> {
        let mut by_input = vec![0; delegated.len()];
        for (draft, delegated) in self.validators.iter().zip(delegated) {
            if let Some(entry) = by_input.get_mut(draft.input_index) {
                *entry = *delegated;
            }
        }
        let groups = self.input_groups.list().iter().zip(&self.groups);
        groups
            .map(|(group, draft)| GroupDraft {
                cap: draft.cap,
                delegated: group.sum(&by_input),
            })
            .gather()
    }

    /// How much can move from one to the other without a group passing its cap by it.
    pub(super) fn group_headroom(
        &self,
        source: &ValidatorDraft<'_>,
        destination: &ValidatorDraft<'_>,
    ) -> u128 {
        let shared: Vec<_> = source.groups().gather();
        destination
            .groups()
            .filter(|group| !shared.contains(group))
            .filter_map(|group| self.groups.get(group))
            .fold(u128::MAX, |headroom, group| headroom.min(group.headroom()))
    }

    /// The move among those planned that this one can join, so that it costs no message and no
    /// entry. It would come earlier then, so its destination may be in no group without the source:
    /// the headroom there may have been made in between.
    fn same(&mut self, wanted: &Move) -> Option<&mut Move> {
        if let MoveKind::Redelegate { destination } = wanted.kind {
            let source = self.validators.get(wanted.source)?;
            let destination = self.validators.get(destination)?;
            if self.group_headroom(source, destination) < u128::MAX {
                return None;
            }
        }
        self.moves.iter_mut().find(|known| {
            (known.kind, known.source, known.reason) == (wanted.kind, wanted.source, wanted.reason)
        })
    }

    /// Plans a move, unless no message or entry is left for it.
    pub(super) fn push(&mut self, wanted: Move) -> bool {
        let Move {
            kind,
            source,
            tokens,
            reason,
        } = wanted;
        if let Some(known) = self.same(&wanted) {
            // Cannot saturate: both are parts of what the vault has on the source.
            known.tokens = known.tokens.saturating_add(tokens);
        } else {
            if !self.has_move_left() {
                return false;
            }
            if let MoveKind::Redelegate { destination } = kind {
                if self.redelegation_entries_full(source, destination) {
                    return false;
                }
                self.entries.add((source, destination), 1);
            }
            self.moves.push(wanted);
        }
        self.budgets.spend(reason, tokens);
        // Cannot saturate, here and below: nobody is asked for more than there is.
        self.change(source, |delegated| delegated.saturating_sub(tokens));
        if let MoveKind::Redelegate { destination } = kind {
            self.change(destination, |delegated| delegated.saturating_add(tokens));
            if let Some(draft) = self.validators.get_mut(destination) {
                draft.has_redelegation_in = true;
            }
        }
        true
    }

    fn change(&mut self, index: usize, change: impl Fn(u128) -> u128) {
        if let Some(draft) = self.validators.get_mut(index) {
            draft.delegated = change(draft.delegated);
            for group in draft.groups() {
                if let Some(group) = self.groups.get_mut(group) {
                    group.delegated = change(group.delegated);
                }
            }
        }
    }

    pub(super) fn moves_in_input_order(&self) -> Vec<Move> {
        let input_index = |index: usize| {
            let draft = self.validators.get(index);
            draft.map_or(index, |draft| draft.input_index)
        };
        self.moves
            .iter()
            .map(|planned| Move {
                source: input_index(planned.source),
                kind: match planned.kind {
                    MoveKind::Redelegate { destination } => MoveKind::Redelegate {
                        destination: input_index(destination),
                    },
                    MoveKind::Undelegate => MoveKind::Undelegate,
                },
                ..*planned
            })
            .gather()
    }
}
