//! What the table says about one setting.

/// One row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its name, as in JSON.
    pub name: &'static str,
    /// What it belongs to.
    pub group: Group,
    /// What its value counts.
    pub unit: Unit,
    /// Hard bounds of a change. Accounts and sources have none.
    pub bounds: Bounds,
    /// Whether an instantiation may choose any share.
    pub is_free_at_founding: bool,
    /// When it may be absent.
    pub absence: Absence,
    /// Which direction is good for every depositor.
    pub good: Good,
    /// Why.
    pub reason: &'static str,
    /// Whether it is judged at the instantiation and never changes.
    pub is_fixed: bool,
}

/// What a setting belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// How much a validator may get.
    Caps,
    /// Who may get stake.
    Eligibility,
    /// The fee on rewards.
    Fee,
    /// How much may move in an epoch.
    Budgets,
    /// How often things happen.
    Periods,
    /// How much one call does.
    Calls,
    /// The seed.
    Seed,
    /// Who may do what, and who tells powers.
    Roles,
}

impl Group {
    /// In a word.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::Caps => "caps",
            Self::Eligibility => "eligibility",
            Self::Fee => "fee",
            Self::Budgets => "budgets",
            Self::Periods => "periods",
            Self::Calls => "calls",
            Self::Seed => "seed",
            Self::Roles => "roles",
        }
    }
}

/// What a value counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Parts of a whole, in 10^-18.
    Share,
    /// How many times, in 10^-18.
    Factor,
    /// Seconds.
    Seconds,
    /// Base units of the bond denom.
    Tokens,
    /// A number of things.
    Count,
    /// An address.
    Account,
    /// Where powers come from.
    Source,
}

impl Unit {
    /// In a word.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::Share => "share",
            Self::Factor => "factor",
            Self::Seconds => "seconds",
            Self::Tokens => "tokens",
            Self::Count => "count",
            Self::Account => "account",
            Self::Source => "source",
        }
    }

    /// Whether its values are numbers.
    #[must_use]
    pub const fn is_number(self) -> bool {
        !matches!(self, Self::Account | Self::Source)
    }
}

/// Least and most, both allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// The least.
    pub least: u128,
    /// The most.
    pub most: u128,
}

impl Bounds {
    /// Whether they allow this.
    #[must_use]
    pub const fn allow(self, number: u128) -> bool {
        self.least <= number && number <= self.most
    }
}

/// When a setting may be absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absence {
    /// Never.
    Never,
    /// At the instantiation; no change brings it about.
    Founding,
    /// Always.
    Always,
}

/// Which direction is good for every depositor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Good {
    /// Less. An absent value counts as more than any number.
    Lower,
    /// More.
    Higher,
    /// None; still, naming nobody acts at once.
    Absent,
    /// None.
    Neither,
}

/// One part in 10^18 of a whole is a unit of shares and factors.
const WHOLE: u128 = 1_000_000_000_000_000_000;

impl Row {
    const fn new(group: Group, unit: Unit, least: u128, most: u128) -> Self {
        Self {
            name: "",
            group,
            unit,
            bounds: Bounds { least, most },
            is_free_at_founding: false,
            absence: Absence::Never,
            good: Good::Neither,
            reason: "",
            is_fixed: false,
        }
    }

    pub(crate) const fn per_mille(group: Group, least: u128, most: u128) -> Self {
        let part = WHOLE.wrapping_div(1_000);
        let (least, most) = (least.saturating_mul(part), most.saturating_mul(part));
        Self::new(group, Unit::Share, least, most)
    }

    /// Bounds in thousandths.
    pub(crate) const fn factor(group: Group, least: u128, most: u128) -> Self {
        let mut row = Self::per_mille(group, least, most);
        row.unit = Unit::Factor;
        row
    }

    pub(crate) const fn seconds(group: Group, least: u64, most: u64) -> Self {
        Self::new(group, Unit::Seconds, least as u128, most as u128)
    }

    pub(crate) const fn count(least: u32, most: u32) -> Self {
        Self::new(Group::Calls, Unit::Count, least as u128, most as u128)
    }

    pub(crate) const fn tokens(group: Group, least: u128) -> Self {
        Self::new(group, Unit::Tokens, least, u128::MAX)
    }

    pub(crate) const fn account(group: Group) -> Self {
        Self::new(group, Unit::Account, 0, 0)
    }

    pub(crate) const fn source() -> Self {
        Self::new(Group::Roles, Unit::Source, 0, 0)
    }

    pub(crate) const fn free_at_founding(mut self) -> Self {
        self.is_free_at_founding = true;
        self
    }

    /// Hard bounds at the instantiation, where everybody can look before depositing.
    #[must_use]
    pub const fn founding(&self) -> Bounds {
        match self.is_free_at_founding {
            true => Bounds {
                least: 0,
                most: WHOLE,
            },
            false => self.bounds,
        }
    }

    pub(crate) const fn absent(mut self, absence: Absence) -> Self {
        self.absence = absence;
        self
    }

    pub(crate) const fn fixed(mut self) -> Self {
        self.is_fixed = true;
        self
    }

    pub(crate) const fn good(mut self, good: Good, reason: &'static str) -> Self {
        self.good = good;
        self.reason = reason;
        self
    }

    pub(crate) const fn named(mut self, name: &'static str) -> Self {
        self.name = name;
        self
    }
}
