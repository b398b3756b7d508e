//! What is seen of a validator at one moment.

/// What is seen of a validator at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Operator address.
    pub validator: String,
    /// As its operator calls it, without what cannot be seen.
    pub name: String,
    /// The chain has no such validator any more.
    pub is_removed: bool,
    /// In the set.
    pub is_bonded: bool,
    /// Put out of the set.
    pub is_jailed: bool,
    /// Never to come back.
    pub is_tombstoned: bool,
    /// Until when it may not come back, seconds since 1970; 0 when it may.
    pub jailed_until: u64,
    /// Its place by bonded tokens, from 1; None outside of the set.
    pub rank: Option<usize>,
    /// Places in the set.
    pub places: u32,
    /// All stake there, base units.
    pub tokens: u128,
    /// Blocks missed within the window, by the chain's counter; None when it has none.
    pub missed: Option<u64>,
    /// Blocks that may be missed within the window.
    pub missed_allowed: u64,
    /// Blocks since the last look in which its vote lacked.
    pub missed_blocks: Vec<MissedBlock>,
    /// Commission x 10^18.
    pub commission: u128,
    /// The most that it may ever be.
    pub max_commission: u128,
    /// The most that it may change in a day.
    pub max_change: u128,
    /// What the vault says of it; None without a vault.
    pub vault: Option<VaultFacts>,
}

impl Facts {
    /// Of one that the chain has no more.
    pub fn removed(validator: &str, places: u32) -> Self {
        Self {
            validator: validator.to_string(),
            name: validator.to_string(),
            is_removed: true,
            is_bonded: false,
            is_jailed: false,
            is_tombstoned: false,
            jailed_until: 0,
            rank: None,
            places,
            tokens: 0,
            missed: None,
            missed_allowed: 0,
            missed_blocks: Vec::new(),
            commission: 0,
            max_commission: 0,
            max_change: 0,
            vault: None,
        }
    }
}

/// A block in which a vote lacked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MissedBlock {
    /// Height of the block that was not voted for.
    pub height: u64,
    /// Time of the block that shows it, seconds since 1970.
    pub time: u64,
    /// How many others' votes lacked as well.
    pub others: usize,
    /// How many others were asked.
    pub others_asked: usize,
}

/// What the vault says of a validator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VaultFacts {
    /// Base denom.
    pub denom: String,
    /// The vault's stake there, base units.
    pub delegated: u128,
    /// What the vault wants there, base units.
    pub target: u128,
    /// Why it may be given no stake.
    pub exclusion: Option<String>,
    /// What would clear that.
    pub cleared_by: Option<String>,
    /// The cap that keeps the target from more.
    pub binding: Option<String>,
}

/// A ratio x 10^18 as a percentage, as 5.25 %.
pub fn percent(atomics: u128) -> String {
    let hundredths = atomics / 10u128.pow(14);
    let (whole, part) = (hundredths / 100, hundredths % 100);
    match part {
        0 => format!("{whole} %"),
        part => format!("{whole}.{part:02} %"),
    }
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn ratios_are_told_as_percentages() {
        assert_eq!(percent(50_000_000_000_000_000), "5 %");
        assert_eq!(percent(52_500_000_000_000_000), "5.25 %");
        assert_eq!(percent(1_000_000_000_000_000_000), "100 %");
        assert_eq!(percent(1), "0 %");
    }
}
