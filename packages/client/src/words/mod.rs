//! Times, counts and shares, as people read them.

mod count;
mod percent;
mod time;

pub use count::{count, grouped};
pub use percent::percent;
pub use time::{tell_minute, tell_time};
