//! Invariant 15: order and timing of ticks move at most a unit per entry, plus what marks are wrong
//! by, between any two users. The same history runs three times: with a tick every hour, with ticks
//! as they come, and with none but those that the history itself needs.

use std::collections::BTreeMap;

use cosmwasm_std::Decimal;
use defenders_suite::choice::is_real;
use defenders_suite::{BLOCK, DAY, HOUR, Suite, SuiteBuilder, TOKEN, TxResult, text};
use defenders_types::Job;
use proptest::prelude::*;
use proptest::test_runner::{Config, FileFailurePersistence};

/// Histories on the simulated chain, and on the real one.
const HISTORIES: (u32, u32) = (60, 2);
const VALIDATORS: usize = 6;
const USERS: usize = 3;
/// Hours between what happens, at least.
const GAP: u64 = 3;
/// Days from an undelegation to its payment: entries mature while other things happen.
const UNBONDING: u64 = 3 * DAY;

/// What happens in all runs, at the same second.
#[derive(Clone, Debug)]
enum Fact {
    /// A user requests a part of its shares, in thousandths, and a piece is served as soon as it can be.
    Leave { user: usize, part: u128 },
    /// A validator is left: its stake unbonds, to be delegated again.
    Drain { validator: usize },
    /// A validator signed twice at the very beginning: all that it had then or gave away since
    /// loses 5 %.
    Slash { validator: usize },
}

/// What somebody does or does not do.
#[derive(Clone, Debug)]
enum Touch {
    Tick(Job),
    /// A claim of nothing, which settles small groups on its way.
    Claim,
}

/// What happens hours after the one before, and what is touched so many seconds after that.
#[derive(Clone, Debug)]
struct Chapter {
    hours: u64,
    fact: Fact,
    touches: Vec<(u64, Touch)>,
}

fn fact() -> impl Strategy<Value = Fact> {
    prop_oneof![
        5 => (0..USERS - 1, 50..600u128).prop_map(|(user, part)| Fact::Leave { user, part }),
        2 => (0..VALIDATORS).prop_map(|validator| Fact::Drain { validator }),
        3 => (0..VALIDATORS).prop_map(|validator| Fact::Slash { validator }),
    ]
}

fn touch() -> impl Strategy<Value = Touch> {
    prop_oneof![
        4 => Just(Touch::Tick(Job::Settle)),
        2 => Just(Touch::Tick(Job::Refresh)),
        1 => Just(Touch::Tick(Job::Sync)),
        1 => Just(Touch::Claim),
    ]
}

fn chapter() -> impl Strategy<Value = Chapter> {
    let touches = prop::collection::vec((0..GAP * HOUR, touch()), 0..5);
    let hours = prop_oneof![3 => GAP..30, 1 => 30..80u64];
    (hours, fact(), touches).prop_map(|(hours, fact, mut touches)| {
        touches.sort_by_key(|(at, _)| *at);
        Chapter {
            hours,
            fact,
            touches,
        }
    })
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Habit {
    Hourly,
    AsTheyCome,
    Never,
}

/// What everyone has at the end.
struct Ending {
    tokens: BTreeMap<String, u128>,
    /// What marks may be wrong by: an entry that had matured, but was not settled yet when its
    /// validator was slashed, is marked although the chain had paid it.
    wrong: u128,
    entries: u128,
    /// Who was asked for stake, in order.
    payers: Vec<String>,
}

impl Ending {
    fn take_payers(&mut self, result: &TxResult) {
        let outcomes = result.iter();
        let events = outcomes.flat_map(|outcome| outcome.named("undelegated"));
        self.payers
            .extend(events.map(|event| text(&event, "validator")));
    }
}

fn begin() -> Suite {
    // so far apart that a slash that one run has read, and another has not, changes no order
    let listed: Vec<u128> = (0..VALIDATORS as u128)
        .map(|n| (100 + 40 * n) * 1_000 * TOKEN)
        .collect();
    let mut builder = SuiteBuilder::base()
        .with_validators(&[1_000_000 * TOKEN; 4], &listed)
        .with_parameters(|parameters| {
            parameters.batch_period = HOUR;
            parameters.max_messages_per_piece = 3;
            // where stake lies when a slash comes is no question between users: nothing moves it
            parameters.turnover_quality = Decimal::zero();
            parameters.turnover_emergency = Decimal::zero();
        });
    builder.chain.unbonding_time = UNBONDING;
    let mut suite = builder.build();
    for user in 0..USERS {
        let user = name(&suite, user);
        suite.deposit(&user, 300 * TOKEN);
    }
    suite.keep();
    suite
}

fn name(suite: &Suite, user: usize) -> String {
    suite.user(&format!("user{user}"))
}

fn run(chapters: &[Chapter], habit: Habit) -> Ending {
    let mut suite = begin();
    let beginning = suite.chain.height();
    let (mut slashed, mut drained) = (vec![], vec![]);
    let mut ending = Ending {
        tokens: BTreeMap::new(),
        wrong: 0,
        entries: 0,
        payers: vec![],
    };
    let mut at = suite.now();
    for chapter in chapters {
        let next = at + chapter.hours * HOUR;
        pass(&mut suite, habit, at, next, &chapter.touches);
        at = next;
        let before = suite.ledger().len() as u128;
        match chapter.fact {
            Fact::Leave { user, part } => {
                let user = name(&suite, user);
                let shares = suite.shares(&user) * part / 1_000;
                let _ = suite.try_request(&user, shares);
                // a batch takes requests for two hours: a sixth of 3 days, shared by six validators
                at += GAP * HOUR;
                wait_until(&mut suite, at);
                ending.take_payers(&suite.try_tick(Some(Job::Submit)));
            }
            Fact::Drain { validator } => {
                if !drained.contains(&validator) && drained.len() < VALIDATORS - 2 {
                    drained.push(validator);
                    let validator = suite.listed[validator].clone();
                    suite.drain(&[validator]);
                }
                ending.take_payers(&suite.try_tick(Some(Job::Rebalance)));
            }
            Fact::Slash { validator } if !slashed.contains(&validator) => {
                slashed.push(validator);
                let validator = suite.listed[validator].clone();
                ending.wrong += wrongly_marked(&suite, &validator);
                suite.chain.double_sign(&validator, beginning);
                suite.advance(BLOCK);
                suite.advance(BLOCK);
            }
            Fact::Slash { .. } => {}
        }
        ending.entries += before.max(suite.ledger().len() as u128) + 3;
        // later facts stand at the same second in all runs
        at = at.max(suite.now());
    }
    end(&mut suite, &mut ending);
    ending
}

/// 5 % of the entries there that have matured and are not settled; and of all, what the chain's
/// rounding makes of a mark: it slashes a validator by whole units of power, its entries by base units.
fn wrongly_marked(suite: &Suite, validator: &str) -> u128 {
    let there = suite.ledger().into_iter();
    let unsettled = there.filter(|row| row.validator == validator && !row.settled);
    unsettled
        .map(|row| {
            let is_matured = row.completion_time.seconds() <= suite.now() + 2 * BLOCK;
            let paid = if is_matured {
                row.tokens.u128() / 20
            } else {
                0
            };
            paid + row.tokens.u128() / 500_000
        })
        .sum()
}

/// Lets time pass until `end`, with the touches of this habit.
fn pass(suite: &mut Suite, habit: Habit, begin: u64, end: u64, touches: &[(u64, Touch)]) {
    match habit {
        Habit::Hourly => {
            let mut hour = begin + HOUR;
            while hour + HOUR / 2 < end {
                wait_until(suite, hour);
                for job in [Job::Settle, Job::Refresh] {
                    let _ = suite.try_tick(Some(job));
                }
                hour += HOUR;
            }
        }
        Habit::AsTheyCome => {
            for (after, touch) in touches {
                if begin + after + HOUR / 2 < end {
                    wait_until(suite, begin + after);
                    match touch {
                        Touch::Tick(job) => drop(suite.try_tick(Some(*job))),
                        Touch::Claim => drop(suite.try_claim(&suite.user("stranger"), 1)),
                    }
                }
            }
        }
        Habit::Never => {}
    }
    wait_until(suite, end);
}

fn wait_until(suite: &mut Suite, seconds: u64) {
    let wait = seconds.saturating_sub(suite.now());
    if wait > 0 {
        suite.advance(wait);
    }
}

/// All entries are paid, all batches claimed; who stayed has what its shares are worth.
fn end(suite: &mut Suite, ending: &mut Ending) {
    for _ in 0..6 {
        suite.advance(UNBONDING);
        for job in [
            Job::Settle,
            Job::Settle,
            Job::Refresh,
            Job::Refresh,
            Job::Submit,
        ] {
            let _ = suite.try_tick(Some(job));
            let _ = suite.try_tick(Some(Job::Settle));
        }
    }
    suite.tick(Job::Sync);
    suite.advance(40 * DAY);
    for user in 0..USERS {
        let user = name(suite, user);
        for batch in suite.batches() {
            suite.claim(&user, batch.batch_id);
        }
        let stayed = suite.worth(suite.shares(&user));
        let all = suite.tokens(&user) + stayed;
        ending.tokens.insert(user, all);
    }
}

fn config() -> Config {
    let (sim, real) = HISTORIES;
    Config {
        cases: if is_real() { real } else { sim },
        max_shrink_iters: 400,
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct(
            "invariants/regressions-fairness.txt",
        ))),
        ..Config::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn invariant_15_ticks_move_nothing_between_users(
        chapters in prop::collection::vec(chapter(), 4..14),
    ) {
        let endings =
            [Habit::Hourly, Habit::AsTheyCome, Habit::Never].map(|habit| run(&chapters, habit));
        let hourly = &endings[0];
        // a vault that knows more may ask others for stake, who fare otherwise
        prop_assume!(endings.iter().all(|ending| ending.payers == hourly.payers));
        for other in &endings[1..] {
            let units = hourly.entries.max(other.entries);
            let most = units + hourly.wrong + other.wrong;
            for (user, tokens) in &hourly.tokens {
                let otherwise = other.tokens[user];
                prop_assert!(
                    tokens.abs_diff(otherwise) <= most,
                    "{user}: {tokens} or {otherwise}, of which ticks may move {most}"
                );
            }
        }
    }
}
