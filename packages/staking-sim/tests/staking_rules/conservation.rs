//! Random histories: nothing is created, nothing is lost, everybody can leave.
//!
//! 1. supply = genesis + minted - burnt;
//! 2. the pools hold the tokens of the validators and of the entries;
//! 3. the shares of a validator are those of its delegations;
//! 4. rewards owed are in the distribution account;
//! 5. every delegation can be undelegated, and its rewards are paid;
//! 6. a refused message changes nothing.

use crate::common::*;
use cosmwasm_std::{Addr, Decimal, Order, Storage};
use proptest::prelude::*;
use staking_sim::{Chain, Dec18, Params};

const VALIDATORS: [&str; 5] = ["a", "b", "c", "d", "e"];

#[derive(Clone, Debug)]
enum Step {
    Delegate {
        who: usize,
        to: usize,
        amount: u128,
    },
    Undelegate {
        who: usize,
        from: usize,
        percent: u128,
    },
    Redelegate {
        who: usize,
        src: usize,
        dst: usize,
        percent: u128,
    },
    Cancel {
        who: usize,
        from: usize,
        percent: u128,
    },
    Withdraw {
        who: usize,
        from: usize,
    },
    Slash {
        validator: usize,
        blocks_ago: u64,
        permille: u64,
    },
    DoubleSign {
        validator: usize,
        blocks_ago: u64,
    },
    Absent {
        validator: usize,
    },
    Unjail {
        validator: usize,
    },
    Rewards {
        amount: u128,
    },
    Block {
        seconds: u64,
    },
    Jump {
        days: u64,
    },
}

fn step() -> impl Strategy<Value = Step> {
    let who = 0..3usize;
    let validator = 0..VALIDATORS.len();
    prop_oneof![
        6 => (who.clone(), validator.clone(), 1..50 * POWER)
            .prop_map(|(who, to, amount)| Step::Delegate { who, to, amount }),
        4 => (who.clone(), validator.clone(), 1..=100u128)
            .prop_map(|(who, from, percent)| Step::Undelegate { who, from, percent }),
        4 => (who.clone(), validator.clone(), validator.clone(), 1..=100u128)
            .prop_map(|(who, src, dst, percent)| Step::Redelegate { who, src, dst, percent }),
        2 => (who.clone(), validator.clone(), 1..=100u128)
            .prop_map(|(who, from, percent)| Step::Cancel { who, from, percent }),
        2 => (who, validator.clone()).prop_map(|(who, from)| Step::Withdraw { who, from }),
        1 => (validator.clone(), 0..4u64, 1..=1000u64).prop_map(
            |(validator, blocks_ago, permille)| Step::Slash { validator, blocks_ago, permille }
        ),
        1 => (validator.clone(), 0..6u64)
            .prop_map(|(validator, blocks_ago)| Step::DoubleSign { validator, blocks_ago }),
        1 => validator.clone().prop_map(|validator| Step::Absent { validator }),
        1 => validator.prop_map(|validator| Step::Unjail { validator }),
        3 => (1..10 * POWER).prop_map(|amount| Step::Rewards { amount }),
        6 => (1..600u64).prop_map(|seconds| Step::Block { seconds }),
        1 => (1..25u64).prop_map(|days| Step::Jump { days }),
    ]
}

fn people() -> [Addr; 3] {
    [alice(), operator("a"), operator("e")]
}

fn new_chain() -> Chain {
    let params = Params {
        max_validators: 3,
        signed_blocks_window: 6,
        max_entries: 3,
        ..Params::default()
    };
    let validators =
        VALIDATORS.map(|name| (name, (u128::from(name.as_bytes()[0]) - 90) * POWER + 7));
    builder_with(params, &validators).build()
}

/// Everything stored, but for what the application itself writes on a refusal: nothing.
fn dump(chain: &Chain) -> Vec<(Vec<u8>, Vec<u8>)> {
    chain
        .app
        .storage()
        .range(None, None, Order::Ascending)
        .collect()
}

/// Runs a step; returns what it minted.
fn apply(chain: &mut Chain, step: &Step) -> u128 {
    let people = people();
    let part = |chain: &Chain, who: usize, validator: usize, percent: u128| {
        let owned = chain
            .delegation_tokens(&people[who], VALIDATORS[validator])
            .u128();
        (owned * percent / 100).max(1)
    };
    let before = dump(chain);
    let result = match *step {
        Step::Delegate { who, to, amount } => delegate(chain, &people[who], VALIDATORS[to], amount),
        Step::Undelegate { who, from, percent } => {
            let amount = part(chain, who, from, percent);
            undelegate(chain, &people[who], VALIDATORS[from], amount)
        }
        Step::Redelegate {
            who,
            src,
            dst,
            percent,
        } => {
            let amount = part(chain, who, src, percent);
            redelegate(
                chain,
                &people[who],
                VALIDATORS[src],
                VALIDATORS[dst],
                amount,
            )
        }
        Step::Cancel { who, from, percent } => {
            let (who, from) = (&people[who], VALIDATORS[from]);
            let Some(entry) = chain.unbonding_entries(who, from).into_iter().next() else {
                return 0;
            };
            let amount = entry.balance.u128() * percent / 100;
            cancel_unbonding(chain, who, from, amount, entry.creation_height)
        }
        Step::Withdraw { who, from } => withdraw(chain, &people[who], VALIDATORS[from]),
        Step::Slash {
            validator,
            blocks_ago,
            permille,
        } => {
            let height = chain.app.block_info().height - blocks_ago;
            let fraction = Decimal::permille(permille);
            // unbonded and unknown validators refuse
            let _ = chain.slash(VALIDATORS[validator], height, fraction);
            return 0;
        }
        Step::DoubleSign {
            validator,
            blocks_ago,
        } => {
            let height = chain.app.block_info().height - blocks_ago;
            chain.double_sign(VALIDATORS[validator], height);
            return 0;
        }
        Step::Absent { validator } => {
            chain.set_absent(&[VALIDATORS[validator].to_string()]);
            return 0;
        }
        Step::Unjail { validator } => {
            let _ = chain.unjail(VALIDATORS[validator]);
            return 0;
        }
        Step::Rewards { amount } => {
            chain.set_block_rewards(&[stake(amount)]);
            chain.next_block(5);
            chain.set_block_rewards(&[]);
            return amount;
        }
        Step::Block { seconds } => {
            chain.next_block(seconds);
            return 0;
        }
        Step::Jump { days } => {
            chain.advance(days * DAY);
            return 0;
        }
    };
    if result.is_err() {
        assert_eq!(dump(chain), before, "a refusal left a trace");
    }
    0
}

fn assert_shares_add_up(chain: &Chain) {
    for validator in chain.validators() {
        let sum = chain
            .delegators(&validator.operator)
            .into_iter()
            .fold(Dec18::zero(), |sum, (_, shares)| {
                sum.checked_add(shares).unwrap()
            });
        assert_eq!(
            sum, validator.delegator_shares,
            "shares of {}",
            validator.operator
        );
    }
}

fn assert_rewards_are_covered(chain: &Chain) {
    let mut owed = chain.community_pool();
    for validator in chain.validators() {
        owed = owed
            .checked_add(&chain.outstanding_rewards(&validator.operator))
            .unwrap();
    }
    let held = chain.balance(&chain.distribution_address(), DENOM);
    assert_eq!(
        owed.amount_of(DENOM),
        Dec18::from_int(held),
        "distribution account"
    );
}

/// Where the rate fell below one half, the shown amount can be rounded up from less than its
/// shares are worth; then one unit less is what can be had.
fn leave(chain: &mut Chain, who: &Addr, validator: &str, shown: u128) {
    let state = chain.validator(validator).unwrap();
    let half = Dec18::from_int(state.tokens.checked_add(state.tokens).unwrap());
    let is_below_half = state.delegator_shares > half;
    let result = undelegate(chain, who, validator, shown);
    if is_below_half && result.is_err() {
        assert_eq!(refusal(result), "codespace: sdk, code: 18");
        if shown > 1 {
            undelegate(chain, who, validator, shown - 1).unwrap();
        }
    } else {
        result.unwrap();
    }
}

/// Alice and all operators.
fn everybody() -> Vec<Addr> {
    VALIDATORS
        .iter()
        .map(|name| operator(name))
        .chain([alice()])
        .collect()
}

/// What was allocated to delegators was paid to them: what stays is far below the millions
/// of one allocation. An exit's trimmings, a unit of stake at most, earn for nobody until the
/// next touch.
fn assert_rewards_were_paid(chain: &mut Chain) {
    for who in everybody() {
        for (validator, _) in chain.delegations(&who) {
            withdraw(chain, &who, &validator).unwrap();
        }
    }
    for validator in chain.validators() {
        // where next to nothing is left, such a unit is most of the stake
        if validator.tokens >= tokens(POWER) {
            let outstanding = chain.outstanding_rewards(&validator.operator);
            let commission = chain.commission(&validator.operator);
            let left = outstanding
                .checked_sub(&commission)
                .unwrap()
                .amount_of(DENOM);
            assert!(
                left < Dec18::from_int(tokens(1_000)),
                "{left} unpaid at {}",
                validator.operator
            );
        }
    }
}

fn assert_everybody_can_leave(chain: &mut Chain) {
    chain.next_block(5);
    assert_rewards_were_paid(chain);
    chain.set_params(Params {
        max_entries: 1_000,
        ..chain.params()
    });
    // what a fraction left behind is worth grows by the trimmings of those who leave after:
    // later rounds collect single units
    for round in 0..4 {
        for who in everybody() {
            for (validator, shown) in chain.delegations(&who) {
                withdraw(chain, &who, &validator).unwrap();
                if !shown.is_zero() {
                    assert!(round == 0 || shown <= tokens(3), "{shown} left behind");
                    leave(chain, &who, &validator, shown.u128());
                }
            }
        }
    }
    chain.advance(UNBONDING);
    chain.next_block(5);
    assert_eq!(chain.unbonding_tokens(), tokens(0));
    for who in everybody() {
        assert!(chain.redelegations(&who).is_empty());
        let left = chain.delegations(&who);
        assert!(left.iter().all(|(_, left)| *left <= tokens(3)), "{left:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_created_or_lost(steps in prop::collection::vec(step(), 1..60)) {
        let mut chain = new_chain();
        for _ in 0..6 {
            chain.next_block(5);
        }
        let mut supply = chain.supply(DENOM).u128();
        for step in &steps {
            supply += apply(&mut chain, step);
            // only slashes burn: the supply never grows beyond what was minted
            let now = chain.supply(DENOM).u128();
            assert!(now <= supply, "{step:?} created coins");
            let can_burn = matches!(
                step,
                Step::Slash { .. } | Step::Rewards { .. } | Step::Block { .. } | Step::Jump { .. }
            );
            assert!(can_burn || now == supply, "{step:?} lost coins");
            supply = now;
            assert_sound(&chain);
        }
        assert_shares_add_up(&chain);
        assert_rewards_are_covered(&chain);
        assert_everybody_can_leave(&mut chain);
        assert_sound(&chain);
        assert_shares_add_up(&chain);
        assert_rewards_are_covered(&chain);
    }
}
