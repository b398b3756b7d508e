//! What a node says of itself.

use serde::Serialize;
use tendermint_rpc::endpoint::status::Response;

use crate::host::host_of;
use crate::time::read_clock;

/// What a node says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Status {
    /// Its RPC address.
    pub url: String,
    /// The chain.
    pub chain_id: String,
    /// Of the latest block.
    pub height: u64,
    /// Of the latest block, seconds since 1970.
    pub time: u64,
    /// Of the earliest block that it has.
    pub earliest_height: u64,
    /// As it says itself; some say no long after they stand still.
    pub catching_up: bool,
}

/// Seconds after which a latest block is old.
const OLD_AFTER: u64 = 60;

impl Status {
    pub(crate) fn read(url: &str, answer: &Response) -> Self {
        let sync = &answer.sync_info;
        Self {
            url: url.to_string(),
            chain_id: answer.node_info.network.to_string(),
            height: sync.latest_block_height.value(),
            time: u64::try_from(sync.latest_block_time.unix_timestamp()).unwrap_or(0),
            earliest_height: sync.earliest_block_height.value(),
            catching_up: sync.catching_up,
        }
    }

    /// How many seconds old the latest block is by this machine's clock.
    pub fn age_seconds(&self) -> u64 {
        read_clock().saturating_sub(self.time)
    }

    /// Whether it answers with old blocks. A devnet's clock is its operator's.
    pub fn is_behind(&self) -> bool {
        self.catching_up || self.age_seconds() > OLD_AFTER
    }

    /// What a user should know when it is behind.
    pub(crate) fn tell_behind(&self) -> Option<String> {
        self.is_behind().then(|| {
            format!(
                "{} is behind: its latest block {} is {} seconds old; answers are as old as that",
                host_of(&self.url),
                self.height,
                self.age_seconds()
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A chain whose clock was put forward has blocks of the future: they are not old.
    #[test]
    fn a_node_with_old_blocks_is_behind_and_one_of_the_future_is_not() {
        let status = |time: u64, catching_up: bool| Status {
            url: "http://anna:sesame@h/key".to_string(),
            chain_id: "c-1".to_string(),
            height: 7,
            time,
            earliest_height: 1,
            catching_up,
        };
        let now = read_clock();
        assert!(!status(now - 50, false).is_behind());
        assert!(status(now - 70, false).is_behind());
        assert!(status(now, true).is_behind());
        assert!(!status(now + 1_814_400, false).is_behind());
        let told = status(now - 70, false).tell_behind().unwrap();
        assert!(
            told.starts_with("h is behind: its latest block 7 is 7"),
            "{told}"
        );
    }
}
