//! Transactions, and what comes of them.

use cosmwasm_std::{Coin, Event, StakingMsg};

/// A transaction of one message.
#[derive(Clone, Debug)]
pub enum Tx {
    /// Creates a contract.
    Instantiate {
        /// Its code.
        code_id: u64,
        /// Who signs and pays.
        sender: String,
        /// May replace its code. `None`: nobody.
        admin: Option<String>,
        /// With it the address is known beforehand, see `deployment::predict_address`.
        salt: Option<String>,
        /// JSON.
        msg: String,
        /// Sent along.
        funds: Vec<Coin>,
    },
    /// Calls a contract.
    Execute {
        /// Who signs and pays.
        sender: String,
        /// The contract.
        contract: String,
        /// JSON.
        msg: String,
        /// Sent along.
        funds: Vec<Coin>,
    },
    /// Gives a contract another admin.
    UpdateAdmin {
        /// The admin.
        sender: String,
        /// The contract.
        contract: String,
        /// The next one.
        admin: String,
    },
    /// Replaces the code of a contract.
    Migrate {
        /// The admin.
        sender: String,
        /// The contract.
        contract: String,
        /// Its code from then on.
        code_id: u64,
        /// JSON.
        msg: String,
    },
    /// Moves coins.
    Send {
        /// Who signs and pays.
        sender: String,
        /// Who receives.
        recipient: String,
        /// At least one.
        coins: Vec<Coin>,
    },
    /// Stakes on one's own account.
    Stake {
        /// Who signs and stakes.
        sender: String,
        /// What.
        msg: StakingMsg,
    },
    /// Takes part in the chain's own governance. The simulated chain has none.
    Gov {
        /// Who signs.
        sender: String,
        /// What.
        msg: GovMsg,
    },
}

/// What an account says to x/gov.
#[derive(Clone, Debug)]
pub enum GovMsg {
    /// Proposes what x/gov's account is to do, and opens the vote.
    Propose {
        /// In proto-JSON.
        messages: Vec<String>,
        /// Enough of it opens the vote at once.
        deposit: Vec<Coin>,
    },
    /// Votes with all that is staked on the account, as an operator with all that is delegated to it.
    Vote {
        /// The proposal.
        proposal_id: u64,
        /// Yes or no.
        agrees: bool,
    },
}

/// What an accepted transaction left behind.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// All events, in order, those of contracts with the chain's `wasm-` prefix.
    pub events: Vec<Event>,
    /// Gas used; 0 on a chain that meters none.
    pub gas_used: u64,
}

/// Why a transaction or a query was refused, as the chain tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The whole text.
    pub text: String,
}

/// What one transaction of a vault's user leads to.
pub type TxResult = Result<Outcome, Refusal>;

impl Refusal {
    /// Whether the text names this condition.
    pub fn says(&self, condition: &str) -> bool {
        self.text.contains(condition)
    }
}
