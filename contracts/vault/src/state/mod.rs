//! What the vault remembers: one file per thing, with its bytes and its own words. Each item says who
//! writes it. The book is the only hot aggregate.
//!
//! Whoever changes the bytes of something stored breaks `golden`: a new field of what lies under a key
//! of its own stands after a semicolon (see `store::packed`), anything else needs a migration.

pub mod allowances;
pub mod attested;
pub mod book;
pub mod changes;
pub mod config;
pub mod contract_info;
pub mod fees_owed;
pub mod fill_list;
#[cfg(test)]
mod golden;
pub mod holdings;
pub mod listings;
pub mod marketing;
pub mod not_bonded;
pub mod pages;
pub mod power_rows;
pub mod powers;
pub mod rates;
pub mod redelegations;
pub mod roles;
pub mod shares;
pub mod standings;
pub mod terms;
pub mod timetable;
pub mod turnover;
pub mod unbonding;
pub mod watches;
pub mod withdrawals;

pub use book::{recorded_block, Book, DepositState, Doubt, NextSlot, BOOK};
pub use config::{Config, CONFIG};
pub use contract_info::{CONTRACT_NAME, CONTRACT_VERSION};
pub use fees_owed::FEES_OWED;
pub use fill_list::{DepositSlot, FILL_LIST};
pub use holdings::{Holding, HOLDINGS};
pub use listings::{Listing, LISTINGS};
pub use marketing::{Marketing, LOGO, MARKETING};
pub use not_bonded::NOT_BONDED_SINCE;
pub use power_rows::{POWER_ROWS_EVER, VALIDATOR_BY_POWER_ROW};
pub use powers::{
    Power, PowerSummary, Powers, RefreshProgress, TopPower, POWERS, POWERS_PER_PAGE, POWER_SUMMARY,
    REFRESH,
};
pub use rates::RATES;
pub use redelegations::{LiveRedelegation, REDELEGATIONS};
pub use roles::{PendingOwner, PENDING_OWNER};
pub use shares::{Token, TOKEN};
pub use standings::{Suspicion, STANDINGS, SUSPICION};
pub use terms::{Terms, GROUP_NAMES, TERMS};
pub use timetable::{Timetable, WaitingJob, TIMETABLE};
pub use turnover::{Turnover, TURNOVER};
pub use unbonding::{FixedGroup, LedgerRow, FIXED_GROUPS, LEDGER};
pub use watches::{Watched, WATCHES};
pub use withdrawals::{BATCHES, REQUESTS};
