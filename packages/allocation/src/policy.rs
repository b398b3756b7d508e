//! The numbers that the owner decides and the rule obeys.

use cosmwasm_std::Decimal;

use crate::order::insert_new;

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
    /// beta: most that the vault puts on a validator for each token that its operator put there.
    pub bond_factor: Option<Decimal>,
    /// phi: every eligible validator gets at least this share of an equal split, caps permitting.
    pub floor: Decimal,
}

/// max(alpha, 1.25 / eligible), the quotient rounded down at 18 decimal places: a short list must
/// be able to hold the whole vault, with a quarter to spare. No eligible validator leaves alpha.
///
/// With one eligible validator this is 1.25, not 1: its target is all tokens either way, and the
/// spare quarter is what lets the fill list serve deposits that raise the total.
pub fn compute_vault_share_cap_in_force(alpha: Decimal, eligible: usize) -> Decimal {
    widen(alpha, eligible)
}

/// max(kappa, 1.25 / eligible groups), as for alpha: the groups of one kind must be able to hold
/// the whole vault. See [`count_eligible_groups`].
pub fn compute_group_cap_in_force(kappa: Decimal, eligible_groups: usize) -> Decimal {
    widen(kappa, eligible_groups)
}

/// How many groups of one kind (operator, hosting provider, jurisdiction) the eligible validators
/// form. Takes what each eligible validator declares of that kind; one that declares nothing is a
/// group of its own.
pub fn count_eligible_groups<'a>(declared: impl IntoIterator<Item = Option<&'a str>>) -> usize {
    let mut names = vec![];
    declared
        .into_iter()
        .filter(|name| name.map_or(true, |name| insert_new(&mut names, name)))
        .count()
}

fn widen(cap: Decimal, count: usize) -> Decimal {
    // 1.25 / n = 5 / 4n. Saturates for more validators than 64 bits can count.
    let quarters = (count as u128).saturating_mul(4);
    Decimal::checked_from_ratio(5u128, quarters).map_or(cap, |least| cap.max(least))
}
