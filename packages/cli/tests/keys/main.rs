//! `defenders keys` and `defenders config`, from outside: no secret is in any output, nothing is asked for where
//! nobody sits, and whatever is wrong ends with status 2 and says what to do.

// a test that cannot run its program can only stop
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod config;
mod imports;
mod keyring;
mod world;
