//! How much more gas than a simulation used.

use std::fmt;
use std::str::FromStr;

/// Factors of a simulation's gas, in thousandths.
const LEAST: u64 = 1_200;
const USUAL: u64 = 1_500;
const MOST: u64 = 5_000;
const ONE: u64 = 1_000;

/// Gas to allow, as a multiple of what the simulation used: 1.2 to 5, because less was seen to run out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GasFactor {
    thousandths: u64,
}

impl GasFactor {
    /// When nobody says another.
    pub const USUAL: GasFactor = GasFactor { thousandths: USUAL };

    /// In thousandths.
    pub fn thousandths(self) -> u64 {
        self.thousandths
    }
}

impl FromStr for GasFactor {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
        let part_of = |part: &str| format!("{part:0<3}").parse::<u64>().ok();
        let thousandths = match is_number(whole) && is_number(part) && part.len() <= 3 {
            true => (whole.parse::<u64>().ok())
                .and_then(|whole| whole.checked_mul(ONE)?.checked_add(part_of(part)?)),
            false => None,
        };
        match thousandths {
            Some(thousandths) if (LEAST..=MOST).contains(&thousandths) => Ok(Self { thousandths }),
            _ => Err("must be from 1.2 to 5, with at most three places"),
        }
    }
}

impl fmt::Display for GasFactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.thousandths / ONE, self.thousandths % ONE);
        match format!("{part:03}").trim_end_matches('0') {
            "" => write!(f, "{whole}"),
            part => write!(f, "{whole}.{part}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn factors_have_three_places() {
        let factor = |text: &str| text.parse::<GasFactor>().unwrap();
        assert_eq!(GasFactor::USUAL.thousandths(), 1_500);
        for text in ["1.2", "1.25", "1.333", "2", "5"] {
            assert_eq!(factor(text).to_string(), text);
        }
    }

    #[test]
    fn lesson_4_factors_that_were_seen_to_run_out_of_gas_are_refused() {
        for text in [
            "1",
            "1.0",
            "1.1",
            "1.199",
            "5.001",
            "",
            ".5",
            "1.",
            "1.3333",
            "-2",
            "+2",
            "2e0",
            "x",
            "99999999999999999999",
        ] {
            assert!(text.parse::<GasFactor>().is_err(), "{text}");
        }
    }
}
