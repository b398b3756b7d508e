//! Founds a governor and a vault that it owns on a test chain, and shows what stands there. All that is shown is
//! asked of the chain.

// Whatever cannot be founded must end the program.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod arguments;
mod shown;

use arguments::{Arguments, USAGE};
use defenders_suite::governor::{Executors, Founding, found};
use defenders_suite::{SuiteBuilder, choice};
use shown::Shown;

fn main() {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let arguments = Arguments::read(&given).unwrap_or_else(|wrong| {
        eprintln!("{wrong}\n{USAGE}");
        std::process::exit(2)
    });
    let members: Vec<&str> = arguments.members.iter().map(String::as_str).collect();
    let mut builder = SuiteBuilder::base()
        .with_nobody_listed()
        .while_seed_unbonds()
        .without_refresh();
    let mut chain = choice::begin(&builder.chain);
    let founding = Founding {
        members: &members,
        threshold: arguments.threshold,
        voting_period: arguments.voting_period,
        executors: Executors::Members,
    };
    let governor = found(&mut *chain, &founding);
    builder.owner = Some(governor.multisig.clone());
    let suite = builder.try_build_on(chain).unwrap();
    let shown = Shown::read(&suite, &governor, &members);
    match arguments.is_json {
        true => println!("{:#}", shown.to_json()),
        false => print!("{}", shown.to_text()),
    }
}
