//! The Defenders vault: a delegation vault that evens out the stake of its chain.
