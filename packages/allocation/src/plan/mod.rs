//! The plan: which stake moves where, from what validators hold now toward their targets.

mod apply;
mod drift;
mod guard;
mod hold;
mod meet;
mod pairing;
mod share_out;
mod stand;
mod work;

pub use apply::compute_held_after;
pub use guard::{ensure_harmless, Refusal};
pub use hold::{Cause, Hold};

use crate::{error::AllocationError, group::Groups};
use work::Work;

/// Live entries that x/staking allows per (delegator, validator) for unbonding and per (delegator,
/// source, destination) for redelegation, unless a chain changed it.
pub const DEFAULT_MAX_ENTRIES: u32 = 7;

/// A validator with what the vault holds on it, should hold, and may do with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanSeat {
    /// Operator address. Ties go to the lower one, compared byte by byte.
    pub validator: String,
    /// e_i: its stake without the vault's, in tokens.
    pub external: u128,
    /// x_i: the vault's stake on it now, in tokens.
    pub held: u128,
    /// t_i, in tokens. Counts for who is staying only.
    pub target: u128,
    /// u_i, in tokens.
    pub cap: u128,
    /// Whether the vault stays.
    pub stance: Stance,
    /// When the last redelegation into it completes, if there is one. Until then nothing can be
    /// redelegated away from it.
    pub pinned_until: Option<u64>,
    /// Live unbonding entries of the vault there.
    pub unbonding_entries: u32,
}

/// Whether the vault stays on a validator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stance {
    /// It stays: source above the target, sink below.
    Staying,
    /// Not eligible for now, and too early to leave: neither source nor sink.
    Waiting,
    /// All stake leaves, and none comes.
    Leaving(Departure),
}

/// Why the vault leaves a validator, in the order in which it leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Departure {
    /// Signed two blocks of one height: it never returns.
    Tombstoned,
    /// Fell out of the set, and earns nothing.
    Unbonded,
    /// Jailed for longer than the grace.
    Jailed,
    /// The owner said so.
    Drained,
    /// Not eligible for another reason.
    Ineligible,
}

/// Live redelegation entries of the vault from one validator to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LiveEntries {
    /// Index of the source among the seats.
    pub source: usize,
    /// Index of the destination among the seats.
    pub destination: usize,
    /// How many.
    pub entries: u32,
}

/// What one call may do. Budgets are what is left of them in this epoch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Tokens that may still move toward targets.
    pub quality_budget: u128,
    /// Tokens that may still leave validators, or a cap or group cap that is exceeded.
    pub emergency_budget: u128,
    /// M: most moves.
    pub max_moves: usize,
    /// No move is smaller, leaving a validator aside. 0 and 1 are the same.
    pub min_move: u128,
    /// Who is nearer to its target stays where it is, leaving aside.
    pub dead_band: u128,
    /// Live entries that the chain allows, see [`DEFAULT_MAX_ENTRIES`].
    pub max_entries: u32,
}

/// What a plan is made from.
#[derive(Debug, Clone, Copy)]
pub struct PlanInput<'a> {
    /// T: what group caps are shares of, in tokens.
    pub total: u128,
    /// All validators that hold stake of the vault or have a target.
    pub seats: &'a [PlanSeat],
    /// Groups of seats, with their caps as in force.
    pub groups: &'a Groups,
    /// Live redelegation entries; a pair named twice has the sum.
    pub live: &'a [LiveEntries],
    /// The time until which redelegations have completed for sure, in the unit of
    /// [`PlanSeat::pinned_until`]. The chain lifts a pin at the end of the first block that
    /// reaches its completion: this is the time of the block before the present one.
    pub now: u64,
    /// Budgets and bounds.
    pub limits: Limits,
}

/// How stake moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MoveKind {
    /// At once, to the seat with this index.
    Redelegate {
        /// Index of the destination among the seats.
        destination: usize,
    },
    /// Into unbonding, to be delegated again on arrival.
    Undelegate,
}

/// Why stake moves. Decides which budget pays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The vault leaves the source. Emergency budget.
    Leaving(Departure),
    /// The source, or a group that it is in, is above its cap. Emergency budget.
    AboveCap,
    /// The source is above its target, and the move evens the chain. Quality budget.
    Quality,
}

/// One move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move {
    /// How.
    pub kind: MoveKind,
    /// Index of the source among the seats.
    pub source: usize,
    /// Tokens, never 0.
    pub tokens: u128,
    /// Why.
    pub reason: Reason,
}

/// What to do, and why no more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// In the order in which to send them. After each of them all caps hold that held before.
    pub moves: Vec<Move>,
    /// Why nothing is done although something could be.
    pub refusal: Option<Refusal>,
    /// What should leave its validator and stays, by address, with one reason each.
    pub held_back: Vec<Hold>,
}

impl Plan {
    /// Tokens moved for quality.
    pub fn quality_tokens(&self) -> u128 {
        self.tokens(|reason| reason == Reason::Quality)
    }

    /// Tokens moved for leaving and for caps.
    pub fn emergency_tokens(&self) -> u128 {
        self.tokens(|reason| reason != Reason::Quality)
    }

    /// Cannot saturate: moves are parts of what is held.
    fn tokens(&self, counts: impl Fn(Reason) -> bool) -> u128 {
        self.moves
            .iter()
            .filter(|planned| counts(planned.reason))
            .fold(0, |sum: u128, planned| sum.saturating_add(planned.tokens))
    }
}

/// Rounds after which a plan is what it is. A second one finds nothing, unless minimum moves, full
/// triplets or group caps kept the first from what it had shared out.
const MAX_ROUNDS: usize = 32;

/// The plan: the best allocation that the budgets reach, or as much of it as the bounds allow. See
/// the README for what that means. Does not depend on the order of seats or groups.
pub fn compute_plan(input: &PlanInput<'_>) -> Result<Plan, AllocationError> {
    let mut work = Work::new(input)?;
    for _ in 0..MAX_ROUNDS {
        if !plan_round(&mut work, None)? && !plan_one_by_one(&mut work)? {
            break;
        }
    }
    let moves = work.moves_in_input_order();
    match ensure_harmless(input, &moves)? {
        None => Ok(Plan {
            held_back: hold::compute_held_back(&work)?,
            moves,
            refusal: None,
        }),
        Some(refusal) => Ok(Plan {
            moves: vec![],
            refusal: Some(refusal),
            held_back: hold::compute_refused(&work, input),
        }),
    }
}

/// One round of all passes; whether anything could be planned. Each pass shares out on top of what
/// the one before should have moved.
fn plan_round(work: &mut Work<'_>, only: Option<usize>) -> Result<bool, AllocationError> {
    let mut has_moved = false;
    for shared in share_out::compute_shares(work, only)? {
        has_moved |= pairing::pair(work, &shared);
    }
    Ok(has_moved)
}

/// Hindered sources by themselves, past destinations to which they have no entry left; until one of
/// them can move something.
fn plan_one_by_one(work: &mut Work<'_>) -> Result<bool, AllocationError> {
    for source in work.hindered() {
        if work.has_move_left() && plan_round(work, Some(source))? {
            return Ok(true);
        }
    }
    Ok(false)
}
