//! `propose` and `inspect`, from outside.
//!
//! - each act comes back from both files that `propose` writes, and cw3-flex takes the one that is its own
//! - each warning of `inspect`, alone, with status 3
//! - each thing that `propose` refuses, with file and place
//! - what users of comparable programs met: `lessons`

// a test that cannot run its program can only stop
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod acts;
mod answers;
mod effects;
mod lessons;
mod readme;
mod refusals;
mod refused_values;
mod warnings;
mod warnings_of_values;
mod world;
