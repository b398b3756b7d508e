//! Vaults that many flows begin with.

use defenders_suite::{BLOCK, Suite, SuiteBuilder, TOKEN, UNBONDING_TIME};

/// What Alice deposits into a [`funded`] vault. With the seed the vault has 1000 whole tokens.
pub const DEPOSIT: u128 = 999 * TOKEN;

/// Alice has deposited 999 tokens and a keeper has delegated everything. T = 1000 tokens; slots
/// are those of H = 1000 + 5 % x 1000 = 1050 tokens over 10 equal validators, 105 each, below
/// the cap of 12.5 % x 1000 = 125. From the next slot on: 9 x 105, and 55 for the last.
pub fn funded() -> Suite {
    funded_from(SuiteBuilder::base())
}

/// As [`funded`], with shares that are a cw20 token, whatever the environment chooses.
pub fn funded_cw20() -> Suite {
    funded_from(SuiteBuilder::base().with_cw20_shares())
}

/// As [`funded`], with shares that are coins, whatever the environment chooses.
pub fn funded_coins() -> Suite {
    funded_from(SuiteBuilder::base().with_coin_shares())
}

/// As [`funded`], with budgets that let all leave, and no moves that even the chain.
pub fn roomy() -> Suite {
    funded_from(SuiteBuilder::base().with_room_to_leave())
}

/// As [`funded`], on another base.
pub fn funded_from(builder: SuiteBuilder) -> Suite {
    fund(builder.build())
}

/// As [`funded`], of a vault that nobody has brought anything to yet.
pub fn fund(mut suite: Suite) -> Suite {
    let alice = suite.user("alice");
    suite.deposit(&alice, DEPOSIT);
    suite.keep();
    for _ in 0..3 {
        suite.advance(BLOCK); // the new powers vote, and earn
    }
    suite
}

/// Rewards that bring the vault of a [`funded`] suite 95 tokens: 5 001 000 tokens are bonded, so
/// a tenth of that brings each of its 1000 tokens 0.1, less 5 % commission.
pub const REWARD: u128 = 500_100 * TOKEN;

/// What arrives of [`REWARD`]: each of ten validators pays whole units only.
pub const REWARDS: u128 = 95 * TOKEN - 10;

/// A block in which nothing on the vault changes but the time, by an unbonding time and a bit;
/// then the keeper does what is due.
pub fn wait_for_unbonding(suite: &mut Suite) {
    suite.advance(UNBONDING_TIME + 60);
    suite.keep();
}

/// Sends all of an owner's shares through request, submission and settlement, and claims.
/// Returns the tokens paid.
pub fn leave(suite: &mut Suite, owner: &str) -> u128 {
    let shares = suite.shares(owner);
    let requested = suite.request(owner, shares);
    let batch_id = batch_of(&requested);
    suite.keep();
    wait_for_unbonding(suite);
    let before = suite.tokens(owner);
    suite.claim(owner, batch_id);
    suite.tokens(owner) - before
}

/// The batch that a request joined.
pub fn batch_of(requested: &defenders_suite::Outcome) -> u64 {
    let event = &requested.named("withdrawal_requested")[0];
    defenders_suite::number(event, "batch_id") as u64
}
