//! Accounts of the chain's modules, which its bank sends nothing to.
//!
//! Succeeds when a fee for such an account stays owed, and stops nothing.

use cosmwasm_std::coins;
use defenders_suite::wasmd::Wasmd;
use defenders_suite::{
    BLOCK, DAY, DENOM, SuiteBuilder, TOKEN, TestChain, Tx, UNBONDING_TIME, number, text,
};
use defenders_types::{ExecuteMsg, Job};

#[test]
fn fee_for_a_module_account_stays_owed_and_stops_no_harvest() {
    let mut builder = SuiteBuilder::base();
    let chain = Wasmd::init(&builder.chain);
    let pool = chain.bonded_pool();
    builder.fee_recipient = Some(pool.clone());
    let mut suite = builder.try_build_on(Box::new(chain)).unwrap();
    let alice = suite.user_with("alice", 1_000 * TOKEN);
    let refused = suite.tx(Tx::Send {
        sender: alice.clone(),
        recipient: pool.clone(),
        coins: coins(1, DENOM),
    });
    assert!(refused.unwrap_err().says("not allowed to receive funds"));
    suite.try_deposit(&alice, 999 * TOKEN).unwrap();
    suite.keep();
    for _ in 0..3 {
        suite.advance(BLOCK); // the new powers vote, and earn
    }
    suite.reward(500_100 * TOKEN);
    suite.advance(DAY);

    let outcome = suite.tick(Job::Harvest);

    let owed = &outcome.named("fee_owed")[0];
    assert_eq!(text(owed, "recipient"), pool);
    let tokens = number(owed, "tokens");
    assert_eq!(suite.fee_owed(&pool), tokens);
    let harvested = &outcome.named("harvested")[0];
    assert_eq!(number(harvested, "fee"), tokens);
    let pull = ExecuteMsg::ClaimFee {
        recipient: Some(alice.clone()),
    };
    suite.execute(&alice, &pull, vec![]).unwrap_err();
    // nobody can sign for a module; withdrawals go on beside it
    suite.request(&alice, 999 * TOKEN);
    suite.keep_for_days(1);
    suite.advance(UNBONDING_TIME);
    suite.keep();
    suite.claim(&alice, 1);
    assert!(suite.tokens(&alice) >= 1_000 * TOKEN);
    assert_eq!(suite.totals().fees_owed.u128(), suite.fee_owed(&pool));
}
