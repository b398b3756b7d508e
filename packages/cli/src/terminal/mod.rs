//! How results are told to a person: tables that fit the terminal, numbers that can be read.

mod amounts;
mod args;
mod ratios;
mod screen;
mod table;
mod validators;
mod widths;

pub use amounts::{Denom, Unit, parse_amount};
pub use args::{ViewArgs, WholeViewArgs};
pub use defenders_client::words::{count, grouped, percent};
pub use ratios::{four_digits, percent_of};
pub use screen::{Screen, find_width, hang};
pub use table::{Column, Table};
pub use validators::{Labels, shorten_address};
