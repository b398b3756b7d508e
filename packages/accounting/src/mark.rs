//! What an unbonding entry is probably worth before it arrives. A slash takes the same part from a
//! validator's entries and from its delegations, and of these every contract can see it: tokens per
//! share fall. (x/staking, `Slash` and `SlashUnbondingDelegation`.)

use cosmwasm_std::{Decimal, Uint128};

use crate::error::AccountingError;

/// The falls of tokens per share that are the chain's rounding: below one part in so many.
const ROUNDING: u128 = 1_000_000;

/// A validator whose tokens per share are watched, because entries are on their way from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Watch {
    /// Tokens per share when last seen.
    pub tokens_per_share: Decimal,
    /// What is left of a token that was there when watching began: the product of all falls.
    pub kept: Decimal,
}

impl Watch {
    /// Begins with the present tokens per share; above 1 they count as 1.
    #[must_use]
    pub fn begin(tokens_per_share: Decimal) -> Self {
        Self {
            tokens_per_share: believable(tokens_per_share),
            kept: Decimal::one(),
        }
    }

    /// Whether a reading shows half of the last one or less: perhaps the fault of whoever answers.
    #[must_use]
    pub fn is_doubtful(&self, tokens_per_share: Decimal) -> bool {
        let (last, now) = (self.tokens_per_share, tokens_per_share);
        last > Decimal::zero() && last.saturating_sub(now) >= now
    }

    /// Takes in a later reading, and gives whether it is a fall. A rise gives nothing back: who empties
    /// a validator and fills it again begins at 1 anew. So more than 1 is only ever the rounding of a
    /// few units that somebody left there on purpose, and its fall to 1 would be no slash.
    ///
    /// # Errors
    /// Never: what is kept only shrinks.
    pub fn see(&mut self, tokens_per_share: Decimal) -> Result<bool, AccountingError> {
        let tokens_per_share = believable(tokens_per_share);
        let (last, now) = (self.tokens_per_share.atomics(), tokens_per_share.atomics());
        if now >= last {
            self.tokens_per_share = tokens_per_share;
            return Ok(false);
        }
        let fall = last.checked_sub(now)?;
        if fall.full_mul(ROUNDING) < last.into() {
            return Ok(false);
        }
        let kept = self.kept.atomics().checked_multiply_ratio(now, last)?;
        self.kept = Decimal::new(kept);
        self.tokens_per_share = tokens_per_share;
        Ok(true)
    }
}

fn believable(tokens_per_share: Decimal) -> Decimal {
    tokens_per_share.min(Decimal::one())
}

/// Entries at face value and at their marks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Worth {
    /// What began to unbond, tokens.
    pub face: Uint128,
    /// What is expected of it, tokens; never more.
    pub mark: Uint128,
}

impl Worth {
    /// An entry of `face` tokens. mark = face x kept / kept at entry, rounded down; the face value
    /// where nothing was seen at entry.
    ///
    /// # Errors
    /// Never: the mark is at most the face value.
    pub fn of_entry(
        face: Uint128,
        kept_at_entry: Option<Decimal>,
        kept: Decimal,
    ) -> Result<Self, AccountingError> {
        let seen = kept_at_entry.filter(|then| *then > kept);
        let mark = match seen {
            Some(then) => face.checked_multiply_ratio(kept.atomics(), then.atomics())?,
            None => face,
        };
        Ok(Self { face, mark })
    }

    /// The sum.
    ///
    /// # Errors
    /// When it is beyond 128 bits.
    pub fn checked_add(self, other: Self) -> Result<Self, AccountingError> {
        Ok(Self {
            face: self.face.checked_add(other.face)?,
            mark: self.mark.checked_add(other.mark)?,
        })
    }

    /// What is expected to be missing: face value - mark, tokens.
    ///
    /// # Errors
    /// When the mark is above the face value.
    pub fn lack(self) -> Result<Uint128, AccountingError> {
        Ok(self.face.checked_sub(self.mark)?)
    }
}
