//! When unbonding entries count as paid, and how what arrived is shared out.
//!
//! The bank pays an entry in the end block of the first block whose time reaches its completion
//! time, and tells nobody. The vault only knows the blocks in which it ran itself.

use cosmwasm_std::Uint128;

use crate::error::AccountingError;
use crate::mark::Worth;

/// A block in which the vault ran.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordedBlock {
    /// Its height.
    pub height: u64,
    /// Its time, nanoseconds.
    pub time_nanos: u64,
}

/// The last two distinct blocks in which the vault ran.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordedBlocks {
    /// The later one.
    pub last: Option<RecordedBlock>,
    /// The earlier one.
    pub before: Option<RecordedBlock>,
}

/// What is known about a matured entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaidStatus {
    /// Its completion time is not reached.
    NotMatured,
    /// An earlier block reached its completion time, so its coins are here.
    Paid,
    /// This block is the first to reach it: its coins come in the end block.
    Unpaid,
    /// One or the other.
    Unknown,
}

impl RecordedBlocks {
    /// Remembers `block`; repeating a height changes nothing.
    pub fn record(&mut self, block: RecordedBlock) {
        if self.is_recorded(block.height) {
            return;
        }
        self.before = self.last.take();
        self.last = Some(block);
    }

    /// Whether the vault ran at `height` already.
    #[must_use]
    pub fn is_recorded(&self, height: u64) -> bool {
        self.last.is_some_and(|recorded| recorded.height == height)
    }

    /// The latest recorded block before `now`.
    #[must_use]
    pub fn latest_before(&self, now: RecordedBlock) -> Option<RecordedBlock> {
        [self.last, self.before]
            .into_iter()
            .flatten()
            .find(|recorded| recorded.height < now.height)
    }

    /// What is known at `now` about an entry that completes at `completion_nanos`.
    #[must_use]
    pub fn paid_status(&self, completion_nanos: u64, now: RecordedBlock) -> PaidStatus {
        if completion_nanos > now.time_nanos {
            return PaidStatus::NotMatured;
        }
        match self.latest_before(now) {
            Some(recorded) if recorded.time_nanos >= completion_nanos => PaidStatus::Paid,
            Some(recorded) if recorded.height.checked_add(1) == Some(now.height) => {
                PaidStatus::Unpaid
            }
            _ => PaidStatus::Unknown,
        }
    }
}

/// What happens to a group of matured entries, none of them surely unpaid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settlement {
    /// Everyone gets face value.
    Full,
    /// All have been paid, less than face value arrived: it is divided by marks.
    Short,
    /// More than 20 % of the marks is missing: what arrived is shared out after a day.
    Delay,
    /// Some may not have been paid yet: a later block will tell.
    Wait,
}

/// Decides for a group when `surplus` is here, tokens.
///
/// # Errors
/// When the sums are beyond 128 bits.
pub fn decide_settlement(
    group: Worth,
    surplus: Uint128,
    any_unknown: bool,
) -> Result<Settlement, AccountingError> {
    if surplus >= group.face {
        return Ok(Settlement::Full);
    }
    if any_unknown {
        return Ok(Settlement::Wait);
    }
    let missing = group.mark.saturating_sub(surplus);
    // missing > 20 % of the marks
    if missing.full_mul(5u128) > group.mark.into() {
        return Ok(Settlement::Delay);
    }
    Ok(Settlement::Short)
}

/// Divides what arrived for a group of entries: up to the sum of their marks everyone gets the same
/// part of its mark, and what exceeds that goes to the marked ones in proportion to what they lack.
/// So nobody gets more than its face value, and who has no slashed entry loses nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Division {
    /// Up to the sum of the marks.
    pub to_marks: ProRata,
    /// Beyond it.
    pub to_lacks: ProRata,
}

impl Division {
    /// Divides `arrived`, at most the face value, among entries of this worth together.
    ///
    /// # Errors
    /// When a mark is above its face value.
    pub fn new(group: Worth, arrived: Uint128) -> Result<Self, AccountingError> {
        let to_marks = arrived.min(group.mark);
        let to_lacks = arrived.checked_sub(to_marks)?;
        Ok(Self {
            to_marks: ProRata::new(group.mark, to_marks),
            to_lacks: ProRata::new(group.lack()?, to_lacks),
        })
    }

    /// What is not given out yet, tokens.
    ///
    /// # Errors
    /// Never for a division made by this module.
    pub fn left(&self) -> Result<Uint128, AccountingError> {
        let left = |part: &ProRata| part.arrived.checked_sub(part.arrived_served);
        Ok(left(&self.to_marks)?.checked_add(left(&self.to_lacks)?)?)
    }

    /// The part of the next entry, as [`ProRata::take_next_floor`] twice.
    ///
    /// # Errors
    /// When more is taken than there is.
    pub fn take_next_floor(&mut self, entry: Worth) -> Result<Uint128, AccountingError> {
        let by_mark = self.to_marks.take_next_floor(entry.mark)?;
        let by_lack = self.to_lacks.take_next_floor(entry.lack()?)?;
        Ok(by_mark.checked_add(by_lack)?)
    }
}

/// Shares out what arrived in proportion to `tokens`, so that the parts add up to exactly what
/// arrived and none is off its proportion by a whole unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProRata {
    /// Tokens of all entries.
    pub tokens: Uint128,
    /// What arrived for them.
    pub arrived: Uint128,
    /// Tokens of the entries served so far.
    pub tokens_served: Uint128,
    /// What they got.
    pub arrived_served: Uint128,
}

impl ProRata {
    /// Shares `arrived` out among entries of `tokens` together.
    #[must_use]
    pub fn new(tokens: Uint128, arrived: Uint128) -> Self {
        Self {
            tokens,
            arrived,
            tokens_served: Uint128::zero(),
            arrived_served: Uint128::zero(),
        }
    }

    /// The part of the next entry, of `tokens`: what all entries so far get together,
    /// floor(arrived x tokens served / tokens), less what those before it got. Rounding each
    /// entry by itself would drift by a unit per entry.
    ///
    /// # Errors
    /// When more is taken than there is.
    pub fn take_next_floor(&mut self, tokens: Uint128) -> Result<Uint128, AccountingError> {
        if tokens.is_zero() {
            return Ok(Uint128::zero());
        }
        let tokens_served = self.tokens_served.checked_add(tokens)?;
        let arrived_served = self
            .arrived
            .checked_multiply_ratio(tokens_served, self.tokens)?;
        let part = arrived_served.checked_sub(self.arrived_served)?;
        self.tokens_served = tokens_served;
        self.arrived_served = arrived_served;
        Ok(part)
    }
}
