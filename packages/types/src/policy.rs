//! What the owner decides: whom to trust with how much, fees, periods and bounds per call.
//!
//! A caller writes a policy, and `config {}` answers it. So each is declared once and made twice:
//! the `…Input`, which refuses unknown fields, and what is stored and answered, which may grow.

use cosmwasm_std::{Decimal, Uint128};
use defenders_allocation::COMMISSION_RETURN_PERIOD;
use defenders_json::{answer, message};

use crate::time::{DAY, HOUR};

/// The vault's share of its chain from which on deposits carry a warning, basis points.
pub const SELF_LIMIT_WARNING_BPS: u64 = 1_600;
/// The vault's share of its chain from which on deposits are refused, basis points.
pub const SELF_LIMIT_BPS: u64 = 2_200;

/// Least tokens of a seed, in base units, whatever `minimum_seed` says: with fewer, whoever is first could
/// make a share so dear that later deposits are rounded away to his gain.
pub const LEAST_SEED: Uint128 = Uint128::new(1_000_000);
/// The longest that any period of the parameters may be, seconds.
pub const LONGEST_PERIOD: u64 = 7 * DAY;
/// The longest commission return period, seconds.
pub const LONGEST_COMMISSION_RETURN_PERIOD: u64 = 90 * DAY;

/// The greatest `least_rank`.
pub const LOWEST_RANK: u32 = 500;

/// Declares one list of fields as two structs with conversions both ways: first what a caller
/// writes, then what is stored and answered.
macro_rules! written_and_answered {
    (
        $(#[$written_doc:meta])*
        $written:ident
        $(#[$answered_doc:meta])*
        $answered:ident {
            $( $(#[$field_doc:meta])* $field:ident: $type:ty, )*
        }
    ) => {
        message! {
            $(#[$written_doc])*
            pub struct $written {
                $( $(#[$field_doc])* pub $field: $type, )*
            }
        }

        answer! {
            $(#[$answered_doc])*
            pub struct $answered {
                $( $(#[$field_doc])* pub $field: $type, )*
            }
        }

        impl From<$written> for $answered {
            fn from(written: $written) -> Self {
                let $written { $( $field, )* } = written;
                Self { $( $field, )* }
            }
        }

        impl From<$answered> for $written {
            fn from(answered: $answered) -> Self {
                let $answered { $( $field, )* } = answered;
                Self { $( $field, )* }
            }
        }
    };
}

written_and_answered! {
    /// Caps and floor, as a caller writes them.
    AllocationPolicyInput

    /// Caps and floor of the target rule, and who is eligible.
    AllocationPolicy {
        /// Most that one validator gets of the vault's stake. In force is the larger of this and
        /// 1.25 / eligible validators.
        vault_share_cap: Decimal,
        /// Most that one validator may hold of all bonded stake, the vault's part included.
        /// Absent: no such cap.
        chain_share_cap: Option<Decimal>,
        /// The vault's part of a validator's stake is at most this share. Absent: no such cap.
        match_cap: Option<Decimal>,
        /// Most tokens on a validator for each token that its operator delegates to it. Absent: no
        /// such cap.
        bond_factor: Option<Decimal>,
        /// Most that validators of one operator get of the vault's stake together; who names no
        /// operator is one of its own. In force is the larger of this and 1.25 / operators.
        operator_cap: Decimal,
        /// The same for validators with one hosting provider.
        hosting_cap: Decimal,
        /// The same for validators in one jurisdiction.
        jurisdiction_cap: Decimal,
        /// Every eligible validator gets at least this share of an equal split, caps permitting.
        floor: Decimal,
        /// A validator that charges more is not eligible.
        max_commission_rate: Decimal,
        /// A validator that could ever charge more is not eligible. Absent: it does not matter.
        max_commission_ceiling: Option<Decimal>,
        /// Who charged more than `max_commission_rate` is not eligible for so long after it was last
        /// seen, seconds.
        commission_return_period: u64,
    }
}

impl AllocationPolicy {
    /// Its caps that need powers, by name.
    #[must_use]
    pub fn caps_by_power(&self) -> Vec<String> {
        let caps = [
            ("chain_share_cap", self.chain_share_cap),
            ("match_cap", self.match_cap),
            ("bond_factor", self.bond_factor),
        ];
        let set = caps.into_iter().filter(|(_, cap)| cap.is_some());
        set.map(|(name, _)| name.to_owned()).collect()
    }
}

impl Default for AllocationPolicy {
    fn default() -> Self {
        Self {
            vault_share_cap: Decimal::percent(10),
            chain_share_cap: Some(Decimal::percent(3)),
            match_cap: Some(Decimal::percent(50)),
            bond_factor: None,
            operator_cap: Decimal::percent(10),
            hosting_cap: Decimal::percent(25),
            jurisdiction_cap: Decimal::percent(50),
            floor: Decimal::percent(25),
            max_commission_rate: Decimal::percent(10),
            max_commission_ceiling: None,
            commission_return_period: COMMISSION_RETURN_PERIOD,
        }
    }
}

impl Default for AllocationPolicyInput {
    fn default() -> Self {
        AllocationPolicy::default().into()
    }
}

written_and_answered! {
    /// The fee on rewards, as a caller writes it.
    FeePolicyInput

    /// The fee on rewards. Principal is never charged.
    FeePolicy {
        /// Receives the fee.
        recipient: String,
        /// Share of harvested rewards, at most 10 %.
        performance_fee_rate: Decimal,
        /// Share of the fee that goes to the caller of a harvest instead.
        keeper_bounty_share: Decimal,
    }
}

written_and_answered! {
    /// Periods (seconds, from 1 to [`LONGEST_PERIOD`]) and bounds per call, as a caller writes them.
    ParametersInput

    /// Periods (seconds, from 1 to [`LONGEST_PERIOD`]) and bounds per call.
    Parameters {
        /// Least tokens of the seed, whose shares belong to the vault for ever: at least
        /// [`LEAST_SEED`].
        minimum_seed: Uint128,
        /// No delegation below this many tokens; at most the seed.
        min_delegation: Uint128,
        /// Most delegations that one deposit sends, at most 10. With 0 a deposit only mints.
        max_messages_per_deposit: u32,
        /// Most undelegations of one piece of a batch, 1 to 10.
        max_messages_per_piece: u32,
        /// Most delegations of one `invest`, 1 to 10.
        max_messages_per_invest: u32,
        /// Most redelegations and undelegations of one `rebalance` together, 1 to 5.
        max_moves: u32,
        /// Most that moves toward targets, and for operators' own maxima, take of the vault's assets in
        /// an epoch of 5 days.
        turnover_quality: Decimal,
        /// Most that leaving validators and what is above a cap take of the vault's assets in an epoch of
        /// 5 days; of it at most half for what the owner can bring about.
        turnover_emergency: Decimal,
        /// Validators per page of a harvest, 1 to 50.
        harvest_page: u32,
        /// Validators read per page of a refresh, 25 to 100.
        refresh_page: u32,
        /// Least time between the first pieces of two batches. In force is the larger of this and
        /// unbonding time / (6 x validators holding stake after the batch before).
        batch_period: u64,
        /// Harvested profit enters the price over this time, or over the time since the last
        /// harvest when that is longer; at most over the unbonding time.
        profit_unlock_period: u64,
        /// Time between two harvests.
        harvest_period: u64,
        /// Time between two refreshes of the powers.
        refresh_period: u64,
        /// A deposit on a book older than this synchronises first, and `sync` is due.
        book_max_age: u64,
        /// A validator that refused a message, or a job whose read failed, is left alone so long.
        retry_after: u64,
    }
}

impl Default for Parameters {
    fn default() -> Self {
        Self {
            minimum_seed: LEAST_SEED,
            min_delegation: Uint128::new(1_000_000),
            max_messages_per_deposit: 1,
            max_messages_per_piece: 5,
            max_messages_per_invest: 5,
            max_moves: 3,
            turnover_quality: Decimal::permille(75),
            turnover_emergency: Decimal::percent(10),
            harvest_page: 20,
            refresh_page: 25,
            batch_period: DAY,
            profit_unlock_period: DAY,
            harvest_period: DAY,
            refresh_period: DAY,
            book_max_age: DAY,
            retry_after: 6 * HOUR,
        }
    }
}

impl Default for ParametersInput {
    fn default() -> Self {
        Parameters::default().into()
    }
}

message! {
    /// Where voting powers come from.
    pub enum PowerSource {
        /// `/cosmos.staking.v1beta1.Query/Validator` as a gRPC query, answered in protobuf.
        Grpc,
        /// The same as a Stargate query, answered in JSON.
        Stargate,
        /// A table of the whole bonded set, posted by the attester, which must agree with what the chain tells
        /// every contract.
        Attested {
            /// May post it. Without one nobody may, and the last table grows stale.
            attester: Option<String>,
        },
        /// No powers: validators are given equal targets, and chain, match and bond caps are not in force.
        Rank {
            /// Who stands higher in the chain's order is excluded as one of the top third, 1 to
            /// [`LOWEST_RANK`]. The most powerful validator has rank 1; whoever has rank r has at most
            /// 1 / r of the stake.
            least_rank: u32,
        },
    }
}

impl PowerSource {
    /// Its name, as in JSON.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Grpc => "grpc",
            Self::Stargate => "stargate",
            Self::Attested { .. } => "attested",
            Self::Rank { .. } => "rank",
        }
    }

    /// Who posts powers, if anybody does.
    #[must_use]
    pub const fn attester(&self) -> Option<&String> {
        match self {
            Self::Attested { attester } => attester.as_ref(),
            _ => None,
        }
    }

    /// Whether it tells how much stake validators have.
    #[must_use]
    pub const fn tells_powers(&self) -> bool {
        !matches!(self, Self::Rank { .. })
    }
}
