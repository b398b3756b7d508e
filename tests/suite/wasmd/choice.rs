//! Which chain a suite begins: `DEFENDERS_CHAIN` is `sim`, the default, or `wasmd`.

use std::collections::BTreeSet;
use std::io::Write;
use std::sync::{Mutex, PoisonError};

use super::Wasmd;
use super::sim_only::SIM_ONLY;
use crate::suite::chain::{ChainSpec, TestChain};
use crate::suite::sim::Sim;

const CHOICE: &str = "DEFENDERS_CHAIN";

/// Flows told so far: some begin several suites.
static TOLD: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

/// The chain that the environment chooses. Flows of the list `SIM_ONLY` run on the simulated
/// one even if it chooses the real one, and are told and counted, past the capture of output.
pub fn begin(spec: &ChainSpec) -> Box<dyn TestChain> {
    match is_real().then(needed_from_the_sim) {
        None => Box::new(Sim::init(spec)),
        Some(None) => Box::new(Wasmd::init(spec)),
        Some(Some(need)) => {
            tell(need);
            Box::new(Sim::init(spec))
        }
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

/// The test harness names a test's thread after the test.
fn this_flow() -> String {
    let thread = std::thread::current();
    thread.name().unwrap_or_default().to_owned()
}

fn needed_from_the_sim() -> Option<&'static str> {
    let flow = this_flow();
    let mut needs = SIM_ONLY.iter();
    needs.find_map(|(need, flows)| flows.contains(&flow.as_str()).then_some(*need))
}

fn tell(need: &str) {
    let flow = this_flow();
    let mut told = TOLD.lock().unwrap_or_else(PoisonError::into_inner);
    if !told.insert(flow.clone()) {
        return;
    }
    let count = told.len();
    let of: usize = SIM_ONLY.iter().map(|(_, flows)| flows.len()).sum();
    let line = format!("needs the sim ({count} of {of}): {flow}: {need}\n");
    let _ = std::io::stderr().write_all(line.as_bytes()); // a closed stderr hears nothing
}
