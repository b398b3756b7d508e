//! What only the real chain can show: it meters gas, its modules have accounts that nobody can pay, and its
//! own governance counts stake. Always on the real chain, whatever the environment chooses.

// A flow that goes wrong must fail loudly.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod earlier;
mod module_account;
mod out_of_gas;
mod travel;
mod voice;
