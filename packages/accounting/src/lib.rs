#![doc = include_str!("../README.md")]
#![deny(clippy::arithmetic_side_effects)]

pub mod batch;
pub mod error;
pub mod fee;
pub mod locked_profit;
pub mod mark;
pub mod money;
pub mod piece;
pub mod queue;
pub mod rate;
pub mod settlement;
pub mod valuation;

pub use batch::Batch;
pub use error::AccountingError;
pub use fee::{compute_fee_floor, Fee};
pub use locked_profit::LockedProfit;
pub use mark::{Watch, Worth};
pub use money::Money;
pub use piece::{compute_piece, Piece, PiecePart};
pub use queue::Queue;
pub use rate::Rate;
pub use settlement::{
    decide_settlement, Division, PaidStatus, ProRata, RecordedBlock, RecordedBlocks, Settlement,
};
pub use valuation::Valuation;
