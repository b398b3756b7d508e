#![doc = include_str!("../README.md")]

mod set;
mod simulate;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Even out the stake of a chain.
#[derive(Parser)]
#[command(name = "defenders", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Show what the vault does to a chain, by running its contracts on an embedded one.
    Simulate(simulate::Args),
}

/// 0 done · 1 something broke, or an invariant did not hold · 2 the arguments or a file are wrong.
fn main() -> ExitCode {
    let Command::Simulate(args) = Cli::parse().command;
    match simulate::run(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(error.exit_status())
        }
    }
}
