//! Redelegation entries by source and destination, live and planned.

/// In ascending order of the pairs.
#[derive(Default)]
pub(super) struct Entries(Vec<((usize, usize), u32)>);

impl Entries {
    /// How many the pair has.
    pub(super) fn of(&self, pair: (usize, usize)) -> u32 {
        let found = self.0.binary_search_by_key(&pair, |(known, _)| *known);
        let row = found.ok().and_then(|index| self.0.get(index));
        row.map_or(0, |(_, entries)| *entries)
    }

    /// Adds some to the pair.
    pub(super) fn add(&mut self, pair: (usize, usize), more: u32) {
        match self.0.binary_search_by_key(&pair, |(known, _)| *known) {
            Ok(index) => {
                if let Some((_, entries)) = self.0.get_mut(index) {
                    // Saturates: full is full.
                    *entries = entries.saturating_add(more);
                }
            }
            Err(index) => self.0.insert(index, (pair, more)),
        }
    }

    /// Whether any pair has at least so many.
    pub(super) fn any_has(&self, least: u32) -> bool {
        self.0.iter().any(|(_, entries)| *entries >= least)
    }
}
