//! Why stake moves between validators, and which budget of the epoch pays for it.

use defenders_json::answer;

use crate::time::DAY;

/// Budgets of moves are counted anew every so often: epoch = floor(time / this), seconds.
pub const EPOCH: u64 = 5 * DAY;

/// Declares the reasons once: the enum, its names, its budgets.
macro_rules! move_reasons {
    ($($(#[$doc:meta])* $reason:ident = $name:literal, $budget:ident;)+) => {
        answer! {
            /// Why stake moves.
            #[derive(Copy, Eq)]
            pub enum MoveReason {
                $($(#[$doc])* $reason,)+
            }
        }

        impl MoveReason {
            /// Every reason.
            pub const ALL: [MoveReason; [$(MoveReason::$reason),+].len()] =
                [$(MoveReason::$reason),+];

            /// As in answers and events.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(MoveReason::$reason => $name,)+
                }
            }

            /// Whether all of the source's stake leaves.
            pub const fn is_leaving(self) -> bool {
                !matches!(
                    self,
                    MoveReason::AboveCap | MoveReason::OwnMaximum | MoveReason::Quality
                )
            }

            /// Which budget pays.
            pub const fn budget(self) -> MoveBudget {
                match self {
                    $(MoveReason::$reason => MoveBudget::$budget,)+
                }
            }
        }
    };
}

answer! {
    /// Which budget of an epoch pays for a move.
    #[derive(Copy, Eq)]
    pub enum MoveBudget {
        /// `turnover_quality` of the vault's worth at the epoch's first move.
        Quality,
        /// `turnover_emergency` of it: what the chain shows.
        Emergency,
        /// The same budget, of which half may be used for what the owner can bring about.
        EmergencyByOwner,
    }
}

move_reasons! {
    /// The source has signed two blocks of one height.
    Tombstoned = "tombstoned", Emergency;
    /// The source is jailed.
    Jailed = "jailed", Emergency;
    /// The source is out of the bonded set.
    Unbonded = "unbonded", Emergency;
    /// The owner drains the source, or never listed it.
    Drained = "drained", EmergencyByOwner;
    /// The listing of the source is over.
    Ended = "ended", EmergencyByOwner;
    /// The source is not eligible for another reason.
    Ineligible = "ineligible", EmergencyByOwner;
    /// The source, or a group that it is in, is above its cap.
    AboveCap = "above_cap", EmergencyByOwner;
    /// The source is above what its operator wants.
    OwnMaximum = "own_maximum", Quality;
    /// The source is above its target, and the move makes the chain more even.
    Quality = "quality", Quality;
}

impl std::fmt::Display for MoveReason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}
