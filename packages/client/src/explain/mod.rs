//! Why a validator has the stake that it has, and what would bring it more.

mod what_if;

pub use what_if::{Asked, ExplainError, Subject, WhatIf, Words, compute_acts};
