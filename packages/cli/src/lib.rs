//! What the program `defenders` does, for it and for tests that write and read proposals as it does. Its README
//! says what each command takes and gives.
//!
//! [`config`] is for every program that speaks to the chain of a `defenders.toml`.

mod broadcast;
mod cancel;
mod chain;
mod chain_facts;
mod claim;
mod command_error;
mod concentration;
pub mod config;
mod deploy;
mod deposit;
mod devnet;
mod explain;
mod export;
mod file_command;
mod help;
mod input;
mod inspect;
mod keep;
mod keys;
mod leash;
mod monitor;
mod multisig;
mod notice;
mod output;
mod pending;
mod plan;
mod position;
mod proposal;
mod propose;
mod session;
mod simulate;
mod spread;
mod status;
mod targets;
mod terminal;
mod validator_set;
mod vault_rule;
mod verify;
mod watch;
mod withdraw;

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
    /// Show which stake moves where: what the vault's next tick would do, or the plan on a file.
    #[command(after_help = help::PLAN)]
    Plan(plan::Args),
    /// Show how concentrated stake is: now, without the vault's, and with a deposit more.
    #[command(after_help = help::CONCENTRATION)]
    Concentration(concentration::Args),
    /// Write a proposal to the vault, for a multisig and for DAO DAO, from one file in words.
    #[command(after_help = help::PROPOSE)]
    Propose(propose::Args),
    /// Show what a proposal would do, warnings first.
    #[command(after_help = help::INSPECT)]
    Inspect(inspect::Args),
    /// List the multisig's proposals, their votes counted.
    #[command(after_help = help::PROPOSALS)]
    Proposals(multisig::ListArgs),
    /// Vote on a proposal.
    #[command(after_help = help::VOTE)]
    Vote(multisig::VoteArgs),
    /// Carry out a proposal that has passed.
    #[command(after_help = help::EXECUTE)]
    Execute(multisig::ExecuteArgs),
    /// Run a chain on this machine, with the vault deployed on it.
    #[command(after_help = help::DEVNET)]
    Devnet(devnet::Args),
    /// Show whether a vault is what it says, before anybody deposits.
    #[command(after_help = help::VERIFY)]
    Verify(verify::Args),
    /// Deploy a vault and its multisig, or go on where that was broken off.
    #[command(after_help = help::DEPLOY)]
    Deploy(deploy::Args),
    /// Put coins into the vault.
    #[command(after_help = help::DEPOSIT)]
    Deposit(deposit::Args),
    /// Ask for shares to be paid back, after unbonding.
    #[command(after_help = help::WITHDRAW)]
    Withdraw(withdraw::Args),
    /// Take what batches pay.
    #[command(after_help = help::CLAIM)]
    Claim(claim::Args),
    /// Take shares back out of the open batch.
    #[command(after_help = help::CANCEL)]
    Cancel(cancel::Args),
    /// Show what an account has in the vault.
    #[command(after_help = help::POSITION)]
    Position(position::Args),
    /// Show a vault on one screen.
    #[command(after_help = help::STATUS)]
    Status(status::Args),
    /// Show why a validator has the stake that it has, and what would bring it more.
    #[command(after_help = help::EXPLAIN)]
    Explain(explain::Args),
    /// Write an account's deposits, withdrawals and claims as a table, for accountants.
    #[command(after_help = help::EXPORT)]
    Export(export::Args),
    /// Spread own coins and stake over small validators, with the own keys and no vault.
    #[command(after_help = help::SPREAD)]
    Spread(spread::Args),
    /// Keep a vault: do what is due, one transaction at a time, and answer metrics.
    #[command(after_help = help::KEEP)]
    Keep(keep::Args),
    /// Watch validators: missed blocks, jailing, commission, the vault's stake.
    #[command(after_help = help::WATCH)]
    Watch(watch::Args),
    /// Send a transaction that was signed elsewhere.
    #[command(after_help = help::BROADCAST)]
    Broadcast(broadcast::Args),
    /// Show what is under way, and forget what can no longer surface.
    #[command(after_help = help::PENDING)]
    Pending(pending::Args),
    /// Make, import and show the keys that sign.
    #[command(after_help = help::KEYS)]
    Keys(keys::Args),
    /// Show the settings that hold, and where each comes from.
    #[command(after_help = help::CONFIG)]
    Config(config::Args),
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
    leash::follow();
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
        Command::Devnet(args) => devnet::run(args)?,
        Command::Verify(args) => {
            if !verify::run(args)? {
                return Ok(ExitCode::FAILURE);
            }
        }
        Command::Deploy(args) => deploy::run(args)?,
        Command::Deposit(args) => deposit::run(args)?,
        Command::Withdraw(args) => withdraw::run(args)?,
        Command::Claim(args) => claim::run(args)?,
        Command::Cancel(args) => cancel::run(args)?,
        Command::Position(args) => position::run(args)?,
        Command::Status(args) => status::run(args)?,
        Command::Explain(args) => explain::run(args)?,
        Command::Export(args) => export::run(args)?,
        Command::Proposals(args) => multisig::run_list(args)?,
        Command::Vote(args) => multisig::run_vote(args)?,
        Command::Execute(args) => multisig::run_execute(args)?,
        Command::Spread(args) => spread::run(args)?,
        Command::Keep(args) => keep::run(args)?,
        Command::Watch(args) => watch::run(args)?,
        Command::Broadcast(args) => broadcast::run(args)?,
        Command::Pending(args) => pending::run(args)?,
        Command::Keys(args) => keys::run(args)?,
        Command::Config(args) => config::run(args)?,
        Command::Inspect(args) => {
            if inspect::run(args)? {
                return Ok(ExitCode::from(HAS_WARNINGS));
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}
