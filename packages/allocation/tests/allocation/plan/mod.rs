//! The plan against its twin, which moves one unit at a time, against brute force, and against what
//! no plan may do.

mod bounds;
mod convergence;
<<<<<<< HEAD
=======
mod departures;
>>>>>>> 9e04622 (Show each rule of who leaves, and every cap by its name, in worked examples)
mod examples;
mod guard;
mod least;
mod properties;
mod strategy;
mod twin;
mod used_up_entries;
