//! Answers of the vault's queries. They may grow: a reader passes over fields that it does not know.

use cosmwasm_std::{Decimal, Timestamp, Uint128};
pub use defenders_allocation::Exclusion;
use defenders_json::answer;

use crate::job::JobState;
use crate::outlook::{CapName, PaysAt};
use crate::policy::{AllocationPolicy, FeePolicy, Parameters, PowerSource};
use crate::share::{Share, ShareSolvency};

answer! {
    /// Roles, policy, parameters.
    pub struct ConfigResponse {
        /// Curates the list.
        pub owner: String,
        /// The bond denom.
        pub denom: String,
        /// What the shares are.
        pub share: Share,
        /// Receives the staking rewards.
        pub reward_pot: String,
        /// Account of x/staking's bonded pool.
        pub bonded_pool: String,
        /// Longest unbonding time seen, seconds.
        pub unbonding_time: u64,
        /// Where powers are read.
        pub power_source: PowerSource,
        /// The fee.
        pub fee: FeePolicy,
        /// Caps and floor as set. The vault share cap in force is in `totals {}`.
        pub policy: AllocationPolicy,
        /// Caps that are set and not in force, because the source of power does not tell what they need.
        pub caps_not_in_force: Vec<String>,
        /// Parameters.
        pub parameters: Parameters,
        /// May put the brake on, and cancel changes that wait.
        pub guardian: Option<String>,
        /// Part of the exit delay, seconds.
        pub exit_slack: u64,
        /// Shares of the seed.
        pub seed_shares: Uint128,
        /// The vault's share of the chain from which on deposits carry a warning.
        pub self_limit_warning: Decimal,
        /// The vault's share of the chain from which on deposits are refused.
        pub self_limit: Decimal,
    }
}

answer! {
    /// Who owns the vault, and who may take its place.
    pub struct OwnershipResponse {
        /// Curates the list.
        pub owner: String,
        /// May accept, until `expires_at`.
        pub pending_owner: Option<String>,
        /// From then on it may not, seconds. The offer stays on record until cancelled or replaced.
        pub expires_at: Option<u64>,
    }
}

answer! {
    /// The book's aggregates, now. All amounts in tokens unless named shares.
    pub struct TotalsResponse {
        /// bonded + idle + restaking at its marks - locked profit.
        pub total_assets: Uint128,
        /// Sum of the vault's delegations by the book.
        pub bonded: Uint128,
        /// In the bank balance, of the share owners.
        pub idle: Uint128,
        /// In unbonding entries, to be delegated again.
        pub restaking: Uint128,
        /// The same at its marks: what is expected of it after the slashes that a refresh has seen.
        pub restaking_at_marks: Uint128,
        /// The difference: a provision, in the price for those who leave.
        pub marked_down: Uint128,
        /// Harvested, not yet in the price.
        pub locked_profit: Uint128,
        /// In unbonding entries of batches, at face value.
        pub unbonding: Uint128,
        /// In the bank balance, set aside for batches.
        pub claimable: Uint128,
        /// In the bank balance, what arrived for a short settlement that waits or is half done.
        pub awaiting_settlement: Uint128,
        /// Fee and bounty that could not be paid yet.
        pub fees_owed: Uint128,
        /// Idle kept for the unserved shares of a batch that has begun or is ready.
        pub reserve: Uint128,
        /// Supply of the share token.
        pub total_shares: Uint128,
        /// Shares of the seed.
        pub seed_shares: Uint128,
        /// Unserved shares of all batches.
        pub escrow_shares: Uint128,
        /// Most that the eligible validators may hold of the vault's stake together, by the powers of
        /// the last refresh; 0 before the first.
        pub capacity: Uint128,
        /// All bonded stake without the vault's, as of the last refresh; 0 before the first.
        pub external_bonded: Uint128,
        /// When the book was last compared with the chain, seconds.
        pub synced_at: u64,
        /// Given while the book is in doubt: deposits are refused, `submit`, `invest` and `rebalance` wait.
        pub doubt: Option<BookDoubt>,
        /// When the powers were last read in full, seconds.
        pub refreshed_at: Option<u64>,
        /// They are older than twice the refresh period, or were never read: deposits go on under the last caps.
        pub powers_stale: bool,
        /// The vault share cap in force: wider for short lists.
        pub vault_share_cap_in_force: Decimal,
    }
}

answer! {
    /// The chain has shown half of what the book has bonded, or less. Nothing is booked until a `sync` in a
    /// later block reads the same to 1 %, or more than half.
    pub struct BookDoubt {
        /// The block of the reading.
        pub height: u64,
        /// Its time, seconds.
        pub since: u64,
        /// The sum of the vault's delegations that the chain has shown, tokens.
        pub shown: Uint128,
    }
}

answer! {
    /// What a share is worth.
    pub struct RateResponse {
        /// total assets / total shares, rounded down.
        pub tokens_per_share: Decimal,
        /// Tokens.
        pub total_assets: Uint128,
        /// Shares.
        pub total_shares: Uint128,
    }
}

answer! {
    /// Where a batch stands.
    #[derive(Copy)]
    pub enum BatchState {
        /// Takes requests and cancels.
        Open,
        /// Closed with its first piece; some shares are not served yet.
        Submitting,
        /// All shares are served; some entries are not settled yet.
        Unbonding,
        /// Pays claims.
        Claimable,
    }
}

answer! {
    /// One batch.
    pub struct BatchInfo {
        /// Its number.
        pub batch_id: u64,
        /// Where it stands.
        pub state: BatchState,
        /// Shares of all requests.
        pub shares: Uint128,
        /// Shares not served yet: they go on earning and bearing slashes.
        pub unserved_shares: Uint128,
        /// Tokens set aside for it so far.
        pub tokens: Uint128,
        /// Tokens in its unsettled entries, at face value.
        pub unbonding: Uint128,
        /// tokens + unbonding at face value + unserved shares at the present rate; `ledger {}` has the marks of
        /// what unbonds. Final when claimable.
        pub tokens_estimate: Uint128,
        /// Tokens paid to claimants.
        pub claimed: Uint128,
        /// When its first piece was served, seconds.
        pub submitted_at: Option<u64>,
        /// When it can go on: the next piece at the earliest, or its last completion, seconds. `None`
        /// when claimable, or when not known.
        pub next_at: Option<u64>,
        /// When it can be claimed. `None`: now.
        pub pays_at: Option<PaysAt>,
    }
}

answer! {
    /// A page of batches.
    pub struct BatchesResponse {
        /// Oldest first.
        pub batches: Vec<BatchInfo>,
    }
}

answer! {
    /// A recipient's part of one batch.
    pub struct WithdrawalInfo {
        /// The batch.
        pub batch_id: u64,
        /// Where it stands.
        pub state: BatchState,
        /// The recipient's shares.
        pub shares: Uint128,
        /// What a claim pays when claimable, else the estimate, tokens.
        pub tokens: Uint128,
        /// When the batch can go on, seconds. `None` when claimable, or when not known.
        pub next_at: Option<u64>,
        /// When it can be claimed. `None`: now.
        pub pays_at: Option<PaysAt>,
    }
}

answer! {
    /// An account's shares, and the withdrawals of which it is the recipient.
    pub struct PositionResponse {
        /// Shares held.
        pub shares: Uint128,
        /// What they are worth, tokens.
        pub tokens: Uint128,
        /// Those not claimed yet, by batch.
        pub withdrawals: Vec<WithdrawalInfo>,
    }
}

answer! {
    /// One validator.
    pub struct ValidatorInfo {
        /// Operator address.
        pub validator: String,
        /// Tokens that the vault delegates to it, by the book.
        pub delegated: Uint128,
        /// Its tokens at the last refresh.
        pub tokens: Option<Uint128>,
        /// Its tokens without the vault's at the last refresh.
        pub external: Option<Uint128>,
        /// Listed and not draining.
        pub listed: bool,
        /// Why it is not eligible; `None` when it is.
        pub exclusion: Option<Exclusion>,
        /// Whether it may be given stake, and whether the vault stays.
        pub status: ValidatorStatus,
        /// The rule's result for the present T.
        pub target: Uint128,
        /// The least cap in force.
        pub cap: Uint128,
        /// What keeps the target from one unit more. `None`: nothing, others came first.
        pub binding: Option<CapName>,
        /// Unbonding entries not surely paid.
        pub unbonding_entries: u32,
        /// Left alone until then after a refusal, seconds. `None` when it is not.
        pub retry_at: Option<u64>,
        /// Cannot be a redelegation source until then, seconds. `None` when it can.
        pub redelegation_locked_until: Option<u64>,
        /// Since when it has not been among the chain's bonded validators, as refreshes saw, seconds. `None`
        /// when it was among them at the last one.
        pub not_bonded_since: Option<u64>,
        /// What its listing says. `None` when it has none.
        pub listing: Option<ListingInfo>,
    }
}

answer! {
    /// Whether a validator may be given stake, and whether the vault stays.
    #[derive(Copy, Eq)]
    pub enum ValidatorStatus {
        /// It may be given stake, and the vault stays.
        Eligible,
        /// Not eligible for now, and not left, or too early.
        Waiting,
        /// All stake leaves, and none comes.
        Leaving,
    }
}

answer! {
    /// What the listing of a validator says.
    pub struct ListingInfo {
        /// Who operates it.
        pub name: Option<String>,
        /// Where one reads about it.
        pub website: Option<String>,
        /// How to reach the operator.
        pub contact: Option<String>,
        /// Why it is listed.
        pub reason: Option<String>,
        /// When it was listed, seconds.
        pub listed_at: u64,
        /// Over from then on, seconds.
        pub ends_at: Option<u64>,
        /// Its operator; `None`: one of its own.
        pub operator: Option<String>,
        /// Its hosting provider.
        pub hosting: Option<String>,
        /// Its jurisdiction.
        pub jurisdiction: Option<String>,
        /// The owner's maximum, tokens.
        pub max_tokens: Option<Uint128>,
        /// The operator's own maximum in force, tokens.
        pub own_max_tokens: Option<Uint128>,
        /// What it will be, and from when on, after it was raised.
        pub own_max_later: Option<OwnMaximumLater>,
    }
}

answer! {
    /// A raised own maximum that does not count yet.
    pub struct OwnMaximumLater {
        /// Tokens; `None`: no maximum of its own.
        pub tokens: Option<Uint128>,
        /// From then on, seconds.
        pub at: u64,
    }
}

answer! {
    /// A page of validators.
    pub struct ValidatorsResponse {
        /// In ascending operator address.
        pub validators: Vec<ValidatorInfo>,
    }
}

answer! {
    /// What an entry's tokens are for.
    #[derive(Copy, Eq)]
    pub enum EntryPurpose {
        /// Paid to a batch.
        Batch {
            /// Its number.
            batch_id: u64,
        },
        /// Delegated again.
        Restake {},
    }
}

answer! {
    /// A part of an entry.
    pub struct LedgerPart {
        /// What it is for.
        pub purpose: EntryPurpose,
        /// Tokens at face value.
        pub tokens: Uint128,
    }
}

answer! {
    /// An entry of the unbonding ledger.
    pub struct LedgerEntry {
        /// The chain's completion time.
        pub completion_time: Timestamp,
        /// Operator address.
        pub validator: String,
        /// Sum of the parts: the chain's initial balance.
        pub tokens: Uint128,
        /// What is expected of it, tokens: less where its validator's tokens per share have fallen since.
        pub mark: Uint128,
        /// What it is for.
        pub parts: Vec<LedgerPart>,
        /// Already booked, kept until the chain has surely paid it.
        pub settled: bool,
        /// What was to be delegated again of it is booked: that of a fixed group is, before its batches' parts.
        pub restaking_settled: bool,
    }
}

answer! {
    /// A page of the unbonding ledger.
    pub struct LedgerResponse {
        /// By completion time, then operator address.
        pub entries: Vec<LedgerEntry>,
    }
}

answer! {
    /// All jobs.
    pub struct JobsResponse {
        /// In the order of [`Job::ALL`](crate::Job::ALL).
        pub jobs: Vec<JobState>,
    }
}

answer! {
    /// The book beside the bank and the chain. All amounts in tokens.
    pub struct SolvencyResponse {
        /// The vault's bank balance of the bond denom.
        pub bank_balance: Uint128,
        /// Of the share owners.
        pub idle: Uint128,
        /// Set aside for batches.
        pub claimable: Uint128,
        /// Fee and bounty not paid yet.
        pub fees_owed: Uint128,
        /// What arrived for a short settlement that waits or is half done.
        pub awaiting_settlement: Uint128,
        /// Bank balance beyond the four above: donations and arrivals not yet settled.
        pub surplus: Uint128,
        /// What the four above lack in the bank balance; 0 unless something is badly wrong.
        pub deficit: Uint128,
        /// Delegations by the book.
        pub bonded_by_book: Uint128,
        /// Delegations by the chain.
        pub bonded_by_chain: Uint128,
        /// The shares.
        pub shares: ShareSolvency,
    }
}
