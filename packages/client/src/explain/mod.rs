//! Why a validator has the stake that it has, and what would bring it more.

mod obstacles;
mod what_if;

pub use obstacles::{Obstacle, find_obstacles};
pub use what_if::{Asked, Candidate, ExplainError, Subject, WhatIf, Words, compute_acts};
