//! The numbers that the owner decides and the rule obeys.

use cosmwasm_std::Decimal;

/// Caps and floor, as shares with 18 decimal places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// alpha: most that one validator gets of the vault's stake, as in force
    /// (see [`compute_vault_share_cap_in_force`]).
    pub vault_share_cap: Decimal,
    /// c: most that one validator may hold of all bonded stake, the vault's part included.
    pub chain_share_cap: Option<Decimal>,
    /// gamma, below 1: most that the vault may be of one validator's stake.
    pub match_cap: Option<Decimal>,
    /// phi: every eligible validator gets at least this share of an equal split, caps permitting.
    pub floor: Decimal,
}

/// max(alpha, 1.25 / eligible), the quotient rounded down at 18 decimal places: a short list must
/// be able to hold the whole vault, with a quarter to spare. No eligible validator leaves alpha.
///
/// With one eligible validator this is 1.25, not 1: its target is all tokens either way, and the
/// spare quarter is what lets the fill list serve deposits that raise the total.
pub fn compute_vault_share_cap_in_force(alpha: Decimal, eligible: usize) -> Decimal {
    // 1.25 / n = 5 / 4n. Saturates for more validators than 64 bits can count.
    let quarters = (eligible as u128).saturating_mul(4);
    Decimal::checked_from_ratio(5u128, quarters).map_or(alpha, |least| alpha.max(least))
}
