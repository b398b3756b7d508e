//! How concentrated stake is. Every number here takes the stakes of validators, in tokens and in
//! any order; validators without stake change nothing but the Gini coefficient. Sums go through 256
//! bits and squares through 512, so no input overflows.

mod gini;
mod metrics;
mod numbers;
mod report;
mod third;

pub use gini::compute_gini;
pub use metrics::{
    compute_effective_number, compute_hhi, compute_largest_share, compute_nakamoto,
    compute_nakamoto_at, compute_top_share,
};
pub(crate) use numbers::sorted_descending;
pub use report::{
    compute_concentration, compute_concentration_report, Comparison, Concentration,
    ConcentrationReport, Position,
};
pub use third::{compute_top_third, compute_top_third_of, Stake};
