//! How results are told to a person: tables that fit the terminal, numbers that can be read.

mod amounts;
mod args;
mod ratios;
mod screen;
mod table;
mod validators;
mod widths;
mod words;

pub use amounts::{Denom, Unit, grouped, parse_amount};
pub use args::{ViewArgs, WholeViewArgs};
pub use ratios::{four_digits, percent, percent_of};
pub use screen::{Screen, find_width, hang};
pub use table::{Column, Table};
pub use validators::{Labels, shorten_address};
pub use words::count;
