//! How long an exit takes at most, from the request to the claim, with one `tick {}` an hour. The
//! bounds are those of the vault's README.
//!
//! Succeeds when the bound holds for one to twenty validators: for the largest exit, asked for at the
//! worst time, while a stranger asks for dust in every batch, and behind larger exits that use up all
//! entries of a validator.
//!
//! Fails never.

use defenders_suite::messages::{request_withdrawal, tick};
use defenders_suite::{DAY, HOUR, Suite, SuiteBuilder, TOKEN, UNBONDING_TIME};
use defenders_types::{BatchState, Job};

use crate::fixture::batch_of;

/// Most undelegations of one piece.
const K: u64 = 5;

/// P: seconds between two batches.
fn batch_period(validators: u64) -> u64 {
    DAY.max(UNBONDING_TIME / (6 * validators))
}

/// h: hours until the ticks have come, seconds.
fn tick_hours(validators: u64) -> u64 {
    (2 * validators.div_ceil(K) + 9) * HOUR
}

/// P + U + h.
fn bound_beside_dust(validators: u64) -> u64 {
    batch_period(validators) + UNBONDING_TIME + tick_hours(validators)
}

/// 2 U - 4 P + 2 h.
fn bound_beside_anybody(validators: u64) -> u64 {
    2 * UNBONDING_TIME - 4 * batch_period(validators) + 2 * tick_hours(validators)
}

fn assert_within(what: &str, took: u64, bound: u64) {
    let (hours, most) = (took.div_ceil(HOUR), bound / HOUR);
    println!("{what}: {hours} h of at most {most} h");
    assert!(took <= bound, "{what}: {hours} h, the bound is {most} h");
}

/// So many listed validators of different sizes, so that one stands above the others. Of 1000 tokens
/// Mallory has some, the seed is one, and Alice has the rest.
fn vault_with(validators: u64, mallory_tokens: u128) -> Hours {
    let sizes = (0..u128::from(validators)).map(|position| (100_000 - 500 * position) * TOKEN);
    let listed: Vec<u128> = sizes.collect();
    let builder = SuiteBuilder::base().with_validators(&[1_000_000 * TOKEN; 4], &listed);
    let mut suite = builder.build();
    let (alice, mallory) = (suite.user("alice"), suite.user("mallory"));
    suite.deposit(&mallory, mallory_tokens * TOKEN);
    for tokens in [800, 199 - mallory_tokens] {
        suite.deposit(&alice, tokens * TOKEN);
        suite.keep(); // the highest ones get their floor from the second
    }
    let infos = suite.validator_infos();
    let holding = infos.iter().filter(|info| !info.delegated.is_zero());
    assert_eq!(holding.count() as u64, validators);
    Hours {
        suite,
        dust: 0,
        is_dust_waiting: false,
    }
}

/// Hourly ticks. The hours in which no job is due pass in one block.
struct Hours {
    suite: Suite,
    /// Mallory asks for so many shares as soon as the batch with her last ones has begun.
    dust: u128,
    is_dust_waiting: bool,
}

impl Hours {
    /// Until the next hour in which a job is due or somebody asks; whether a piece was served.
    fn pass(&mut self) -> bool {
        let asks = self.dust > 0 && !self.is_dust_waiting;
        let hours = if asks { 1 } else { self.hours_to_next_job() };
        let (keeper, mallory) = (self.suite.user("keeper"), self.suite.user("mallory"));
        let mut txs = vec![self.suite.call(&keeper, &tick(None), vec![])];
        if asks {
            let request = request_withdrawal(self.dust);
            txs.push(self.suite.call(&mallory, &request, vec![]));
        }
        let results = self.suite.block(hours * HOUR, txs);
        let ticked = results[0].as_ref();
        let is_served = ticked.is_ok_and(|outcome| outcome.emits("batch_submitted"));
        if asks {
            results[1].as_ref().unwrap();
            self.is_dust_waiting = true;
        } else if is_served {
            self.is_dust_waiting = false;
        }
        is_served
    }

    fn hours_to_next_job(&self) -> u64 {
        let now = self.suite.now();
        let jobs = self.suite.jobs().into_iter();
        let jobs = jobs.filter(|state| state.job != Job::Sync);
        let waits = jobs.map(|state| match state.next_at {
            _ if state.due => 0,
            Some(at) => at.saturating_sub(now),
            None => DAY,
        });
        waits.min().unwrap_or(DAY).div_ceil(HOUR).max(1)
    }

    fn pass_until_served(&mut self) {
        while !self.pass() {}
    }

    /// Asks for all shares just after a batch has begun, the worst time; the seconds from then to the
    /// claim.
    fn leave_at_the_worst_time(&mut self, owner: &str) -> u64 {
        self.pass_until_served();
        let shares = self.suite.shares(owner);
        let requested = self.suite.request(owner, shares);
        let asked_at = self.suite.now();
        let batch_id = batch_of(&requested);
        while self.suite.batch(batch_id).unwrap().state != BatchState::Claimable {
            self.pass();
        }
        self.suite.claim(owner, batch_id);
        assert_eq!(self.suite.tokens(owner), shares);
        self.suite.now() - asked_at
    }
}

/// Alice leaves with nearly everything after 24 days in which Mallory asked for so many shares in each
/// batch.
fn exit_beside_dust(validators: u64, dust: u128) -> u64 {
    let mut hours = vault_with(validators, (50 * dust).div_ceil(TOKEN));
    hours.dust = dust;
    let (alice, until) = (hours.suite.user("alice"), hours.suite.now() + 24 * DAY);
    while hours.suite.now() < until {
        hours.pass();
    }
    hours.leave_at_the_worst_time(&alice)
}

#[test]
fn largest_exit_beside_dust_in_every_batch_takes_a_period_and_the_unbonding_time() {
    // one unit in each batch took the six entries of the largest validators, one after the other, and
    // this exit took 33 days
    for validators in [1, 5, 10, 20] {
        let took = exit_beside_dust(validators, 1);
        let what = format!("{validators} validators, dust of a unit");
        assert_within(&what, took, bound_beside_dust(validators));
    }
}

#[test]
fn so_does_it_beside_the_most_that_is_dust() {
    // a thousandth of 1000 tokens is no dust
    let took = exit_beside_dust(10, TOKEN - 1);
    assert_within(
        "10 validators, dust of nearly a token",
        took,
        bound_beside_dust(10),
    );
}

#[test]
fn where_few_hold_stake_dust_delays_no_more_than_anybody_may() {
    for validators in [2, 3, 4] {
        let took = exit_beside_dust(validators, 1);
        let what = format!("{validators} validators, dust of a unit");
        assert_within(&what, took, bound_beside_anybody(validators));
    }
}

#[test]
fn exit_behind_six_that_used_up_all_entries_of_a_validator_keeps_its_bound() {
    for validators in [1, 3, 5, 10] {
        let mut hours = vault_with(validators, 12);
        let (alice, mallory) = (hours.suite.user("alice"), hours.suite.user("mallory"));
        // no dust, and the highest validator can pay six times as much
        for _ in 0..5 {
            hours.suite.request(&mallory, 2 * TOKEN);
            hours.pass_until_served();
        }
        hours.suite.request(&mallory, 2 * TOKEN);
        let took = hours.leave_at_the_worst_time(&alice);
        let what = format!("{validators} validators, six exits before");
        assert_within(&what, took, bound_beside_anybody(validators));
    }
}

#[test]
fn validators_that_hold_little_more_than_dust_shorten_no_batch_period() {
    // a list of one grew to five: the four new ones hold a token each, and cannot pay dust of two
    let listed: Vec<u128> = (0..5u128).map(|n| (98_000 - 1_000 * n) * TOKEN).collect();
    let mut builder = SuiteBuilder::base().with_validators(&[1_000_000 * TOKEN; 4], &listed);
    builder.listed.truncate(1);
    let mut suite = builder.build();
    let (alice, mallory, bob) = (
        suite.user("alice"),
        suite.user("mallory"),
        suite.user("bob"),
    );
    suite.deposit(&mallory, 200 * TOKEN);
    suite.deposit(&alice, 9_700 * TOKEN);
    suite.keep();
    for place in 5..9 {
        let validator = suite.validators[place].clone();
        suite.list(&[validator]);
        suite.keep();
        suite.deposit(&bob, TOKEN);
        suite.keep_for_days(1);
    }
    let mut hours = Hours {
        suite,
        dust: 2 * TOKEN,
        is_dust_waiting: false,
    };
    for _ in 0..5 {
        hours.pass_until_served();
    }
    let took = hours.leave_at_the_worst_time(&alice);
    assert_within(
        "one payer beside four that hold little",
        took,
        bound_beside_dust(1),
    );
}
