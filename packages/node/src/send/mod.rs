//! Sending: each intention becomes at most one transaction that is carried out.
//!
//! What is signed is written down before a node sees it. Whoever comes back, after a crash, a lost answer, a full
//! mempool, sends those bytes again or finds them in a block; nothing is signed anew while they may still get in.
//! They get in up to a height that is part of them, so that this ends.

mod amino;
mod draft;
mod error;
mod fee;
mod journal;
mod outlook;
mod receipt;
mod resume;
mod searched;
mod send_file;
mod sender;
mod settle;
mod signed_file;
mod unsigned;

pub use draft::{Draft, Estimate};
pub use error::SendError;
pub use fee::FeePolicy;
pub use journal::{Journal, JournalError, Pending};
pub use outlook::{Outlook, look_up};
pub use receipt::Receipt;
pub use resume::Resumed;
pub use searched::Searched;
pub use sender::{Sender, Signer};
pub use signed_file::{SignedFee, SignedFile};
pub use unsigned::UnsignedError;
