//! Answers about what the vault will do and why. They may grow.

use cosmwasm_std::{Decimal, Timestamp, Uint128};
use defenders_allocation::Exclusion;
pub use defenders_allocation::WhyUnmoved;
use defenders_json::{answer, message};

use crate::job::Job;
use crate::moves::{MoveBudget, MoveReason};

message! {
    /// A block that may come.
    pub struct BlockInput {
        /// Its height.
        pub height: u64,
        /// Its time.
        pub time: Timestamp,
    }
}

answer! {
    /// What `tick {}` would do in a block.
    pub struct PlanResponse {
        /// The height of that block.
        pub height: u64,
        /// Its time.
        pub time: Timestamp,
        /// The job that would run. `None`: nothing is due.
        pub job: Option<Job>,
        /// The messages that would be sent, in their order.
        pub messages: Vec<PlannedMessage>,
        /// The moves among them, with their reasons.
        pub moves: Vec<MoveInfo>,
        /// There are more moves than one call makes.
        pub has_more: bool,
        /// Why the guard refuses all moves, if it does.
        pub refused: Option<String>,
        /// What should leave its validator and stays, by operator address.
        pub held_back: Vec<HeldBack>,
    }
}

answer! {
    /// A message to the chain.
    pub enum PlannedMessage {
        /// Idle tokens go to a validator.
        Delegate {
            /// Operator address.
            validator: String,
            /// Tokens.
            tokens: Uint128,
        },
        /// Stake begins to unbond.
        Undelegate {
            /// Operator address.
            validator: String,
            /// Tokens.
            tokens: Uint128,
        },
        /// Stake moves at once.
        Redelegate {
            /// Operator address from where.
            source: String,
            /// Operator address to where.
            destination: String,
            /// Tokens.
            tokens: Uint128,
        },
        /// Rewards are asked for.
        WithdrawRewards {
            /// Operator address.
            validator: String,
        },
        /// Tokens are paid.
        Pay {
            /// Who is paid; the caller's bounty is shown as the vault's own.
            recipient: String,
            /// Tokens.
            tokens: Uint128,
        },
        /// A contract is called: the reward pot is swept.
        Call {
            /// The contract.
            contract: String,
        },
        /// Shares that are coins, and that idle serves, are burnt. Those of an undelegation are burnt in its answer.
        Burn {
            /// How many.
            shares: Uint128,
        },
        /// Something else.
        Other {},
    }
}

answer! {
    /// A move of stake.
    pub struct MoveInfo {
        /// Operator address from where.
        pub source: String,
        /// Operator address to where. `None`: undelegated, and delegated again on arrival.
        pub destination: Option<String>,
        /// Tokens.
        pub tokens: Uint128,
        /// Why.
        pub reason: MoveReason,
        /// Which budget pays.
        pub budget: MoveBudget,
    }
}

answer! {
    /// Stake that should leave its validator, and stays.
    pub struct HeldBack {
        /// Operator address.
        pub validator: String,
        /// Tokens.
        pub tokens: Uint128,
        /// Why.
        pub why: WhyUnmoved,
    }
}

answer! {
    /// What holds a cap or a target where it is.
    #[derive(Copy, Eq)]
    pub enum CapName {
        /// Most of the vault's stake that one validator, or one operator, gets.
        VaultShare,
        /// Most of all bonded stake.
        ChainShare,
        /// Never more than a share of its whole stake.
        Match,
        /// The list owner's maximum.
        OwnerMaximum,
        /// The operator's own maximum.
        OwnMaximum,
        /// So much for each token that the operator delegates itself.
        Bond,
        /// A group that it is in.
        Group,
        /// It is not eligible.
        Ineligible,
    }
}

impl CapName {
    /// As in answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::VaultShare => "vault_share",
            Self::ChainShare => "chain_share",
            Self::Match => "match",
            Self::OwnerMaximum => "owner_maximum",
            Self::OwnMaximum => "own_maximum",
            Self::Bond => "bond",
            Self::Group => "group",
            Self::Ineligible => "ineligible",
        }
    }
}

answer! {
    /// A cap of a validator, or of a group that it is in.
    pub struct CapInfo {
        /// Which.
        pub cap: CapName,
        /// Of which group, if it is one's.
        pub group: Option<String>,
        /// Most tokens.
        pub tokens: Uint128,
        /// What the vault has there now, of the group's members together; tokens.
        pub held: Uint128,
        /// What is left below it, tokens; 0 at the cap or above.
        pub slack: Uint128,
        /// It keeps the target from one unit more.
        pub binds: bool,
    }
}

answer! {
    /// Why a validator has the stake that it has.
    pub struct ExplainResponse {
        /// Operator address.
        pub validator: String,
        /// It may be given stake.
        pub eligible: bool,
        /// Why it may not.
        pub exclusion: Option<Exclusion>,
        /// Since when that is so, seconds.
        pub excluded_since: Option<u64>,
        /// What would clear it, for a person.
        pub cleared_by: Option<String>,
        /// The vault leaves it from then on, seconds. `None`: it stays.
        pub leaves_from: Option<u64>,
        /// The vault's stake there by the book, tokens.
        pub delegated: Uint128,
        /// Its stake without the vault's at the last refresh, tokens.
        pub external: Option<Uint128>,
        /// external + delegated, tokens: what the rule evens out.
        pub level: Uint128,
        /// What the rule wants there, tokens.
        pub target: Uint128,
        /// external + target, tokens.
        pub target_level: Uint128,
        /// What it gets before anything is evened out, caps permitting, tokens.
        pub floor: Uint128,
        /// Every cap that is in force for it, its own first, then its groups'.
        pub caps: Vec<CapInfo>,
        /// What keeps the target from one unit more. `None`: nothing, others came first.
        pub binding: Option<CapName>,
        /// What the fill list still gives it, tokens.
        pub room: Uint128,
        /// Nothing can be redelegated from it until then, seconds.
        pub redelegation_locked_until: Option<u64>,
        /// Left alone until then after a refusal, seconds.
        pub retry_at: Option<u64>,
        /// Unbonding entries that the chain has not surely paid, of 7.
        pub unbonding_entries: u32,
        /// Redelegations into it that the chain has not surely completed.
        pub redelegations: Vec<RedelegationInfo>,
        /// What more of something would bring. `None` while it is not eligible.
        pub slopes: Option<SlopesInfo>,
    }
}

answer! {
    /// A redelegation under way.
    pub struct RedelegationInfo {
        /// Operator address from where.
        pub source: String,
        /// When it completes.
        pub completion_time: Timestamp,
    }
}

answer! {
    /// What more of something would do to the target now, all else as it is.
    pub struct SlopesInfo {
        /// More stake that is not the vault's.
        pub own_stake: SlopeInfo,
        /// More of the operator's delegation to itself, which is stake as well.
        pub self_bond: SlopeInfo,
        /// A higher maximum of the operator's own. `None`: it has set none.
        pub own_maximum: Option<SlopeInfo>,
    }
}

answer! {
    /// What a little more would do: the rule is run once more with it.
    pub struct SlopeInfo {
        /// How much more was tried: 1 % of the level, at least one; tokens.
        pub probe: Uint128,
        /// The target with it, tokens.
        pub target: Uint128,
        /// What the target rises by for each token more, rounded down; 0 where it falls or stays.
        pub gain_per_token: Decimal,
        /// What it falls by for each token more, rounded down; 0 where it rises or stays.
        pub loss_per_token: Decimal,
    }
}

answer! {
    /// How well the vault is, for who watches it. Amounts in tokens.
    pub struct HealthResponse {
        /// Total assets.
        pub total_assets: Uint128,
        /// Delegated stake that could be redelegated now if its validator had to be left.
        pub evacuable: Uint128,
        /// Delegated stake that is locked by redelegations into its validators.
        pub locked: Uint128,
        /// When the last of these locks ends, seconds. `None`: nothing is locked.
        pub locked_until: Option<u64>,
        /// Budgets of the present epoch.
        pub budgets: BudgetsInfo,
        /// What the caps leave no place for.
        pub unplaced: Uint128,
        /// Why, for a person. `None`: all of it has a place.
        pub unplaced_because: Option<String>,
        /// The validator, and its cap, with the least slack among those that hold stake.
        pub least_slack: Option<SlackInfo>,
        /// Since when the book was compared with the chain, seconds ago.
        pub book_age: u64,
        /// Since when the powers were read in full, seconds ago. `None`: never.
        pub powers_age: Option<u64>,
        /// The powers are older than two refresh periods: nothing moves but what leaves.
        pub powers_stale: bool,
        /// The last snapshot is not believed.
        pub suspect: Option<SuspectInfo>,
        /// Whether the last refresh found that nobody but the vault may replace its code and the pot's. If not,
        /// deposits are closed.
        pub is_own_admin: bool,
        /// The vault's part of all bonded stake.
        pub chain_share: Decimal,
        /// From which on deposits carry a warning.
        pub soft_limit: Decimal,
        /// From which on deposits are refused.
        pub hard_limit: Decimal,
        /// How many `tick {}` a day the list needs.
        pub ticks_a_day: u32,
    }
}

answer! {
    /// Budgets of an epoch, tokens.
    pub struct BudgetsInfo {
        /// floor(time / 5 days).
        pub epoch: u64,
        /// When the next begins, seconds.
        pub ends_at: u64,
        /// Of what they are shares: total assets at the first move.
        pub worth: Uint128,
        /// Left toward targets and for operators' own maxima.
        pub quality_left: Uint128,
        /// Left for leaving and caps.
        pub emergency_left: Uint128,
        /// Left of these for what the owner can bring about.
        pub by_owner_left: Uint128,
    }
}

answer! {
    /// A cap that has little room left.
    pub struct SlackInfo {
        /// Operator address.
        pub validator: String,
        /// Which cap.
        pub cap: CapName,
        /// What is left below it, tokens.
        pub slack: Uint128,
    }
}

answer! {
    /// A snapshot that is not believed.
    pub struct SuspectInfo {
        /// Since when snapshots are not believed, seconds.
        pub since: u64,
        /// From then on the latest is believed all the same, seconds.
        pub believed_at: u64,
        /// Those that were eligible and failed in it, by operator address.
        pub failed: Vec<String>,
    }
}

answer! {
    /// The rate of a day.
    pub struct RateSample {
        /// When it was written, seconds.
        pub time: u64,
        /// total assets / total shares, rounded down.
        pub tokens_per_share: Decimal,
    }
}

answer! {
    /// A page of daily rates.
    pub struct RateHistoryResponse {
        /// Oldest first.
        pub samples: Vec<RateSample>,
    }
}

answer! {
    /// When a batch can be claimed.
    pub struct PaysAt {
        /// At the earliest, by what is idle now, seconds.
        pub earliest: u64,
        /// At the latest, with one `tick {}` an hour, seconds: where nothing is refused, no touch panics and no
        /// settlement is short.
        pub latest: u64,
    }
}
