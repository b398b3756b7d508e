//! One validator, as every rule here sees it. Each rule reads what concerns it; the rest may stay
//! at its default.

/// Entries that x/staking allows at a time: per (delegator, validator) for unbonding, and per
/// (delegator, source, destination) for redelegation, unless a chain changed it.
pub const DEFAULT_MAX_ENTRIES: u32 = 7;

/// A validator that is listed or holds stake of the vault. By default it is not eligible, so that
/// nobody is given stake by omission.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Validator {
    /// Operator address. Ties go to the lower one, compared byte by byte.
    pub address: String,
    /// e_i: its stake without the vault's, in tokens.
    pub external: u128,
    /// x_i: the vault's stake on it now, in tokens.
    pub delegated: u128,
    /// Whether it may be given stake, and whether the vault stays.
    pub standing: Standing,
    /// Bounds of its own, which the caps read.
    pub limits: Limits,
    /// What keeps the vault from acting on it now.
    pub locks: Locks,
}

impl Validator {
    /// An eligible validator without limits and locks.
    pub fn eligible(address: impl Into<String>, external: u128, delegated: u128) -> Self {
        Self {
            address: address.into(),
            external,
            delegated,
            standing: Standing::Eligible,
            ..Self::default()
        }
    }

    /// Whether it may be given stake.
    pub fn is_eligible(&self) -> bool {
        self.standing == Standing::Eligible
    }

    /// Why the vault leaves it, if it does.
    pub fn departure(&self) -> Option<Departure> {
        match self.standing {
            Standing::Leaving(departure) => Some(departure),
            Standing::Eligible | Standing::Waiting => None,
        }
    }
}

/// Whether a validator may be given stake, and whether the vault stays on it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Standing {
    /// It may be given stake, and the vault stays.
    Eligible,
    /// Not eligible for now, and not left, or too early: it neither gives nor takes.
    #[default]
    Waiting,
    /// Not eligible: all stake leaves, and none comes.
    Leaving(Departure),
}

impl Standing {
    /// Eligible, or else not left either.
    pub fn eligible_if(is_eligible: bool) -> Self {
        match is_eligible {
            true => Self::Eligible,
            false => Self::Waiting,
        }
    }
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
    /// Its listing is over. It leaves only where another eligible validator can take its stake.
    Ended,
    /// Not eligible for another reason. It leaves as one whose listing is over.
    Ineligible,
}

impl Departure {
    /// Whether the chain itself states the cause: the owner can bring about all others.
    pub fn is_by_chain(self) -> bool {
        self <= Self::Jailed
    }

    /// Whether its stake leaves only where another eligible validator can take it.
    pub fn needs_taker(self) -> bool {
        self >= Self::Ended
    }
}

/// Bounds of the validator's own. The caps alone read them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Limits {
    /// The most that the list's owner allows it, in tokens, if it set one.
    pub owner_max: Option<u128>,
    /// The most that its operator wants from the vault, in tokens, if it said so. 0: leave me.
    pub own_max: Option<u128>,
    /// What its operator staked on it, in tokens. Unknown counts as nothing where the policy has a
    /// bond factor, and does not matter elsewhere.
    pub self_bond: Option<u128>,
}

/// What keeps the vault from acting on a validator for a time. All instants are in one unit, that
/// of the `now` they are compared with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Locks {
    /// When the last redelegation into it completes, if there is one. Until then nothing can be
    /// redelegated away from it. Read by withdrawal and plan.
    pub redelegation_locked_until: Option<u64>,
    /// The vault's live unbonding entries there. Read by withdrawal and plan.
    pub unbonding_entries: u32,
    /// The chain said that it takes no further unbonding entry, whatever the count. Read by
    /// withdrawal and plan.
    pub entries_full: bool,
    /// The chain refused a redelegation away from it: what leaves is undelegated next. Read by plan.
    pub redelegation_refused: bool,
    /// It refused a message, and is left alone until then. Read by fill list and withdrawal.
    pub retry_at: Option<u64>,
}

impl Locks {
    /// Whether nothing can be redelegated away from it at `now`.
    pub fn is_redelegation_locked(&self, now: u64) -> bool {
        self.redelegation_locked_until
            .is_some_and(|until| until > now)
    }

    /// Whether it is left alone at `now`, because it refused a message.
    pub fn is_refusing(&self, now: u64) -> bool {
        self.retry_at.is_some_and(|at| at > now)
    }

    /// Whether it takes an unbonding entry that leaves it, of so many that the chain allows.
    pub fn has_entry_for_leaving(&self, max_entries: u32) -> bool {
        !self.entries_full && self.unbonding_entries < max_entries
    }

    /// Whether it takes an unbonding entry for a withdrawal: the last one is kept for leaving.
    pub fn has_entry_for_withdrawal(&self, max_entries: u32) -> bool {
        // Saturates: where no entry is allowed, none is free.
        self.has_entry_for_leaving(max_entries.saturating_sub(1))
    }
}

/// How many of them are eligible.
pub(crate) fn count_eligible(validators: &[Validator]) -> usize {
    validators
        .iter()
        .filter(|validator| validator.is_eligible())
        .count()
}
