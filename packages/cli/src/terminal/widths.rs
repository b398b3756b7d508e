//! How much of names, addresses and words is shown.

use super::validators::ADDRESS_WIDTH;

/// How wide what can be shortened may be.
#[derive(Clone, Copy, Debug)]
pub struct Widths {
    /// Of a name.
    pub name: usize,
    /// Of an address.
    pub address: usize,
    /// Of other words.
    pub words: usize,
}

impl Widths {
    /// Nothing is shortened.
    pub const ALL: Widths = Widths {
        name: usize::MAX,
        address: usize::MAX,
        words: usize::MAX,
    };
    /// Where there is room.
    pub const USUAL: Widths = Widths {
        name: 24,
        address: ADDRESS_WIDTH,
        words: 40,
    };
    /// Narrower than that, names, addresses and words say nothing.
    const LEAST: Widths = Widths {
        name: 10,
        address: 13,
        words: 18,
    };

    /// A column less of the widest. `None` when nothing can be shortened.
    pub fn narrower(self) -> Option<Self> {
        let least = Self::LEAST;
        if self.words > least.words {
            let words = self.words - 1;
            Some(Self { words, ..self })
        } else if self.name > least.name {
            let name = self.name - 1;
            let address = self.address.min(name.max(least.address));
            Some(Self {
                name,
                address,
                ..self
            })
        } else {
            None
        }
    }
}
