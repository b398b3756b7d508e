//! The reasons for not being eligible.

use defenders_json::answer;

use crate::validator::Departure;

answer! {
    /// Why a validator may not be given stake. Of several reasons the first in this order is stated:
    /// what the owner decided, then what the chain itself states, then what was not readable, then what
    /// is measured against the policy, the lasting before the passing.
    #[derive(Copy, Eq, PartialOrd, Ord)]
    pub enum Exclusion {
        /// Not on the list.
        NotListed,
        /// The owner is leaving it.
        Draining,
        /// Its listing is over.
        Expired,
        /// Out for ever: it signed two blocks of one height.
        Tombstoned,
        /// Jailed.
        Jailed,
        /// Unbonding or unbonded.
        NotBonded,
        /// It, or its power, could not be read, or was not read yet.
        Unknown,
        /// It could raise its commission above the ceiling.
        CommissionCeiling,
        /// It charges more than the policy allows.
        Commission,
        /// It charged more not long ago.
        CommissionLately,
        /// One of the fewest that hold a third of the stake without the vault's own.
        TopThird,
        /// It was one of them, and is not clear of the top third yet.
        NearTopThird,
    }
}

impl Exclusion {
    /// The owner's decision.
    pub fn is_by_owner(self) -> bool {
        self <= Self::Expired
    }

    /// The owner's decision, or stated by the chain itself: nothing that bad data could bring about.
    pub fn is_stated(self) -> bool {
        self < Self::Unknown
    }

    /// Jailed, or out of the bonded set: it may be back soon.
    pub fn is_absent(self) -> bool {
        matches!(self, Self::Jailed | Self::NotBonded)
    }

    /// Measured against numbers of the owner's policy, so that a stricter policy alone can bring it
    /// about.
    pub fn is_by_policy(self) -> bool {
        matches!(
            self,
            Self::CommissionCeiling | Self::Commission | Self::CommissionLately
        )
    }

    /// As what the vault leaves such a validator, once it does.
    pub fn departure(self) -> Departure {
        match self {
            Self::Tombstoned => Departure::Tombstoned,
            Self::Jailed => Departure::Jailed,
            Self::NotBonded => Departure::Unbonded,
            Self::NotListed | Self::Draining => Departure::Drained,
            Self::Expired => Departure::Ended,
            Self::Unknown
            | Self::CommissionCeiling
            | Self::Commission
            | Self::CommissionLately
            | Self::TopThird
            | Self::NearTopThird => Departure::Ineligible,
        }
    }
}
