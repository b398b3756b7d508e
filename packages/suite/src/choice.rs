//! Which chain a suite begins: `DEFENDERS_CHAIN` is `sim`, the default, or `wasmd`.

use crate::chain::{ChainSpec, TestChain};
use crate::sim::Sim;
use crate::wasmd::Wasmd;

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
