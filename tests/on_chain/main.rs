//! What only the real chain can show, because only it meters gas. Always on the real chain,
//! whatever the environment chooses.

// A flow that goes wrong must fail loudly.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod out_of_gas;
