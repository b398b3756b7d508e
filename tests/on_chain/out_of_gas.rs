//! Out of gas. A call that runs dry anywhere leaves nothing half done: storage of the vault, its
//! pot, coins, stake and entries are byte for byte what they were, and the same call with enough
//! gas does all of its work.
//!
//! The limit begins below what any call needs and grows until the call succeeds, so that it ends
//! in another place each time: in the vault, in a message that it sends, in a reply.

use cosmwasm_std::coins;
use defenders_suite::chain::NativeEntry;
use defenders_suite::messages::{claim, deposit, request_withdrawal, tick};
use defenders_suite::wasmd::Wasmd;
use defenders_suite::{
    BLOCK, DAY, DENOM, Outcome, Suite, SuiteBuilder, TOKEN, TestChain, UNBONDING_TIME,
};
use defenders_types::{ExecuteMsg, Job};

/// Too little for any call of a contract.
const LEAST_GAS: u64 = 90_000;
/// From limit to limit, per cent.
const STEP: u64 = 12;
/// A call that needs more than this has gone wrong.
const MOST_GAS: u64 = 60_000_000;

/// 999 tokens of Alice's beside the seed, at ten validators.
fn funded() -> Suite {
    let builder = SuiteBuilder::base();
    let chain = Box::new(Wasmd::init(&builder.chain));
    let mut suite = builder.try_build_on(chain).unwrap();
    let alice = suite.user("alice");
    suite.deposit(&alice, 999 * TOKEN);
    suite.keep();
    for _ in 0..3 {
        suite.advance(BLOCK); // the new powers vote, and earn
    }
    suite
}

type Stored = Vec<(Vec<u8>, Vec<u8>)>;

/// All that a call could change.
#[derive(PartialEq, Debug)]
struct World {
    stored: [Stored; 2],
    coins: Vec<u128>,
    stake: Vec<(String, u128)>,
    entries: Vec<NativeEntry>,
}

impl World {
    fn of(suite: &Suite) -> Self {
        let keeper = suite.user("keeper");
        let alice = suite.user("alice");
        let accounts = [
            &suite.vault,
            &suite.pot,
            &suite.fee_recipient,
            &keeper,
            &alice,
        ];
        Self {
            stored: [&suite.vault, &suite.pot].map(|contract| suite.chain.state(contract)),
            coins: accounts.map(|account| suite.tokens(account)).to_vec(),
            stake: suite.chain.delegations(&suite.vault),
            entries: suite.chain.unbonding_entries(&suite.vault),
        }
    }
}

/// Calls with ever more gas until it is enough. What the call did, and how often it ran dry.
fn starve(suite: &mut Suite, sender: &str, msg: &ExecuteMsg, tokens: u128) -> (Outcome, u32) {
    suite.advance(BLOCK); // what was given away before is in the accounts
    let before = World::of(suite);
    let (mut gas, mut failures) = (LEAST_GAS, 0);
    loop {
        assert!(gas < MOST_GAS, "{msg:?} needs more than {gas}");
        suite.chain.limit_gas(gas);
        let funds = if tokens > 0 {
            coins(tokens, DENOM)
        } else {
            vec![]
        };
        match suite.execute(sender, msg, funds) {
            Ok(outcome) => {
                assert!(World::of(suite) != before, "{msg:?} did nothing");
                assert!(outcome.gas_used <= gas);
                return (outcome, failures);
            }
            Err(refusal) => {
                assert!(refusal.says("out of gas"), "{}", refusal.text);
                assert_eq!(World::of(suite), before, "{msg:?} with {gas} gas");
                failures += 1;
                gas += gas * STEP / 100;
            }
        }
    }
}

fn starved_tick(suite: &mut Suite, job: Job) -> (Outcome, u32) {
    let keeper = suite.user("keeper");
    assert!(suite.job(job).due, "{job:?} is not due");
    starve(suite, &keeper, &tick(Some(job)), 0)
}

#[test]
fn submission_out_of_gas_serves_nobody_and_then_everybody() {
    let mut suite = funded();
    let alice = suite.user("alice");
    suite.request(&alice, 500 * TOKEN);

    let (outcome, failures) = starved_tick(&mut suite, Job::Submit);

    assert!(failures > 10, "{failures}");
    assert_eq!(outcome.named("undelegated").len(), 5);
    assert_eq!(suite.ledger().len(), 5);
}

#[test]
fn settlement_out_of_gas_books_nothing_and_then_all() {
    let mut suite = funded();
    let alice = suite.user("alice");
    suite.request(&alice, 500 * TOKEN);
    suite.keep();
    suite.advance(UNBONDING_TIME + 60);
    suite.advance(BLOCK);

    let (outcome, failures) = starved_tick(&mut suite, Job::Settle);

    assert!(failures > 3, "{failures}");
    assert_eq!(outcome.named("batch_claimable").len(), 1);
    let (_, failures) = starve(&mut suite, &alice, &claim(1), 0);
    assert!(failures > 3, "{failures}");
    assert_eq!(suite.tokens(&alice), 500 * TOKEN);
}

#[test]
fn harvest_out_of_gas_takes_no_reward_and_then_all() {
    let mut suite = funded();
    suite.reward(500_100 * TOKEN);
    suite.advance(DAY);

    let (outcome, failures) = starved_tick(&mut suite, Job::Harvest);

    assert!(failures > 10, "{failures}");
    assert_eq!(outcome.named("harvested").len(), 1);
    assert!(suite.totals().locked_profit.u128() > 85 * TOKEN);
}

#[test]
fn refresh_out_of_gas_reads_nobody_and_then_a_page() {
    let mut suite = funded();
    suite.advance(DAY);

    let (outcome, failures) = starved_tick(&mut suite, Job::Refresh);

    assert!(failures > 3, "{failures}");
    assert!(outcome.emits("refreshed"));
}

#[test]
fn sync_out_of_gas_books_no_loss_and_then_all_of_it() {
    let mut suite = funded();
    let slashed = suite.listed[3].clone();
    suite.slash(&slashed, 20, 0);
    let keeper = suite.user("keeper");

    let (_, failures) = starve(&mut suite, &keeper, &tick(Some(Job::Sync)), 0);

    assert!(failures > 3, "{failures}");
    assert_eq!(suite.totals().bonded.u128(), 979 * TOKEN);
}

#[test]
fn drain_out_of_gas_moves_nothing_and_then_all() {
    let mut suite = funded();
    let leaving = suite.listed[..3].to_vec();
    suite.drain(&leaving);

    let (outcome, failures) = starved_tick(&mut suite, Job::Rebalance);

    assert!(failures > 10, "{failures}");
    assert!(!outcome.named("redelegated").is_empty());
}

#[test]
fn investment_out_of_gas_delegates_nothing_and_then_all() {
    let mut suite = funded();
    let bob = suite.user("bob");
    suite.deposit(&bob, 3_000 * TOKEN); // more than one delegation takes

    let (outcome, failures) = starved_tick(&mut suite, Job::Invest);

    assert!(failures > 10, "{failures}");
    assert!(outcome.named("delegated").len() > 1);
}

#[test]
fn deposit_and_request_out_of_gas_keep_coins_and_shares_where_they_are() {
    let mut suite = funded();
    let alice = suite.user_with("alice", 100 * TOKEN);

    let (outcome, failures) = starve(&mut suite, &alice, &deposit(), 100 * TOKEN);
    assert!(failures > 3, "{failures}");
    assert_eq!(outcome.named("deposited").len(), 1);
    let (outcome, failures) = starve(&mut suite, &alice, &request_withdrawal(50 * TOKEN), 0);
    assert!(failures > 1, "{failures}");
    assert_eq!(outcome.named("withdrawal_requested").len(), 1);
}
