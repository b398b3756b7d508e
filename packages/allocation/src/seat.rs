//! A listed validator as the target rule sees it.

/// One listed validator.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seat {
    /// Operator address. Ties go to the lower one, compared byte by byte.
    pub validator: String,
    /// e_i: its stake without the vault's, in tokens.
    pub external: u128,
    /// x_i: the vault's stake on it now, in tokens.
    pub held: u128,
    /// The most that its operator wants from the vault, in tokens, if it said so.
    pub declared_max: Option<u128>,
    /// What its operator staked on it, in tokens. Unknown counts as nothing where the policy has a
    /// bond factor, and does not matter elsewhere.
    pub self_bond: Option<u128>,
    /// Whether it may be given stake: see [`crate::eligibility`].
    pub eligible: bool,
}

/// How many of the seats are eligible.
pub(crate) fn count_eligible(seats: &[Seat]) -> usize {
    seats.iter().filter(|seat| seat.eligible).count()
}
