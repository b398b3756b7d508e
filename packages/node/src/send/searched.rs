//! Blocks that were looked for.

use std::fmt;

/// Blocks that were looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Searched {
    /// The first one.
    pub from: u64,
    /// The last one.
    pub to: u64,
    /// Those that no node has: first and last of each row, ascending.
    pub missing: Vec<(u64, u64)>,
}

impl fmt::Display for Searched {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let row = |(first, last): &(u64, u64)| match first == last {
            true => first.to_string(),
            false => format!("{first} to {last}"),
        };
        let missing: Vec<String> = self.missing.iter().map(row).collect();
        let missing = missing.join(", ");
        write!(
            f,
            "of blocks {} to {} they lack {missing}",
            self.from, self.to
        )
    }
}
