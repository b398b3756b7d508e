//! A keeper is hostile: it chooses when to tick what, in which order, and whom a job passes.
//!
//! Succeeds when everyone gets out in 24 days, an unbonding time and a batch period and some hours, though others
//! tick twice a day only, and is paid all that they brought: it can start jobs only when they are due, and none
//! of them moves anything between people.
//!
//! It ticks at random, before every turn of the others, and passes validators wherever a job lets it.

use defenders_suite::choice::is_real;
use defenders_suite::{Suite, SuiteBuilder};
use defenders_types::{ExecuteMsg, Job};

use crate::stolen::{everyone_asks, everyone_gets_out, inhabited};

/// Some numbers, the same each time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (self.0 >> 33) as usize % end
    }
}

/// Some ticks of any jobs, each passing somebody or nobody.
fn tick_at_will(suite: &mut Suite, numbers: &mut Numbers) {
    let hostile = suite.user("mallory");
    for _ in 0..4 {
        let job = Job::ALL[numbers.below(Job::ALL.len())];
        let passed = suite.listed[numbers.below(suite.listed.len())].clone();
        let skip = (numbers.below(2) == 0).then(|| vec![passed]);
        let msg = ExecuteMsg::Tick {
            job: Some(job),
            skip,
        };
        let _ = suite.execute(&hostile, &msg, vec![]); // what is not due is refused
    }
}

#[test]
fn everyone_gets_out_whatever_it_ticks() {
    let seeds = match is_real() {
        true => 1,
        false => 3,
    };
    for seed in 1..=seeds {
        let mut suite = inhabited(SuiteBuilder::base());
        let mut numbers = Numbers(seed);
        tick_at_will(&mut suite, &mut numbers);
        let asked = everyone_asks(&mut suite);
        // a batch period, the unbonding time, and some hours
        let exit = everyone_gets_out(&mut suite, &asked, 24, 12, |suite| {
            tick_at_will(suite, &mut numbers);
        });
        exit.ensure_paid_but_for(20);
    }
}
