//! Which chain a suite begins: `DEFENDERS_CHAIN` is `sim`, the default, or `wasmd`; and what the shares of
//! vaults are: `DEFENDERS_SHARES` is `cw20`, the default, or `denom`.

use crate::chain::{ChainSpec, TestChain};
use crate::sim::Sim;
use crate::wasmd::Wasmd;

const SHARES: &str = "DEFENDERS_SHARES";
const CHOICE: &str = "DEFENDERS_CHAIN";

/// The chain that the environment chooses.
pub fn begin(spec: &ChainSpec) -> Box<dyn TestChain> {
    match is_real() {
        true => Box::new(Wasmd::init(spec)),
        false => Box::new(Sim::init(spec)),
    }
}

/// Whether the environment chooses the real chain.
pub fn is_real() -> bool {
    let chosen = std::env::var(CHOICE).unwrap_or_else(|_| "sim".into());
    match chosen.as_str() {
        "sim" => false,
        "wasmd" => true,
        other => panic!("{CHOICE} is {other}: sim or wasmd"),
    }
}

/// Whether the environment chooses shares that are coins.
pub fn are_shares_coins() -> bool {
    chosen_shares().unwrap_or(false)
}

/// The same; `None` where it does not choose.
pub fn chosen_shares() -> Option<bool> {
    let chosen = std::env::var(SHARES).ok()?;
    match chosen.as_str() {
        "cw20" => Some(false),
        "denom" => Some(true),
        other => panic!("{SHARES} is {other}: cw20 or denom"),
    }
}
