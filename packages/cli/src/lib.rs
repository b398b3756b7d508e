//! What the program `defenders` does, for it and for tests that write and read proposals as it does. Its README
//! says what each command takes and gives.

mod command_error;
mod concentration;
mod file_command;
mod help;
mod input;
mod inspect;
mod notice;
mod output;
mod plan;
mod proposal;
mod propose;
mod simulate;
mod targets;
mod terminal;
mod validator_set;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use command_error::CommandError;

pub use inspect::inspect_file;
pub use proposal::ContextArgs;
pub use propose::write_files;

/// Even out the stake of a chain.
#[derive(Parser)]
#[command(name = "defenders", version, about, after_help = help::PROGRAM)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Show what the vault does to a chain, by running its contracts on an embedded one.
    #[command(after_help = help::SIMULATE)]
    Simulate(simulate::Args),
    /// Show who should hold how much: the target rule on a file.
    #[command(after_help = help::TARGETS)]
    Targets(file_command::Args),
    /// Show which stake moves where: the plan on a file, with locks and budgets.
    #[command(after_help = help::PLAN)]
    Plan(file_command::Args),
    /// Show how concentrated stake is: now, without the vault's, and with a deposit more.
    #[command(after_help = help::CONCENTRATION)]
    Concentration(concentration::Args),
    /// Write a proposal to the vault, for a multisig and for DAO DAO, from one file in words.
    #[command(after_help = help::PROPOSE)]
    Propose(propose::Args),
    /// Show what a proposal would do, warnings first.
    #[command(after_help = help::INSPECT)]
    Inspect(inspect::Args),
}

/// Exit status of a proposal with warnings.
const HAS_WARNINGS: u8 = 3;

/// What the program does with the arguments that it was called with: 0 done · 1 something broke, or an invariant
/// did not hold · 2 the arguments or a file are wrong · 3 `inspect` warns.
pub fn run_program() -> ExitCode {
    if std::env::args_os().any(|argument| argument == "--json") {
        notice::speak_json();
    }
    end_panics_with_status_1();
    let ended = match Cli::try_parse() {
        Ok(cli) => run(&cli.command),
        // help and version are answers
        Err(answer) if !answer.use_stderr() => answer.exit(),
        Err(error) if !notice::is_json() => error.exit(),
        Err(error) => Err(error.into()),
    };
    match ended {
        Ok(status) => status,
        Err(error) => {
            error.tell();
            ExitCode::from(error.exit_status())
        }
    }
}

/// The suite panics where a vault does not answer, for tests. Here it is one more thing that broke.
fn end_panics_with_status_1() {
    std::panic::set_hook(Box::new(|panic| {
        notice::fail(&notice::Failure {
            status: 1,
            kind: "broken",
            file: None,
            message: &panic.to_string(),
        });
        std::process::exit(1);
    }));
}

fn run(command: &Command) -> Result<ExitCode, CommandError> {
    match command {
        Command::Simulate(args) => simulate::run(args)?,
        Command::Targets(args) => targets::run(args)?,
        Command::Plan(args) => plan::run(args)?,
        Command::Concentration(args) => concentration::run(args)?,
        Command::Propose(args) => propose::run(args)?,
        Command::Inspect(args) => {
            if inspect::run(args)? {
                return Ok(ExitCode::from(HAS_WARNINGS));
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}
