//! What can happen in a history, and how likely it is.

use defenders_suite::choice::is_real;
use defenders_suite::{BLOCK, DAY, HOUR, Refused, TOKEN};
use defenders_types::Job;
use proptest::prelude::*;

/// How many people take part.
pub const USERS: usize = 4;
/// Most validators that actions name.
pub const LISTED: usize = 8;

/// A vault and a chain to begin with.
#[derive(Clone, Debug)]
pub struct Setup {
    /// Whole tokens of each of four validators that are not listed.
    pub others: u32,
    /// Whole tokens of each listed validator.
    pub listed: Vec<u32>,
    /// Without a cap on the share of the chain, and with three tokens for one of others.
    pub roomy: bool,
    /// Days from an undelegation to its payment.
    pub unbonding_days: u64,
    /// Base units.
    pub min_delegation: u128,
    /// Delegations per deposit.
    pub messages_per_deposit: u32,
    /// Undelegations per piece.
    pub messages_per_piece: u32,
    /// Validators per page of a harvest.
    pub harvest_page: u32,
    /// Whole tokens of the first user's first deposit; 0 for none.
    pub first_deposit: u32,
    /// It begins while the seed's test of the chain unbonds.
    pub testing: bool,
    /// Its shares are coins, unless the environment chooses.
    pub coins: bool,
}

/// One thing that happens. Validators and users are taken modulo their number.
#[derive(Clone, Debug)]
pub enum Action {
    /// A user deposits.
    Deposit { user: usize, tokens: u128 },
    /// A user requests a part of its shares, in thousandths, for itself or another.
    Request {
        user: usize,
        recipient: usize,
        part: u16,
    },
    /// A user requests so many shares.
    RequestDust { user: usize, shares: u128 },
    /// A user requests a few shares every day, and a keeper submits them.
    DustDays { user: usize, days: u64 },
    /// A user takes back what it has in the open batch.
    Cancel { user: usize },
    /// A user moves a part of its shares, in thousandths.
    Transfer { from: usize, to: usize, part: u16 },
    /// A user sends a part of its shares, in thousandths, to the vault.
    Push { user: usize, part: u16 },
    /// A user burns a part of its shares, in thousandths.
    Burn { user: usize, part: u16 },
    /// A user claims for another from a batch, counted from the newest.
    Claim {
        user: usize,
        recipient: usize,
        back: u64,
    },
    /// Somebody ticks.
    Tick { job: Option<Job> },
    /// Somebody ticks past a validator.
    Skip {
        user: usize,
        job: Job,
        validator: usize,
    },
    /// Several ticks in one block.
    ManyTicksOneBlock { job: Option<Job>, ticks: usize },
    /// A keeper ticks until nothing is due.
    Keep,
    /// Several of the above by different users in one block.
    ManyUsersOneBlock {
        user: usize,
        tokens: u128,
        part: u16,
    },
    /// Time passes, in one block.
    Wait { seconds: u64 },
    /// Time passes until so many blocks before the next unbonding entry matures.
    NearMaturity { blocks_before: u64 },
    /// A user sends the vault as much as the next unbonding entry holds, less a little.
    FakeArrival { user: usize, less: u128 },
    /// The bank stops sending to the fee recipient.
    BlockFees,
    /// Somebody pulls the fee that is owed.
    ClaimFee,
    /// The chain pays rewards.
    Reward { tokens: u128 },
    /// A validator is slashed.
    Slash {
        validator: usize,
        percent: u64,
        blocks_ago: u64,
    },
    /// The validator of an unbonding entry is slashed for something old.
    SlashEntry { entry: usize, percent: u64 },
    /// A validator signs twice.
    DoubleSign { validator: usize, blocks_ago: u64 },
    /// A validator misses so many blocks: more than half of 20 jail it.
    Miss { validator: usize, blocks: u64 },
    /// A validator is jailed.
    Jail { validator: usize },
    /// A validator comes back.
    Unjail { validator: usize },
    /// A validator begins to refuse a kind of message.
    Refuse { validator: usize, message: Refused },
    /// Every touch of what is delegated to a validator now begins to panic.
    Panic { validator: usize },
    /// Raw queries begin to fail.
    RefuseQueries,
    /// The chain begins to show the vault that it delegates nothing.
    HideDelegations,
    /// Governance changes the unbonding time.
    ChangeUnbonding { days: u64 },
    /// All faults end.
    Heal,
    /// A user sends tokens to the vault.
    DonateToVault { user: usize, tokens: u128 },
    /// A user sends tokens to the pot.
    DonateToPot { user: usize, tokens: u128 },
    /// The owner takes a validator off the list.
    Drain { validator: usize },
    /// The owner takes it back.
    List { validator: usize },
    /// The owner lists one of the large validators.
    ListOther { validator: usize },
    /// The owner lists a validator on these terms, or renews its listing.
    ListAs {
        validator: usize,
        groups: [Option<u8>; 3],
        max_tokens: Option<u128>,
        days: Option<u64>,
    },
    /// An operator says how much it wants at most.
    OwnMaximum {
        validator: usize,
        tokens: Option<u128>,
    },
    /// The owner names the next release, and perhaps nothing else happens until it is due; whoever keeps the vault
    /// lets it take over.
    Upgrade { waits: bool },
    /// A stranger tries the owner's messages.
    Trespass { user: usize },
}

/// Any setup.
pub fn setup() -> impl Strategy<Value = Setup> {
    let chain = (
        prop_oneof![Just(1_000_000), 20_000..300_000u32],
        prop_oneof![
            9 => prop::collection::vec(1_000..150_000u32, 1..=LISTED),
            1 => prop::collection::vec(1_000..50_000u32, 26..=32),
        ],
        any::<bool>(),
        prop_oneof![Just(21), Just(3), Just(1)],
    );
    let vault = (
        prop_oneof![Just(TOKEN), Just(1), Just(20 * TOKEN)],
        0..4u32,
        1..=10u32,
        1..10u32,
        prop_oneof![1 => Just(0), 3 => 1..5_000u32],
        any::<bool>(),
        any::<bool>(),
    );
    (chain, vault).prop_map(|(chain, vault)| Setup {
        others: chain.0,
        listed: chain.1,
        roomy: chain.2,
        unbonding_days: chain.3,
        min_delegation: vault.0,
        messages_per_deposit: vault.1,
        messages_per_piece: vault.2,
        harvest_page: vault.3,
        first_deposit: vault.4,
        testing: vault.5,
        coins: vault.6,
    })
}

fn tokens() -> impl Strategy<Value = u128> {
    prop_oneof![
        1 => 1..100u128,
        2 => 1..3 * TOKEN,
        5 => TOKEN..2_000 * TOKEN,
        2 => TOKEN..100_000 * TOKEN,
        1 => 100_000 * TOKEN..1_000_000 * TOKEN,
    ]
}

fn part() -> impl Strategy<Value = u16> {
    prop_oneof![1..1_000u16, Just(1_000)]
}

fn seconds() -> impl Strategy<Value = u64> {
    prop_oneof![
        2 => Just(BLOCK),
        1 => BLOCK..HOUR,
        2 => HOUR..DAY,
        3 => Just(DAY),
        2 => DAY..8 * DAY,
        1 => 8 * DAY..40 * DAY,
    ]
}

fn job() -> impl Strategy<Value = Option<Job>> {
    prop_oneof![
        3 => Just(None),
        2 => Just(Some(Job::Submit)),
        2 => Just(Some(Job::Settle)),
        3 => prop::sample::select(&Job::ALL[..]).prop_map(Some),
    ]
}

fn blocks_ago() -> impl Strategy<Value = u64> {
    prop_oneof![1 => Just(0), 1 => 1..20u64, 2 => Just(10_000)]
}

fn message() -> impl Strategy<Value = Refused> {
    prop::sample::select(
        &[
            Refused::Delegate,
            Refused::Undelegate,
            Refused::WithdrawRewards,
        ][..],
    )
}

/// What people do.
fn by_people() -> impl Strategy<Value = Action> {
    let user = 0..USERS;
    prop_oneof![
        6 => (user.clone(), tokens()).prop_map(|(user, tokens)| Action::Deposit { user, tokens }),
        8 => (user.clone(), user.clone(), part()).prop_map(|(user, recipient, part)| {
            Action::Request { user, recipient, part }
        }),
        2 => (user.clone(), 1..20u128).prop_map(|(user, shares)| Action::RequestDust { user, shares }),
        1 => (user.clone(), 2..10u64).prop_map(|(user, days)| Action::DustDays { user, days }),
        2 => user.clone().prop_map(|user| Action::Cancel { user }),
        2 => (user.clone(), user.clone(), part()).prop_map(|(from, to, part)| {
            Action::Transfer { from, to, part }
        }),
        1 => (user.clone(), part()).prop_map(|(user, part)| Action::Push { user, part }),
        1 => (user.clone(), part()).prop_map(|(user, part)| Action::Burn { user, part }),
        3 => (user.clone(), user.clone(), 0..4u64).prop_map(|(user, recipient, back)| {
            Action::Claim { user, recipient, back }
        }),
        7 => job().prop_map(|job| Action::Tick { job }),
        1 => (user.clone(), prop::sample::select(&Job::ALL[..]), 0..LISTED).prop_map(
            |(user, job, validator)| Action::Skip { user, job, validator }
        ),
        2 => (job(), 2..5usize).prop_map(|(job, ticks)| Action::ManyTicksOneBlock { job, ticks }),
        4 => Just(Action::Keep),
        1 => (user.clone(), tokens(), part()).prop_map(|(user, tokens, part)| {
            Action::ManyUsersOneBlock { user, tokens, part }
        }),
        1 => (user.clone(), tokens()).prop_map(|(user, tokens)| Action::DonateToVault { user, tokens }),
        1 => (user.clone(), 0..3u128).prop_map(|(user, less)| Action::FakeArrival { user, less }),
        3 => Just(Action::ClaimFee),
        1 => (user, tokens()).prop_map(|(user, tokens)| Action::DonateToPot { user, tokens }),
    ]
}

/// A maximum, often so small that it binds.
fn maximum() -> impl Strategy<Value = Option<u128>> {
    prop_oneof![3 => Just(None), 1 => Just(Some(0)), 2 => tokens().prop_map(Some)]
}

/// Operator, hosting provider and jurisdiction, each one of few.
fn groups() -> impl Strategy<Value = [Option<u8>; 3]> {
    [
        prop::option::of(0..3u8),
        prop::option::of(0..3u8),
        prop::option::of(0..2u8),
    ]
}

/// What time, the chain's own modules, governance and the owner do. A real chain can do all of it.
fn by_chain() -> impl Strategy<Value = Action> {
    let validator = 0..LISTED;
    prop_oneof![
        8 => seconds().prop_map(|seconds| Action::Wait { seconds }),
        8 => (0..4u64).prop_map(|blocks_before| Action::NearMaturity { blocks_before }),
        4 => (1..2_000_000u128).prop_map(|t| Action::Reward { tokens: t * TOKEN }),
        2 => (validator.clone(), 1..60u64, blocks_ago()).prop_map(|(validator, percent, blocks_ago)| {
            Action::Slash { validator, percent, blocks_ago }
        }),
        3 => (0..LISTED, 1..80u64).prop_map(|(entry, percent)| Action::SlashEntry { entry, percent }),
        1 => (validator.clone(), blocks_ago()).prop_map(|(validator, blocks_ago)| {
            Action::DoubleSign { validator, blocks_ago }
        }),
        1 => (validator.clone(), 5..25u64).prop_map(|(validator, blocks)| {
            Action::Miss { validator, blocks }
        }),
        1 => validator.clone().prop_map(|validator| Action::Jail { validator }),
        1 => validator.clone().prop_map(|validator| Action::Unjail { validator }),
        1 => (1..30u64).prop_map(|days| Action::ChangeUnbonding { days }),
        1 => validator.clone().prop_map(|validator| Action::Drain { validator }),
        1 => validator.clone().prop_map(|validator| Action::List { validator }),
        3 => (validator.clone(), groups(), maximum(), prop::option::of(1..40u64)).prop_map(
            |(validator, groups, max_tokens, days)| {
                Action::ListAs { validator, groups, max_tokens, days }
            }
        ),
        2 => (validator.clone(), maximum()).prop_map(|(validator, tokens)| {
            Action::OwnMaximum { validator, tokens }
        }),
        1 => validator.prop_map(|validator| Action::ListOther { validator }),
        1 => any::<bool>().prop_map(|waits| Action::Upgrade { waits }),
        1 => (0..USERS).prop_map(|user| Action::Trespass { user }),
    ]
}

/// What goes wrong for no reason that a chain has.
fn by_fault() -> impl Strategy<Value = Action> {
    prop_oneof![
        2 => Just(Action::BlockFees),
        3 => (0..LISTED, message()).prop_map(|(validator, message)| {
            Action::Refuse { validator, message }
        }),
        2 => (0..LISTED).prop_map(|validator| Action::Panic { validator }),
        3 => Just(Action::RefuseQueries),
        1 => Just(Action::HideDelegations),
        3 => Just(Action::Heal),
    ]
}

/// Anything. On the real chain only what its own modules do goes wrong.
pub fn any_action() -> BoxedStrategy<Action> {
    match is_real() {
        true => prop_oneof![by_people(), by_chain()].boxed(),
        false => prop_oneof![11 => by_people(), 9 => by_chain(), 2 => by_fault()].boxed(),
    }
}
