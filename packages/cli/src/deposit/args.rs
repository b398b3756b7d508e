//! The arguments of `defenders deposit`.

use cosmwasm_std::{Decimal, Uint128};

use crate::config::{NodeArgs, SendArgs};
use crate::terminal::ViewArgs;

/// What `deposit` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// How much: base units as 1000000, or in the display unit as 1.5ATOM.
    pub amount: String,

    /// Who gets the shares: an address, or the name of a key. Default: who signs.
    #[arg(long, value_name = "ADDRESS|KEY")]
    pub recipient: Option<String>,

    /// Fewer shares than that are refused. Default: what the vault promises now, less the tolerance.
    #[arg(long, value_name = "SHARES", conflicts_with = "tolerance")]
    pub min_shares: Option<String>,

    /// How many percent fewer shares are taken than the vault promises now: 0 to 100.
    #[arg(long, value_name = "PERCENT", default_value = "0.5")]
    pub tolerance: Tolerance,

    /// Only mint shares, and leave delegating to whoever ticks: for less gas, or while the chain fails at the validator
    /// that is next.
    #[arg(long)]
    pub no_delegate: bool,

    /// Which chain.
    #[command(flatten)]
    pub node: NodeArgs,
    /// How to send it.
    #[command(flatten)]
    pub send: SendArgs,
    /// How to show it.
    #[command(flatten)]
    pub view: ViewArgs,
}

/// How much less than what is promised is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tolerance(Decimal);

impl Tolerance {
    /// The least that is taken, rounded down.
    pub fn least_of(self, promised: Uint128) -> Uint128 {
        let kept = Decimal::one().saturating_sub(self.0);
        promised.mul_floor(kept)
    }
}

impl std::str::FromStr for Tolerance {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim_end_matches('%').trim_end();
        let share = text
            .parse::<Decimal>()
            .ok()
            .and_then(|percent| percent.checked_div(Decimal::from_ratio(100u8, 1u8)).ok())
            .filter(|share| *share <= Decimal::one());
        share
            .map(Self)
            .ok_or("must be a percentage from 0 to 100, as 0.5")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tolerance_is_taken_off_and_the_rest_rounded_down() {
        let least = |text: &str, promised: u128| {
            let tolerance: Tolerance = text.parse().unwrap();
            tolerance.least_of(Uint128::new(promised)).u128()
        };
        assert_eq!(least("0.5", 1_000), 995);
        assert_eq!(least("0.5%", 999), 994);
        assert_eq!(least("0", 999), 999);
        assert_eq!(least("100", 999), 0);
        assert_eq!(least("0.5", u128::MAX), u128::MAX / 1_000 * 995 + 452);
    }

    #[test]
    fn a_tolerance_is_a_percentage() {
        for bad in ["", "-1", "101", "half", "1e3"] {
            assert!(bad.parse::<Tolerance>().is_err(), "{bad}");
        }
    }
}
