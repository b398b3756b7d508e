//! Which validators a job passes in one call. A chain panics inside some messages about a validator,
//! no reply catches that, and the whole call fails: whoever is passed stops nobody else.

/// Most validators that a caller names.
pub const MAX_SKIP: usize = 10;

/// Whom a job passes in this call; the next call knows nothing of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Skip {
    /// Nobody.
    Nobody,
    /// Those that the caller named.
    Named(Vec<String>),
    /// About every second one, as the seed says.
    Drawn {
        /// Another seed, another half.
        seed: u64,
    },
}

impl Skip {
    /// Whether a validator is passed: by its operator address, or by its row among the powers.
    #[must_use]
    pub fn passes(&self, validator: &str, power_row: u16) -> bool {
        match self {
            Self::Nobody => false,
            Self::Named(named) => named.iter().any(|name| name == validator),
            Self::Drawn { seed } => mix(seed ^ mix(power_row.into())) & 1 == 1,
        }
    }
}

/// The finalizer of splitmix64 (Steele, Lea, Flood, *Fast Splittable Pseudorandom Number Generators*,
/// 2014) after one step of its sequence: inputs that differ in any bit give unrelated outputs.
#[must_use]
pub fn mix(number: u64) -> u64 {
    let step = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let once = (step ^ (step >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let twice = (once ^ (once >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    twice ^ (twice >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mixing_is_that_of_the_published_sequence() {
        // the first outputs for the seed 1234567, as its reference implementation prints them
        let golden: u64 = 0x9e37_79b9_7f4a_7c15;
        let outputs =
            [0, 1, 2].map(|n: u64| mix(1_234_567u64.wrapping_add(n.wrapping_mul(golden))));
        assert_eq!(
            outputs,
            [
                6_457_827_717_110_365_317,
                3_203_168_211_198_807_973,
                9_817_491_932_198_370_423
            ]
        );
    }

    #[test]
    fn named_ones_are_passed_and_drawing_passes_about_half() {
        let named = Skip::Named(vec!["a".to_owned(), "b".to_owned()]);
        assert!(named.passes("a", 7) && named.passes("b", 8) && !named.passes("c", 7));
        assert!(!Skip::Nobody.passes("a", 7));
        let passed = (0..1_000).filter(|row| Skip::Drawn { seed: 5 }.passes("", *row));
        assert!((450..550).contains(&passed.count()));
    }
}
