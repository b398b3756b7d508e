//! Who gives and who takes how much, before it is decided who gives to whom.

use super::moves::Reason;

/// What one validator gives.
pub(super) struct Give {
    /// Its index among the drafts.
    pub index: usize,
    pub reason: Reason,
    /// To be redelegated.
    pub redelegate: u128,
    /// To be undelegated: the source is locked, or nobody can take it.
    pub undelegate: u128,
}

/// What one validator takes.
pub(super) struct Take {
    /// Its index among the drafts.
    pub index: usize,
    pub tokens: u128,
}

/// What passes share out that are paired together.
#[derive(Default)]
pub(super) struct Shares {
    /// Leaving in its order, others by address; no validator twice for one reason.
    pub gives: Vec<Give>,
    /// By address.
    pub takes: Vec<Take>,
}

impl Shares {
    /// Both as one, so that a taker can be filled by the givers of either: fewer moves.
    pub(super) fn and(mut self, other: Self) -> Self {
        self.gives.extend(other.gives);
        for take in other.takes {
            match self.takes.binary_search_by_key(&take.index, |it| it.index) {
                Ok(found) => {
                    if let Some(known) = self.takes.get_mut(found) {
                        // Cannot saturate: nobody takes more than all that the vault has.
                        known.tokens = known.tokens.saturating_add(take.tokens);
                    }
                }
                Err(at) => self.takes.insert(at, take),
            }
        }
        self
    }
}

/// Cannot saturate: parts of what the vault has.
pub(super) fn sum(parts: impl Iterator<Item = u128>) -> u128 {
    parts.fold(0, u128::saturating_add)
}
