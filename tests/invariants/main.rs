//! Random histories.

// A history that goes wrong must fail loudly.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
