//! A cw3-flex multisig on a chain: its proposals, whose votes are counted here, and `defenders proposals`, `vote`
//! and `execute`.

mod age;
mod execute;
mod list;
mod read;
mod vote;

pub use defenders_client::multisig::{Count, Proposal};
pub use execute::{Args as ExecuteArgs, run as run_execute};
pub use list::{Args as ListArgs, run as run_list};
pub use read::Multisig;
pub use vote::{Args as VoteArgs, run as run_vote};

use crate::session::Session;
use crate::terminal::Unit;

impl Session {
    /// How fees are shown where nothing else is: in the display unit of what the settings call the staked coin.
    pub fn fee_unit(&self) -> Unit {
        let base = self.config.denom_base.as_ref();
        Unit::new(base.and_then(|base| self.display_of(&base.value)), false)
    }
}
