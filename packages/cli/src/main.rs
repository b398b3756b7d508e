#![doc = include_str!("../README.md")]

mod concentration;
mod file_command;
mod input;
mod output;
mod plan;
mod simulate;
mod table;
mod targets;
mod validator_set;

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
    /// Show who should hold how much: the target rule on a file.
    Targets(file_command::Args),
    /// Show which stake moves where: the plan on a file, with locks and budgets.
    Plan(file_command::Args),
    /// Show how concentrated stake is, with the vault's, without it, and with a deposit more.
    Concentration(concentration::Args),
}

/// Why a command did not come to a good end.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
enum CommandError {
    Simulate(#[from] simulate::SimulateError),
    FileCommand(#[from] file_command::FileCommandError),
    Concentration(#[from] concentration::ConcentrationError),
}

impl CommandError {
    fn exit_status(&self) -> u8 {
        match self {
            CommandError::Simulate(error) => error.exit_status(),
            CommandError::FileCommand(error) => error.exit_status(),
            CommandError::Concentration(error) => error.exit_status(),
        }
    }
}

/// 0 done · 1 something broke, or an invariant did not hold · 2 the arguments or a file are wrong.
fn main() -> ExitCode {
    end_panics_with_status_1();
    match run(&Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(error.exit_status())
        }
    }
}

/// The suite panics where a vault does not answer, for tests. Here it is one more thing that broke.
fn end_panics_with_status_1() {
    std::panic::set_hook(Box::new(|panic| {
        eprintln!("error: {panic}");
        std::process::exit(1);
    }));
}

fn run(command: &Command) -> Result<(), CommandError> {
    match command {
        Command::Simulate(args) => simulate::run(args)?,
        Command::Targets(args) => targets::run(args)?,
        Command::Plan(args) => plan::run(args)?,
        Command::Concentration(args) => concentration::run(args)?,
    }
    Ok(())
}
