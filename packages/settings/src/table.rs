//! The table: one row for each setting. Bounds, directions and the README come from here.

use defenders_types::{DAY, LEAST_SEED, LONGEST_COMMISSION_RETURN_PERIOD, LONGEST_PERIOD};

use crate::row::{Absence, Good, Group, Row};

/// Declares the names with their stored numbers, and a row for each.
macro_rules! table {
    ($( $(#[doc = $what:literal])* $variant:ident = $number:literal, $text:literal: $row:expr; )*) => {
        /// The name of a setting. Its number is stored.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum SettingName {
            $( $(#[doc = $what])* $variant = $number, )*
        }

        impl SettingName {
            /// All of them, as the README lists them.
            pub const ALL: &'static [Self] = &[ $( Self::$variant, )* ];

            /// Its row.
            #[must_use]
            pub const fn row(self) -> &'static Row {
                match self {
                    $( Self::$variant => {
                        const ROW: Row = $row.named($text);
                        &ROW
                    } )*
                }
            }

            /// What it says, for people.
            #[must_use]
            pub const fn what(self) -> &'static str {
                match self {
                    $( Self::$variant => concat!($( $what, )*).trim_ascii(), )*
                }
            }
        }
    };
}

const CAP: &str = "nobody may get more";
const STRICTER: &str = "fewer may get stake";
const PACE: &str = "what some gain by it others pay";
const ROLE: &str = "no account is better for everyone";

const fn cap(least: u128, most: u128) -> Row {
    Row::per_mille(Group::Caps, least, most).good(Good::Lower, CAP)
}

const fn period() -> Row {
    Row::seconds(Group::Periods, 1, LONGEST_PERIOD).good(Good::Neither, PACE)
}

const fn calls(least: u32, most: u32) -> Row {
    Row::count(least, most).good(Good::Neither, PACE)
}

table! {
    /// Most that one validator gets of the vault's stake; in force is the larger of this and 1.25 / n
    VaultShareCap = 0, "vault_share_cap": cap(20, 200);
    /// Most that one validator may hold of all bonded stake, the vault's part included
    ChainShareCap = 1, "chain_share_cap": cap(5, 50).absent(Absence::Founding);
    /// Most that the vault's part may be of a validator's stake
    MatchCap = 2, "match_cap": cap(100, 750).absent(Absence::Founding);
    /// Most tokens on a validator for each that its operator delegates to it
    BondFactor = 3, "bond_factor":
        Row::factor(Group::Caps, 1, 1_000_000).good(Good::Lower, CAP).absent(Absence::Always);
    /// Most that validators of one operator get together
    OperatorCap = 4, "operator_cap": cap(50, 200);
    /// Most that validators with one hosting provider get together
    HostingCap = 5, "hosting_cap": cap(100, 500);
    /// Most that validators in one jurisdiction get together
    JurisdictionCap = 6, "jurisdiction_cap": cap(200, 1_000);
    /// Least that an eligible validator gets, of an equal split, caps permitting
    Floor = 7, "floor": Row::per_mille(Group::Caps, 0, 1_000)
        .good(Good::Neither, "more for small ones is less for the evenness of the chain");
    /// A validator that charges more is not eligible
    MaxCommissionRate = 8, "max_commission_rate":
        Row::per_mille(Group::Eligibility, 50, 200).good(Good::Lower, STRICTER);
    /// A validator that could ever charge more is not eligible
    MaxCommissionCeiling = 9, "max_commission_ceiling":
        Row::per_mille(Group::Eligibility, 50, 1_000)
            .good(Good::Lower, STRICTER).absent(Absence::Always);
    /// How long a validator that charged too much is not eligible
    CommissionReturnPeriod = 10, "commission_return_period":
        Row::seconds(Group::Eligibility, 0, LONGEST_COMMISSION_RETURN_PERIOD)
            .good(Good::Higher, STRICTER);
    /// Share of harvested rewards
    PerformanceFeeRate = 11, "performance_fee_rate":
        Row::per_mille(Group::Fee, 0, 100).good(Good::Lower, "more of the rewards stays");
    /// Share of the fee that the caller of a harvest gets
    KeeperBountyShare = 12, "keeper_bounty_share":
        Row::per_mille(Group::Fee, 0, 1_000).good(Good::Neither, PACE);
    /// Receives the fee
    FeeRecipient = 13, "fee_recipient": Row::account(Group::Fee).good(Good::Neither, ROLE);
    /// Most of the vault that moves in an epoch to even the chain, and for operators' own maxima
    TurnoverQuality = 14, "turnover_quality": Row::per_mille(Group::Budgets, 0, 250)
        .free_at_founding().good(Good::Neither, PACE);
    /// Most of the vault that leaves validators in an epoch; half of it for what the owner can bring about
    TurnoverEmergency = 15, "turnover_emergency": Row::per_mille(Group::Budgets, 10, 100)
        .free_at_founding().good(Good::Neither, PACE);
    /// Least time between the first pieces of two batches
    BatchPeriod = 16, "batch_period": period();
    /// Over how long harvested profit enters the price
    ProfitUnlockPeriod = 17, "profit_unlock_period": period();
    /// Time between two harvests
    HarvestPeriod = 18, "harvest_period": period();
    /// Time between two refreshes
    RefreshPeriod = 19, "refresh_period": period();
    /// A deposit on a book older than this synchronises first
    BookMaxAge = 20, "book_max_age": period();
    /// How long what was refused is left alone
    RetryAfter = 21, "retry_after": period();
    /// Added to how long an exit takes, before anything is loosened
    ExitSlack = 22, "exit_slack": Row::seconds(Group::Periods, SHORTEST_EXIT_SLACK, LONGEST_EXIT_SLACK)
        .good(Good::Higher, "more time to leave");
    /// Most delegations of a deposit
    MaxMessagesPerDeposit = 23, "max_messages_per_deposit": calls(0, 10);
    /// Most undelegations of a piece of a batch
    MaxMessagesPerPiece = 24, "max_messages_per_piece": calls(1, 10);
    /// Most delegations of an `invest`
    MaxMessagesPerInvest = 25, "max_messages_per_invest": calls(1, 10);
    /// Most moves of a `rebalance`
    MaxMoves = 26, "max_moves": calls(1, 5);
    /// Validators per page of a harvest
    HarvestPage = 27, "harvest_page": calls(1, 50);
    /// Validators per page of a refresh
    RefreshPage = 28, "refresh_page": calls(25, 100);
    /// No delegation is smaller; at most the seed, later 0.01 % of what is placed
    MinDelegation = 29, "min_delegation": Row::tokens(Group::Calls, 1).good(Good::Neither, PACE);
    /// Least tokens of the seed
    MinimumSeed = 30, "minimum_seed": Row::tokens(Group::Seed, LEAST_SEED.u128())
        .good(Good::Neither, "the seed is paid once").fixed();
    /// Where powers come from
    PowerSource = 31, "power_source":
        Row::source().good(Good::Neither, "each source can tell what others cannot");
    /// Posts the powers where the source is `attested`
    Attester = 32, "attester":
        Row::account(Group::Roles).good(Good::Absent, "nobody can post what is not true")
            .absent(Absence::Always);
    /// May pause deposits and quality moves, and cancel scheduled changes
    Guardian = 33, "guardian":
        Row::account(Group::Roles).good(Good::Neither, ROLE).absent(Absence::Always);
}

/// The least exit slack, and the one of a vault that names none, seconds.
pub const SHORTEST_EXIT_SLACK: u64 = 7 * DAY;
/// The greatest exit slack, seconds.
pub const LONGEST_EXIT_SLACK: u64 = 30 * DAY;

impl SettingName {
    /// The setting of this name.
    #[must_use]
    pub fn find(name: &str) -> Option<Self> {
        let mut all = Self::ALL.iter().copied();
        all.find(|setting| setting.row().name == name)
    }

    /// Its name, as in JSON.
    #[must_use]
    pub const fn text(self) -> &'static str {
        self.row().name
    }
}
