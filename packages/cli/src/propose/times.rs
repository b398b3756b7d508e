//! Times and days as a person writes them.

use defenders_types::DAY;

use crate::input::{InputError, Node, Object};
use crate::proposal::tell_time;

/// Days, from 1 to `most`.
pub fn read_days(node: &Node, most: u64) -> Result<u64, InputError> {
    let days = node.count()?;
    match (1..=most).contains(&days) {
        true => Ok(days),
        false => Err(node.impossible(format!("{days} days are not 1 to {most}"))),
    }
}

/// A time that comes, at most so many days ahead, seconds.
pub fn read_time(node: &Node, now: u64, most_days: u64) -> Result<u64, InputError> {
    let time = node.count()?;
    match now < time && time <= now + most_days * DAY {
        true => Ok(time),
        // what is meant is often milliseconds
        false => Err(node.impossible(format!(
            "{time} is not within {most_days} days from {now} ({}): times are seconds since 1970",
            tell_time(now)
        ))),
    }
}

/// A time that comes, given by the field that names it, or by the one that counts the days until it.
pub fn read_time_or_days(
    object: &mut Object,
    (at, in_days): (&'static str, &'static str),
    now: u64,
    most_days: u64,
) -> Result<Option<u64>, InputError> {
    let days = object.optional(in_days);
    match (object.optional(at), days) {
        (Some(_), Some(days)) => Err(days.impossible(format!("give {at} or {in_days}, not both"))),
        (Some(at), None) => read_time(&at, now, most_days).map(Some),
        (None, Some(days)) => Ok(Some(now + read_days(&days, most_days)? * DAY)),
        (None, None) => Ok(None),
    }
}
