//! The guard: what no plan may do, whatever led to it. It looks at the result alone, and shares
//! nothing with what made the plan.

use crate::gather::Gather;
use cosmwasm_std::{Uint128, Uint256, Uint512};

use super::{
    input::PlanInput,
    moves::{compute_delegated_after, Move, Reason},
};
use crate::{error::AllocationError, math::add};

/// Why a plan is not carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The vault would have more on a validator than its cap, and more than now.
    CapBroken {
        /// Index of its row.
        index: usize,
        /// Its cap, in tokens.
        cap: u128,
        /// What the vault would have on it, in tokens.
        delegated: u128,
    },
    /// The vault would have more on a group than its cap, and more than now.
    GroupCapBroken {
        /// Index of the group.
        group: usize,
        /// Its cap, in tokens.
        cap: u128,
        /// What the vault would have on its members, in tokens.
        delegated: u128,
    },
    /// The effective number of the chain would be lower than without the moves for quality. These
    /// leave S as it is, so S^2 / sum of v^2 falls exactly when sum of v^2 rises, and of that only
    /// the rows' part changes.
    LessEven {
        /// Sum over the rows of (external + delegated)^2 without the moves for quality.
        before: Box<Uint512>,
        /// The same with them.
        after: Box<Uint512>,
    },
}

/// Whether the moves break no cap that holds, raise none that does not, and do not make the chain
/// less even. Leaving, caps and operators' own maxima are judged by the caps only: what must leave must
/// go somewhere.
pub fn ensure_harmless(
    input: &PlanInput<'_>,
    moves: &[Move],
) -> Result<Option<Refusal>, AllocationError> {
    let validators = input.rows.len();
    if !input.groups.fit(validators) {
        return Err(AllocationError::GroupsMismatch { validators });
    }
    let before = compute_delegated_after(input, &[]);
    let after = compute_delegated_after(input, moves);
    for (index, (row, (before, after))) in
        input.rows.iter().zip(before.iter().zip(&after)).enumerate()
    {
        if *after > row.cap.max(*before) {
            return Ok(Some(Refusal::CapBroken {
                index,
                cap: row.cap,
                delegated: *after,
            }));
        }
    }
    for (index, group) in input.groups.list().iter().enumerate() {
        let cap = group.cap_floor(input.base);
        let delegated = group.sum(&after);
        if delegated > cap.max(group.sum(&before)) {
            return Ok(Some(Refusal::GroupCapBroken {
                group: index,
                cap,
                delegated,
            }));
        }
    }
    if moves
        .iter()
        .all(|planned| planned.reason != Reason::Quality)
    {
        return Ok(None);
    }
    let forced: Vec<_> = moves
        .iter()
        .filter(|planned| planned.reason != Reason::Quality)
        .copied()
        .gather();
    let before = sum_of_squares(input, &compute_delegated_after(input, &forced))?;
    let after = sum_of_squares(input, &after)?;
    if after > before {
        return Ok(Some(Refusal::LessEven {
            before: Box::new(before),
            after: Box::new(after),
        }));
    }
    Ok(None)
}

/// Of the levels. Saturates beyond 2^512, which takes 2^256 rows.
fn sum_of_squares(input: &PlanInput<'_>, delegated: &[u128]) -> Result<Uint512, AllocationError> {
    let mut sum = Uint512::zero();
    for (row, delegated) in input.rows.iter().zip(delegated) {
        let level = add(row.validator.external, *delegated)?;
        let square: Uint256 = Uint128::new(level).full_mul(level);
        sum = sum.saturating_add(Uint512::from(square));
    }
    Ok(sum)
}
