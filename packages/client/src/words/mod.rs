//! Words for values, as every report has them.

mod time;

pub use time::{tell_minute, tell_time};
