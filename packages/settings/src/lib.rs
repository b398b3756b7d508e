#![doc = include_str!("../README.md")]
#![deny(clippy::arithmetic_side_effects)]

pub mod bounds;
pub mod decision;
pub mod effect;
pub mod error;
mod limits;
pub mod markdown;
pub mod pending;
pub mod row;
pub mod schedule;
pub mod settings;
pub mod table;
pub mod together;
pub mod value;
pub mod worst_case;

pub use bounds::{ensure_in_bounds, Moment};
pub use decision::{compute_changed, decide, Decision, Facts};
pub use effect::{classify, Effect};
pub use error::SettingsError;
pub use pending::{Canceller, Pending, Subject};
pub use row::{Absence, Bounds, Good, Group, Row, Unit};
pub use schedule::{Schedule, TakenOut};
pub use settings::Settings;
pub use table::SettingName;
pub use together::{ensure_above_min_delegation, ensure_changed, ensure_founding};
pub use value::SettingValue;
pub use worst_case::{compute_worst_case, WorstCase};
