//! The plan against its twin, which moves one unit at a time, against brute force, and against what
//! no plan may do.

mod bounds;
mod convergence;
mod departures;
mod examples;
mod guard;
mod least;
mod properties;
mod strategy;
mod twin;
mod used_up_entries;
