//! The program against a real node: everything by the built binary, as a user would.

// Whatever a test cannot do ends it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod accounts;
mod deploy;
mod devnet;
mod failover;
mod fees;
mod files;
mod governance;
mod history;
mod keep;
mod keep_broken_off;
mod keep_lessons;
mod keep_run;
mod keep_two;
mod life;
mod no_wasm;
mod once;
mod operator;
mod page;
mod people;
mod proxy;
mod raw;
mod refusals;
mod running;
mod spread;
mod tampered;
mod watch;
mod watch_node;
mod watch_vault;
mod whole;
