//! What stands below the arguments in `--help`: examples, and what an exit status means.

mod governance;
mod keys;
mod numbers;
mod operations;
mod people;

pub use governance::*;
pub use keys::*;
pub use numbers::*;
pub use operations::*;
pub use people::*;

/// Below the list of commands.
pub const PROGRAM: &str = "\
Where to begin:
  defenders simulate                                what the vault does to a real chain
  defenders concentration --set cosmoshub-2022-10   how concentrated that chain is now
  defenders inspect proposal.json --vault ADDRESS   what a proposal would do to a vault
  defenders keys add alice                          a key to sign with
  defenders simulate --help                         every command explains itself

Exit status: 0 done; 1 something broke, or an invariant did not hold; 2 the arguments or a file are
wrong; 3 `inspect` warns. Files may be given as - for standard input. With --json, errors and warnings are JSON too.";
