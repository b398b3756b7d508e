//! Deposits.
//!
//! Succeeds when the funds are the bond denom: shares are minted at
//! (total assets + locked profit) / total shares, rounded down, for the sender or a recipient,
//! and idle tokens go to the next slot of the fill list. Synchronises first when the book is stale.
//!
//! Fails when the funds are wrong, `amount` is not the funds, nothing would be minted, fewer
//! shares than `min_shares_out` would be, or the recipient is the vault or the pot.

use cosmwasm_std::{Coin, Uint128, coin, coins};
use defenders_suite::messages::deposit;
use defenders_suite::{BLOCK, DAY, DENOM, Suite, SuiteBuilder, TOKEN, event};
use defenders_types::{ExecuteMsg, Job};

use crate::fixture::{DEPOSIT, funded};

fn deposit_refused(suite: &mut Suite, msg: &ExecuteMsg, funds: Vec<Coin>, reason: &str) {
    let bob = suite.user("bob");
    suite.chain.fund(&bob, funds.clone());
    let refusal = suite.execute(&bob, msg, funds).unwrap_err();
    assert!(refusal.says(reason), "{}", refusal.text);
    assert_eq!(suite.shares(&bob), 0);
}

#[test]
fn first_deposit_mints_a_share_per_token_and_stays_idle_until_invested() {
    let mut suite = SuiteBuilder::base().build();
    let alice = suite.user("alice");

    let outcome = suite.deposit(&alice, DEPOSIT);

    // 1 token of seed for 1 000 000 shares: 999 000 000 x 1 000 000 / 1 000 000
    let deposited = event(
        "deposited",
        [
            ("sender", &alice),
            ("recipient", &alice),
            ("tokens", &DEPOSIT),
            ("shares", &DEPOSIT),
        ],
    );
    assert_eq!(outcome.vault_events(), vec![deposited]);
    assert_eq!(suite.shares(&alice), DEPOSIT);
    assert_eq!(suite.totals().idle.u128(), 1000 * TOKEN);
}

#[test]
fn deposit_fills_the_next_slot_of_the_list() {
    let mut suite = funded();
    let bob = suite.user("bob");
    // 105 - 55 = 50 tokens are left of the last validator's slot
    let last = suite.listed[9].clone();

    let outcome = suite.deposit(&bob, 10 * TOKEN);

    let expected = vec![
        event(
            "deposited",
            [
                ("sender", &bob),
                ("recipient", &bob),
                ("tokens", &(10 * TOKEN)),
                ("shares", &(10 * TOKEN)),
            ],
        ),
        event(
            "delegated",
            [("validator", &last), ("tokens", &(10 * TOKEN))],
        ),
    ];
    assert_eq!(outcome.vault_events(), expected);
    assert_eq!(suite.validator_info(&last).delegated.u128(), 65 * TOKEN);
}

#[test]
fn deposit_below_the_least_delegation_stays_idle() {
    let mut suite = funded();
    let bob = suite.user("bob");

    let outcome = suite.deposit(&bob, TOKEN - 1);

    assert!(!outcome.emits("delegated"));
    assert_eq!(suite.totals().idle.u128(), TOKEN - 1);
}

#[test]
fn deposit_larger_than_the_head_leaves_the_rest_idle() {
    let mut suite = funded();
    let bob = suite.user("bob");

    let outcome = suite.deposit(&bob, 70 * TOKEN);

    // one delegation per deposit by default, and 50 tokens in the next slot
    let delegated = event(
        "delegated",
        [("validator", &suite.listed[9]), ("tokens", &(50 * TOKEN))],
    );
    assert_eq!(outcome.named("delegated"), vec![delegated]);
    assert_eq!(suite.totals().idle.u128(), 20 * TOKEN);
}

#[test]
fn deposit_for_a_recipient_gives_it_the_shares() {
    let mut suite = funded();
    let (bob, carol) = (suite.user_with("bob", TOKEN), suite.user("carol"));
    let msg = ExecuteMsg::Deposit {
        amount: Some(Uint128::new(TOKEN)),
        recipient: Some(carol.clone()),
        min_shares_out: Some(Uint128::new(TOKEN)),
        delegate: None,
    };

    suite.execute(&bob, &msg, coins(TOKEN, DENOM)).unwrap();

    assert_eq!((suite.shares(&bob), suite.shares(&carol)), (0, TOKEN));
}

#[test]
fn deposit_that_is_not_to_delegate_only_mints() {
    let mut suite = funded();
    let bob = suite.user_with("bob", 40 * TOKEN);
    let msg = ExecuteMsg::Deposit {
        amount: None,
        recipient: None,
        min_shares_out: None,
        delegate: Some(false),
    };

    let outcome = suite.execute(&bob, &msg, coins(40 * TOKEN, DENOM)).unwrap();

    assert!(outcome.named("delegated").is_empty());
    assert_eq!(suite.shares(&bob), 40 * TOKEN);
    assert_eq!(suite.totals().idle.u128(), 40 * TOKEN);
    // whoever ticks delegates it
    assert!(suite.job(Job::Invest).due);
}

#[test]
fn deposit_does_not_delegate_while_investing_has_been_overdue_for_a_day() {
    let mut suite = funded();
    let bob = suite.user("bob");
    suite.deposit(&bob, 70 * TOKEN); // 20 stay idle
    suite.advance(DAY - 4 * BLOCK);
    let delegated = |suite: &mut Suite| suite.deposit(&bob, 20 * TOKEN).named("delegated").len();
    suite.tick(Job::Refresh);
    suite.tick(Job::Refresh); // its second page: a new fill list
    assert_eq!(delegated(&mut suite), 1);
    assert_eq!(delegated(&mut suite), 0);

    // nothing is stuck: once a keeper has invested, deposits delegate again
    suite.tick(Job::Invest);
    assert_eq!(delegated(&mut suite), 1);
}

#[test]
fn deposit_pays_for_profit_that_is_still_locked() {
    let mut suite = funded();
    suite.advance(DAY);
    suite.reward(1_000 * TOKEN);
    suite.keep();
    let totals = suite.totals();
    assert!(!totals.locked_profit.is_zero());
    let bob = suite.user("bob");
    let paid_per_share = totals.total_assets + totals.locked_profit;

    suite.deposit(&bob, 100 * TOKEN);

    // floor(tokens x total shares / (total assets + locked profit)); what is released between
    // the query and the deposit leaves that sum as it is
    let expected = Uint128::new(100 * TOKEN).multiply_ratio(totals.total_shares, paid_per_share);
    assert_eq!(suite.shares(&bob), expected.u128());
    assert!(suite.worth(expected.u128()) < 100 * TOKEN);
}

#[test]
fn deposit_after_a_booked_slash_mints_more_shares() {
    let mut suite = funded();
    let slashed = suite.listed[0].clone();
    suite.slash(&slashed, 10, 1);
    suite.tick(defenders_types::Job::Sync);
    let bob = suite.user("bob");

    suite.deposit(&bob, 100 * TOKEN);

    // 10 % of 105 tokens are gone: 1000 - 10.5 = 989.5 tokens behind 1000 shares,
    // floor(100 000 000 x 1000 / 989.5) = 101 061 141
    assert_eq!(suite.totals().total_shares.u128(), 1_101_061_141);
    assert_eq!(suite.shares(&bob), 101_061_141);
}

#[test]
fn deposit_on_a_stale_book_synchronises_first() {
    let mut suite = funded();
    let slashed = suite.listed[0].clone();
    suite.slash(&slashed, 10, 1);
    suite.advance(DAY + 60);
    let bob = suite.user("bob");

    let outcome = suite.deposit(&bob, 100 * TOKEN);

    // 10.5 of 1000 tokens are gone before the price is made
    let synced = event(
        "synced",
        [
            ("lost", &(105 * TOKEN / 10)),
            ("gained", &0),
            ("bonded", &(9895 * TOKEN / 10)),
        ],
    );
    assert_eq!(outcome.named("synced"), vec![synced]);
    assert_eq!(suite.shares(&bob), 101_061_141);
}

#[test]
fn deposit_on_a_fresh_book_leaves_an_unbooked_slash_to_the_depositor() {
    let mut suite = funded();
    let slashed = suite.listed[0].clone();
    suite.slash(&slashed, 10, 1);
    let bob = suite.user("bob");

    let outcome = suite.deposit(&bob, 100 * TOKEN);

    assert!(!outcome.emits("synced"));
    assert_eq!(suite.shares(&bob), 100 * TOKEN);
}

#[test]
fn deposit_with_an_amount_unlike_the_funds_is_refused() {
    let mut suite = funded();
    let msg = ExecuteMsg::Deposit {
        amount: Some(Uint128::new(5)),
        recipient: None,
        min_shares_out: None,
        delegate: None,
    };
    let reason = "amount 5 differs from the funds 6";
    deposit_refused(&mut suite, &msg, coins(6, DENOM), reason);
}

#[test]
fn deposit_of_another_denom_is_refused() {
    let mut suite = funded();
    deposit_refused(&mut suite, &deposit(), coins(6, "uother"), DENOM);
}

#[test]
fn deposit_of_two_coins_is_refused() {
    let mut suite = funded();
    let funds = vec![coin(6, "uother"), coin(6, DENOM)];
    deposit_refused(
        &mut suite,
        &deposit(),
        funds,
        "only ustake is taken, sent 6uother, 6ustake",
    );
}

#[test]
fn deposit_without_funds_is_refused() {
    let mut suite = funded();
    deposit_refused(&mut suite, &deposit(), vec![], "no funds sent: send");
}

#[test]
fn deposit_that_mints_fewer_than_min_shares_out_is_refused() {
    let mut suite = funded();
    let msg = ExecuteMsg::Deposit {
        amount: None,
        recipient: None,
        min_shares_out: Some(Uint128::new(1_001)),
        delegate: None,
    };
    let reason = "1000 shares would be minted, fewer than 1001";
    deposit_refused(&mut suite, &msg, coins(1_000, DENOM), reason);
}

#[test]
fn deposit_worth_no_share_is_refused() {
    let mut suite = funded();
    suite.advance(DAY);
    suite.reward(100_000 * TOKEN);
    suite.keep();
    // more than 1 token per share, so 1 unit buys floor(1 / 1.x) = 0 shares
    deposit_refused(&mut suite, &deposit(), coins(1, DENOM), "worth no share");
}

#[test]
fn deposit_for_the_vault_or_its_pot_is_refused() {
    let mut suite = funded();
    for recipient in [suite.vault.clone(), suite.pot.clone()] {
        let msg = ExecuteMsg::Deposit {
            amount: None,
            recipient: Some(recipient),
            min_shares_out: None,
            delegate: None,
        };
        deposit_refused(&mut suite, &msg, coins(TOKEN, DENOM), "cannot receive");
    }
}

#[test]
fn preview_is_what_a_deposit_mints() {
    let mut suite = funded();
    suite.advance(DAY);
    suite.reward(1_000 * TOKEN);
    suite.keep();
    suite.advance(HALF_DAY);
    let bob = suite.user("bob");
    let preview = suite.preview_deposit(7 * TOKEN + 3);

    suite.deposit(&bob, 7 * TOKEN + 3);

    assert_eq!(suite.shares(&bob), preview);
}

const HALF_DAY: u64 = DAY / 2;
