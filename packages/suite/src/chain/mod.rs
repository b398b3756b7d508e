//! What the suite asks of a test chain. Messages, queries and answers are JSON text, events are
//! types with attributes, refusals are text: a chain behind a pipe can do all of it.

mod faults;
mod tx;

use cosmwasm_std::{Coin, Decimal, Timestamp};

pub use faults::{Faults, Refused};
pub use tx::{GovMsg, Outcome, Refusal, Tx, TxResult};

/// A chain at its first block.
#[derive(Clone, Debug)]
pub struct ChainSpec {
    /// The bond denom.
    pub denom: String,
    /// Seconds from an undelegation to its payment.
    pub unbonding_time: u64,
    /// Most validators of the bonded set.
    pub max_validators: u32,
    /// Blocks over which missed signatures are counted; a validator that misses more than half
    /// of them is jailed for ten minutes.
    pub signed_blocks_window: u64,
    /// By which raw query contracts may read a validator.
    pub raw_queries: RawQueries,
    /// What creating a denom costs, by ascending denom.
    pub denom_creation_fee: Vec<Coin>,
    /// Whether admins of denoms may set their metadata.
    pub takes_denom_metadata: bool,
    /// Whether validators are run from accounts that sign, with the bytes of their operator addresses. A real
    /// chain knows no others; the simulated one gives them short names instead, which are no addresses.
    pub operators_sign: bool,
    /// The chain gives them operator addresses in ascending order.
    pub validators: Vec<ValidatorSpec>,
}

/// What a chain lets contracts read a validator by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RawQueries {
    /// Nothing.
    None,
    /// gRPC queries, as the Cosmos Hub.
    Grpc,
    /// Stargate queries, as Osmosis.
    Stargate,
}

/// A validator of the first block.
#[derive(Clone, Debug)]
pub struct ValidatorSpec {
    /// Tokens that others delegate to it.
    pub tokens: u128,
    /// What it charges.
    pub commission_rate: Decimal,
}

/// Code that a chain can store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// The vault.
    Vault,
    /// Its reward pot.
    RewardPot,
    /// The vault's next release, as the tests imagine it.
    NextVault,
    /// The vault before changes waited and code was replaced by schedule. Only its wasm is kept.
    EarlierVault,
    /// Its reward pot.
    EarlierRewardPot,
    /// A contract that instantiates others and makes them their own admins.
    Factory,
    /// A contract that takes cw20 shares and remembers the last hook.
    ShareSink,
    /// Members with weights: cw4-group.
    Group,
    /// Proposals of a group's members: cw3-flex-multisig.
    Multisig,
}

/// What the chain tells of a denom of its token factory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DenomInfo {
    /// Who may mint it.
    pub admin: String,
    /// Its units with their exponents, the base first.
    pub units: Vec<(String, u32)>,
    /// Display unit, name, symbol and description.
    pub texts: [String; 4],
}

/// A proposal to the chain's own governance, as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GovProposal {
    /// `PROPOSAL_STATUS_VOTING_PERIOD`, `_PASSED`, `_REJECTED` or `_FAILED`.
    pub status: String,
    /// Staked tokens that say yes.
    pub yes: u128,
    /// Staked tokens that say no.
    pub no: u128,
    /// Who has voted, in ascending address; forgotten when voting ends.
    pub voters: Vec<String>,
}

/// A validator as the chain sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NativeValidator {
    /// Operator address.
    pub validator: String,
    /// All tokens delegated to it.
    pub tokens: u128,
    /// In the bonded set.
    pub bonded: bool,
    /// In jail.
    pub jailed: bool,
}

/// An unbonding entry as the chain sees it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NativeEntry {
    /// When it matures.
    pub completion_time: Timestamp,
    /// Operator address.
    pub validator: String,
    /// Tokens at its beginning.
    pub initial_balance: u128,
    /// Tokens left after slashes.
    pub balance: u128,
}

/// What can be asked of a chain about its last block.
pub trait ChainView {
    /// Height of the last block.
    fn height(&self) -> u64;

    /// Time of the last block.
    fn time(&self) -> Timestamp;

    /// Asks a contract; JSON in, JSON out.
    fn query(&self, contract: &str, msg: &str) -> Result<String, Refusal>;

    /// Who may replace the code of a contract.
    fn admin(&self, contract: &str) -> Option<String>;

    /// SHA-256 of a code, 64 hex digits in lower case.
    fn checksum(&self, code_id: u64) -> String;

    /// Everyone with coins of a denom, in ascending address.
    fn owners(&self, denom: &str) -> Vec<(String, u128)>;

    /// Coins of an account.
    fn balance(&self, address: &str, denom: &str) -> u128;

    /// All validators, in ascending operator address.
    fn validators(&self) -> Vec<NativeValidator>;

    /// Tokens of each delegation that shows more than 0, in ascending operator address.
    fn delegations(&self, delegator: &str) -> Vec<(String, u128)>;

    /// All unbonding entries of a delegator, in order.
    fn unbonding_entries(&self, delegator: &str) -> Vec<NativeEntry>;
}

/// A chain that tests can drive block by block.
pub trait TestChain: ChainView {
    /// Begins a chain.
    fn init(spec: &ChainSpec) -> Self
    where
        Self: Sized;

    /// Stores code; its id.
    fn store(&mut self, code: Code) -> u64;

    /// The address of a named account, the same each time.
    fn account(&self, name: &str) -> String;

    /// The account that runs a validator.
    fn operator_account(&self, validator: &str) -> String;

    /// Gives coins out of nothing to a user account.
    fn fund(&mut self, address: &str, coins: Vec<Coin>);

    /// Makes one block, `seconds` after the last, which carries these transactions in order.
    fn block(&mut self, seconds: u64, txs: Vec<Tx>) -> Vec<Result<Outcome, Refusal>>;

    /// Whether a validator signs the blocks from the next one on.
    fn vote(&mut self, validator: &str, present: bool);

    /// Evidence in the next block that a validator signed twice at a past height.
    fn double_sign(&mut self, validator: &str, infraction_height: u64);

    /// The operator asks for its way out of jail, in the next block.
    fn unjail(&mut self, validator: &str);

    /// The operator charges another rate from the next block on; a chain takes one change a day.
    fn set_commission(&mut self, validator: &str, rate: Decimal);

    /// Rewards for the bonded validators by power, as fees bring them, in the next block.
    fn reward(&mut self, coins: Vec<Coin>);

    /// The account of the bonded pool.
    fn bonded_pool(&self) -> String;

    /// What the chain tells of a denom of its token factory.
    fn denom_info(&self, denom: &str) -> DenomInfo;

    /// The account of the chain's own governance. The simulated chain has none.
    fn gov_account(&self) -> String {
        panic!("this chain has no governance of its own")
    }

    /// A proposal to it.
    fn gov_proposal(&self, proposal_id: u64) -> GovProposal {
        panic!("this chain has no governance of its own, and no proposal {proposal_id}")
    }

    /// The real chain itself, for what a suite has no words for. What happens on it past the suite no invariant
    /// has seen: only questions may follow.
    fn real(&mut self) -> &mut wasmd_chain::Chain {
        panic!("this chain is simulated")
    }

    /// All that a contract has stored, key by key.
    fn state(&self, contract: &str) -> Vec<(Vec<u8>, Vec<u8>)>;

    /// Limits the gas of each transaction of the next block. Refused by a chain that meters none.
    fn limit_gas(&mut self, gas: u64);

    /// What goes wrong, and what governance and validators do.
    fn faults(&mut self) -> &mut dyn Faults;
}
