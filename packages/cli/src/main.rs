//! The program `defenders`.

use std::process::ExitCode;

fn main() -> ExitCode {
    defenders_cli::run_program()
}
